"""Every bad plan gives its faults with file, row and keys, in both languages, and never another error."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.errors import ExitStatus, InputError
from scheduler.io.read import read_plan
from scheduler.text import Language

BAD = Path(__file__).parent / "bad"

FAULTS: dict[str, list[tuple[str, str]]] = {
    "alias-of-nothing.yaml": [(":2", '"*plan" repeats nothing: there is no "&plan" before it')],
    "always-and-only.yaml": [(":19 volunteers.1.availability", "always and only contradict each other")],
    "blank-in-id.yaml": [(":20 volunteers.2.id", 'the id "bo li" holds a blank or one of / , ; | \\')],
    "bracket-open.yaml": [(":11", "a bracket that is not closed; it begins in row 10")],
    "burden-in-hundredths.yaml": [
        (":13 shift_types.2.burden", "1.25 is not in tenths of a point; write it like 1.2")
    ],
    "colon-in-text.yaml": [(":2", "a colon that does not fit here")],
    "comma.json": [(":4", "this is not valid JSON")],
    "csv-backslash": [("plan.yaml:18 volunteers.file", 's.csv" has a backslash; write folder/file.csv')],
    "csv-column-twice": [("volunteers.csv:1", 'the column "name" is given twice')],
    "csv-date": [("volunteers.csv:3 born", "there is no date 1960-02-30")],
    "csv-demand": [
        ("posts.csv:3 place", "this is missing"),
        ("posts.csv:4 demand", 'this key is not known here; did you mean "least"?'),
        ("posts.csv:5 demand", "a bracket that is not closed"),
        ("posts.csv:6 demand", "the post has no demand"),
    ],
    "csv-empty": [("volunteers.csv:1", "the file is empty")],
    "csv-encoding": [("volunteers.csv:2", "the file is not encoded in UTF-8; save it as UTF-8")],
    "csv-folder": [("plan.yaml:18 volunteers.file", '"volunteers.csv" is a folder, not a file')],
    "csv-missing": [
        ("plan.yaml:18 volunteers.file", 'there is no file "volunteers.csv"; did you mean "volunteer.csv"?')
    ],
    "csv-no-id": [
        ("volunteers.csv:1", 'there is no column "code"'),
        ("volunteers.csv:1", 'the column "id" is missing'),
    ],
    "csv-no-name": [("plan.yaml:18 volunteers.file", "expected a list, or {file: name.csv}")],
    "csv-number": [("volunteers.csv:3 per_week", 'expected a whole number, found the text "three"')],
    "csv-outside": [("plan.yaml:18 volunteers.file", 'volunteers.csv" leaves the folder of the plan')],
    "csv-quote-open": [("volunteers.csv:3", "the quotation marks of this row do not fit")],
    "csv-quotes": [("volunteers.csv:3", "the quotation marks of this row do not fit")],
    "csv-ragged": [
        ("volunteers.csv:3", "the row has 3 cells, the header 6"),
        ("volunteers.csv:4", "the row has 8 cells, the header 6"),
    ],
    "csv-reserved-name": [
        ("plan.yaml:18 volunteers.file", 'the file name "con.csv" cannot be used on every computer')
    ],
    "csv-unknown-column": [("volunteers.csv:1", 'there is no column "per_wek"; did you mean "per_week"?')],
    "csv-unknown-names": [
        ("volunteers.csv:3 organisation", 'no organisation "branch-9"; did you mean "branch-1"?'),
        ("volunteers.csv:3 skills", 'no skill "driving"; list it under skills'),
    ],
    "csv-volunteer-twice": [("volunteers.csv:4 id", 'the id "anna" is used already')],
    "csv-window": [
        ("volunteers.csv:3 availability", 'a window cannot hold "weekent"; did you mean "weekend"?')
    ],
    "csv-without-id": [("volunteers.csv:3 id", "this is missing")],
    "csv-workbook": [
        (
            "volunteers.xlsx:1",
            "this is not a text file: it holds control characters; save the sheet as CSV (UTF-8)",
        )
    ],
    "decimal-for-time.yaml": [
        (
            ":12 shift_types.1.start",
            'expected a time of day like 20:00, found the number 8.3; write it like "20:00"',
        )
    ],
    "deep.json": [(":2", "nested deeper than 40 levels")],
    "deep.yaml": [(":1", "nested deeper than 40 levels")],
    "empty-name.yaml": [(":2 name", "a name must not be empty")],
    "empty.yaml": [(":1", "the file is empty")],
    "folder.yaml": [("", '"folder.yaml" is a folder, not a file')],
    "gb18030.yaml": [(":2", "the file is not encoded in UTF-8; save it as UTF-8")],
    "half-a-character.json": [(":1", "a text holds half a character")],
    "half-a-head.yaml": [(":17 posts.1.demand.1.least", "expected a whole number, found the number 1.5")],
    "horizon-reversed.yaml": [(":3 horizon", "on 2020-02-08, before it begins on 2020-03-02")],
    "horizon-too-long.yaml": [(":3 horizon", "the horizon is longer than three years")],
    "indentation.yaml": [(":16", "the indentation does not fit the rows above")],
    "infinite.json": [(":1", "it holds a number that cannot be read")],
    "key-twice.json": [
        (":1 name", "this is missing"),
        (":1 horizon", "this is missing"),
        (":1 places", "this is missing"),
        (":1 shift_types", "this is missing"),
        (":1 posts", "this is missing"),
        (":1 volunteers", "this is missing"),
        (":3 id", "the key is given twice, first in row 2"),
    ],
    "key-twice.yaml": [(":10 name", "the key is given twice, first in row 2")],
    "least-over-most.yaml": [(":17 posts.1.demand.1", "least 3, wanted 3, most 2: must not decrease")],
    "list-for-mapping.yaml": [(":3 horizon", "expected a mapping (key: value), found a list")],
    "many.yaml": [
        (":2 nam", 'this key is not known here; did you mean "name"?'),
        (
            ":12 shift_types.1.end",
            'expected a time of day like 20:00, found the number 2000; write it like "20:00"',
        ),
        (":16 posts.1.place", 'no place "esat"; did you mean "east"?'),
        (":20 volunteers.2.id", 'the id "anna" is used already; first in row 19'),
        (
            ":24 rules.1.bound",
            'expected one of least, wanted, most, found the text "lesat"; did you mean "least"?',
        ),
        (":25 rules.2.posts.1", 'no post "gate-2"; did you mean "gate-1"?'),
    ],
    "misspelt-parameter.yaml": [(":24 rules.1.buond", 'this key is not known here; did you mean "bound"?')],
    "misspelt-section.yaml": [(":3 horizn", 'this key is not known here; did you mean "horizon"?')],
    "negative-heads.yaml": [(":17 posts.1.demand.1.least", "must be at least 0, found the number -1")],
    "no-heads.yaml": [(":17 posts.1.demand.1.least", "this is missing")],
    "no-such-date.yaml": [(":3 horizon.first", "there is no date 2020-02-30")],
    "no-such-time.yaml": [(":12 shift_types.1.end", "there is no time 25:00")],
    "nul-bytes.yaml": [(":2", "this is not a text file: it holds control characters")],
    "number-for-date.yaml": [
        (":3 horizon.first", "expected a date like 2020-03-01, found the number 20200302")
    ],
    "number-for-id.yaml": [(":20 volunteers.2.id", "expected a text, found the number 7; put it in quotes")],
    "number-for-time.yaml": [
        (
            ":12 shift_types.1.end",
            'expected a time of day like 20:00, found the number 2000; write it like "20:00"',
        )
    ],
    "only-comments.yaml": [(":1", "the file is empty")],
    "organisation-in-itself.yaml": [
        (":8 organisations.1.within", "the organisation cannot be part of itself: jiusan → jiusan")
    ],
    "override-unknown-class.yaml": [
        (
            ":4 calendar.overrides.2020-03-07",
            'day, makeup-workday, found the text "wrokday"; did you mean "workday"?',
        ),
        (":4 calendar.overrides.2020-02-31", "there is no date 2020-02-31"),
    ],
    "pairing-reversed.yaml": [
        (":22 pairings.1", "the dates end on 2020-03-01, before they begin on 2020-03-09")
    ],
    "pairing-unknown-place.yaml": [(":22 pairings.1.place", 'no place or post "west"; did you mean "east"?')],
    "place-and-post.yaml": [(":22 pairings.1.place", '"east" is a place and a post')],
    "place-circle.yaml": [(":5 places.1.within", "the place cannot be part of itself: town → east → town")],
    "post-twice.yaml": [(":18 posts.2.id", 'the id "gate-1" is used already')],
    "post-without-demand.yaml": [(":15 posts.1.demand", "the post has no demand")],
    "post-without-place.yaml": [(":15 posts.1.place", "this is missing")],
    "quote-open.yaml": [(":25", "a quotation mark that is never closed; it begins in row 2")],
    "repeated-too-often.yaml": [(":7", "more than 3000000 values")],
    "rule-without-name.yaml": [(":24 rules.1", "the name of the rule is missing (rule: …)")],
    "section-is-text.yaml": [
        (":10 skills", 'expected a list, found the text "medical"; write it as a list: [one, other]')
    ],
    "stretch-without-end.yaml": [(":20 volunteers.2.availability.1", "a stretch needs both start and end")],
    "tab.yaml": [(":16", "a tab where blanks belong; indent with blanks")],
    "text-for-list.yaml": [
        (":24 rules.1.posts", 'expected a list, found the text "gate-1"; write it as a list: [one, other]')
    ],
    "top-level-list.yaml": [(":1", "a plan is a mapping: id, name, horizon, places, …")],
    "top-level-text.yaml": [(":1", "a plan is a mapping: id, name, horizon, places, …")],
    "two-documents.yaml": [(":23", "a second document begins (---); one file is one plan")],
    "undefined-skill.yaml": [(":18 volunteers.1.skills.1.skill", 'no skill "medical"; list it under skills')],
    "unknown-choice.yaml": [
        (
            ":24 rules.1.bound",
            'expected one of least, wanted, most, found the text "lesat"; did you mean "least"?',
        )
    ],
    "unknown-home.yaml": [(":20 volunteers.2.home", 'no place "gate-1"; list it under places')],
    "unknown-level.yaml": [
        (":24 rules.1.level", 'sation, fairness, wish, found the text "Hard"; did you mean "hard"?')
    ],
    "unknown-organisation.yaml": [
        (":19 volunteers.1.organisation", 'no organisation "branch-2"; did you mean "branch-1"?')
    ],
    "unknown-parameter.yaml": [(":24 rules.1.hours", "this key is not known here")],
    "unknown-place.yaml": [(":16 posts.1.place", 'no place "esat"; did you mean "east"?')],
    "unknown-post.yaml": [(":24 rules.1.posts.2", 'no post "gate-7"; did you mean "gate-1"?')],
    "unknown-rule.yaml": [(":24 rules.1.rule", 'there is no rule "covr"; did you mean "cover"?')],
    "unknown-shift-type.yaml": [
        (":17 posts.1.demand.1.shifts.2", 'no shift type "dawn"; list it under shift_types')
    ],
    "unknown-tag.yaml": [(":2", 'the tag "!!binary" is not used in plans')],
    "unknown-volunteer.yaml": [(":24 rules.1.volunteers.1", 'no volunteer "ana"; did you mean "anna"?')],
    "unknown-zone.yaml": [(":3 time_zone", 'unknown time zone "Asia/Bejing"; China\'s is "Asia/Shanghai"')],
    "utf-16.yaml": [(":1", "this is not a text file: it holds control characters; save it as UTF-8")],
    "volunteer-twice.yaml": [(":20 volunteers.2.id", 'the id "anna" is used already')],
    "weight-zero.yaml": [(":24 rules.1.weight", "must be at least 1, found the number 0")],
    "window-half-open.yaml": [
        (":20 volunteers.2.availability.1", 'expected hours like 18:00-22:00, found the text "17:30"')
    ],
    "window-not-read.yaml": [
        (":20 volunteers.2.availability.2", 'a window cannot hold "weekent"; did you mean "weekend"?')
    ],
}
"""For each bad plan the faults expected: where (after the plan's name), and words of the English sentence."""


def test_every_bad_plan_is_expected() -> None:
    assert {path.name for path in BAD.iterdir()} == set(FAULTS)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_bad_plan_says_what_is_wrong_and_where(name: str) -> None:
    path = BAD / name
    plan = path / "plan.yaml" if not path.suffix else path
    with pytest.raises(InputError) as caught:
        read_plan(plan)
    assert caught.value.status is ExitStatus.INPUT
    start = path.as_posix() if path.suffix else f"{path.as_posix()}/"
    said = [(fault.place.removeprefix(start), fault.say(Language.EN)) for fault in caught.value.faults]
    assert [place for place, _ in said] == [place for place, _ in FAULTS[name]]
    for (_, sentence), (_, words) in zip(said, FAULTS[name]):
        assert words in sentence


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_bad_plan_is_explained_in_both_languages(name: str) -> None:
    path = BAD / name
    with pytest.raises(InputError) as caught:
        read_plan(path / "plan.yaml" if not path.suffix else path)
    for fault in caught.value.faults:
        for text in filter(None, (fault.text, fault.hint)):
            assert text.en.strip()
            assert text.en != text.zh
            assert any("一" <= character <= "鿿" for character in text.zh)
            assert not any("一" <= character <= "鿿" for character in text.en)
