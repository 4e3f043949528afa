"""What an event in a collection says, compared by meaning: servers write the same event in other words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from icalendar import Calendar, Component
from icalendar.prop import vCategory

from scheduler.publish.event import UID_DOMAIN

_SERVERS_OWN = {"DTSTAMP", "ACKNOWLEDGED"}
Values = dict[str, list[str]]


@dataclass(frozen=True)
class Content:
    """A calendar object as bytes, parsed once when somebody asks; broken ones have no events."""

    data: bytes

    @cached_property
    def _events(self) -> list[Component]:
        try:
            found: list[Component] = Calendar.from_ical(self.data).walk("VEVENT")
        except (ValueError, KeyError, IndexError):
            return []
        return found

    @cached_property
    def uid(self) -> str:
        """The UID of its event, empty if there is none."""
        return str(self._events[0].get("UID", "")) if self._events else ""

    @property
    def ours(self) -> bool:
        """Whether this program gave the UID out."""
        return self.uid.endswith(f"@{UID_DOMAIN}")

    @property
    def sequence(self) -> int:
        """The number of the revision, 0 if there is none."""
        value = str(self._property("SEQUENCE") or 0)
        return int(value) if value.isascii() and value.isdigit() else 0

    @property
    def modified(self) -> str:
        """When the event was changed last, in UTC; these compare as they read."""
        return _value(self._property("LAST-MODIFIED"))

    @property
    def start(self) -> dt.datetime | None:
        """When the event starts."""
        found = _moment(self._property("DTSTART"))
        return found if isinstance(found, dt.datetime) else None

    @property
    def title(self) -> str:
        """The summary."""
        return str(self._property("SUMMARY") or "")

    def _property(self, name: str) -> object:
        found = self._events[0].get(name) if self._events else None
        return found[0] if isinstance(found, list) and name != "CATEGORIES" else found

    @cached_property
    def _meaning(self) -> tuple[Values, list[list[tuple[str, list[str]]]]]:
        alarms = self._events[0].walk("VALARM") if self._events else []
        return (
            _values(self._events[0]) if self._events else {},
            sorted(sorted(_without_marks(_values(alarm)).items()) for alarm in alarms),
        )

    def says(self, other: Content) -> bool:
        """Whether this, as stored, says what ``other``, as published, does.

        Order, folding and marks (X-…) that a server or program added do not count.
        """
        if self.data == other.data:
            return True
        if len(self._events) != 1:
            return False
        (stored, stored_alarms), (published, alarms) = self._meaning, other._meaning
        added = (name for name in stored if name not in published and not name.startswith("X-"))
        return (
            stored_alarms == alarms
            and not any(added)
            and not any(stored.get(name) != values for name, values in published.items())
        )


def _values(component: Component) -> Values:
    found: Values = {}
    for name, value in component.property_items(recursive=False, sorted=False):
        if name not in {"BEGIN", "END", *_SERVERS_OWN}:
            found.setdefault(name, []).append(_value(value))
    return {name: sorted(values) for name, values in found.items()}


def _without_marks(values: Values) -> Values:
    return {name: value for name, value in values.items() if name != "UID" and not name.startswith("X-")}


def _value(value: object) -> str:
    """A value as a text that is the same for the same meaning."""
    if value is None:
        return ""
    moment = _moment(value)
    if isinstance(moment, dt.datetime):
        return moment.astimezone(dt.UTC).isoformat() if moment.tzinfo else f"{moment.isoformat()} local"
    if moment is not None:
        return str(moment)
    if isinstance(value, vCategory):
        return "\n".join(sorted(map(str, value.cats)))
    if isinstance(value, str):
        return value.strip()
    written = value.to_ical() if hasattr(value, "to_ical") else value
    return written.decode() if isinstance(written, bytes) else str(written)


def _moment(value: object) -> object:
    """The date, time or duration a value stands for; None if it is none, or is broken."""
    try:
        return getattr(value, "dt", None)
    except ValueError:
        return None
