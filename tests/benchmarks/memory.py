"""The most memory a process and its descendants held together."""

from __future__ import annotations

import os
import resource
import threading
from pathlib import Path
from types import TracebackType

EVERY = 0.5
"""Seconds between two looks."""


class PeakMemory:
    """Looks at the process and all it started from time to time; where /proc is missing, asks the system at the end."""

    def __init__(self) -> None:
        self._seen = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    @property
    def megabytes(self) -> int:
        """The most that was held so far, in MB; what processes share counts once for each of them."""
        own, other = (
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        return max(self._seen, own + other) // 1024

    def _watch(self) -> None:
        while not self._done.wait(EVERY):
            self._seen = max(self._seen, resident(os.getpid()))


def resident(process: int) -> int:
    """Kilobytes in memory of a process and its descendants; a process that has ended counts nothing."""
    root = Path("/proc") / str(process)
    try:
        pages = int((root / "statm").read_text().split()[1])
        children = {
            int(child)
            for task in (root / "task").iterdir()
            for child in (task / "children").read_text().split()
        }
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize() // 1024 + sum(map(resident, children))
