"""Components: what matters of a calendar file, cut out line by line; titles are never kept.

Only names, dates and zones are looked at, and those are ASCII in every encoding a calendar is found in, so
bytes are cut up before anything is decoded: UTF-8, GB18030 and Latin-1 may even stand in one file.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.io.busy.trouble import (
    DEPTH,
    ENTRIES,
    ENTRY_BYTES,
    LINE_BYTES,
    PARAMETER_BYTES,
    UnreadableError,
)
from scheduler.text import Text

ENTRY_KEPT = frozenset(
    b"UID DTSTART DTEND DURATION RRULE RDATE EXDATE EXRULE RECURRENCE-ID SEQUENCE STATUS TRANSP ATTENDEE FREEBUSY"
    b" X-MICROSOFT-CDO-BUSYSTATUS".split()
)
ZONE_KEPT = frozenset(b"TZID X-LIC-LOCATION DTSTART RRULE RDATE TZOFFSETFROM TZOFFSETTO".split())
CALENDAR_KEPT = frozenset(b"METHOD X-WR-TIMEZONE X-WR-CALNAME CALSCALE".split())
ENTRIES_READ = frozenset((b"VEVENT", b"VFREEBUSY", b"VAVAILABILITY", b"VTODO", b"VJOURNAL"))
ZONE_PARTS = frozenset((b"STANDARD", b"DAYLIGHT"))

_NAME = re.compile(rb"[A-Za-z0-9-]+")
_PARAMETERS = re.compile(rb'(?:[^":]|"[^"]*")*')
_BROKEN_NESTING = Text("BEGIN and END do not match", "BEGIN 与 END 不配对")
_CUT_OFF = Text("the file ends in the middle of an entry", "文件在条目中途中断")


@dataclass(frozen=True, slots=True)
class Line:
    """One unfolded line that matters: its row, its name in capitals, its parameters as written, its value."""

    row: int
    name: str
    parameters: str
    value: str

    def parameter(self, name: str) -> str:
        """The value of a parameter without quotes; empty if it is not there."""
        found = re.search(rf';{name}=("[^"]*"|[^;]*)', self.parameters, re.IGNORECASE)
        return found[1].strip('" ') if found else ""


@dataclass(slots=True)
class Component:
    """A component's lines that matter, and what is wrong with it already."""

    kind: str
    row: int
    lines: dict[str, list[Line]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)
    wrong: UnreadableError | None = None
    size: int = 0

    def all(self, name: str) -> list[Line]:
        """All lines of a name."""
        return self.lines.get(name, [])

    def one(self, name: str) -> Line | None:
        """The first line of a name."""
        lines = self.lines.get(name)
        return lines[0] if lines else None

    def value(self, name: str) -> str:
        """The value of the first line of a name, in capitals; empty if there is none."""
        line = self.one(name)
        return line.value.strip().upper() if line else ""


@dataclass(slots=True)
class CalendarPart:
    """One VCALENDAR: its own lines, its zones and its entries; entries outside of any have one too."""

    facts: Component
    zones: list[Component] = field(default_factory=list)
    entries: list[Component] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cut:
    """A file cut up, and what was wrong with it as a whole, by row."""

    parts: tuple[CalendarPart, ...]
    wrong: tuple[tuple[int, UnreadableError], ...]


def cut(data: bytes) -> Cut:
    """Cut a file into components.

    Raises:
        UnreadableError: it is no calendar, or nests or holds more than any person's does.
    """
    reader = _Reader()
    for row, line in _unfolded(_eight_bit(data)):
        reader.take(row, line)
    return reader.finished()


def _eight_bit(data: bytes) -> bytes:
    """The bytes in an encoding that keeps ASCII; UTF-16 is told by its mark or its zeros."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode()
    for encoding, start in (("utf-16-le", b"B\0E\0"), ("utf-16-be", b"\0B\0E")):
        if data[:4].upper() == start:
            return data.decode(encoding, "replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines with the row they begin in; of one longer than it may be as much as shows that.

    Empty lines do not end a line: there are programs that leave one before every continuation.
    """
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    begin, held, length = 0, [b""], 0
    for row, raw in enumerate(io.BytesIO(data), 1):
        line = raw.rstrip(b"\r\n")
        if line[:1] in {b" ", b"\t"}:
            if length <= LINE_BYTES:
                held.append(line[1 : LINE_BYTES + 2])
                length += len(held[-1])
            continue
        if not line:
            continue
        if begin:
            yield begin, held[0] if len(held) == 1 else b"".join(held)
        begin, held = row, [line[: LINE_BYTES + 1]]
        length = len(held[0])
    if begin:
        yield begin, b"".join(held)


