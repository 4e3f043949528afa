"""A person's calendar file as the times they are busy in, with a count of everything that was left out."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.errors import Fault
from scheduler.io.busy.event import Event, Setting, read_event
from scheduler.io.busy.free_busy import free_busy
from scheduler.io.busy.lines import CalendarPart, Component, Cut, cut
from scheduler.io.busy.policy import Ignored, Policy
from scheduler.io.busy.series import Piece, Window, pieces
from scheduler.io.busy.trouble import FILE_BYTES, Budget, UnreadableError
from scheduler.io.busy.wall import wall_time
from scheduler.io.busy.zones import Zones, known_zone
from scheduler.text import Text

_MARGIN = dt.timedelta(days=2)
_NOT_READ = Text(
    "it says when somebody is free, or counts days in another calendar; that is not read",
    "写的是可用时间，或采用其他历法，无法读取",
)


@dataclass(frozen=True, slots=True)
class Busy:
    """What a file says: stretches (moments in UTC, by start, not merged) and what was not taken.

    ``days`` are the stretches that are whole days, ``taken`` the number of entries behind all of them.
    ``doubtful`` of them hold an invitation that somebody declined, who may be this person. ``lost`` tells that
    nothing of the file could be read.
    """

    name: str
    stretches: tuple[Window, ...]
    days: tuple[Window, ...]
    taken: int
    ignored: tuple[tuple[Ignored, int], ...]
    unreadable: tuple[Fault, ...]
    doubtful: int = 0
    lost: bool = False


def read_busy(
    path: Path, window: Window, zone: ZoneInfo, policy: Policy, budget: Budget | None = None
) -> Busy:
    """Read a calendar file (.ics, .ifb, .vcs) for the time between two moments.

    ``zone`` is the plan's: whole days are its days, and times without a zone are its times unless the file
    names one. ``budget`` bounds the work: about a second of it unless another is given. A file that cannot be
    read at all is one unreadable thing among others.
    """
    name = path.as_posix()
    try:
        data = _bytes(path)
        return _Collected(name, window, zone, policy, budget or Budget()).all(cut(data))
    except UnreadableError as wrong:
        return Busy(name, (), (), 0, (), (Fault(name, wrong.text, wrong.hint),), lost=True)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(min(os.fstat(file.fileno()).st_size, FILE_BYTES) + 1)
    except OSError as wrong:
        missing = isinstance(wrong, FileNotFoundError)
        raise UnreadableError(
            Text("there is no such file", "没有这个文件")
            if missing
            else Text("the file cannot be read", "无法读取文件")
        ) from wrong
    if len(data) > FILE_BYTES:
        size = FILE_BYTES // 1_000_000
        raise UnreadableError(
            Text(f"the file is larger than {size} MB", f"文件超过 {size} MB"),
            Text("export a shorter range of dates", "请导出较短的日期范围"),
        )
    return data


@dataclass(slots=True)
class _Collected:
    """Collects what a file holds, entry by entry."""

    name: str
    window: Window
    zone: ZoneInfo
    policy: Policy
    budget: Budget
    found: list[Piece] = field(default_factory=list)
    taken: int = 0
    doubtful: int = 0
    ignored: Counter[Ignored] = field(default_factory=Counter)
    faults: dict[int, Fault] = field(default_factory=dict)

    def all(self, file: Cut) -> Busy:
        """Read every entry of a file that was cut up."""
        series: dict[str, list[Event]] = {}
        for row, wrong in file.wrong:
            self._fault(row, wrong)
        for number, part in enumerate(file.parts):
            for event in self._part(part):
                series.setdefault(event.uid or f"{number} {event.row}", []).append(event)
        for events in series.values():
            self._series(events)
        return self._busy()

    def _part(self, part: CalendarPart) -> Iterator[Event]:
        setting = self._setting(part)
        scale = part.facts.value("CALSCALE")
        for entry in part.entries:
            self.budget.next_series()
            try:
                if entry.kind in {"VTODO", "VJOURNAL"}:
                    self.ignored[Ignored.OTHER] += 1
                elif scale not in {"", "GREGORIAN"} or entry.kind == "VAVAILABILITY":
                    raise UnreadableError(_NOT_READ)
                elif entry.kind == "VFREEBUSY":
                    self._periods(free_busy(entry, setting))
                else:
                    yield read_event(entry, setting)
            except UnreadableError as wrong:
                if not _after(entry, self.window):
                    self._fault(entry.row, wrong)

    def _setting(self, part: CalendarPart) -> Setting:
        named = part.facts.one("X-WR-TIMEZONE")
        addresses = self.policy.addresses
        if (title := part.facts.one("X-WR-CALNAME")) and "@" in title.value:
            addresses |= {title.value.strip().casefold()}
        return Setting(
            self.zone,
            (named and known_zone(named.value)) or self.zone,
            Zones(part.zones, self.window, self.budget),
            part.facts.value("METHOD"),
            replace(self.policy, addresses=addresses),
            self.budget,
        )

    def _periods(self, found: list[Piece]) -> None:
        inside = [piece for piece in found if piece.start < self.window[1] and self.window[0] < piece.end]
        for free in (True, False):
            mine = [piece for piece in inside if (piece.ignored is not None) is free]
            if mine or not (free or inside):
                self._count(mine)

    def _series(self, events: list[Event]) -> None:
        self.budget.next_series()
        try:
            found = pieces(events, self.window, self.zone, self.budget)
        except UnreadableError as wrong:
            self._fault(events[0].row, wrong)
            return
        by_row: dict[int, list[Piece]] = {event.row: [] for event in events}
        for piece in found:
            by_row[piece.row].append(piece)
        for event in events:
            self.doubtful += self._count(by_row[event.row]) and event.declined

    def _count(self, mine: list[Piece]) -> bool:
        """Count one entry by what it gives within the window; whether it was taken."""
        if not mine:
            self.ignored[Ignored.OUTSIDE] += 1
        elif (reason := mine[0].ignored) is not None:
            self.ignored[reason] += 1
        elif busy := [piece for piece in mine if piece.start < piece.end]:
            self.taken += 1
            self.found += busy
            return True
        else:
            self.ignored[Ignored.NO_LENGTH] += 1
        return False

    def _fault(self, row: int, wrong: UnreadableError) -> None:
        """Keep what is wrong, once a row; where the whole file asks for too much, once."""
        if not self.budget.spent:
            self.faults.setdefault(row, Fault(f"{self.name}:{row}", wrong.text, wrong.hint))
        self.budget.spent = self.budget.left < 0

    def _busy(self) -> Busy:
        found = sorted(self.found, key=lambda piece: (piece.start, piece.end))
        return Busy(
            self.name,
            tuple((piece.start, piece.end) for piece in found),
            tuple((piece.start, piece.end) for piece in found if piece.day),
            self.taken,
            tuple((reason, self.ignored[reason]) for reason in Ignored if self.ignored[reason]),
            tuple(self.faults[row] for row in sorted(self.faults)),
            self.doubtful,
        )


def _after(entry: Component, window: Window) -> bool:
    """Whether an entry surely begins only after the window, so that nothing is lost with it."""
    line = entry.one("DTSTART")
    if line is None or entry.one("RDATE") or entry.one("RECURRENCE-ID"):
        return False
    start = wall_time(line.value)
    return start is not None and start.wall > (window[1] + _MARGIN).replace(tzinfo=None)
