"""YAML 1.2 and JSON as data that knows its rows."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.errors import InputError
from scheduler.io.json_marked import parse_json
from scheduler.io.marked import Marked, Marks, dotted
from scheduler.io.yaml_marked import parse_yaml
from scheduler.text import Language

YAML = """\
# a comment
times: [20:00, "8:30"]
flags:
  off: off
  on: true
people:
  - id: anna
    days: &days
      - 2020-03-02

  - id: bo
    days: *days
text: |
  one
  two
last: ~
"""
JSON = """{
 "times": ["20:00", "8:\\"30"],
 "flags": {"off": "off",
   "on": true},
 "people": [
  {"id": "anna", "days": ["2020-03-02"]},

  {"id": "bo", "days": ["2020-03-02", "}"]}
 ],
 "last": null
}"""


def rows(marked: Marked, *every: tuple[str | int, ...]) -> list[int]:
    return [marked.marks.mark(keys).row for keys in every]


def test_yaml_values_and_rows() -> None:
    marked = parse_yaml(YAML, "plan.yaml")
    assert marked.data == {
        "times": ["20:00", "8:30"],
        "flags": {"off": "off", "on": True},
        "people": [{"id": "anna", "days": ["2020-03-02"]}, {"id": "bo", "days": ["2020-03-02"]}],
        "text": "one\ntwo\n",
        "last": None,
    }
    assert rows(marked, ("times", 1), ("flags",), ("flags", "off"), ("people", 0, "days", 0)) == [2, 3, 4, 9]
    assert rows(marked, ("people", 1), ("people", 1, "days"), ("people", 1, "days", 0)) == [11, 12, 12]
    assert rows(marked, ("last",), ("people", 1, "name"), ("nothing",)) == [16, 11, 2]


def test_a_long_text_stands_where_it_begins() -> None:
    assert rows(parse_yaml("- |\n  one\n  two\n- three\n", "plan.yaml"), (0,), (1,)) == [1, 4]


def test_json_values_and_rows() -> None:
    marked = parse_json(JSON, "plan.json")
    assert isinstance(marked.data, dict)
    assert marked.data["times"] == ["20:00", '8:"30']
    assert rows(marked, ("times", 1), ("flags", "on"), ("people", 0, "days", 0)) == [2, 4, 6]
    assert rows(marked, ("people", 1, "days", 1), ("last",), ("people", 1, "name")) == [8, 10, 8]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1", 1),
        ("-7", -7),
        ("+7", 7),
        ("007", 7),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("yes", "yes"),
        ("off", "off"),
        ("20:00", "20:00"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("2020-03-02", "2020-03-02"),
        (".inf", ".inf"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("!!str 1", "1"),
        ("! 1", "1"),
    ],
)
def test_unquoted_words_mean_what_yaml_1_2_says(written: str, meant: object) -> None:
    marked = parse_yaml(f"value: {written}\n", "plan.yaml")
    assert marked.data == {"value": meant}
    assert not marked.faults
    assert isinstance(marked.data, dict)
    assert type(marked.data["value"]) is type(meant)


@pytest.mark.parametrize("parse", [parse_yaml, parse_json])
def test_a_key_given_twice_is_a_fault_and_the_first_counts_in_yaml(parse: Any) -> None:
    marked = parse('{"a": {"b": 1,\n"b": [2,\n3]}, "c": 4}', "plan")
    assert [fault.place for fault in marked.faults] == ["plan:2 a.b"]
    assert rows(marked, ("a", "b"), ("c",)) == [1, 3]


def test_every_mistake_of_a_text_is_collected() -> None:
    marked = parse_yaml('a: !x 1\nb: 2\nb: 3\nc: !y {}\nd: "\\ud800"\n', "plan.yaml")
    places = [fault.place.removeprefix("plan.yaml:") for fault in marked.faults]
    assert places == ["1", "3 b", "4", "5"]


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("", 1, "the file is empty"),
        ("---\n", 1, "the file is empty"),
        ("a: 1\nb: c: d\n", 2, "a colon that does not fit"),
        ("a: 1\nb\n", 2, "a key without a colon"),
        ("a: 1\nb\nc: 2\n", 2, "a key without a colon"),
        ('a: "\\q"\n', 1, "unknown escape"),
        ('a: "\\UFFFFFFFF"\n', 1, "not valid YAML"),
        ('a: "\n---\n"\n', 2, "never closed; it begins in row 1"),
        ("a: [1,\n b: 2\n", 3, "not closed"),
        ("a: @x\n", 1, "cannot begin a value; put the text in quotes"),
        ("? {a: 1}\n: 2\n", 1, "a key must be a plain word"),
        ("? [a]\n: 2\n", 1, "a key must be a plain word"),
        ("*a : 1\n", 1, "repeats nothing"),
        ("a: &b 1\n*b : 2\n", 2, "a key must be a plain word"),
        ("%YAML 3.0\n---\na: 1\n", 1, "not valid YAML"),
    ],
)
def test_what_is_no_yaml_is_said_with_its_row(text: str, row: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_yaml(text, "plan.yaml")
    (fault,) = caught.value.faults
    assert fault.place == f"plan.yaml:{row}"
    assert words in fault.say(Language.EN)


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        (" \n", 1, "the file is empty"),
        ('{"a":\n1,}', 2, "not valid JSON"),
        ("[1,\n2", 2, "not valid JSON"),
        ("Infinity", 1, "a number that cannot be read"),
        ("9" * 5000, 1, "a number that cannot be read"),
        ('["\\udc00"]', 1, "half a character"),
        ("[" * 100_000, 1, "nested deeper"),
        ("\n" + "[" * 41 + "]" * 41, 2, "nested deeper"),
    ],
)
def test_what_is_no_json_is_said_with_its_row(text: str, row: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_json(text, "plan.json")
    (fault,) = caught.value.faults
    assert fault.place == f"plan.json:{row}"
    assert words in fault.say(Language.EN)


@pytest.mark.parametrize(("depth", "good"), [(40, True), (41, False)])
@pytest.mark.parametrize("parse", [parse_yaml, parse_json])
def test_nesting_ends_at_forty(parse: Any, depth: int, good: bool) -> None:
    text = "[" * depth + "]" * depth
    if good:
        parse(text, "plan")
    else:
        with pytest.raises(InputError, match="nested deeper than 40"):
            parse(text, "plan")


def test_a_text_inside_a_file_counts_from_its_row() -> None:
    assert parse_yaml("{a: 1,\nb: 2}", "t.csv", first_row=7).marks.mark(("b",)).row == 8


def test_places_are_counted_from_one_and_a_label_replaces_keys() -> None:
    marks = Marks("plan.yaml")
    marks.put(("rules", 2, "posts"), 41)
    marks.put(("volunteers", 0), 2, label="", file="people.csv")
    marks.put(("volunteers", 0, "contract", "per_day"), 2, label="per_day", file="people.csv")
    assert marks.place(("rules", 2, "posts", 0)) == "plan.yaml:41 rules.3.posts.1"
    assert marks.place(("volunteers", 0, "contract")) == "people.csv:2"
    assert marks.place(("volunteers", 0, "contract", "per_day")) == "people.csv:2 per_day"
    assert marks.place(()) == "plan.yaml:1"
    assert dotted(("a\nb", 0)) == "a b.1"
