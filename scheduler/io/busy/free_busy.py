"""VFREEBUSY: periods somebody's server says they are busy in."""

from __future__ import annotations

from scheduler.io.busy.event import Setting, period_length
from scheduler.io.busy.lines import Component, Line
from scheduler.io.busy.policy import Ignored
from scheduler.io.busy.series import Piece
from scheduler.io.busy.trouble import ENTRY_STEPS, PIECE_STEPS, UnreadableError
from scheduler.io.busy.values import moment, shifted, when
from scheduler.text import Text


def free_busy(component: Component, setting: Setting) -> list[Piece]:
    """The periods of a component; those that are free are marked as ignored.

    A component without any period says that the time between its start and end is free.

    Raises:
        UnreadableError: a period cannot be read.
    """
    setting.budget.spend(ENTRY_STEPS)
    if component.wrong:
        raise component.wrong
    return [piece for line in component.all("FREEBUSY") for piece in _periods(component.row, line, setting)]


def _periods(row: int, line: Line, setting: Setting) -> list[Piece]:
    """Every kind but FREE counts, also one that is not known (RFC 5545, 3.2.9)."""
    free = line.parameter("FBTYPE").upper() == "FREE"
    words = [word for word in line.value.split(",") if word.strip()]
    setting.budget.spend(PIECE_STEPS * len(words))
    return [_period(row, word, line, setting, free=free) for word in words]


def _period(row: int, word: str, line: Line, setting: Setting, *, free: bool) -> Piece:
    first, slash, last = word.strip().partition("/")
    begin = when(first, line, setting.zones)
    if not slash:
        raise UnreadableError(Text(f"row {line.row} has no period", f"第 {line.row} 行没有时间段"))
    start = begin.within(setting.zone if begin.day else setting.floating)
    long = period_length(begin, last, line, setting.zones)
    end = moment(shifted(start.wall, long), start.zone)
    return Piece(row, start.utc, end, Ignored.FREE_PERIOD if free else None, day=begin.day)
