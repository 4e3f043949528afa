"""The second nurse rostering competition on a tiny scenario: scores are what it charges."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import pytest

from scheduler.domain.roster import Roster
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline
from scheduler.score import score
from tests.benchmarks import inrc2
from tests.benchmarks.measure import Task, measure

ROUNDS = Settings(rounds=50)

SCENARIO = """\
SCENARIO = n003w1

WEEKS = 1

SKILLS = 2
Head
Carer

SHIFT_TYPES = 2
Early (2,3)
Night (3,4)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Night 1 Early

CONTRACTS = 2
Full (4,5) (2,4) (2,3) 1 1
Half (1,3) (1,3) (2,5) 0 0

NURSES = 3
Ann Full 2 Head Carer
Bob Half 1 Carer
Cy Full 1 Carer
"""
HISTORY = """\
HISTORY
0 n003w1

NURSE_HISTORY
Ann 2 1 Night 2 4 0
Bob 0 0 None 0 0 1
Cy 0 0 Early 1 1 0
"""
WEEK = """\
WEEK_DATA
n003w1

REQUIREMENTS
Early Head (0,0) (0,1) (0,0) (0,0) (0,0) (0,0) (0,0)
Early Carer (0,0) (0,0) (0,1) (0,2) (0,0) (0,0) (0,0)
Night Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Carer (1,1) (0,0) (0,0) (0,0) (0,0) (0,0) (0,1)

SHIFT_OFF_REQUESTS = 2
Ann Any Tue
Bob Early Thu
"""
TYPES = {"E": ("Early", 2, 3), "N": ("Night", 3, 4)}
AGREED = {
    "Ann": (4, 5, 2, 4, 2, 3, 1, True),
    "Bob": (1, 3, 1, 3, 2, 5, 0, False),
    "Cy": (4, 5, 2, 4, 2, 3, 1, True),
}
PAST = {"Ann": (2, 1, "EENN"), "Bob": (0, 0, "N-"), "Cy": (0, 0, "-E")}
"""Total and weekends served, and days that make the runs as long as the history says."""


@pytest.fixture
def inrc_file(tmp_path: Path) -> Path:
    folder = tmp_path / "n003w1"
    folder.mkdir()
    (folder / "Sc-n003w1.txt").write_text(SCENARIO, "utf-8")
    (folder / "H0-n003w1-0.txt").write_text(HISTORY, "utf-8")
    (folder / "WD-n003w1-4.txt").write_text(WEEK, "utf-8")
    return folder / "n003w1_0_4"


def run_cost(days: str, past: int, kind: str, least: int, most: int) -> int:
    """Days too many within the horizon and too few in runs over before its end, of the kinds given."""
    cost = at = 0
    for on, run in groupby(days, key=lambda cell: cell in kind):
        first, at = at, at + len([*run])
        if on and at >= past:
            cost += max(0, at - first - most) - max(0, past - first - most)
            cost += max(0, least - (at - first)) if at < len(days) else 0
    return cost


def inrc_cost(week: dict[str, str]) -> int:
    """The competition's cost of a week of everyone, a letter a day; everybody serves as a carer."""
    cost = 30 * (1 + max(0, 1 - sum(row[2] == "E" for row in week.values())))
    cost += 30 * max(0, 2 - sum(row[3] == "E" for row in week.values()))
    cost += 30 * (all(row[0] != "N" for row in week.values()) + all(row[6] != "N" for row in week.values()))
    cost += 10 * ((week["Ann"][1] != "-") + (week["Bob"][3] == "E"))
    for name, row in week.items():
        least, most, short, long, short_off, long_off, weekends, whole = AGREED[name]
        total, served, past = PAST[name]
        total += sum(cell != "-" for cell in row)
        cost += 20 * (max(0, least - total) + max(0, total - most))
        cost += 30 * max(0, served + (row[5:] != "--") - weekends)
        cost += 30 * (whole and row[5:].count("-") == 1)
        days = (past + row, len(past))
        cost += 30 * (run_cost(*days, "EN", short, long) + run_cost(*days, "-", short_off, long_off))
        cost += 15 * sum(run_cost(*days, letter, *bounds) for letter, (_, *bounds) in TYPES.items())
    return cost


def inrc_roster(instance: Any, week: dict[str, str]) -> Roster:
    number = {
        ((s.day - inrc2.MONDAY).days, s.type.id): n
        for n, s in enumerate(instance.shifts)
        if s.post.id == "Carer"
    }
    rows = ((instance.volunteer_index[name], row) for name, row in week.items())
    return Roster(
        instance,
        [(v, number[day, TYPES[c][0]]) for v, row in rows for day, c in enumerate(row) if c in TYPES],
    )


def test_a_week_by_hand_costs_what_the_competition_charges(inrc_file: Path) -> None:
    """Nobody serves. Ann: her two nights end one short (15), she has two assignments too few (40) and four days off
    too many (120). Bob: off since the day before, three days too many (90), one assignment short (20). Cy: his Early
    is one short (15), his duty too (30), four assignments missing (80), four days off too many (120). Six heads are
    wanted (180), one of them demanded.
    """
    problem, _ = inrc2.read_problem(inrc_file)
    instance, rules = problem.instance(), problem.all_rules()
    free = dict.fromkeys(AGREED, "-------")
    assert score(Roster(instance), rules).values == (1, 0, 0, 0, 0, 0, 15 + 40 + 120 + 110 + 245 + 180)
    assert inrc_cost(free) == 15 + 40 + 120 + 110 + 245 + 180


def test_random_weeks_cost_what_the_competition_charges(inrc_file: Path) -> None:
    problem, _ = inrc2.read_problem(inrc_file)
    instance, rules = problem.instance(), problem.all_rules()
    rng = Random(3)
    for _ in range(150):
        week = {name: "".join(rng.choices("-EN", [1, 1, 2], k=7)) for name in AGREED}
        broken = sum((PAST[name][2] + row).count("NE") for name, row in week.items())
        broken += all(row[0] != "N" for row in week.values())
        judged = score(inrc_roster(instance, week), rules)
        assert judged.values == (broken, 0, 0, 0, 0, 0, inrc_cost(week))


def test_the_best_week_is_legal_and_written_in_the_competitions_form(inrc_file: Path, tmp_path: Path) -> None:
    line = measure(Task("inrc2", inrc_file, solutions=tmp_path / "out"), Deadline(), ROUNDS)
    assert line.objective == line.bound
    assert line.instance == "n003w1_0_4"
    text = (tmp_path / "out" / "n003w1_0_4" / "sol-week0.txt").read_text("utf-8").split("\n")
    assert text[:3] == ["SOLUTION", "0 n003w1", ""]
    assert text[3] == f"ASSIGNMENTS = {len(text) - 5}"
    problem, _ = inrc2.read_problem(inrc_file)
    instance = problem.instance()
    served = [
        (name, f"{skill}/{inrc2.MONDAY.replace(day=1 + inrc2.DAYS.index(day))}/{kind}")
        for name, day, kind, skill in (words.split() for words in text[4:-1])
    ]
    assert score(Roster.named(instance, served), problem.all_rules()).values == (
        0,
        0,
        0,
        0,
        0,
        0,
        line.objective,
    )
