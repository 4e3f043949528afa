"""The next period's plan: what was served is carried over, what spoke of the past is gone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scheduler.domain.attendance import Attendance, Attended, Presence
from scheduler.domain.roster import Roster
from scheduler.engine.solve import solve
from scheduler.engine.stop import Deadline
from scheduler.errors import InputError, PublishError
from scheduler.io.continuation import Continued, Next, continue_plan
from scheduler.io.read import Plan, read_plan
from scheduler.report.carried import Served

PLAN = """\
# a plan of the gate
id: gate-2024
name: Gate
horizon: {first: 2024-03-04, last: 2024-03-10}   # a week
places: [{id: town}]
organisations: [{id: east}, {id: west}]
shift_types:
  - {id: morning, start: "08:00", end: "12:00"}
  - {id: night, start: "22:00", end: "06:00", night: true, burden: 2.0}
pairings:
  - {organisation: east, place: town, kind: preferred, last: 2024-03-06}
  - {organisation: west, place: town, kind: preferred}
posts: [{id: gate, place: town, demand: [{shifts: [morning, night], least: 1}]}]
volunteers:
  - id: anna   # the first
    organisation: east
    availability: {unavailable: ["2024-03-05", "2024-03-12"]}
  - {id: bo, organisation: west, availability: always, history: {shifts: 3, burden: 3.5}}
rules:
  - {rule: min-rest, hours: 10}
  - {rule: pinned, assignments: [{volunteer: bo, post: gate, day: 2024-03-05, shift_type: night}]}
  - {rule: turn, organisations: [east, west], per: week}
