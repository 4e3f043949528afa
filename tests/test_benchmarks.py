"""The duty benchmark on a tiny file, and the figures of all benchmarks."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from scheduler.domain.roster import Roster
from scheduler.engine.result import Progress
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline
from scheduler.score import Score, score
from tests.benchmarks import duty, growth, peers, plot
from tests.benchmarks.best_known import best_known
from tests.benchmarks.measure import Task, confirmed, measure
from tests.benchmarks.memory import resident
from tests.benchmarks.trace import Trace

ROUNDS = Settings(rounds=50)

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
    assert score(Roster(instance, [(1, number["1"])]), rules).values == (0, 0, 0, 0, 0, 0, 300)
    assert score(Roster(instance, [(0, number["0"]), (0, number["1"])]), rules).values == (
        1,
        0,
        0,
        0,
        0,
        0,
        205,
    )


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


# -- figures -------------------------------------------------------------------------------------------------------


def test_best_known_values_are_found_by_name_or_content(duty_file: Path) -> None:
    assert best_known("nrp24", Path("somewhere/Instance1.txt")) == 607
    assert best_known("nrp24", Path("somewhere/Instance99.txt")) is None
    assert best_known("inrc2", Path("n030w4/n030w4_1_6-2-9-1")) == 1675
    assert best_known("duty", duty_file) is None


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc")
def test_memory_counts_the_processes_that_were_started() -> None:
    code = "data = bytearray(b'x' * 200_000_000); print(len(data), flush=True); input()"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "200000000"
    own, whole = resident(child.pid), resident(os.getpid())
    child.communicate("\n")
    assert 190_000 < own < whole
    assert resident(child.pid) == 0


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


# -- comparing -----------------------------------------------------------------------------------------------------

TIMEFOLD = """\
jvm 0.31s  read 0.40s  solver built 0.90s  heads 3360  candidate pairs 9
t 4.96 first solution 367986
t 10 best 366150
t 20 best INFEASIBLE(-2hard) 99
wall 29.80s  cpu 30.1s  peak heap 300 MB  rss 900 kB  new bests 9  score 0hard/-1medium/-2soft
TIMEFOLD 366100
load after 1 1 1
filled 3000  unfilled 360  fairness 100
{result}
"""


def test_the_course_of_a_peer_is_what_it_prints_and_the_checker_confirms() -> None:
    told = [*peers.course("timefold", 30, TIMEFOLD.format(result="366100"))]
    assert [(point.seconds, point.objective) for point in told] == [
        (4.96, 367986),
        (10, 366150),
        (29.8, 366100),
    ]
    broken = TIMEFOLD.format(result="INFEASIBLE 2 violations (objective would be 9)")
    assert [point.seconds for point in peers.course("timefold", 30, broken)] == [4.96, 10]


def test_cp_sat_tells_its_bound_at_the_end() -> None:
    printed = "t 10 best None\nt 20 best 700\nwall 29.7s  cpu 59.0s  rss 9 MB  FEASIBLE  bound 512\n700\n"
    assert [(p.objective, p.bound) for p in peers.course("cpsat", 30, printed)] == [(700, None), (700, 512)]


def test_a_generated_duty_file_grows_at_a_constant_ratio(tmp_path: Path) -> None:
    path = tmp_path / "made.txt"
    path.write_text("\n".join(growth.duty_lines(40, Random(1))), "utf-8")
    assert path.read_text("utf-8").splitlines() == [*growth.duty_lines(40, Random(1))]
    instance = duty.read_problem(path)[0].instance()
    assert (len(instance.volunteers), len(instance.posts), len(instance.shifts)) == (40, 3, 3 * 28 * 4)
    assert {shift.least for shift in instance.shifts} == {2}


def test_a_plot_has_the_longest_run_of_each_solver_and_the_same_bytes_again(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "peers.csv"
    rows = ["a,10,1.0,900,", "a,60,1.0,800,", "a,60,5.0,700,600", "scheduler,10,2.0,750,0"]
    path.write_text("\n".join([",".join(peers.HEADER), *rows]), "utf-8")
    courses = plot.read(path)
    assert courses == {"a": [(1, 800, None), (5, 700, 600)], "scheduler": [(2, 750, 0)]}
    assert plot.read(path, 10) == {"a": [(1, 900, None)], "scheduler": [(2, 750, 0)]}
    pictures = [tmp_path / "one.svg", tmp_path / "two.svg"]
    for picture in pictures:
        plot.draw(courses, "a title", picture)
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    assert "a: 700" in pictures[0].read_text("utf-8")
