"""How much room a text takes: widths in the units of spreadsheet columns, heights in points, pages in both."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise

LINE, AIR = 15.0, 4.0
"""Points a line of ten-point text takes, and what a row takes beside its lines."""

MARGIN_SIDE, MARGIN_TOP = 10.0, 17.0
"""Margins of a printed page in millimetres."""

_SAFE = 0.97
"""How much of a page is counted on; fonts differ between computers."""

_SMALLER = 0.88
"""How much smaller a table may be printed if that saves a page."""


class Paper(Enum):
    """A sheet of paper: its number in workbooks, its short and long side in millimetres."""

    A4 = (9, 210.0, 297.0)
    A3 = (8, 297.0, 420.0)

    @property
    def number(self) -> int:
        """Its number in workbooks (ECMA-376 part 1, 18.3.1.63 pageSetup)."""
        return self.value[0]

    def room(self, *, landscape: bool) -> tuple[float, float]:
        """Width and height between the margins in points."""
        short, long = self.value[1:]
        across, down = (long, short) if landscape else (short, long)
        return _points(across - 2 * MARGIN_SIDE) * _SAFE, _points(down - 2 * MARGIN_TOP) * _SAFE


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table goes on paper, in landscape: the scale in per cent, the rows and columns that begin a page."""

    paper: Paper
    scale: int
    row_breaks: tuple[int, ...] = ()
    column_breaks: tuple[int, ...] = ()


@lru_cache(maxsize=20_000)
def width_of(text: str) -> float:
    """The widest line of a text in units of a column's width (one digit)."""
    return max((sum(map(_width, line)) for line in text.split("\n")), default=0.0)


@lru_cache(maxsize=20_000)
def line_count(text: str, width: float) -> int:
    """How many lines a text takes in a column, wrapped anywhere."""
    return sum(
        max(1, -(-round(10 * width_of(line)) // round(10 * max(width, 1)))) for line in text.split("\n")
    )


def packed(items: Sequence[str], width: float, separator: str) -> str:
    """Items in lines no wider than ``width``; none is broken unless it is wider alone."""
    lines: list[str] = []
    for item in items:
        if lines and width_of(lines[-1] + separator + item) <= width:
            lines[-1] += separator + item
        else:
            lines.append(item)
    return "\n".join(lines)


def fit_columns(widths: Sequence[float], groups: Sequence[int], repeated: int, *, least: int = 60) -> Fit:
    """The paper, scale and column breaks of a large table: A4 if it stays readable there, else A3.

    Args:
        widths: of the columns, 0 for hidden ones.
        groups: columns that may begin a page.
        repeated: how many columns stand on every page.
        least: the smallest scale in per cent that people can read.
    """
    points = [_column_points(width) for width in widths]
    for paper, smallest in ((Paper.A4, 80), (Paper.A3, least)):
        if (scale := scale_for(widths, paper, landscape=True)) >= smallest:
            return Fit(paper, scale)
    room, _ = Paper.A3.room(landscape=True)
    left = sum(points[:repeated])
    tried = {
        scale: breaks_of(points, groups, room * 100 / scale - left, start=repeated)
        for scale in range(100, least - 1, -1)
    }
    breaks = min(tried.values(), key=len)
    scale = min(100, int(100 * room / (left + _widest(points, repeated, breaks))))
    return Fit(Paper.A3, max(scale, 10), (), breaks)


def scale_for(widths: Sequence[float], paper: Paper, *, landscape: bool) -> int:
    """The scale in per cent at which columns fill a page's width, 100 at most."""
    room, _ = paper.room(landscape=landscape)
    return max(10, min(100, int(100 * room / sum(_column_points(width) for width in widths))))


def fit_rows(found: Fit, heights: Sequence[float], groups: Sequence[int], repeated: tuple[int, int]) -> Fit:
    """With the rows that begin a page, of those that may; the rows from first to last repeated are on each."""
    _, room = found.paper.room(landscape=True)
    head = sum(heights[repeated[0] : repeated[1] + 1])
    begins = [one for one in groups if one > repeated[1] + 1]
    scales = range(found.scale, int(found.scale * _SMALLER) - 1, -1)
    tried = [(scale, breaks_of(heights, begins, room * 100 / scale - head)) for scale in scales]
    scale, breaks = min(tried, key=lambda one: len(one[1]))
    return replace(found, scale=scale, row_breaks=breaks)


def breaks_of(
    sizes: Sequence[float], groups: Iterable[int], room: float, *, start: int = 0
) -> tuple[int, ...]:
    """Where pages begin, so that each holds as many whole groups as there is room for."""
    begins = [one for one in groups if one > start]
    breaks: list[int] = []
    page = start
    for begin, end in zip([start, *begins], [*begins, len(sizes)]):
        if sum(sizes[page:end]) > room and begin > page:
            breaks.append(begin)
            page = begin
    return tuple(breaks)


def _widest(points: Sequence[float], start: int, breaks: Sequence[int]) -> float:
    edges = [start, *breaks, len(points)]
    return max(sum(points[a:b]) for a, b in pairwise(edges))


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    return 2.0 if unicodedata.east_asian_width(character) in "WFA" else 1.1


def _points(millimetres: float) -> float:
    return millimetres * 72 / 25.4


def _column_points(width: float) -> float:
    """A column where the plain font is Arial 10: its digits are 0.556 of its size wide, beside 5 pixels of air.

    Excel rounds a digit to 7 pixels of 1/96 inch (5.25 points), LibreOffice does not round.
    """
    return 5.56 * width + 5 * 0.75 if width else 0.0
