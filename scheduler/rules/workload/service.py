"""A volunteer's service in time: what history knows of the days before, and the pauses between shifts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift, ShiftType
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Rule
from scheduler.text import Text, day_text


@dataclass(frozen=True, slots=True)
class Past:
    """A shift served before the horizon; at which post is not known."""

    day: dt.date
    type: ShiftType
    start: dt.datetime
    end: dt.datetime

    @property
    def minutes(self) -> int:
        """Length in minutes, true over a clock change."""
        return round((self.end.timestamp() - self.start.timestamp()) / 60)

    @property
    def label(self) -> Text:
        """Day and shift type in one phrase."""
        day = day_text(self.day)
        return Text(f"{day.en} {self.type.label.en}", f"{day.zh}{self.type.label.zh}")


def past_shifts(rule: Rule, instance: Instance, volunteer: Volunteer) -> tuple[Past, ...]:
    """The recent shifts before the horizon that a rule's filters leave, by start.

    None for a rule on some posts or places only: history does not say where a shift was.
    """
    if not volunteer.history.recent or rule.posts is not None or rule.places is not None:
        return ()
    found = [
        _past(instance, one.day, instance.shift_types[one.shift_type])
        for one in volunteer.history.recent
        if one.day < instance.horizon.first
        and (rule.shift_types is None or one.shift_type in rule.shift_types)
        and (rule.days is None or instance.picks(rule.days, one.day))
    ]
    return tuple(sorted(found, key=lambda past: past.start))


def known_from(rule: Rule, instance: Instance, volunteer: Volunteer) -> dt.date:
    """The first day of which it is known whether the volunteer served: the earliest recent one, if any."""
    first = instance.horizon.first
    if rule.posts is not None or rule.places is not None:
        return first
    return min((first, *(one.day for one in volunteer.history.recent)))


def _past(instance: Instance, day: dt.date, shift_type: ShiftType) -> Past:
    start = instance.horizon.starting(day, shift_type.start)
    end = dt.datetime.combine(start.date(), shift_type.end)
    if end <= start:
        end += dt.timedelta(days=1)
    return Past(day, shift_type, start.replace(tzinfo=instance.zone), end.replace(tzinfo=instance.zone))


def pauses(shifts: Sequence[Shift], below: dt.timedelta) -> Iterator[tuple[Shift, Shift, dt.timedelta]]:
    """Every two shifts by start with less than some time from the end of one to the start of the other, and it."""
    ordered = sorted((shift.start.timestamp(), shift.end.timestamp(), n) for n, shift in enumerate(shifts))
    longest = below.total_seconds()
    for place, (_, end, one) in enumerate(ordered):
        for start, _, other in ordered[place + 1 :]:
            if start - end >= longest:
                break
            yield shifts[one], shifts[other], dt.timedelta(seconds=start - end)


def hours_text(length: dt.timedelta) -> str:
    """A length in hours as people read it; none if it is negative."""
    return f"{max(length.total_seconds(), 0) / 3600:.4g}"


def counted(number: float, en: str, zh: str) -> Text:
    """A number of things: ``1 shift``, ``2 shifts``, ``2班``."""
    return Text(f"{number:.6g} {en}{'' if number == 1 else 's'}", f"{number:.6g}{zh}")
