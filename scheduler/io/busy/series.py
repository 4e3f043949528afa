"""Series: all events of one UID together, and when they are; exceptions, moves, and what follows from a move on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.io.busy.event import DAY, Event
from scheduler.io.busy.expand import repetitions
from scheduler.io.busy.policy import Ignored
from scheduler.io.busy.rule import Rule, last_moment
from scheduler.io.busy.trouble import PIECE_STEPS, Budget
from scheduler.io.busy.values import When, moment, shifted

Window = tuple[dt.datetime, dt.datetime]
"""Two moments in UTC."""
Key = dt.date | dt.datetime
"""Names one time of a series: a moment in UTC, or a date."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time in UTC from the event in a row of the file; ``day`` tells that it is whole days."""

    row: int
    start: dt.datetime
    end: dt.datetime
    ignored: Ignored | None
    day: bool


@dataclass(frozen=True, slots=True)
class _Onward:
    """A move that holds from one time of a series on."""

    since: dt.datetime
    shift: dt.timedelta
    event: Event


def pieces(events: Iterable[Event], window: Window, zone: dt.tzinfo, budget: Budget) -> list[Piece]:
    """When the events of one UID are, as far as they touch the window; ``zone`` is that of whole days.

    Versions with a lower sequence than another's are gone. Several events with the same UID and sequence are
    all there: there are programs that give every event the same UID.

    Raises:
        UnreadableError: the budget is spent.
    """
    every = list(events)
    if len(every) == 1 and not every[0].repeats:
        budget.spend(PIECE_STEPS)
        alone = _piece(every[0], every[0].start, every[0].long)
        return [alone] if _touches(alone, window) else []
    moves = _newest_moves([event for event in every if event.instead_of], zone)
    cores = [event for event in every if event.instead_of is None]
    newest = max((core.sequence for core in cores), default=0)
    budget.spend(2 * len(moves) * (len(cores) + 1))
    series = [_Series.of(core, moves, zone) for core in cores if core.sequence == newest]
    found = [piece for one in series for piece in one.pieces(window, budget)]
    kept = [move for move in moves if not any(one.skips(move) for one in series)]
    found += [_piece(move, move.start, move.long) for move in kept]
    return [piece for piece in found if _touches(piece, window)]


def _touches(piece: Piece, window: Window) -> bool:
    if piece.start == piece.end:
        return window[0] <= piece.start < window[1]
    return piece.start < window[1] and window[0] < piece.end


def _newest_moves(events: list[Event], zone: dt.tzinfo) -> list[Event]:
    newest: dict[tuple[bool, dt.datetime], Event] = {}
    for event in events:
        assert event.instead_of is not None
        key = event.instead_of.day, event.instead_of.within(zone).utc
        if key not in newest or event.sequence >= newest[key].sequence:
            newest[key] = event
    return list(newest.values())


@dataclass(frozen=True, slots=True)
class _Series:
    """One event and what else is known of its times."""

    core: Event
    zone: dt.tzinfo
    without: frozenset[Key]
    moved: frozenset[Key]
    onward: tuple[_Onward, ...]

    @classmethod
    def of(cls, core: Event, moves: list[Event], zone: dt.tzinfo) -> _Series:
        named = [move.instead_of for move in moves if move.instead_of]
        onward = [
            _Onward(move.instead_of.utc, _apart(move.instead_of, move.start), move)
            for move in moves
            if move.instead_of and move.and_future
        ]
        return cls(
            core,
            zone,
            frozenset(_key(one, core, zone) for one in core.except_for),
            frozenset(_key(one, core, zone) for one in named),
            tuple(sorted(onward, key=lambda one: one.since)),
        )

    def skips(self, move: Event) -> bool:
        """Whether the time that a move is about is an exception of the series."""
        assert move.instead_of is not None
        return _key(move.instead_of, self.core, self.zone) in self.without

    def pieces(self, window: Window, budget: Budget) -> Iterator[Piece]:
        """The times of the series that no move is about, near the window."""
        done: set[dt.datetime] = set()
        for start, long in self._times(window, budget):
            budget.spend(PIECE_STEPS + len(self.onward))
            keys = {start.utc, start.wall.date()} if not self.core.start.day else {start.wall.date()}
            if start.utc not in done and not keys & self.without and not keys & self.moved:
                done.add(start.utc)
                yield self._placed(start, long)

    def _times(self, window: Window, budget: Budget) -> Iterator[tuple[When, dt.timedelta]]:
        core = self.core
        ends = [_until(rule, core) for rule in core.rules if rule.until]
        if not ends or core.start.wall <= max(ends) or len(ends) < len(core.rules):
            yield core.start, core.long
        yield from core.more
        first, last = self._reach(window)
        for rule in core.rules:
            end = min(last, _until(rule, core)) if rule.until else last
            for wall in repetitions(rule, core.start.wall, first, end, budget):
                yield When(wall, core.start.zone, core.start.day), core.long

    def _reach(self, window: Window) -> tuple[dt.datetime, dt.datetime]:
        """Between which wall times something can start that touches the window, moves counted in."""
        shifts = [dt.timedelta(0), *(one.shift for one in self.onward)]
        longs = [self.core.long, *(one.event.long for one in self.onward)]
        first, last = (end.replace(tzinfo=None) for end in window)
        back = max(longs) + max(shifts) + 2 * DAY
        return shifted(first, -back), shifted(last, 2 * DAY - min(shifts))

    def _placed(self, start: When, long: dt.timedelta) -> Piece:
        last = None
        for one in self.onward:
            if one.since < start.utc:
                last = one
        if last is None:
            return _piece(self.core, start, long)
        return _piece(
            last.event, When(shifted(start.wall, last.shift), start.zone, start.day), last.event.long
        )


def _key(one: When, core: Event, zone: dt.tzinfo) -> Key:
    """How a time that a file names is known in a series; one of whole days has days only."""
    if one.day:
        return one.wall.date()
    return one.utc.astimezone(zone).date() if core.start.day else one.utc


def _until(rule: Rule, core: Event) -> dt.datetime:
    assert rule.until is not None
    assert core.start.zone is not None
    if core.start.day:
        return dt.datetime.combine(rule.until.wall.date(), dt.time.max)
    return last_moment(rule.until, core.start.zone)


def _apart(one: When, other: When) -> dt.timedelta:
    return other.wall - one.wall if one.zone == other.zone or one.day else other.utc - one.utc


def _piece(event: Event, start: When, long: dt.timedelta) -> Piece:
    end = moment(shifted(start.wall, long), start.zone)
    return Piece(event.row, start.utc, max(start.utc, end), event.ignored, event.start.day)
