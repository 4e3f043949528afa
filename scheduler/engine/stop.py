"""When to stop: the clock, a number of rounds, or a person; the only file that reads the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol


class Stop(Protocol):
    """Says whether an engine should come to an end."""

    def reached(self) -> bool:
        """Whether it is time."""

    def left(self) -> float:
        """Seconds left; infinite if the clock does not matter."""

    def part(self, share: float) -> Stop:
        """A stop for a share of the time that is left."""


class Deadline:
    """Stops when the seconds given have passed since it was made, or when ``interrupt`` is called."""

    def __init__(self, seconds: float = float("inf")) -> None:
        self._start = time.monotonic()
        self._seconds = seconds
        self._interrupted = threading.Event()

    def interrupt(self) -> None:
        """A person wants the best roster so far, now."""
        self._interrupted.set()

    def part(self, share: float) -> Stop:
        """A stop for a share of the time that is left."""
        return Either(self, Deadline(self.left() * share))

    @property
    def interrupted(self) -> bool:
        """Whether somebody asked to stop."""
        return self._interrupted.is_set()

    def reached(self) -> bool:
        return self.interrupted or self.left() <= 0

    def left(self) -> float:
        return 0.0 if self.interrupted else self._seconds - self.elapsed()

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start


class Either:
    """Stops when one of two does."""

    def __init__(self, one: Stop, other: Stop) -> None:
        self._stops = (one, other)

    def reached(self) -> bool:
        return any(stop.reached() for stop in self._stops)

    def left(self) -> float:
        return min(stop.left() for stop in self._stops)

    def part(self, share: float) -> Stop:
        return Either(self, Deadline(self.left() * share))


class Until:
    """Stops when another stop does, or as soon as something is so."""

    def __init__(self, stop: Stop, done: Callable[[], bool]) -> None:
        self._stop = stop
        self._done = done

    def reached(self) -> bool:
        return self._stop.reached() or self._done()

    def left(self) -> float:
        return 0.0 if self._done() else self._stop.left()

    def part(self, share: float) -> Stop:
        return Until(self._stop.part(share), self._done)
