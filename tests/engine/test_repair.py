"""Repair: the enumerated best with fewest changes, proven; frozen time, stand-by, budgets, what the plan lost."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scheduler.domain.assignment import Assignment
from scheduler.domain.entity import Level
from scheduler.domain.roster import Roster
from scheduler.engine import highs
from scheduler.engine.repair import Repair, Terms, repair
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline
from scheduler.errors import NoRosterError
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.tighten import by_indicator, implied, tightened
from scheduler.problem import Problem
from scheduler.rules import ChangeBudget, FewestChanges
from scheduler.rules.base import Rule
from scheduler.score import Score, score
from tests.builders import MONDAY, day, problem

DAY = ({"id": "early", "start": "08:00", "end": "12:00"}, {"id": "late", "start": "13:00", "end": "20:00"})
RULES = [{"rule": "one-per-day"}, {"rule": "fair-load", "target": 1, "steps": [[0, 1]]}]
BEFORE = dt.datetime.combine(MONDAY, dt.time(0)) - dt.timedelta(days=7)


def duties(*names: str) -> tuple[Assignment, ...]:
    """``anna 0 early@gate``: volunteer, day, shift type, post."""
    found = []
    for name in names:
        who, number, rest = name.split(" ")
        kind, _, post = rest.partition("@")
        found.append(Assignment(volunteer=who, post=post or "gate", day=day(int(number)), shift_type=kind))
    return tuple(found)


def named(roster: Roster) -> set[str]:
    instance = roster.instance
    return {
        f"{instance.volunteers[v].id} {(instance.shifts[s].day - MONDAY).days} {instance.shifts[s].type.id}"
        for v, s in roster.pairs
    }


def mended(plan: Problem, published: Sequence[Assignment], now: dt.datetime = BEFORE, **more: Any) -> Repair:
    return repair(plan.instance(), plan.all_rules(), published, Terms(now, **more), Deadline(60))


def at(number: int, hour: int) -> dt.datetime:
    return dt.datetime.combine(day(number), dt.time(hour))


def rosters(plan: Problem) -> list[Roster]:
    """All in which nobody serves twice a day."""
    instance = plan.instance()
    days = [[-1, *(s for s, one in enumerate(instance.shifts) if one.day == d)] for d in instance.days]
    own = [[s for s in chosen if s >= 0] for chosen in itertools.product(*days)]
    return [
        Roster(instance, [(v, s) for v, shifts in enumerate(chosen) for s in shifts])
        for chosen in itertools.product(own, repeat=len(instance.volunteers))
    ]


def changed(seed: int) -> tuple[Problem, tuple[Assignment, ...]]:
    """Three people on two days; what was published, and a plan in which some of it is impossible."""
    rng = random.Random(seed)
    shifts = [(number, kind) for number in (0, 1) for kind in ("early", "late")]
    published = [f"{rng.choice('abc')} {number} {kind}" for number, kind in shifts if rng.random() < 0.8]
    people: list[dict[str, Any]] = [{"id": one} for one in "abc"]
    rng.choice(people)["availability"] = {"unavailable": [str(day(rng.choice([0, 1])))]}
    rng.choice(people)["contract"] = {"per_horizon": 1}
    rng.choice(people)["requests"] = [{"kind": "avoid", "shift_types": ["late"]}]
    return problem(people, days=2, shift_types=DAY, rules=RULES, heads=rng.choice([1, 2])), duties(*published)


@pytest.mark.parametrize("seed", range(5))
def test_the_repair_is_the_enumerated_best_and_proven(seed: int) -> None:
    plan, published = changed(seed)
    found = mended(plan, published)
    changes = FewestChanges(assignments=published, notice=BEFORE + dt.timedelta(hours=48))
    rules = [*plan.all_rules(), changes]
    best = min(score(one, rules) for one in rosters(plan))
    assert score(found.roster, rules) == best
    assert found.fewest
    assert found.stability == found.least == best[Level.STABILITY]
    assert found.score == score(found.roster, plan.all_rules())
    assert found.least_people == sum(one.amount >= 1000 for one in changes.check_all(found.roster))


@pytest.mark.parametrize("seed", range(3))
def test_a_budget_is_kept_and_still_the_best_within_it(seed: int) -> None:
    plan, published = changed(seed)
    now = BEFORE
    found = mended(plan, published, people=0, changes=2)
    kept = tuple(one for one in published if one not in found.dropped)
    rules: list[Rule] = [
        *plan.all_rules(),
        FewestChanges(assignments=published, notice=now + dt.timedelta(hours=48)),
        ChangeBudget(assignments=kept, people=0, changes=2),
    ]
    best: Score = min(score(one, rules) for one in rosters(plan))
    assert score(found.roster, rules) == best
    free = mended(plan, published)
    assert (found.over_budget is None) == (free.roster.pairs == found.roster.pairs)
    assert found.budget_costs_cover is (found.cover > free.cover)
    if found.over_budget is not None:
        assert (found.over_budget.cover, found.over_budget.fewest) == (free.cover, free.fewest)


def test_frozen_time_is_untouched_and_what_is_impossible_there_is_said() -> None:
    people = [{"id": "anna", "availability": {"unavailable": [f"{day(0)}..{day(3)}"]}}, "bo", "cai"]
    plan = problem(people, days=3, shift_types=DAY)
    published = duties("anna 0 late", "anna 1 early", "bo 0 early", "bo 1 late", "cai 2 early", "bo 2 late")
    found = mended(plan, published, at(0, 12), freeze=dt.timedelta(hours=20))
    assert found.dropped == duties("anna 0 late", "anna 1 early")
    assert "bo 0 early" in named(found.roster)
    assert not any("0 late" in one for one in named(found.roster))
    assert {"bo 1 early", "cai 1 early"} & named(found.roster)
    assert found.fewest


@pytest.mark.parametrize(("hours", "filled"), [(19, True), (20, True), (21, False)])
def test_a_shift_that_begins_at_the_end_of_frozen_time_is_free(hours: int, filled: bool) -> None:
    people = [{"id": "anna", "availability": {"unavailable": [str(day(1))]}}, "bo"]
    plan = problem(people, days=2, shift_types=DAY[:1])
    found = mended(plan, duties("anna 1 early"), at(0, 12), freeze=dt.timedelta(hours=hours))
    assert ("bo 1 early" in named(found.roster)) is filled


def test_nobody_changes_where_nothing_happened() -> None:
    plan = problem(["anna", "bo"], days=2, shift_types=DAY)
    published = duties("anna 0 early", "bo 0 late", "anna 1 early", "bo 1 late")
    found = mended(plan, published)
    assert (found.stability, found.dropped, found.fewest) == (0, (), True)
    assert len(named(found.roster)) == 4


def test_people_and_posts_that_left_the_plan_are_dropped_and_counted() -> None:
    plan = problem(["anna", "bo"], days=1, shift_types=DAY)
    gone = duties("zoe 0 late", "bo 0 late@harbour")
    found = mended(plan, (*duties("anna 0 early"), *gone))
    assert found.dropped == gone
    assert named(found.roster) == {"anna 0 early", "bo 0 late"}


def test_who_stands_by_is_called_first_and_even_in_frozen_time() -> None:
    wait = {"id": "wait", "start": "08:00", "end": "20:00"}
    posts = [
        {"id": "gate", "demand": [{"shifts": ["early", "late"], "least": 1}]},
        {"id": "base", "demand": [{"shifts": ["wait"], "least": 0, "wanted": 1}], "stands_by_for": ["gate"]},
    ]
    people = [{"id": "anna", "availability": {"unavailable": [str(day(0))]}}, "bo", "cai", "dan"]
    plan = problem(people, days=1, shift_types=[*DAY, wait], posts=posts, rules=RULES[:1])
    published = duties("anna 0 late", "bo 0 early", "dan 0 wait@base")
    free = mended(plan, published)
    assert {"dan 0 late", "bo 0 early"} <= named(free.roster)
    assert free.least_people == 1
    frozen = mended(plan, published, at(0, 7))
    assert named(frozen.roster) == {"bo 0 early", "dan 0 late"}


def test_a_budget_that_hard_rules_forbid_says_what_it_takes() -> None:
    people = ["anna", "bo"]
    rules = [{"rule": "max-load", "per": "horizon", "least": 1, "most": 5}]
    plan = problem(people, days=1, shift_types=DAY, rules=rules)
    with pytest.raises(NoRosterError, match="1 people and 1 changes"):
        mended(plan, duties("anna 0 early"), people=0)


@pytest.mark.parametrize("seed", range(4))
def test_tightening_loses_no_roster_that_is_as_good(seed: int) -> None:
    """Every roster is worth the same with the indicators' rows, and the fixed columns of the best stay as they are."""
    plan, published = changed(seed)
    known = [one for one in published if one.shift(plan.instance()) is not None]
    rules: list[Rule] = [*plan.all_rules(), FewestChanges(assignments=published)]
    model = build(plan.instance(), rules)
    held = Roster.named(model.instance, [(one.volunteer, one.shift_id) for one in known])
    legal = [one for one in rosters(plan) if score(one, rules).legal and len(model.start(one)) == model.pairs]
    able = [one for one in legal if int(model.start(one).sum()) == len(one)]
    start = next((one for one in able if one.pairs == held.pairs), able[0])
    tight = by_indicator(model, Level.STABILITY, whole(model, start))
    assert all(tight.allows(whole(model, one)) for one in able)
    ladder = Ladder(tight)
    best = min(able, key=lambda one: score(one, rules)[Level.STABILITY])
    most = score(best, rules)[Level.STABILITY]
    level = [*Level].index(Level.STABILITY)
    matrix = ladder.objective(level)
    duals = np.zeros(len(matrix.row_lower))
    fixed, bound = tightened(matrix, duals, most - model.constant[level], model.columns)
    assert bound + model.constant[level] <= most
    fixed = implied(fixed, model.columns)
    for one in able:
        if score(one, rules)[Level.STABILITY] <= most:
            x = whole(model, one)
            assert (fixed.lower[: model.columns] <= x).all()
            assert (x <= fixed.upper[: model.columns]).all()


