"""The readers of the benchmarks, on tiny instances of their formats: what they say is what each benchmark counts."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from itertools import groupby, pairwise, product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from scheduler.domain.roster import Roster
from scheduler.engine.result import Progress
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline
from scheduler.score import Score, score
from tests.benchmarks import duty, inrc2, nrp24
from tests.benchmarks.best_known import best_known
from tests.benchmarks.measure import Task, confirmed, measure
from tests.benchmarks.trace import Trace

ROUNDS = Settings(rounds=50)

# -- duty ------------------------------------------------------------------------------------------------------

DUTY = """\
days 2
rule one_shift_per_day
rule max_per_week 3 7
rule max_total 12
rule forbid_next_day 2>0
rule unfilled_cost 100
rule fairness 1:5
post 0 z0
post 1 z1
shift 0 0 0 2 1050 1500 1 z0
shift 1 0 1 0 1830 2130 1 z0
shift 2 1 1 0 1830 2130 2 z1
vol 0 org0 z0 3 12 1050-1500 1830-2130
vol 1 org0 z0,z1 3 12 1050-1500 1830-2130
vol 2 org0 z1 3 12 1830-2129
"""


@pytest.fixture
def duty_file(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.txt"
    path.write_text(DUTY, "utf-8")
    return path


def test_the_best_duty_roster_leaves_what_nobody_can_do(duty_file: Path, tmp_path: Path) -> None:
    """0 and 1 may serve once each: one a day, no morning after an evening; 2 is free a minute too short.

    So of four heads two stay open.
    """
    line = measure(Task("duty", duty_file, tmp_path / "out", tmp_path / "trace"), Deadline(), ROUNDS)
    assert (line.objective, line.bound) == (200, 200)
    assert line.peak_mb > 0
    with (tmp_path / "out" / "tiny.csv").open(encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    assert head == ["shift", "volunteer"]
    assert len(rows) == 2
    with (tmp_path / "trace" / "tiny.csv").open(encoding="utf-8") as file:
        assert [*csv.reader(file)][-1][1:3] == ["200", "200"]


def test_fairness_of_duty_counts_shifts_above_its_step(duty_file: Path) -> None:
    problem, ids = duty.read_problem(duty_file)
    instance, rules = problem.instance(), problem.all_rules()
    number = {name: n for n, shift in enumerate(instance.shifts) for name in [ids[shift.id]]}
    assert score(Roster(instance, [(1, number["1"])]), rules).values == (0, 0, 0, 0, 0, 300)
    assert score(Roster(instance, [(0, number["0"]), (0, number["1"])]), rules).values == (1, 0, 0, 0, 0, 205)


def test_the_command_prints_a_json_line_and_a_table_apart(duty_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(DUTY.replace("unfilled_cost 100", "unfilled_cost 7"), "utf-8")
    command = [sys.executable, "tests/benchmarks/run.py", "duty", str(duty_file), str(other), "--seconds=60"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["instance"], line["objective"], line["bound"]) for line in lines] == [
        ("tiny", 200, 200),
        ("other", 14, 14),
    ]
    keys = {"instance", "objective", "bound", "seconds", "first_seconds", "peak_mb", "engine"}
    assert all(set(line) == keys for line in lines)
    assert "gap" in done.stderr


# -- the Shift Scheduling Benchmark ------------------------------------------------------------------------------

NRP = """\
# a comment
SECTION_HORIZON
7

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
D,480,
N,600,D

SECTION_STAFF
A,D=7|N=1,2100,960,3,2,2,1
B,D=0|N=7,2400,0,2,1,1,0

SECTION_DAYS_OFF
A,3

SECTION_SHIFT_ON_REQUESTS
A,0,D,2
B,4,D,3

SECTION_SHIFT_OFF_REQUESTS
A,1,D,4
A,1,D,5
B,2,N,1

SECTION_COVER
0,D,1,100,1
1,D,1,90,2
2,D,2,100,1
3,D,0,100,7
4,D,1,100,1
5,D,1,0,1
0,N,1,50,1
2,N,1,50,0
4,N,0,50,3
5,N,1,50,1
6,N,1,50,1
"""
COVER = {
    tuple(line.split(",")[:2]): tuple(map(int, line.split(",")[2:]))
    for line in NRP.partition("COVER\n")[2].splitlines()
}
Row = tuple[str, ...]


@pytest.fixture
def nrp_file(tmp_path: Path) -> Path:
    path = tmp_path / "Tiny.txt"
    path.write_text(NRP, "utf-8")
    return path


def nrp_legal(row: Row, caps: dict[str, int], limits: tuple[int, ...], off: set[int]) -> bool:
    """The benchmark's hard rules for one person; a run at an end of the horizon may be short."""
    most, least, longest, shortest, shortest_off, weekends = limits
    minutes = sum({"D": 480, "N": 600, "": 0}[cell] for cell in row)
    runs = [(bool(on), [n for n, _ in run]) for on, run in groupby(enumerate(row), key=lambda c: c[1] != "")]
    inner = [(on, len(days)) for on, days in runs if days[0] > 0 and days[-1] < 6]
    return (
        least <= minutes <= most
        and all(row.count(kind) <= cap for kind, cap in caps.items())
        and all(len(days) <= longest for on, days in runs if on)
        and all(length >= (shortest if on else shortest_off) for on, length in inner)
        and (row[5] != "" or row[6] != "") <= weekends
        and not any(row[day] for day in off)
        and not any(pair == ("N", "D") for pair in pairwise(row))
    )


