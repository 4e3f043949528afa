"""The Shift Scheduling Benchmark on a tiny file: scores are what it counts, and the best roster is found."""

from __future__ import annotations

from itertools import groupby, pairwise, product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from scheduler.domain.roster import Roster
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline
from scheduler.score import score
from tests.benchmarks import nrp24
from tests.benchmarks.measure import Task, measure

ROUNDS = Settings(rounds=50)

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
        assert judged.values[1:] == (0, 0, 0, 0, 0, nrp_cost(a, b))
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