"""
START = dt.date(2024, 3, 11)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    return read_plan(folder / "plan.yaml")


def served(plan: Plan, *pairs: tuple[str, str], records: tuple[Attended, ...] = ()) -> Served:
    instance = plan.problem.instance()
    roster = Roster.named(instance, [(who, f"gate/2024-03-{when}") for who, when in pairs])
    return Served(roster, Attendance(records=records))


def go_on(plan: Plan, period: Served, out: Path, days: int = 7) -> Continued:
    return continue_plan(plan, [period], Next(START, days), out, force=False)


def histories(path: Path) -> dict[str, tuple[int, float, int]]:
    people = read_plan(path).problem.volunteers
    return {one.id: (one.history.shifts, one.history.burden, len(one.history.recent)) for one in people}


def test_shifts_and_burden_add_up(plan: Plan, tmp_path: Path) -> None:
    period = served(plan, ("anna", "04/morning"), ("anna", "06/night"), ("bo", "10/night"))
    found = go_on(plan, period, tmp_path / "new")
    assert histories(found.path) == {"anna": (2, 3.0, 2), "bo": (4, 5.5, 1)}
    assert len(found.carried.rows) == 2


def test_only_who_came_is_carried_where_attendance_was_taken(plan: Plan, tmp_path: Path) -> None:
    records = (
        Attended(shift="gate/2024-03-04/morning", volunteer="anna", presence=Presence.ABSENT),
        Attended(
            shift="gate/2024-03-04/morning", volunteer="bo", presence=Presence.ATTENDED, instead_of="anna"
        ),
    )
    period = served(plan, ("anna", "04/morning"), ("anna", "06/night"), records=records)
    assert histories(go_on(plan, period, tmp_path / "new").path) == {"anna": (1, 2.0, 1), "bo": (4, 4.5, 1)}


def test_what_spoke_of_the_past_is_gone_and_the_rest_as_it_was(plan: Plan, tmp_path: Path) -> None:
    found = go_on(plan, served(plan, ("anna", "04/morning")), tmp_path / "new", days=14)
    after = read_plan(found.path).problem
    assert (after.id, after.horizon.first, after.horizon.last) == (
        "gate-2024-2024-03-11",
        START,
        dt.date(2024, 3, 24),
    )
    assert [rule.rule for rule in after.rules] == ["min-rest", "turn"]
    assert [one.organisation for one in after.pairings] == ["west"]
    assert len(after.volunteers[0].availability.unavailable) == 1
    text = found.path.read_text("utf-8")
    assert text.startswith("# a plan of the gate\n")
    assert "# the first" in text
    assert "# a week" in text
    assert plan.path.read_text("utf-8") == PLAN


def test_the_round_of_turns_goes_on(plan: Plan, tmp_path: Path) -> None:
    found = go_on(plan, served(plan, ("anna", "04/morning")), tmp_path / "new")
    turn = read_plan(found.path).problem.rules[-1]
    assert turn.rule == "turn"
    assert turn.first == "west"


def test_a_week_that_was_begun_stays_with_whose_turn_it_was(plan: Plan, tmp_path: Path) -> None:
    short = plan.path.parent / "short.yaml"
    short.write_text(PLAN.replace("last: 2024-03-10}", "last: 2024-03-07}"), "utf-8")
    old = read_plan(short)
    found = continue_plan(old, [served(old)], Next(dt.date(2024, 3, 8), 3), tmp_path / "new", force=False)
    turn = read_plan(found.path).problem.rules[-1]
    assert turn.rule == "turn"
    assert turn.first in (None, "east")


def test_rest_is_kept_over_the_border(plan: Plan, tmp_path: Path) -> None:
    found = go_on(plan, served(plan, ("anna", "10/night")), tmp_path / "new", days=1)
    problem = read_plan(found.path).problem
    roster = solve(problem.instance(), problem.all_rules(), Deadline(20)).roster
    instance = problem.instance()
    morning = instance.shifts[instance.shift_index["gate/2024-03-11/morning"]]
    assert [one.id for one in roster.crew_of(roster.instance.shifts[instance.shift_number(morning)])] == [
        "bo"
    ]


def test_going_on_twice_is_going_on_once_with_both(plan: Plan, tmp_path: Path) -> None:
    one = served(plan, ("anna", "06/night"), ("bo", "08/morning"))
    middle = go_on(plan, one, tmp_path / "second")
    second = read_plan(middle.path)
    instance = second.problem.instance()
    two = Served(
        Roster.named(instance, [("anna", "gate/2024-03-13/morning"), ("bo", "gate/2024-03-14/night")])
    )
    later = Next(dt.date(2024, 3, 18), 7)
    twice = continue_plan(second, [two], later, tmp_path / "third", force=False)
    once = continue_plan(plan, [one, two], later, tmp_path / "both", force=False)
    assert histories(twice.path) == histories(once.path)


def test_a_period_counts_once_and_comes_later(plan: Plan, tmp_path: Path) -> None:
    period = served(plan, ("anna", "04/morning"))
    with pytest.raises(InputError) as wrong:
        continue_plan(plan, [period, period], Next(dt.date(2024, 3, 4), 7), tmp_path / "new", force=False)
    assert len(wrong.value.faults) == 2
    assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten_unasked(plan: Plan, tmp_path: Path) -> None:
    period = served(plan, ("anna", "04/morning"))
    go_on(plan, period, tmp_path / "new")
    with pytest.raises(PublishError):
        go_on(plan, period, tmp_path / "new")


def test_a_plan_whose_people_stand_in_a_table(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    head = PLAN[: PLAN.index("volunteers:")] + "volunteers: {file: volunteers.csv}\n"
    (folder / "plan.yaml").write_text(head, "utf-8")
    (folder / "volunteers.csv").write_text("id,name,availability\nanna,安,always\nbo,波,always\n", "utf-8")
    plan = read_plan(folder / "plan.yaml")
    found = go_on(plan, served(plan, ("anna", "06/night")), tmp_path / "new")
    assert histories(found.path) == {"anna": (1, 2.0, 1), "bo": (0, 0, 0)}
    assert "anna,安" in (tmp_path / "new" / "volunteers.csv").read_text("utf-8")
