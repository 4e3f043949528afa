"""Measures local search on a duty or plan file: moves a second, and the value over time.

``python -m tests.benchmarks.moves FILE [--moves N] [--legs N] [--seed N] [--heat HOT COLD]``
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from scheduler.engine.construct import forced, nobody_if_legal
from scheduler.engine.local_search import LocalSearch, warm
from scheduler.engine.stop import Deadline
from scheduler.io.read import read_plan
from scheduler.model.build import build
from scheduler.model.linear_model import Floats, LinearModel
from tests.benchmarks import duty, nrp24


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--moves", type=int, default=1_000_000, help="moves a leg")
    parser.add_argument("--legs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--heat", type=float, nargs=2, default=(1.0, 0.003))
    options = parser.parse_args()
    began = time.perf_counter()
    warm()
    print(f"kernel ready in {time.perf_counter() - began:.2f} s")
    for path in options.files:
        _measure(path, _model(path), options)


def _model(path: Path) -> LinearModel:
    if path.suffix != ".txt":
        problem = read_plan(path).problem
    else:
        problem = (nrp24 if "SECTION_HORIZON" in path.read_text("utf-8") else duty).read_problem(path)[0]
    return build(problem.instance(), problem.all_rules())


def _start(model: LinearModel) -> Floats:
    start = nobody_if_legal(model)
    if start is None:
        start = forced(model, Deadline())
    assert start is not None, "no legal roster"
    return start


def _measure(path: Path, model: LinearModel, options: argparse.Namespace) -> None:
    began = time.perf_counter()
    search = LocalSearch(model, _start(model), seed=options.seed)
    print(f"{path.name}: {model.columns} columns laid out in {time.perf_counter() - began:.2f} s")
    began, spent, (hot, cold) = time.perf_counter(), time.process_time(), options.heat
    for leg in range(options.legs):
        heat = tuple(hot * (cold / hot) ** ((leg + n) / options.legs) for n in range(2))
        search.run(options.moves, (heat[0], heat[1]))
        seconds, used = time.perf_counter() - began, time.process_time() - spent
        values = " ".join(f"{value:g}" for value in search.best_values)
        rate, weighed = search.moves / used / 1e6, search.tried / used / 1e6
        print(
            f"  {seconds:6.2f} s ({used:.2f} of work)  {search.moves:>11,} moves  {rate:.2f} M/s,",
            f"{weighed:.2f} weighed  {values}",
        )
    print(f"  {search.used}")


if __name__ == "__main__":
    main()
