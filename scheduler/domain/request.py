"""What volunteers can and would like to do, in days and times of day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from scheduler.domain.calendar import DaySelector, Horizon
from scheduler.domain.entity import Entity, PlaceOrPostId, ShiftTypeId


class TimesOfDay(Entity):
    """Hours within a duty day; an end not after the start is on the next calendar day."""

    start: dt.time
    end: dt.time

    def on(self, day: dt.date, horizon: Horizon) -> tuple[dt.datetime, dt.datetime]:
        """Naive wall start and end on a duty day."""
        start = horizon.starting(day, self.start)
        end = dt.datetime.combine(start.date(), self.end)
        return start, end if end > start else end + dt.timedelta(days=1)


def _hours(value: Any) -> Any:
    match = (
        re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*[-–—~]\s*(\d{1,2}):(\d{2})\s*", value)
        if isinstance(value, str)
        else None
    )
    if match is None:
        if isinstance(value, str):
            raise ValueError("expected hours like 18:00-22:00")
        return value
    hour, minute, until, past = map(int, match.groups())
    if hour > 23 or minute > 59 or past > 59 or until > 24 or (until == 24 and past):
        raise ValueError("expected hours like 18:00-22:00")
    return {"start": dt.time(hour, minute), "end": dt.time(until % 24, past)}


Hours = Annotated[
    TimesOfDay,
    BeforeValidator(_hours),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{1,2}:\d{2}-\d{1,2}:\d{2}$", "examples": ["18:00-22:00"]}
    ),
]
"""Hours written ``18:00-22:00``; ``22:00-06:00`` passes midnight."""


class TimeWindow(DaySelector):
    """Some duty days, all day or at some hours; or one stretch from a moment to another."""

    hours: tuple[Hours, ...] | None = Field(default=None, description="hours of those days, like 18:00-22:00")
    start: dt.datetime | None = Field(default=None, description="one stretch: its start (with end, alone)")
    end: dt.datetime | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("a stretch needs both start and end")
        if self.start and self.end:
            if self.end <= self.start:
                raise ValueError(f"the stretch ends at {self.end}, not after its start {self.start}")
            if self.dates or self.weekdays or self.classes or self.hours:
                raise ValueError("a stretch from start to end takes no dates, weekdays, classes or hours")
            if self.start.tzinfo or self.end.tzinfo:
                raise ValueError("write local times without an offset; the plan has the time zone")
        return self


class Availability(Entity):
    """When a volunteer can serve: inside one of ``only``, outside all of ``unavailable``.

    A volunteer with no availability at all has not answered and counts as unavailable;
    ``always`` says that every hour is fine.
    """

    always: bool = False
    only: tuple[TimeWindow, ...] = Field(
        default=(), description="the whole shift must fit inside these together"
    )
    unavailable: tuple[TimeWindow, ...] = Field(default=(), description="a shift must not touch these")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.always and self.only:
            raise ValueError("always and only contradict each other")
        return self

    @property
    def answered(self) -> bool:
        """Whether the volunteer said anything: ``unavailable`` alone means all other times are fine."""
        return self.always or bool(self.only) or bool(self.unavailable)


class Request(Entity):
    """A wish: to serve (want) or not to serve (avoid) at some times, posts or shift types."""

    kind: Literal["want", "avoid"]
    when: TimeWindow = TimeWindow()
    posts: tuple[PlaceOrPostId, ...] | None = None
    shift_types: tuple[ShiftTypeId, ...] | None = None
    times: int = Field(default=1, ge=1, description="want: how many such shifts")
    weight: int = Field(default=1, ge=1, le=1000)
