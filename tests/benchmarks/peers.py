"""Runs this engine and its peers on the same duty file, and writes what each had at which time.

python tests/benchmarks/peers.py FILE --peers FOLDER [--budgets 10,20,30,60] [--solvers scheduler,timefold,cpsat]
    [--scratch FOLDER] [--out FILE.csv] [--jobs N] [--seed N] [--engine E]

The folder of the peers (run.sh, run_cpsat.sh, check.py) is copied to the scratch folder first. Every solver has each
budget in a run of its own, seconds of wall time from the start of its process, for annealing plans its whole course
by it. Rosters are confirmed by the peers' checker. Columns: solver, budget, seconds, objective, bound.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADER = ("solver", "budget", "seconds", "objective", "bound")


@dataclass(frozen=True, slots=True)
class Point:
    """What a solver had at a time; the bound is empty if it told none."""

    solver: str
    budget: int
    seconds: float
    objective: int
    bound: int | None = None

    @property
    def row(self) -> tuple[object, ...]:
        """As the CSV has it."""
        return self.solver, self.budget, self.seconds, self.objective, self.bound


def main() -> None:
    """Run every solver with every budget; write the CSV and print what each ended with."""
    options = _options()
    scratch = Path(options.scratch or tempfile.mkdtemp(prefix="peers-"))
    peers = scratch / "peers"
    if not peers.exists():
        shutil.copytree(options.peers, peers)
        peers.chmod(0o755)
        for path in peers.rglob("*"):
            path.chmod(path.stat().st_mode | 0o200)
    points: list[Point] = []
    for budget in (int(word) for word in options.budgets.split(",")):
        for solver in options.solvers.split(","):
            found = list(SOLVERS[solver](options, peers, budget))
            points += found
            print(f"{solver:10} {budget:5} s  {found[-1].objective if found else 'no roster'}", flush=True)
    target = options.out or Path(f"{options.file.stem}-peers.csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *(point.row for point in points)])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--budgets", default="10,20,30,60")
    parser.add_argument("--solvers", default="scheduler,timefold,cpsat")
    parser.add_argument("--scratch", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", default="auto")
    return parser.parse_args()


def _scheduler(options: argparse.Namespace, peers: Path, budget: int) -> Iterator[Point]:
    """This engine: its whole course with the bound."""
    folder = peers.parent / f"scheduler-{budget}"
    given = {"seconds": budget, "jobs": options.jobs, "seed": options.seed, "engine": options.engine}
    words = [f"--{name}={value}" for name, value in given.items()]
    command = [sys.executable, str(HERE / "run.py"), "duty", str(options.file), "--plain", *words]
    printed = _run([*command, f"--trace={folder}", f"--solutions={folder / 'rosters'}"], HERE.parents[1])
    line = json.loads(printed)
    if line["objective"] is None:
        return
    _confirm(options, peers, folder / "rosters" / f"{options.file.stem}.csv", line["objective"])
    with (folder / f"{options.file.stem}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield Point("scheduler", budget, float(row["seconds"]), int(row["objective"]), int(row["bound"]))


def _timefold(options: argparse.Namespace, peers: Path, budget: int) -> Iterator[Point]:
    """Timefold tuned: what it prints every ten seconds, then its result."""
    environment = {"PY": sys.executable, "TF_SEED": str(options.seed)}
    printed = _run([str(peers / "run.sh"), str(options.file.resolve()), str(budget)], peers, environment)
    yield from course("timefold", budget, printed)


def _cp_sat(options: argparse.Namespace, peers: Path, budget: int) -> Iterator[Point]:
    """CP-SAT on the whole model; its bound is told at the end."""
    environment = {"PY": sys.executable, "WORKERS": str(options.jobs)}
    printed = _run(
        [str(peers / "run_cpsat.sh"), str(options.file.resolve()), str(budget)], peers, environment
    )
    yield from course("cpsat", budget, printed)


Solver = Callable[[argparse.Namespace, Path, int], Iterator[Point]]
SOLVERS: dict[str, Solver] = {"scheduler": _scheduler, "timefold": _timefold, "cpsat": _cp_sat}


def course(solver: str, budget: int, printed: str) -> Iterator[Point]:
    """The points of what a peer printed: ``t 10 best 456309``, ``wall 59.8s … bound 95333``; last the checked result.

    Rosters that break a hard rule are left out.
    """
    for seconds, objective in re.findall(
        r"^t ([\d.]+) (?:best|first solution) (\d+)$", printed, re.MULTILINE
    ):
        yield Point(solver, budget, float(seconds), int(objective))
    wall = re.search(r"^wall ([\d.]+)s", printed, re.MULTILINE)
    bound = re.search(r" bound (\d+)$", printed, re.MULTILINE)
    result = printed.strip().rpartition("\n")[2]
    if wall and result.isdigit():
        yield Point(solver, budget, float(wall[1]), int(result), int(bound[1]) if bound else None)


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """What a command prints; its complaints go to stderr."""
    whole = os.environ | (environment or {})
    done = subprocess.run(command, cwd=folder, env=whole, stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout


def _confirm(options: argparse.Namespace, peers: Path, roster: Path, objective: int) -> None:
    """Ask the peers' own checker."""
    words = [sys.executable, str(peers / "check.py"), str(options.file.resolve()), str(roster.resolve())]
    said = _run(words, peers).strip().rpartition("\n")[2]
    assert said == f"OBJECTIVE {objective}", f"the checker says {said}"


if __name__ == "__main__":
    main()
