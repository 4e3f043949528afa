"""Runs benchmark instances through the ordinary Problem and engine: one JSON line an instance.

python tests/benchmarks/run.py duty FILE… [--seconds N] [--jobs N] [--seed N] [--solutions FOLDER]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scheduler.engine.result import Progress, Result
from scheduler.engine.settings import Settings
from scheduler.engine.solve import solve
from scheduler.engine.stop import Deadline
from tests.benchmarks import duty


def main() -> None:
    """Solve each file and print its line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=["duty"])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--solutions", type=Path)
    options = parser.parse_args()
    for path in options.files:
        print(json.dumps(run(path, options)), flush=True)


def run(path: Path, options: argparse.Namespace) -> dict[str, object]:
    """One instance: its figures; the roster is written if a folder is given."""
    began = time.perf_counter()
    problem, ids = duty.read_problem(path)
    instance, rules = problem.instance(), problem.all_rules()
    first: list[float] = []

    def watch(progress: Progress) -> None:
        if progress.heads:
            first.append(time.perf_counter() - began)

    settings = Settings(seed=options.seed, jobs=options.jobs)
    result = solve(instance, rules, Deadline(options.seconds), settings, watch)
    if options.solutions is not None:
        write_solution(options.solutions / f"{path.stem}.csv", result, ids)
    objective = sum(result.score.values)
    assert result.score.legal, "the referee found a broken hard rule"
    return {
        "instance": path.stem,
        "objective": objective,
        "bound": sum(result.bounds),
        "seconds": round(result.seconds, 2),
        "first_seconds": round(first[0], 2) if first else None,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def write_solution(path: Path, result: Result, ids: dict[str, str]) -> None:
    """The roster as CSV ``shift,volunteer`` in the file's own ids."""
    path.parent.mkdir(parents=True, exist_ok=True)
    instance = result.roster.instance
    rows = [(ids[instance.shifts[s].id], instance.volunteers[v].id[1:]) for v, s in result.roster.pairs]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("shift", "volunteer"), *sorted(rows, key=lambda row: (int(row[0]), row[1]))]
        )


if __name__ == "__main__":
    main()