def nrp_cost(a: Row, b: Row) -> int:
    """The benchmark's objective of two people's rows."""
    cost = 2 * (a[0] != "D") + 3 * (b[4] != "D") + 9 * (a[1] == "D") + (b[2] == "N")
    for (day, kind), (wanted, under, over) in COVER.items():
        heads = (a[int(day)] == kind) + (b[int(day)] == kind)
        cost += max(0, wanted - heads) * under + max(0, heads - wanted) * over
    return cost


def nrp_legal_a(row: Row) -> bool:
    return nrp_legal(row, {"N": 1}, (2100, 960, 3, 2, 2, 1), {3})


def nrp_legal_b(row: Row) -> bool:
    return nrp_legal(row, {"D": 0}, (2400, 0, 2, 1, 1, 0), set())


def nrp_roster(instance: Any, a: Row, b: Row) -> Roster:
    number = {((s.day - nrp24.MONDAY).days, s.type.id): n for n, s in enumerate(instance.shifts)}
    rows = enumerate((a, b))
    return Roster(instance, [(v, number[day, k]) for v, row in rows for day, k in enumerate(row) if k])


def test_random_rosters_score_as_the_shift_scheduling_benchmark_says(nrp_file: Path) -> None:
    problem, _ = nrp24.read_problem(nrp_file)
    instance, rules = problem.instance(), problem.all_rules()
    rng, legal = Random(1), 0
    every = [*product(["", "D", "N"], repeat=7)]
    fine = [row for row in every if nrp_legal_a(row)]
    for _ in range(150):
        a, b = rng.choice(fine if rng.random() < 0.7 else every), rng.choice(every)
        b = tuple("" if rng.random() < 0.6 else cell for cell in b)
        judged = score(nrp_roster(instance, a, b), rules)
        assert judged.legal == (nrp_legal_a(a) and nrp_legal_b(b))
        assert judged.values[1:] == (0, 0, 0, 0, nrp_cost(a, b))
        legal += judged.legal
    assert 10 < legal < 140


def test_the_best_roster_of_the_shift_scheduling_benchmark_is_found(nrp_file: Path, tmp_path: Path) -> None:
    every = [*product(["", "D", "N"], repeat=7)]
    best = min(
        nrp_cost(a, b)
        for a, b in product([r for r in every if nrp_legal_a(r)], [r for r in every if nrp_legal_b(r)])
    )
    line = measure(Task("nrp24", nrp_file, solutions=tmp_path / "out"), Deadline(), ROUNDS)
    assert (line.objective, line.bound) == (best, best)
    written = (tmp_path / "out" / "Tiny.sol.txt").read_text("utf-8").splitlines()
    a, b = (tuple(row.split("\t")) for row in written)
    assert nrp_legal_a(a)
    assert nrp_legal_b(b)
    assert nrp_cost(a, b) == best


def test_an_unknown_section_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("SECTION_PETS\ncat\n", "utf-8")
    with pytest.raises(ValueError, match="SECTION_PETS"):
        nrp24.read_problem(path)


# -- the second nurse rostering competition -----------------------------------------------------------------------

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
    assert score(Roster(instance), rules).values == (1, 0, 0, 0, 0, 15 + 40 + 120 + 110 + 245 + 180)
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
        assert judged.values == (broken, 0, 0, 0, 0, inrc_cost(week))


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
        line.objective,
    )


# -- figures -------------------------------------------------------------------------------------------------------


def test_best_known_values_are_found_by_name_or_content(duty_file: Path) -> None:
    assert best_known("nrp24", Path("somewhere/Instance1.txt")) == 607
    assert best_known("nrp24", Path("somewhere/Instance99.txt")) is None
    assert best_known("inrc2", Path("n030w4/n030w4_1_6-2-9-1")) == 1675
    assert best_known("duty", duty_file) is None


def test_a_bound_above_the_best_known_value_is_refused(duty_file: Path) -> None:
    from scheduler.engine.solve import solve

    problem, _ = duty.read_problem(duty_file)
    rules = problem.all_rules()
    result = solve(problem.instance(), rules, Deadline(), ROUNDS)
    assert confirmed(result, rules, 200) == (200, 200)
    with pytest.raises(AssertionError, match="above the best known value 199"):
        confirmed(result, rules, 199)


def test_a_trace_keeps_what_gets_better() -> None:
    trace = Trace()
    told = [
        (1, 0, 9, 0, "start"),
        (2, 3, 7, 1, "search"),
        (3, 3, 8, 1, "exact"),
        (4, 3, 7, 5, "bounds"),
        (5, 3, 6, 2, "x"),
    ]
    for seconds, heads, objective, bound, by in told:
        levels = (0.0,) * (len(Score.of(()).values) - 1)
        trace(Progress(seconds, heads, (*levels, objective), (*levels, bound), by))
    assert trace.rows == [(1, 9, 0, "start"), (2, 7, 1, "search"), (4, 7, 5, "bounds"), (5, 6, 5, "x")]
    assert (trace.first_seconds, trace.found_by) == (2, "x")
    assert [trace.reached(gap) for gap in (0.0, 1 / 6, 2 / 7, 1.0)] == [None, 5, 4, 1]


@pytest.mark.parametrize(("gap", "calls"), [(0.49, 0), (0.5, 1), (None, 0)])
def test_a_trace_says_when_the_gap_is_small_enough(gap: float | None, calls: int) -> None:
    called: list[bool] = []
    trace = Trace(before=10, gap=gap, enough=lambda: called.append(True))
    trace(Progress(1.0, 1, (0.0, 8.0), (0.0, 3.0), "a"))
    trace(Progress(2.0, 1, (0.0, 8.0), (0.0, 4.0), "b"))
    assert len(called) == calls
    assert [row[0] for row in trace.rows] == [11, 12]
