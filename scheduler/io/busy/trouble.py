"""What cannot be read, and how much work a file may ask for."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.text import Text

FILE_BYTES = 32_000_000
"""Larger files are refused: a person's calendar of many years has a tenth of it."""
ENTRIES = 25_000
"""More entries in one file are refused: it is seven a day for ten years."""
DEPTH = 12
"""How deep components may stand in one another."""
LINE_BYTES = 200_000
"""How long one unfolded line may be."""
ENTRY_BYTES = 1_000_000
"""How long the lines that matter of one entry may be together."""
PARAMETER_BYTES = 4000
"""How long the parameters of a line may be."""
FILE_STEPS = 500_000
"""Work for one file, in steps of about two microseconds."""
SERIES_STEPS = 150_000
"""Work for one series of events."""

ENTRY_STEPS = 15
VALUE_STEPS = 2
PIECE_STEPS = 8
"""What an entry, a date in a list and a stretch of time cost; a day that a rule is asked about costs one."""


class UnreadableError(Exception):
    """Something of a calendar that cannot be read; never shown as it is, but collected."""

    def __init__(self, text: Text, hint: Text | None = None) -> None:
        self.text = text
        self.hint = hint
        super().__init__(text.en)


TOO_MUCH = Text("it asks for too much work", "所需运算过多")


@dataclass(slots=True)
class Budget:
    """Steps of work that are left."""

    left: int = FILE_STEPS
    series_left: int = SERIES_STEPS
    spent: bool = False

    def next_series(self) -> None:
        """Begin with another series."""
        self.series_left = SERIES_STEPS

    def spend(self, steps: int) -> None:
        """Take steps.

        Raises:
            UnreadableError: the series or the file has asked for more than it may.
        """
        self.left -= steps
        self.series_left -= steps
        if self.left < 0 or self.series_left < 0:
            raise UnreadableError(TOO_MUCH)
