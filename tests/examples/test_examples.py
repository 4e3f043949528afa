"""The example plans: what they hold, that their tables are the script's, and what they score."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from scheduler.domain.calendar import DayClass
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import TeamKind, Tier
from scheduler.engine.result import Result, Status
from scheduler.engine.settings import Settings
from scheduler.engine.solve import solve
from scheduler.engine.stop import Deadline
from scheduler.io.read import Plan, read_plan
from scheduler.score import Score, score

EXAMPLES = Path(__file__).parents[2] / "examples"
TABLES = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.glob("*/*.csv"))

TINY = Score((0, 1, 0, 2, 0, 2, 1))
"""Proven by hand at the end of its plan."""
BEIXINQIAO = Score((0, 40, 0, 584, 0, 113, 31))
"""Proven optimal on every level in under a minute; here only the bounds of a short run are held to it."""


@cache
def plan(name: str) -> Plan:
    return read_plan(EXAMPLES / name / "plan.yaml")


@cache
def world(name: str) -> Instance:
    return plan(name).problem.instance()


def solved(name: str, seconds: float) -> Result:
    return solve(world(name), plan(name).problem.all_rules(), Deadline(seconds), Settings(jobs=2))


@pytest.mark.parametrize(
    ("name", "volunteers", "shifts", "least", "wanted"),
    [("tiny", 6, 6, 6, 9), ("beixinqiao", 305, 840, 1470, 1688), ("dongcheng", 476, 3150, 3344, 4050)],
)
def test_an_example_expands(name: str, volunteers: int, shifts: int, least: int, wanted: int) -> None:
    instance = world(name)
    assert (len(instance.volunteers), len(instance.shifts)) == (volunteers, shifts)
    assert sum(shift.least for shift in instance.shifts) == least
    assert sum(shift.wanted for shift in instance.shifts) == wanted


@pytest.mark.parametrize("name", ["tiny", "beixinqiao", "dongcheng"])
def test_nothing_needs_to_be_noted(name: str) -> None:
    assert plan(name).notes == ()


def test_beixinqiao_has_the_people_of_the_field() -> None:
    instance = world("beixinqiao")
    residents = [v for v in instance.volunteers if v.home == v.organisation and v.tier is not Tier.STAFF]
    households = [team for team in instance.teams.values() if team.kind is TeamKind.HOUSEHOLD]
    company = [v for v in instance.volunteers if v.organisation == "garment-company"]
    staff = [v for v in instance.volunteers if v.tier is Tier.STAFF]
    assert (len(instance.posts), len(residents), len(households)) == (15, 240, 25)
    assert (len(company), len(staff)) == (30, 35)
    assert all(len(instance.team(team.id)) == 2 for team in households)


def test_a_beixinqiao_night_belongs_to_the_day_before() -> None:
    shift = world("beixinqiao").shifts[world("beixinqiao").shift_index["station-01/2020-03-15/dawn"]]
    assert shift.start.isoformat() == "2020-03-16T01:00:00+08:00"
    assert shift.end.isoformat() == "2020-03-16T06:30:00+08:00"


def test_beixinqiao_wants_a_third_head_at_weekends_at_one_station_only() -> None:
    wanted = Counter(shift.wanted for shift in world("beixinqiao").shifts)
    three = {(s.post.id, s.day.weekday(), s.type.id) for s in world("beixinqiao").shifts if s.wanted == 3}
    assert wanted == {2: 832, 3: 8}
    assert three == {("station-13", day, kind) for day in (5, 6) for kind in ("morning", "afternoon")}


@pytest.mark.parametrize(
    ("month", "day", "day_class"),
    [
        (2, 15, DayClass.WEEKEND),
        (4, 3, DayClass.WORKDAY),
        (4, 4, DayClass.HOLIDAY),
        (4, 5, DayClass.HOLIDAY),
        (4, 6, DayClass.HOLIDAY),
        (4, 7, DayClass.WORKDAY),
        (4, 25, DayClass.WEEKEND),
        (4, 26, DayClass.MAKEUP_WORKDAY),
    ],
)
def test_dongcheng_knows_the_days(month: int, day: int, day_class: DayClass) -> None:
    assert world("dongcheng").day_classes[dt.date(2020, month, day)] is day_class


def test_dongcheng_works_on_the_makeup_sunday() -> None:
    instance = world("dongcheng")
    skills = {s.id: [one.skill for one in s.skills] for s in instance.shifts if s.post.id == "xingfu-2"}
    assert skills["xingfu-2/2020-04-25/morning"] == ["medical"]
    assert skills["xingfu-2/2020-04-26/morning"] == []
    assert skills["xingfu-2/2020-04-06/morning"] == ["medical"]


def test_dongcheng_has_seven_organisations_and_nineteen_branches() -> None:
    organisations = world("dongcheng").organisations.values()
    assert sum(one.within is None for one in organisations) == 7
    assert sum(one.within == "jiusan" for one in organisations) == 19
    assert all(len(world("dongcheng").members(f"jiusan-{n:02}")) >= 5 for n in range(1, 20))


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    for script in EXAMPLES.glob("*.py"):
        shutil.copy(script, folder)
    subprocess.run([sys.executable, folder / "generate.py"], check=True)
    return folder


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_what_the_script_writes(table: str, rewritten: Path) -> None:
    assert (rewritten / table).read_bytes() == (EXAMPLES / table).read_bytes()


def test_the_script_writes_no_other_table(rewritten: Path) -> None:
    assert sorted(path.relative_to(rewritten).as_posix() for path in rewritten.glob("*/*.csv")) == TABLES


def test_tiny_is_solved_as_proven_by_hand() -> None:
    result = solved("tiny", 20)
    assert (result.status, result.score, result.bounds) == (Status.OPTIMAL, TINY, TINY.values)


def test_the_roster_in_tinys_proof_scores_as_it_says() -> None:
    served = {
        "15/morning": "wang zhang",
        "15/evening": "chen",
        "16/morning": "wang",
        "16/evening": "liu",
        "17/morning": "li zhao",
        "17/evening": "zhang",
    }
    pairs = [(who, f"fuguang/2020-02-{when}") for when, crew in served.items() for who in crew.split()]
    roster = Roster.named(world("tiny"), pairs)
    assert score(roster, plan("tiny").problem.all_rules()) == TINY


def test_a_short_run_on_beixinqiao_claims_nothing_false() -> None:
    result = solved("beixinqiao", 6)
    assert result.score == score(result.roster, plan("beixinqiao").problem.all_rules())
    assert result.score.legal
    assert result.score >= BEIXINQIAO
    assert all(bound <= best for bound, best in zip(result.bounds, BEIXINQIAO.values))
