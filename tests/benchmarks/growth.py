"""How the time to a gap of 1 % grows with the number of volunteers, posts and demand growing alike.

python tests/benchmarks/growth.py [--sizes 100,300,800,2000,5000] [--seconds N] [--seed N] [--jobs N] [--gap SHARE]
    [--folder FOLDER]

Writes duty files of 28 days with 3 posts for 40 volunteers, four shifts a post and day, two heads a shift; solves
each in a process of its own until the gap is reached, and fits seconds = constant × volunteers ^ exponent.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DAYS = 28
ZONES = 17
VOLUNTEERS_A_POST = 40 / 3
TYPES = ((390, 690), (690, 1050), (1050, 1500), (1500, 1830))
"""Start and end of the four shifts of a post, in minutes of their day."""
RULES = (
    "one_shift_per_day",
    "max_per_week 3 7",
    "max_total 12",
    "forbid_next_day 2>0 3>0",
    "unfilled_cost 100",
    "fairness 6:1 8:3 10:9",
)


def main() -> None:
    """Make, solve and fit; a JSON line a size, then the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default="100,300,800,2000,5000")
    parser.add_argument("--seconds", type=float, default=300, help="most for a size")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="growth-"))
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for size in (int(word) for word in options.sizes.split(",")):
        path = folder / f"growth-{size}-{options.seed}.txt"
        path.write_text("\n".join(duty_lines(size, random.Random(options.seed))) + "\n", "utf-8")
        lines.append(_solved(path, size, options))
        print(json.dumps(lines[-1]), flush=True)
    _table(lines, options.gap)


def duty_lines(volunteers: int, rng: random.Random) -> Iterator[str]:
    """A duty file: posts in zones; volunteers who know one to three zones and come now and then."""
    posts = [rng.randrange(ZONES) for _ in range(max(1, round(volunteers / VOLUNTEERS_A_POST)))]
    yield f"days {DAYS}"
    yield from (f"rule {rule}" for rule in RULES)
    yield from (f"post {number} z{zone}" for number, zone in enumerate(posts))
    every = ((day, post, kind) for day in range(DAYS) for post in range(len(posts)) for kind in range(4))
    for number, (day, post, kind) in enumerate(every):
        start, end = _times(day, kind)
        yield f"shift {number} {post} {day} {kind} {start} {end} 2 z{posts[post]}"
    for number in range(volunteers):
        zones = sorted(rng.sample(range(ZONES), rng.choice((1, 1, 2, 3))))
        free = " ".join("{}-{}".format(*_times(day, kind)) for day, kind in _free(rng))
        known = ",".join(f"z{zone}" for zone in zones)
        yield f"vol {number} org0 {known} 3 12 {free}".rstrip()


def _free(rng: random.Random) -> list[tuple[int, int]]:
    """The shifts a person can come to: three in ten by day on workdays, the others mostly evenings and weekends."""
    every = [(day, kind) for day in range(DAYS) for kind in range(4)]
    if rng.random() < 0.3:
        return [(day, kind) for day, kind in every if day % 7 < 5 and kind < 2 and rng.random() < 0.6]
    evening = {2: 0.4, 3: 0.14}
    return [
        (day, kind)
        for day, kind in every
        if rng.random() < (0.72 if day % 7 >= 5 else evening.get(kind, 0.08))
    ]


def _times(day: int, kind: int) -> tuple[int, int]:
    start, end = TYPES[kind]
    return 1440 * day + start, 1440 * day + end


def _solved(path: Path, size: int, options: argparse.Namespace) -> dict[str, Any]:
    """The figures of one size, as ``run.py`` prints them."""
    given = {name: getattr(options, name) for name in ("seconds", "jobs", "seed", "gap")}
    words = [f"--{name}={value}" for name, value in given.items()]
    command = [sys.executable, str(HERE / "run.py"), "duty", str(path), "--plain", *words]
    trace = path.parent / "traces"
    printed = subprocess.run(
        [*command, f"--trace={trace}"], stdout=subprocess.PIPE, text=True, check=False
    ).stdout
    line = json.loads(printed) if printed.strip() else {"objective": None, "bound": None}
    return {
        "volunteers": size,
        "gap_seconds": _reached(line, trace / f"{path.stem}.csv", options.gap),
        **line,
    }


def _reached(line: dict[str, Any], trace: Path, gap: float) -> float | None:
    """Seconds until objective and bound were that close, by the course of the search."""
    if line["objective"] is None:
        return None
    rows = [row.split(",") for row in trace.read_text("utf-8").splitlines()[1:]]
    near = (float(row[0]) for row in rows if int(row[1]) - int(row[2]) <= gap * int(row[1]) + 1e-9)
    return next(near, None)


def _table(lines: list[dict[str, Any]], gap: float) -> None:
    import numpy as np
    from rich.console import Console
    from rich.table import Table

    keys = ("volunteers", "gap_seconds", "objective", "bound", "first_seconds", "peak_mb", "engine")
    table = Table(*keys, title=f"seconds to a gap of {gap:.1%}")
    for line in lines:
        table.add_row(*(str(line.get(key, "")) for key in keys))
    console = Console(stderr=True, width=110)
    console.print(table)
    done = [(line["volunteers"], line["gap_seconds"]) for line in lines if line["gap_seconds"]]
    if len(done) > 1:
        size, seconds = np.log(np.array(done, dtype=np.float64)).T
        exponent, constant = np.polyfit(size, seconds, 1)
        console.print(f"seconds = {np.exp(constant):.3g} × volunteers ^ {exponent:.2f}")


if __name__ == "__main__":
    main()
