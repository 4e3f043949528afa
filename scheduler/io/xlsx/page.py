"""A page of a workbook as plain values, whatever library writes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum

from scheduler.io.xlsx.measure import AIR, LINE, Fit, line_count


class Align(Enum):
    """Where a text stands in its cell."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; colours as RRGGBB."""

    fill: str | None = None
    ink: str | None = None
    bold: bool = False
    size: int = 10
    align: Align = Align.LEFT
    top: bool = False
    border: bool = True
    first: bool = False
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a cell's text with a look of its own."""

    text: str
    ink: str | None = None
    bold: bool = False
    size: int = 10


Value = str | int | float | dt.date | tuple[Run, ...] | None


@dataclass(frozen=True, slots=True)
class Laid:
    """A value in its place, counted from 0, perhaps over several rows and columns."""

    row: int
    column: int
    value: Value
    look: Look
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: cells, widths, heights, what is hidden, what is frozen and repeated, how it is printed."""

    name: str
    cells: tuple[Laid, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    hidden_columns: frozenset[int]
    hidden_rows: frozenset[int]
    frozen: tuple[int, int]
    repeated_rows: tuple[int, int] | None
    repeated_columns: tuple[int, int] | None
    fit: Fit | None
    filtered: tuple[int, int, int, int] | None
    landscape: bool
    visible: bool
    head: str
    foot: str


@dataclass(slots=True)
class Draft:
    """A page while it is being laid out."""

    name: str
    cells: list[Laid] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    frozen: tuple[int, int] = (0, 0)
    repeated_rows: tuple[int, int] | None = None
    repeated_columns: tuple[int, int] | None = None
    fit: Fit | None = None
    filtered: tuple[int, int, int, int] | None = None
    landscape: bool = True
    visible: bool = True

    def put(
        self, row: int, column: int, value: Value, look: Look, *, rows: int = 1, columns: int = 1
    ) -> None:
        """Lay a value down."""
        self.cells.append(Laid(row, column, value, look, rows, columns))

    def lines(self, row: int, count: float) -> None:
        """Make a row at least so many lines high."""
        self.heights[row] = max(self.heights.get(row, 0.0), count * LINE + AIR)

    def wrapped(self, row: int, text: str, width: float, *, grown: float = 1.0) -> None:
        """Make a row high enough for a text wrapped in a width; ``grown`` for text larger than ten points."""
        self.lines(row, grown * line_count(text, width / grown))

    def span(self, first: int, count: int) -> float:
        """The width of some columns together."""
        return sum(
            self.widths.get(n, 0.0) for n in range(first, first + count) if n not in self.hidden_columns
        )

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns laid so far."""
        rows = max((one.row + one.rows for one in self.cells), default=0)
        return rows, max((one.column + one.columns for one in self.cells), default=0)

    def sizes(self) -> tuple[list[float], list[float]]:
        """Widths and heights as printed: 0 for what is hidden."""
        rows, columns = self.size
        widths = [0.0 if n in self.hidden_columns else self.widths.get(n, 9.0) for n in range(columns)]
        heights = [0.0 if n in self.hidden_rows else self.heights.get(n, LINE + AIR) for n in range(rows)]
        return widths, heights

    def page(self, head: str = "", foot: str = "") -> Page:
        """The page as it stands, with what is printed above and below it."""
        rows, columns = self.size
        return Page(
            name=self.name,
            cells=tuple(self.cells),
            widths=tuple(self.widths.get(n, 9.0) for n in range(columns)),
            heights=tuple(self.heights.get(n, LINE + AIR) for n in range(rows)),
            hidden_columns=frozenset(self.hidden_columns),
            hidden_rows=frozenset(self.hidden_rows),
            frozen=self.frozen,
            repeated_rows=self.repeated_rows,
            repeated_columns=self.repeated_columns,
            fit=self.fit,
            filtered=self.filtered,
            landscape=self.landscape,
            visible=self.visible,
            head=head,
            foot=foot,
        )
