"""Publishes a large roster, again unchanged, and again after a change; seconds and memory of each.

python tests/benchmarks/publish_load.py [--volunteers 800] [--posts 40] [--days 28] [--heads 4] [--folder FOLDER]

The roster is dealt out in turn, three shifts a day at every post. Each step is ``scheduler publish`` in a process of
its own; the seconds are those a person waits, the program's start included, and those of one core.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ruamel.yaml import YAML

from scheduler.domain.roster import Roster
from scheduler.io.read import Plan, read_plan
from scheduler.io.roster_file import RosterRecord, write_roster

FIRST = "2026-10-05"
"""The first duty day, a Monday."""

BEFORE = "1790000000"
"""The time it is published: in September 2026, before all duties."""

ORGANISATIONS = 26


@dataclass(frozen=True)
class Step:
    """One run of the program: what was published, seconds, seconds of a core, peak memory in MB, changed files."""

    name: str
    seconds: float
    core: float
    peak: int
    changed: int


def main() -> int:
    """Write the plan and its rosters, publish them in turn, show the table."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        plan = _plan(folder, options)
        before = _dealt(plan, options)
        after = before.changed(add=[(options.volunteers - 1, before.pairs[0][1])], remove=before.pairs[:1])
        steps = [*_published(folder, plan, {"first": before, "unchanged": before, "one moved": after})]
        events = sum(path.read_bytes().count(b"BEGIN:VEVENT") for path in folder.glob("out/**/*.ics"))
        files = len([*folder.glob("out/**/*.ics")])
    print(f"{options.volunteers} volunteers, {len(before)} duties, {files} files, {events} events in them")
    print("\n| publication | seconds | of a core | peak MB | files changed |\n|---|---|---|---|---|")
    for step in steps:
        print(f"| {step.name} | {step.seconds:.1f} | {step.core:.1f} | {step.peak} | {step.changed} |")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--volunteers", type=int, default=800)
    parser.add_argument("--posts", type=int, default=40)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--heads", type=int, default=4, help="of every shift")
    parser.add_argument("--folder", type=Path, help="keep plan, rosters and calendars here")
    return parser.parse_args()


def _plan(folder: Path, options: argparse.Namespace) -> Plan:
    path = folder / "plan.yaml"
    with path.open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump(_content(options), file)
    return read_plan(path)


def _content(options: argparse.Namespace) -> dict[str, Any]:
    hours = {"morning": ("上午班", "06:00", "14:00"), "noon": ("下午班", "14:00", "22:00")}
    hours["night"] = ("夜班", "22:00", "06:00")
    demand = [{"shifts": [*hours], "least": options.heads}]
    days = options.days - 1
    return {
        "id": "load",
        "name": {"en": "Autumn duty", "zh": "秋季值守"},
        "horizon": {"first": FIRST, "last": f"2026-{10 + (5 + days - 1) // 31}-{(5 + days - 1) % 31 + 1:02}"},
        "places": [{"id": "town", "name": {"en": "Longtan Subdistrict", "zh": "龙潭街道"}}],
        "shift_types": [
            {"id": one, "name": {"en": one.title(), "zh": name}, "start": start, "end": end}
            for one, (name, start, end) in hours.items()
        ],
        "organisations": [
            {"id": f"org-{n}", "name": {"en": f"Branch {n}", "zh": f"第{n}支部"}}
            for n in range(ORGANISATIONS)
        ],
        "posts": [
            {
                "id": f"post-{n:02}",
                "name": {"en": f"Gate {n}", "zh": f"{n}号门"},
                "address": f"幸福路{n}号",
                "tasks": "测温、登记、劝导",
                "leader": "陈主管",
                "place": "town",
                "demand": demand,
            }
            for n in range(options.posts)
        ],
        "volunteers": [
            {
                "id": f"v-{n:04}",
                "name": {"en": f"Volunteer {n}", "zh": f"志愿者{n}"},
                "organisation": f"org-{n % ORGANISATIONS}",
                "availability": "always",
            }
            for n in range(options.volunteers)
        ],
    }


def _dealt(plan: Plan, options: argparse.Namespace) -> Roster:
    """Everybody in turn on the shifts by time."""
    instance = plan.problem.instance()
    order = sorted(range(len(instance.shifts)), key=lambda s: (instance.shifts[s].start, s))
    turns = [s for s in order for _ in range(options.heads)]
    return Roster(instance, ((turn % options.volunteers, s) for turn, s in enumerate(turns)))


def _published(folder: Path, plan: Plan, rosters: dict[str, Roster]) -> Iterator[Step]:
    path = folder / "roster.json"
    for name, roster in rosters.items():
        write_roster(path, RosterRecord(roster, plan))
        earlier = {one: one.stat().st_mtime_ns for one in folder.glob("out/**/*.ics")}
        seconds, core, peak = _run(["publish", str(path), "--out", str(folder / "out"), "--language", "zh"])
        changed = sum(earlier.get(one) != one.stat().st_mtime_ns for one in folder.glob("out/**/*.ics"))
        yield Step(name, seconds, core, peak, changed)


def _run(words: list[str]) -> tuple[float, float, int]:
    """Seconds, seconds of a core and peak MB of one run of the program."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "scheduler", *words],
        stdout=subprocess.DEVNULL,
        env=os.environ | {"SOURCE_DATE_EPOCH": BEFORE},
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{words} ended with {process.returncode}"
    seconds = time.perf_counter() - started
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
