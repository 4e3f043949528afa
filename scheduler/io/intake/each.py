"""One thing done with every file, and all that is wrong with any of them said at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from scheduler.errors import Fault, InputError

T = TypeVar("T")


def each(paths: Sequence[Path], read: Callable[[Path], T]) -> list[T]:
    """What ``read`` gives for every file, in order.

    Raises:
        InputError: any file cannot be read; holds the faults of all of them.
    """
    results: list[T] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            results.append(read(path))
        except InputError as wrong:
            faults += wrong.faults
    if faults:
        raise InputError(faults)
    return results
