"""A calendar file that this program wrote, taken apart: every event as a calendar object of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?\r\nEND:VEVENT\r\n", re.DOTALL)
_ZONE = re.compile(rb"BEGIN:VTIMEZONE\r\n.*?\r\nEND:VTIMEZONE\r\n", re.DOTALL)
_UID = re.compile(rb"^UID:(.*)\r$", re.MULTILINE)
_PRODID = re.compile(rb"^PRODID:.*\r\n", re.MULTILINE)
_FOLD = re.compile(rb"\r\n[ \t]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One event of a file: its lines, and those of the zone definitions it may refer to."""

    uid: str
    product: bytes
    zones: bytes
    event: bytes

    def alone(self, *, method: str | None = None, more: bytes = b"") -> bytes:
        """The event as a calendar object: its zone only if used, ``more`` lines before its alarms.

        Without a method it is what a CalDAV collection stores (RFC 4791, 4.1), with one an iTIP message.
        """
        lines = [b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", self.product, b"CALSCALE:GREGORIAN\r\n"]
        if method:
            lines.append(f"METHOD:{method}\r\n".encode())
        if b";TZID=" in self.event:
            lines.append(self.zones)
        body, mark, rest = self.event.partition(
            b"BEGIN:VALARM\r\n" if b"BEGIN:VALARM\r\n" in self.event else b"END:VEVENT\r\n"
        )
        return b"".join([*lines, body, more, mark, rest, b"END:VCALENDAR\r\n"])


def pieces(ics: bytes) -> tuple[Piece, ...]:
    """The events of a calendar file of this program, in the order of the file."""
    product = _PRODID.search(ics)
    zones = b"".join(_ZONE.findall(ics))
    return tuple(
        Piece(_uid(event), product[0] if product else b"", zones, event) for event in _EVENT.findall(ics)
    )


def _uid(event: bytes) -> str:
    found = _UID.search(_FOLD.sub(b"", event))
    assert found, "an event of this program without a UID"
    return found[1].decode("ascii")