class _Reader:
    """Follows BEGIN and END and keeps the lines that matter of where it is."""

    def __init__(self) -> None:
        self.parts: list[CalendarPart] = []
        self.wrong: list[tuple[int, UnreadableError]] = []
        self.names: list[bytes] = []
        self.open: list[Component | None] = []
        self.calendar: CalendarPart | None = None
        self.entries = 0

    def take(self, row: int, line: bytes) -> None:
        found = _NAME.match(line)
        if found is None:
            return
        name = found[0].upper()
        if name == b"BEGIN":
            self._begin(row, _word(line))
        elif name == b"END":
            self._end(row, _word(line))
        elif self.open and (component := self.open[-1]) is not None:
            self._keep(component, row, name, line, found.end())

    def finished(self) -> Cut:
        if self.names:
            for component in self.open:
                if component is not None:
                    component.wrong = UnreadableError(_CUT_OFF)
            inside = [component for component in self.open if component is not None]
            self.wrong.append((inside[-1].row if inside else 1, UnreadableError(_CUT_OFF)))
        if not self.parts:
            raise UnreadableError(Text("this is not a calendar file", "这不是日历文件"))
        return Cut(tuple(self.parts), tuple(self.wrong))

    def _begin(self, row: int, name: bytes) -> None:
        if len(self.names) >= DEPTH:
            raise UnreadableError(
                Text(f"row {row}: components are nested too deeply", f"第 {row} 行：嵌套层次过多")
            )
        around = self.names[-1] if self.names else b""
        self.names.append(name)
        self.open.append(self._opened(row, name, around))

    def _opened(self, row: int, name: bytes, around: bytes) -> Component | None:
        """The component to keep lines of, or nothing for one that does not matter."""
        component = Component(name.decode("ascii", "replace"), row)
        if name == b"VCALENDAR":
            self._new_part(component)
        elif around in {b"VCALENDAR", b""} and name in ENTRIES_READ:
            self._count(row)
            self._part(row).entries.append(component)
        elif around in {b"VCALENDAR", b""} and name == b"VTIMEZONE":
            self._count(row)
            self._part(row).zones.append(component)
        elif around == b"VTIMEZONE" and name in ZONE_PARTS and self.open[-1] is not None:
            self._count(row)
            self.open[-1].parts.append(component)
        else:
            return None
        return component

    def _count(self, row: int) -> None:
        self.entries += 1
        if self.entries > ENTRIES:
            raise UnreadableError(
                Text(f"row {row}: more than {ENTRIES} entries", f"第 {row} 行：条目超过 {ENTRIES} 条"),
                Text("export a shorter range of dates", "请导出较短的日期范围"),
            )

    def _new_part(self, facts: Component) -> None:
        self.calendar = CalendarPart(facts)
        self.parts.append(self.calendar)
        self._count(facts.row)

    def _part(self, row: int) -> CalendarPart:
        if self.calendar is None:
            self._new_part(Component("VCALENDAR", row))
        assert self.calendar is not None
        return self.calendar

    def _end(self, row: int, name: bytes) -> None:
        if name not in self.names:
            self.wrong.append((row, UnreadableError(_BROKEN_NESTING)))
            return
        while True:
            closed, component = self.names.pop(), self.open.pop()
            if closed == name:
                break
            if component is not None:
                component.wrong = UnreadableError(_BROKEN_NESTING)
        if name == b"VCALENDAR":
            self.calendar = None

    def _keep(self, component: Component, row: int, name: bytes, line: bytes, at: int) -> None:
        if name not in _kept(component.kind) or (name == b"ATTENDEE" and b"DECLINED" not in line.upper()):
            return
        component.size += len(line)
        if len(line) > LINE_BYTES or component.size > ENTRY_BYTES:
            component.wrong = UnreadableError(Text("it is longer than any real entry", "条目过长"))
        elif line[at : at + 1] not in {b":", b";"}:
            text = Text(f"row {row} cannot be read", f"第 {row} 行无法读取")
            component.wrong = component.wrong or UnreadableError(text)
        else:
            kept = _line(row, name, line[at:])
            component.lines.setdefault(kept.name, []).append(kept)


def _kept(kind: str) -> frozenset[bytes]:
    if kind == "VCALENDAR":
        return CALENDAR_KEPT
    return ZONE_KEPT if kind in {"VTIMEZONE", "STANDARD", "DAYLIGHT"} else ENTRY_KEPT


def _word(line: bytes) -> bytes:
    return line.partition(b":")[2].strip().upper()[:40]


def _line(row: int, name: bytes, rest: bytes) -> Line:
    """A line cut at the first colon outside quotes; ``rest`` begins behind its name."""
    found = _PARAMETERS.match(rest, 0, PARAMETER_BYTES)
    at = found.end() if found else len(rest)
    return Line(row, name.decode(), _decoded(rest[:at]), _decoded(rest[at + 1 :]))


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
