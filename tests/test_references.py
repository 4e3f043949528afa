"""References between the parts of a plan, found wherever they stand."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from scheduler.domain.entity import Entity, Ref
from scheduler.domain.uses import uses
from scheduler.references import Finding
from tests.builders import problem


def said(found: list[Finding]) -> list[tuple[str, str]]:
    return [(".".join(map(str, finding.keys)), finding.text.en) for finding in found]


class Deep(Entity):
    maybe: Annotated[str, Ref("post")] | None = None
    several: dict[Annotated[str, Ref("team")], tuple[Annotated[str, Ref("skill")], ...]] = {}  # noqa: RUF012
    both: tuple[Annotated[str, Ref("place")], int, Annotated[str, Ref("post", "place")]] = ("a", 1, "b")
    inner: tuple[Deep | int, ...] = ()
    some: frozenset[Annotated[str, Ref("skill")]] = frozenset()
    plain: str = "no reference"


def test_uses_are_found_however_deep() -> None:
    model = Deep(maybe="p", several={"t": ("s", "u")}, inner=(3, Deep(some=frozenset({"y", "x"}))))
    assert [(".".join(map(str, use.keys)), use.id, use.ref.kinds) for use in uses(model)] == [
        ("maybe", "p", ("post",)),
        ("several.t", "t", ("team",)),
        ("several.t.0", "s", ("skill",)),
        ("several.t.1", "u", ("skill",)),
        ("both.0", "a", ("place",)),
        ("both.2", "b", ("post", "place")),
        ("inner.1.both.0", "a", ("place",)),
        ("inner.1.both.2", "b", ("post", "place")),
        ("inner.1.some.0", "x", ("skill",)),
        ("inner.1.some.1", "y", ("skill",)),
    ]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"rules": [{"rule": "cover", "posts": ["gate"]}]}, []),
        ({"rules": [{"rule": "cover", "posts": ["gat"]}]}, [("rules.0.posts.0", 'no post "gat"')]),
        ({"rules": [{"rule": "cover", "places": ["gate"]}]}, [("rules.0.places.0", 'no place "gate"')]),
        (
            {"travel": [{"between": ["town", "gate"], "minutes": 3}]},
            [("travel.0.between.1", 'no place "gate"')],
        ),
        (
            {"demand": [{"shifts": ["dawn"], "least": 1, "skills": [{"skill": "law"}]}]},
            [("demand.0.shifts.0", 'no shift type "dawn"'), ("demand.0.skills.0.skill", 'no skill "law"')],
        ),
        (
            {"people": [{"id": "anna", "history": {"recent": [{"day": "2024-03-01", "shift_type": "x"}]}}]},
            [("volunteers.0.history.recent.0.shift_type", 'no shift type "x"')],
        ),
        (
            {"people": [{"id": "anna", "requests": [{"kind": "want", "posts": ["town", "gate", "moon"]}]}]},
            [("volunteers.0.requests.0.posts.2", 'no place or post "moon"')],
        ),
        ({"people": ["anna", "bo", "anna"]}, [("volunteers.2.id", 'the id "anna" is used already')]),
        ({"skills": [{"id": "x"}, {"id": "x"}]}, [("skills.1.id", 'the id "x" is used already')]),
        ({"posts": [{"id": "gate", "demand": []}]}, [("posts.0.demand", "the post has no demand")]),
        (
            {"posts": [{"id": "gate", "demand": []}], "demand": [{"shifts": ["night"], "least": 1}]},
            [],
        ),
        (
            {
                "posts": ["town"],
                "people": [{"id": "anna", "requests": [{"kind": "want", "posts": ["town"]}]}],
            },
            [("volunteers.0.requests.0.posts.0", '"town" is a place and a post')],
        ),
    ],
)
def test_what_is_not_there_is_found(more: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(problem(**more).findings()) == expected


@pytest.mark.parametrize(
    ("within", "circles"),
    [
        ({"a": None, "b": "a", "c": "b"}, []),
        ({"a": "a"}, ["a → a"]),
        ({"a": "b", "b": "a"}, ["a → b → a"]),
        ({"x": "a", "a": "b", "b": "c", "c": "a", "y": "b"}, ["a → b → c → a"]),
        ({"a": "b", "b": "a", "c": "d", "d": "c", "e": "c"}, ["a → b → a", "c → d → c"]),
    ],
)
def test_every_circle_is_found_once(within: dict[str, str | None], circles: list[str]) -> None:
    organisations = [{"id": one, "within": other} for one, other in within.items()]
    found = problem(organisations=organisations).findings()
    assert [finding.text.en.partition(": ")[2] for finding in found] == circles


def test_a_finding_offers_the_nearest_or_where_to_list() -> None:
    rules = [{"rule": "cover", "posts": ["Gates"], "teams": ["family"]}]
    team, post = sorted(problem(rules=rules).findings(), key=lambda finding: finding.text.en, reverse=True)
    assert post.hint is not None
    assert team.hint is not None
    assert post.hint.en == 'did you mean "gate"?'
    assert team.hint.en == "list it under teams"


def test_guesses_end_so_that_a_broken_plan_is_read_quickly() -> None:
    rules = [{"rule": "cover", "posts": [f"gat{n}" for n in range(60)]}]
    found = problem(rules=rules).findings()
    assert len(found) == 60
    assert sum(finding.hint is not None for finding in found) == 40