@pytest.mark.parametrize("one_a_day", [True, False])
def test_nobody_is_disturbed_by_half(one_a_day: bool) -> None:
    """Four days are open and each helper has room for two: the relaxation, too, needs two people for them."""
    people: list[Any] = [{"id": "anna", "availability": {}}]
    people += [{"id": one, "contract": {"per_horizon": 3}} for one in ("bo", "cai", "dan", "eve")]
    rules = [{"rule": "one-per-day"}] if one_a_day else []
    spare = {"id": "yard", "demand": [{"shifts": ["early"], "least": 0, "wanted": 0, "most": 1}]}
    plan = problem(people, days=8, posts=["gate", spare], shift_types=DAY[:1], rules=rules)
    published = duties(*(f"anna {n} early" for n in range(4)), *(f"{w} {n} early" for n, w in HELD))
    staying = Roster.named(plan.instance(), [(one.volunteer, one.shift_id) for one in published[4:]])
    model = build(plan.instance(), [*plan.all_rules(), FewestChanges(assignments=published[4:])])
    tight = by_indicator(model, Level.STABILITY, whole(model, staying))
    ladder = Ladder(tight)
    ladder.keep([*Level].index(Level.COVER), 0)
    cost = np.round(ladder.source.costs[[*Level].index(Level.STABILITY)] / 1000)
    assert highs.lower_bound(replace(ladder.matrix, cost=cost), Deadline()).bound == pytest.approx(2)
    found = mended(plan, published)
    assert (found.least_people, found.fewest) == (3, True), "anna, and two"


HELD = [(4, "bo"), (5, "cai"), (6, "dan"), (7, "eve")]
"""Who keeps which day."""


def whole(model: Any, roster: Roster) -> Any:
    """A roster as a solution of all columns: each auxiliary column is as small as its rows allow."""
    x = np.zeros(model.columns)
    x[: model.pairs] = model.start(roster)
    rows = model.rows
    for column in range(model.pairs, model.columns):
        definitions = np.flatnonzero((rows.rule == -1) & (rows.matrix[:, [column]].toarray()[:, 0] < 0))
        x[column] = float(any(rows.matrix[[n]] @ x - rows.upper[n] > 1e-9 for n in definitions))
    return x


def test_the_same_seed_and_rounds_give_the_same_repair() -> None:
    plan, published = changed(1)
    found = [
        repair(
            plan.instance(),
            plan.all_rules(),
            published,
            Terms(BEFORE),
            Deadline(),
            Settings(rounds=2, jobs=jobs),
        )
        for jobs in (1, 2)
    ]
    assert found[0].roster.pairs == found[1].roster.pairs
    assert found[0].bounds == found[1].bounds
