"""What is compiled from rows: how many states, which counters, which days' choices; and what is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.engine.columns import menus, sided
from scheduler.engine.columns.automaton import Automaton, compile_block
from scheduler.engine.columns.block import split
from scheduler.engine.columns.personal import Personal
from scheduler.engine.columns.pricing import Pricing
from scheduler.engine.columns.sided import UnfitError
from scheduler.model.build import build
from scheduler.rules import Rule
from scheduler.rules.coverage.cover import Cover
from scheduler.rules.fairness.fair_load import FairLoad
from scheduler.rules.workload.consecutive import Consecutive
from scheduler.rules.workload.max_load import MaxLoad
from scheduler.rules.workload.no_overlap import NoOverlap
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.rules.workload.shift_succession import ShiftSuccession
from scheduler.rules.workload.weekends import Weekends
from tests.builders import world

DAY: tuple[dict[str, Any], ...] = ({"id": "day", "start": "08:00", "end": "12:00"},)


def compiled(instance: Instance, rules: Sequence[Rule]) -> Automaton:
    """The automaton of the first of two volunteers."""
    model = build(instance, [Cover(), *rules])
    return compile_block(Personal(model, split(model).blocks[0]).model)


def people(days: int, shift_types: tuple[dict[str, Any], ...] = DAY, **more: Any) -> Instance:
    return world(["anna", "bo"], days=days, shift_types=shift_types, **more)


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_a_limit_on_runs_needs_as_many_states_as_a_run_may_have_days(most: int) -> None:
    automaton = compiled(people(12), [Consecutive(what="days", most=most)])
    assert automaton.states.max() == most + 1
    assert automaton.states[0] == automaton.states[-1] == 1
    assert not automaton.counters


def test_a_soft_limit_on_runs_charges_and_needs_no_more_states() -> None:
    rule = Consecutive(what="days", most=2, level=Level.WISH, weight=5)
    automaton = compiled(people(12), [rule])
    assert automaton.states.max() == 3
    assert sorted(automaton.charges.sum(axis=1).tolist()) == [0.0, 5.0]


def test_rows_over_the_horizon_become_one_counter_for_what_they_count() -> None:
    rules = [
        MaxLoad(per="horizon", measure="hours", least=40, most=60),
        MaxLoad(per="horizon", measure="hours", most=50, level=Level.WISH, weight=2),
    ]
    automaton = compiled(people(28), rules)
    assert automaton.states.max() == 1
    (counter,) = automaton.counters
    assert (counter.least, counter.most) == (10, 15)
    assert counter.fee is not None
    assert counter.fee.sum(axis=0)[[12, 13]].tolist() == [0.0, 2.0 * (13 * 240 - 50 * 60)]


def test_steps_of_a_fair_share_are_one_counter() -> None:
    (counter,) = compiled(people(40), [FairLoad(target=8, below=True)]).counters
    assert counter.fee is not None
    assert counter.fee.sum(axis=0)[[7, 8, 9, 10]].tolist() == [1.0, 0.0, 1.0, 5.0]


def test_posts_at_the_same_time_are_one_type() -> None:
    instance = people(3, posts=["gate", "hall", "yard"])
    automaton = compiled(instance, [OnePerDay()])
    assert np.diff(automaton.menus.stage_ptr).tolist() == [2, 2, 2]
    assert np.diff(automaton.menus.member_ptr).tolist() == [3, 3, 3]


def test_two_shifts_a_day_are_choices_too() -> None:
    types = (*DAY, {"id": "late", "start": "13:00", "end": "18:00"})
    assert np.diff(compiled(people(2, types), [NoOverlap()]).menus.stage_ptr).tolist() == [4, 4]
    assert np.diff(compiled(people(2, types), [OnePerDay()]).menus.stage_ptr).tolist() == [2, 2]


def test_days_without_a_column_are_no_stages() -> None:
    off = {"dates": ["2024-03-05", "2024-03-06"]}
    away = {"id": "anna", "availability": {"always": True, "unavailable": [off]}}
    instance = world([away, "bo"], days=5, shift_types=DAY)
    from scheduler.rules.eligibility.availability import Availability

    assert compiled(instance, [Availability(), OnePerDay()]).menus.stages == 3


def test_a_weekend_is_chosen_on_its_last_day() -> None:
    automaton = compiled(people(14), [OnePerDay(), Weekends(most=1)])
    sizes = np.diff(automaton.menus.stage_ptr)
    assert sizes.tolist() == [2, 2, 2, 2, 2, 2, 4] * 2


def test_successions_are_states_only_where_they_matter() -> None:
    types = (*DAY, {"id": "late", "start": "18:00", "end": "22:00"})
    automaton = compiled(people(6, types), [OnePerDay(), ShiftSuccession(forbid=(("late", "day"),))])
    assert automaton.states.tolist() == [1, 2, 2, 2, 2, 2, 1]


def test_shifts_that_nothing_keeps_apart_are_chosen_together() -> None:
    automaton = compiled(people(2, posts=["gate", "hall"]), [])
    assert np.diff(automaton.menus.stage_ptr).tolist() == [4, 4]


def test_a_day_of_too_many_choices_is_left_to_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    types = (*DAY, {"id": "late", "start": "13:00", "end": "18:00"})
    monkeypatch.setattr(menus, "MOST_CHOICES", 3)
    with pytest.raises(UnfitError):
        compiled(people(2, types), [NoOverlap()])


def test_rows_leave_the_automaton_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    from scheduler.engine.columns import automaton

    rules = [MaxLoad(per="week", most=3)]
    wide = compiled(people(7), rules)
    monkeypatch.setattr(automaton, "MOST_STATES", 2)
    narrow = compiled(people(7), rules)
    assert wide.states.max() > 2 >= narrow.states.max()
    assert (len(wide.counters), len(narrow.counters)) == (0, 1)


def test_a_part_of_a_unit_in_a_soft_row_is_left_to_the_program() -> None:
    model = build(people(3), [Cover(), MaxLoad(per="horizon", most=1, level=Level.WISH)])
    personal = Personal(model, split(model).blocks[0])
    assert len(sided.sided(personal.model).bound)
    personal.model.rows.upper[:] = 1.5
    with pytest.raises(UnfitError):
        sided.sided(personal.model)


def test_no_legal_roster_is_no_automaton_s_state() -> None:
    rules = [MaxLoad(per="horizon", least=5), MaxLoad(per="day", most=1), MaxLoad(per="week", most=1)]
    assert compiled(people(7), rules).empty


def test_volunteers_with_the_same_pattern_share_an_automaton() -> None:
    instance = world(["anna", "bo", {"id": "cleo", "contract": {}}], days=7)
    model = build(
        instance, [Cover(), OnePerDay(), Consecutive(what="days", most=3, volunteers=("anna", "bo"))]
    )
    pricing = Pricing(model, split(model))
    automata = [one._automaton for one in pricing._automata if one is not None]
    assert automata[0] is automata[1] is not automata[2]
