from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.model.build import Builder
from scheduler.model.rule_model import RuleModel
from scheduler.rules import STANDARD
from scheduler.rules.workload.contract import Contract
from scheduler.text import day_text
from tests.builders import day, roster, world
from tests.rules.workload.amounts import amount, before, words


def agreed(days: int = 14, **contract: int) -> Instance:
    return world([{"id": "anna", "contract": contract}, "bo"], days=days)


@pytest.mark.parametrize(
    ("contract", "served", "broken"),
    [
        ({"per_day": 1}, "0 morning, 1 noon", 0),
        ({"per_day": 1}, "0 morning, 0 noon, 13 noon, 13 night, 13 morning", 3),
        ({"per_week": 2}, "0 morning, 6 morning, 7 morning, 13 noon", 0),
        ({"per_week": 2}, "0 morning, 3 morning, 6 morning, 7 morning, 8 noon, 13 noon", 2),
        ({"per_horizon": 2}, "0 morning, 13 morning", 0),
        ({"per_horizon": 2}, "0 morning, 7 noon, 13 morning", 1),
        ({"per_horizon": 0}, "7 noon", 1),
        ({"per_day": 1, "per_week": 1, "per_horizon": 1}, "0 morning, 0 noon", 3),
        ({}, "0 morning, 0 noon, 0 night", 0),
    ],
)
def test_every_limit_counts_what_is_over_it(contract: dict[str, int], served: str, broken: int) -> None:
    assert amount(Contract(), roster(agreed(**contract), anna=served, bo="0 morning, 0 noon")) == broken


def test_a_cut_week_is_that_week_and_recent_shifts_are_in_it() -> None:
    horizon = {"first": day(3), "last": day(12)}
    person = before("anna", "1 morning, 2 morning, -1 noon", contract={"per_week": 3, "per_horizon": 3})
    instance = world([person], horizon=horizon)
    assert amount(Contract(), roster(instance, anna="3 morning, 7 morning, 12 morning")) == 0
    assert amount(Contract(), roster(instance, anna="3 morning, 6 morning")) == 1


def test_what_was_over_before_is_not_counted_again() -> None:
    person = before("anna", "0 morning, 1 morning, 2 noon", contract={"per_week": 1})
    instance = world([person], horizon={"first": day(3), "last": day(6)})
    assert amount(Contract(), roster(instance)) == 0
    assert amount(Contract(), roster(instance, anna="3 morning, 4 morning")) == 2


def test_who_agreed_to_no_limit_has_no_row() -> None:
    def rows(**contract: Any) -> int:
        builder = Builder(agreed(**contract), [Contract()], elastic=False)
        Contract().post_all(RuleModel(builder, Contract(), 0))
        return len(builder.rows.rows(len(builder.volunteer)))

    assert [rows(), rows(per_horizon=2), rows(per_week=2), rows(per_day=1)] == [0, 1, 2, 14]
    assert rows(per_day=4) == 0


def test_it_is_standard_and_says_what_was_agreed() -> None:
    assert [rule.level for rule in STANDARD if rule.rule == "contract"] == [Level.HARD]
    served = roster(agreed(per_week=1), anna="7 morning, 9 noon")
    assert words(Contract(), served) == [
        (
            "anna: 2 shifts in the week of Mon 11 Mar 2024, agreed to at most 1",
            f"anna：{day_text(day(7)).zh}起的一周共2班，约定至多1班",
        )
    ]
