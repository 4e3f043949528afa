"""What changed between two rosters or two plans."""

import random

import pytest

from scheduler.domain.roster import Roster
from scheduler.problem import Problem
from scheduler.report.compare import Side, compare_grids
from scheduler.report.difference import change_grid, difference, person_grid, shift_grid
from scheduler.report.plan_difference import plan_difference, plan_grid
from scheduler.score import score
from tests.builders import problem, roster, world

WORLD = world(["a", "b", "c"], days=3)


def test_a_moved_duty_concerns_two_people_and_one_shift() -> None:
    before = roster(WORLD, a="0 morning, 1 noon", b="2 night")
    after = roster(WORLD, a="1 noon", b="0 morning, 2 night")
    found = difference(before, after)
    assert [(one.volunteer, one.gained, one.lost, one.kept) for one in found.people] == [
        ("a", (), ("gate/2024-03-04/morning",), 1),
        ("b", ("gate/2024-03-04/morning",), (), 1),
    ]
    assert [(one.shift, one.joined, one.left) for one in found.shifts] == [
        ("gate/2024-03-04/morning", ("b",), ("a",))
    ]
    assert len(person_grid(found).rows) == 2
    assert shift_grid(found).rows[0][1].zh == "b"  # type: ignore[union-attr]


def test_a_duty_is_moved_within_its_day_and_for_one_person_only() -> None:
    before = roster(WORLD, a="0 morning, 1 noon, 2 night", b="0 noon")
    after = roster(WORLD, a="0 noon, 1 noon, 1 night", b="2 night")
    found = difference(before, after)
    assert (found.added, found.removed, found.moved) == (3, 3, 1)
    assert [row[1] for row in change_grid(found).rows] == [3, 3, 1, 2, 4]


@pytest.mark.parametrize("seed", range(5))
def test_a_difference_leads_from_one_roster_to_the_other(seed: int) -> None:
    rng = random.Random(seed)
    pairs = [(v, s) for v in range(3) for s in range(len(WORLD.shifts))]
    before, after = Roster(WORLD, rng.sample(pairs, 9)), Roster(WORLD, rng.sample(pairs, 9))
    found = difference(before, after)
    gained = [(one.volunteer, shift) for one in found.people for shift in one.gained]
    lost = {(one.volunteer, shift) for one in found.people for shift in one.lost}
    names = {(WORLD.volunteers[v].id, WORLD.shifts[s].id) for v, s in before.pairs}
    assert Roster.named(WORLD, (names - lost) | set(gained)) == after
    assert found.added == len(gained) == sum(len(one.joined) for one in found.shifts)
    assert found.removed == len(lost) == sum(len(one.left) for one in found.shifts)


def test_rosters_of_two_plans_are_compared_by_id() -> None:
    other = world(["b", "d"], days=4)
    found = difference(roster(WORLD, a="0 morning"), roster(other, d="3 morning"))
    assert [one.volunteer for one in found.people] == ["a", "d"]


def test_nothing_differs_in_the_same() -> None:
    plan = problem()
    assert plan_difference(plan, plan) == ()
    assert difference(roster(WORLD, a="0 noon"), roster(WORLD, a="0 noon")).people == ()


def test_a_plan_that_changed_says_where() -> None:
    before = problem(["a", {"id": "b", "phone": "13800001234"}], days=3, rules=[{"rule": "one-per-day"}])
    after = problem(
        ["a", {"id": "b", "phone": "13900001234", "contract": {"per_week": 2}}, "c"],
        days=4,
        posts=["gate", "hall"],
        rules=[{"rule": "one-per-day", "most": 2}],
    )
    found = plan_difference(before, after)
    said = {(one.sign, one.section, one.entry, one.field) for one in found}
    assert said == {
        ("~", "horizon", "", ""),
        ("+", "posts", "hall", ""),
        ("~", "volunteers", "b", "phone"),
        ("~", "volunteers", "b", "contract"),
        ("+", "volunteers", "c", ""),
        ("-", "rules", "one-per-day", ""),
        ("+", "rules", "one-per-day", ""),
    }
    assert not any("13900001234" in str(cell) for row in plan_grid(found).rows for cell in row)


def test_demand_and_wishes_are_told_in_words() -> None:
    def plan(least: int, *wishes: dict[str, object]) -> Problem:
        demand = [{"shifts": ["morning", "noon"], "least": least, "wanted": 3, "days": "weekend"}]
        person = {
            "id": "b",
            "requests": wishes,
            "availability": "workday 08:00-12:00" if wishes else "always",
        }
        return problem([person], posts=[{"id": "gate", "name": "North gate", "demand": demand}])

    found = plan_difference(plan(1), plan(2, {"kind": "avoid", "when": "mon", "posts": ["gate"]}))
    told = {one.field: (one.before.en, one.after.en) for one in found}
    assert told == {
        "demand": (
            "morning, noon, weekends: at least 1 person, 3 wanted",
            "morning, noon, weekends: at least 2 people, 3 wanted",
        ),
        "requests": ("", "would rather not North gate, Mon all day"),
        "availability": ("any time", "workdays 08:00-12:00"),
    }
    assert not any("{" in one.after.zh for one in found)


def test_two_rosters_side_by_side_show_the_referees_figures() -> None:
    plan = problem(["a", "b"], days=2, rules=[{"rule": "fair-load"}])
    instance, rules = plan.instance(), plan.all_rules()
    one, other = roster(instance, a="0 morning"), roster(instance, a="0 morning, 1 noon", b="0 noon")
    scores, by_rule, cover, _ = compare_grids(Side("A", one, rules), Side("B", other, rules))
    for row, a, b in zip(scores.rows, score(one, rules).values, score(other, rules).values):
        assert row[1:] == (a, b, b - a)
    assert sum(int(str(row[1])) for row in by_rule.rows) == sum(score(one, rules).values)
    assert cover.rows[1][1:] == (1, 3, 2)
