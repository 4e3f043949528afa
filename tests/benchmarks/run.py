"""Runs benchmark instances through the ordinary Problem and engine.

python tests/benchmarks/run.py duty|nrp24|inrc2 FILE… [--seconds N] [--jobs N] [--seed N] [--engine E]
    [--solutions FOLDER] [--trace FOLDER] [--gap SHARE]

stdout has one JSON line an instance, stderr a table at the end. Several files run one after the other, each in
a process of its own, so that its memory is its own. Exit status 1 if an instance has no roster or is not confirmed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scheduler.engine.stop import Deadline
from tests.benchmarks.measure import FAMILIES, Line, Task, measure


def main() -> int:
    """Solve each file, print its line, and the table."""
    options = _options()
    if len(options.files) == 1:
        lines = [_alone(options, _age())]
        print(json.dumps(lines[0]), flush=True)
    else:
        lines = list(_one_by_one(options))
    if not options.plain:
        _table(lines)
    return int(any(line["objective"] is None for line in lines))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=60, help="from the start of the process; default 60")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--solutions", type=Path, help="folder for the rosters, in the format's own form")
    parser.add_argument("--trace", type=Path, help="folder for objective and bound over time, as CSV")
    parser.add_argument(
        "--gap", type=float, help="stop when objective and bound are this close: 0.01 is 1 %%"
    )
    parser.add_argument("--plain", action="store_true", help="no table")
    return parser.parse_args()


def _age() -> float:
    """Seconds since this process started; none where the system does not tell."""
    try:
        words = Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()
        started = int(words[19]) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    except (OSError, AttributeError):
        return 0.0


def _alone(options: argparse.Namespace, before: float) -> dict[str, Any]:
    """One instance in this process."""
    from scheduler.engine.settings import Settings
    from scheduler.errors import SchedulerError

    path = options.files[0]
    settings = Settings(seed=options.seed, jobs=options.jobs, engine=options.engine)
    deadline = Deadline(options.seconds - before)
    task = Task(options.family, path, options.solutions, options.trace, before, options.gap)
    try:
        return measure(task, deadline, settings).plain
    except SchedulerError as error:
        return _nothing(path, round(before + deadline.elapsed(), 2), str(error))


def _one_by_one(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Every instance in turn; Ctrl-C, of which the running one hears too, lets that finish and leaves the others."""
    interrupted = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: interrupted.set())
    for path in options.files:
        yield _apart(path, options)
        if interrupted.is_set():
            return


def _apart(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    """One instance in a process of its own."""
    names = ("seconds", "jobs", "seed", "engine", "solutions", "trace", "gap")
    given = {name: getattr(options, name) for name in names}
    words = [f"--{name}={value}" for name, value in given.items() if value is not None]
    process = subprocess.Popen(
        [sys.executable, __file__, options.family, str(path), "--plain", *words],
        stdout=subprocess.PIPE,
        text=True,
    )
    printed, _ = process.communicate()
    line = json.loads(printed) if printed.strip() else _nothing(path, None, f"status {process.returncode}")
    print(json.dumps(line), flush=True)
    return dict(line)


def _nothing(path: Path, seconds: float | None, error: str) -> dict[str, Any]:
    """The line of an instance without a roster."""
    return dict.fromkeys(Line.__dataclass_fields__) | {
        "instance": path.stem,
        "seconds": seconds,
        "error": error,
    }


def _table(lines: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("instance", "objective", "bound", "gap %", "seconds", "first", "MB", "found by")
    for line in lines:
        objective, bound = line["objective"], line["bound"]
        gap = "" if objective is None else f"{100 * (objective - bound) / max(1, objective):.2f}"
        cells = (line[key] for key in ("seconds", "first_seconds", "peak_mb", "engine"))
        found = [line["instance"], objective, bound, gap, *cells]
        table.add_row(*("" if cell is None else str(cell) for cell in found))
    Console(stderr=True, width=110).print(table)


if __name__ == "__main__":
    sys.exit(main())
