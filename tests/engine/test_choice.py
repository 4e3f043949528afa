"""Which way a part is solved."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.engine.choice import Way, way_of
from scheduler.engine.settings import Settings
from scheduler.model.build import build
from scheduler.model.linear_model import LinearModel
from tests.builders import problem

RUNS = {"rule": "consecutive", "what": "days", "least": 2}
SOFT_RUNS = RUNS | {"level": "wish"}
LONG_RUNS = {"rule": "consecutive", "what": "days", "most": 3}
LEAST = {"rule": "max-load", "per": "horizon", "least": 2}
HOUSEHOLD = {"rule": "together", "kind": "household", "same": "shift"}


ONE_LEVEL = [
    {"rule": "cover", "bound": "least", "level": "cover"},
    {"rule": "cover", "bound": "wanted", "enabled": False},
]


def model(*rules: dict[str, Any], **more: Any) -> LinearModel:
    plan = problem(rules=[{"rule": "one-per-day"}, *ONE_LEVEL, *rules], **more)
    return build(plan.instance(), plan.all_rules())


@pytest.mark.parametrize(
    ("rules", "way"),
    [
        ([], Way.EXACT),
        ([LONG_RUNS], Way.EXACT),
        ([RUNS], Way.COLUMNS),
        ([SOFT_RUNS | {"level": "cover"}], Way.COLUMNS),
        ([SOFT_RUNS], Way.EXACT),
        ([LEAST], Way.COLUMNS),
        ([RUNS | {"volunteers": ["anna"]}], Way.EXACT),
    ],
)
def test_sequences_go_by_columns(rules: list[dict[str, Any]], way: Way) -> None:
    people = ["anna", "bo", "chen"]
    assert way_of(model(*rules, people=people), Settings()) is way


def test_several_levels_of_goals_are_not_for_columns() -> None:
    wishes = {"rule": "fair-load", "level": "fairness"}
    assert way_of(model(RUNS, wishes), Settings()) is Way.EXACT


def test_columns_need_people_who_share_nothing_but_rows() -> None:
    people = [{"id": name, "teams": ["home"]} for name in ("anna", "bo")]
    shared = model(RUNS, HOUSEHOLD, people=people, teams=[{"id": "home", "kind": "household"}])
    assert way_of(shared, Settings()) is Way.EXACT


def test_larger_parts_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    some = model()
    monkeypatch.setattr("scheduler.engine.choice.SMALL", some.pairs)
    assert way_of(some, Settings()) is Way.EXACT
    monkeypatch.setattr("scheduler.engine.choice.SMALL", some.pairs - 1)
    assert way_of(some, Settings()) is Way.SEARCH


@pytest.mark.parametrize("way", list(Way))
def test_an_expert_may_demand_a_way(way: Way) -> None:
    assert way_of(model(RUNS), Settings(engine=way.value)) is way
