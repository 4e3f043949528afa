"""How to search."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The same seed and rounds give the same roster; ``jobs`` threads and processes only change how fast.

    Processes are started anew, not forked: a script that solves with more than one job does so under
    ``if __name__ == "__main__":``, or slices are solved in its own process.
    """

    seed: int = 0
    rounds: int | None = None
    jobs: int = 1
    engine: str = "auto"

    @property
    def nodes(self) -> int | None:
        """The limit of branch and bound that goes with the rounds."""
        return None if self.rounds is None else 200 * max(1, self.rounds)
