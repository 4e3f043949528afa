"""Publishes in child processes that end at the n-th call that touches a file or the ledger, for many n.

A run that ends so has no chance to clean up: ``os._exit`` skips every ``finally``, as ``kill -9`` does.
Prints a JSON list of the points where what came after differs from an undisturbed run; see test_killed.py.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from tests.io.desk import Desk

TOUCHING = {
    "execute", "executemany", "backup", "connect", "open", "mkdir", "write", "close", "rename", "replace", "unlink",
}  # fmt: skip
START = {"anna": "0 morning", "bo": ""}
CHANGED = {"anna": "", "bo": "0 morning"}
WORLD: dict[str, Any] = {
    "people": ["anna", "bo"],
    "posts": ["gate"],
    "organisations": [],
    "days": 1,
    "shift_types": [{"id": "morning", "start": "08:00", "end": "12:00"}],
}


def main(folder: Path, most: int) -> None:
    """Kill the first and the second publication at so many points each, and compare what is left in the end."""
    first, undisturbed = folder / "first", folder / "undisturbed"
    counts = [_forked(first, 1, None)]
    shutil.copytree(first, undisturbed)
    counts.append(_forked(undisturbed, 2, None))
    expected = _state(undisturbed)
    wrong, points = [], 0
    for run, count in zip((1, 2), counts):
        for point in range(1, count + 1, max(1, count // most)):
            world = folder / f"{run}-{point}"
            if run == 2:
                shutil.copytree(first, world)
            assert _forked(world, run, point) == KILLED
            if run == 1:
                _forked(world, 1, None)
            _forked(world, 2, None)
            if _state(world) != expected:
                wrong.append([run, point])
            points += 1
    sys.stdout.write(json.dumps({"points": points, "of": counts, "wrong": wrong}))


KILLED = -9


def _forked(world: Path, run: int, point: int | None) -> int:
    """Publish in a child; the number of points it passed, or KILLED if it ended at one."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        passed = _publish(world, run, point)
        os.write(write, str(passed).encode())
        os._exit(0)
    os.close(write)
    answer = os.read(read, 100)
    os.close(read)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9), f"the child failed at {run}-{point}"
    return KILLED if code else int(answer)


def _publish(world: Path, run: int, point: int | None) -> int:
    world.mkdir(parents=True, exist_ok=True)
    desk = Desk(world, **WORLD)
    for _ in range(run - 1):
        desk.now = desk.now.replace(hour=desk.now.hour + 1)
    passed = 0

    def count(frame: FrameType, event: str, callee: object) -> None:
        nonlocal passed
        if event == "c_call" and getattr(callee, "__name__", "") in TOUCHING:
            passed += 1
            if passed == point:
                os._exit(9)

    sys.setprofile(count)
    try:
        desk.publish(**(START if run == 1 else CHANGED))
    finally:
        sys.setprofile(None)
    return passed


def _state(world: Path) -> dict[str, str]:
    """What is left: every file but the ledger, temporary ones included."""
    files = [
        path for path in world.rglob("*") if path.is_file() and not path.name.startswith("publication.sqlite")
    ]
    return {
        path.relative_to(world).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
