"""Grid: any report as a title, columns and rows; whoever draws it says the texts in one language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scheduler.text import Text

Cell = Text | str | int | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to be drawn; every row has a cell for each column."""

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
