from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.rules import STANDARD
from scheduler.rules.base import Violation
from scheduler.rules.eligibility.pairing import Pairing
from tests.builders import day, problem, roster, world

PLACES = [{"id": "town"}, {"id": "lake", "within": "town"}, {"id": "hill", "within": "town"}]
POSTS = [{"id": "gate", "place": "lake"}, {"id": "tower", "place": "hill"}]
ORGANISATIONS = [
    {"id": "party", "name": {"en": "The Party", "zh": "某党"}},
    {"id": "branch", "within": "party"},
    {"id": "club"},
]
PEOPLE = [
    {"id": "p", "organisation": "party"},
    {"id": "b", "organisation": "branch"},
    {"id": "c", "organisation": "club"},
    {"id": "n"},
]


def paired(*pairings: tuple[str, str, str], **dates: Any) -> Instance:
    """Three days; pairings as (organisation, kind, place)."""
    facts = [
        {"organisation": organisation, "kind": kind, "place": place} | dates
        for organisation, kind, place in pairings
    ]
    types = [{"id": "morning", "start": "08:00", "end": "12:00"}]
    return world(
        PEOPLE,
        days=3,
        posts=POSTS,
        shift_types=types,
        places=PLACES,
        organisations=ORGANISATIONS,
        pairings=facts,
    )


def found(kind: str, instance: Instance, crew: str, where: str = "0 morning") -> list[Violation]:
    rule = Pairing(kinds=(kind,))
    number, _, rest = where.partition(" ")
    shift = f"{rest.partition('@')[2] or 'gate'}/{day(int(number))}/morning"
    served = roster(instance, **dict.fromkeys(crew, where))
    return [violation for violation in rule.check_all(served) if violation.shifts == (shift,)]


def amount(*arguments: Any) -> int:
    return sum(violation.amount for violation in found(*arguments))


@pytest.mark.parametrize(
    ("kind", "amounts"),
    [
        ("exclusive", {"": 0, "pb": 0, "pc": 1, "cn": 2}),
        ("excluded", {"": 0, "cn": 0, "pc": 1, "pbn": 2}),
        ("preferred", {"": 0, "pb": 0, "pc": 1, "cn": 2}),
        ("sponsored", {"": 1, "cn": 1, "b": 0, "pb": 0, "pc": 0}),
    ],
)
def test_what_each_kind_counts(kind: str, amounts: dict[str, int]) -> None:
    instance = paired(("party", kind, "lake"))
    assert {crew: amount(kind, instance, crew) for crew in amounts} == amounts


@pytest.mark.parametrize("kind", ["exclusive", "preferred", "sponsored", "excluded"])
def test_it_holds_in_its_place_and_below_only(kind: str) -> None:
    crew = "p" if kind == "excluded" else "n"
    for place, here, there in [("town", 1, 1), ("lake", 1, 0), ("gate", 1, 0), ("hill", 0, 1)]:
        instance = paired(("party", kind, place))
        assert amount(kind, instance, crew) == here
        assert amount(kind, instance, crew, "0 morning@tower") == there


@pytest.mark.parametrize("kind", ["exclusive", "preferred", "sponsored", "excluded"])
@pytest.mark.parametrize(
    ("dates", "broken"),
    [
        ({}, [1, 1, 1]),
        ({"first": day(1)}, [0, 1, 1]),
        ({"last": day(1)}, [1, 1, 0]),
        ({"first": day(1), "last": day(1)}, [0, 1, 0]),
    ],
)
def test_it_holds_within_its_dates(kind: str, dates: dict[str, Any], broken: list[int]) -> None:
    crew = "p" if kind == "excluded" else "n"
    instance = paired(("party", kind, "lake"), **dates)
    assert [amount(kind, instance, crew, f"{number} morning") for number in range(3)] == broken


def test_a_branch_does_not_stand_for_its_party() -> None:
    assert amount("exclusive", paired(("branch", "exclusive", "lake")), "pb") == 1
    assert amount("excluded", paired(("branch", "excluded", "lake")), "pb") == 1


def test_organisations_paired_with_a_place_share_it() -> None:
    for kind in ("exclusive", "preferred", "excluded"):
        instance = paired(("party", kind, "town"), ("club", kind, "gate"))
        assert amount(kind, instance, "pbc") == (3 if kind == "excluded" else 0)
        assert amount(kind, instance, "n") == (0 if kind == "excluded" else 1)
    both = paired(("party", "sponsored", "town"), ("club", "sponsored", "gate"))
    assert [amount("sponsored", both, crew) for crew in ("n", "c", "p", "")] == [1, 0, 0, 1]


def test_kinds_do_not_mix() -> None:
    instance = paired(("party", "exclusive", "lake"), ("club", "preferred", "lake"))
    assert amount("exclusive", instance, "c") == 1
    assert amount("preferred", instance, "p") == 1
    assert amount("sponsored", instance, "") == 0
    both = Pairing(kinds=("exclusive", "preferred")).check_all(roster(instance, n="0 morning"))
    assert [violation.amount for violation in both] == [1, 1]


@pytest.mark.parametrize(
    ("kind", "crew", "en", "zh"),
    [
        (
            "exclusive",
            "nc",
            "c, n not of The Party, who alone serve here",
            "c、n不属于某党，该处只由其成员值守",
        ),
        ("excluded", "p", "p of The Party, who do not serve here", "p属于某党，其成员不在该处值守"),
        ("preferred", "n", "n not of The Party, who come first here", "n不属于某党，该处以其成员优先"),
        ("sponsored", "n", "nobody of The Party", "没有某党的成员"),
    ],
)
def test_the_sentence_of_each_kind(kind: str, crew: str, en: str, zh: str) -> None:
    [violation] = found(kind, paired(("party", kind, "gate")), crew)
    assert violation.text.en == f"gate, {day(0)} morning 08:00–12:00: {en}"
    assert violation.text.zh == f"gate 3月4日morning 08:00–12:00：{zh}"
    assert violation.volunteers == tuple(sorted(crew))


def test_every_kind_holds_in_every_plan_on_its_level() -> None:
    levels = {rule.kinds: rule.level for rule in STANDARD if isinstance(rule, Pairing)}
    assert levels == {
        ("exclusive",): Level.HARD,
        ("excluded",): Level.HARD,
        ("sponsored",): Level.COVER,
        ("preferred",): Level.ORGANISATION,
    }


def test_a_plan_changes_only_the_kinds_it_lists() -> None:
    plan = problem(rules=[{"rule": "pairing", "kinds": ["exclusive", "sponsored"], "level": "wish"}])
    kinds = [rule.kinds for rule in plan.all_rules() if isinstance(rule, Pairing)]
    assert kinds == [("excluded",), ("preferred",), ("exclusive", "sponsored")]
    assert not Pairing().replaces(problem().all_rules()[0])
