"""The public names."""

from __future__ import annotations

import pytest

import scheduler
from tests.builders import problem


def test_public_names_are_there() -> None:
    for name in scheduler.__all__:
        assert getattr(scheduler, name) is not None


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = scheduler.nothing


def test_a_plan_is_solved_and_scored_with_public_names_only() -> None:
    plan = problem(["anna", "bo"], days=1)
    result = scheduler.solve(plan.instance(), plan.all_rules(), scheduler.Deadline(20), scheduler.Settings())
    assert scheduler.Score.of(scheduler.violations(result.roster, plan.all_rules())) == result.score
