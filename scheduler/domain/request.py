"""What volunteers can and would like to do, in days and times of day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from scheduler.domain import shorthand
from scheduler.domain.calendar import DaySelector, Horizon
from scheduler.domain.entity import Entity, PlaceOrPostId, ShiftTypeId
from scheduler.domain.moment import Clock, Moment, as_clock
from scheduler.domain.refusal import found, refused
from scheduler.text import Text


class TimesOfDay(Entity):
    """Hours within a duty day; an end not after the start is on the next calendar day."""

    start: Clock
    end: Clock

    def on(self, day: dt.date, horizon: Horizon) -> tuple[dt.datetime, dt.datetime]:
        """Naive wall start and end on a duty day."""
        start = horizon.starting(day, self.start)
        end = dt.datetime.combine(start.date(), self.end)
        return start, end if end > start else end + dt.timedelta(days=1)


def _hours(value: Any) -> Any:
    if isinstance(value, dict | TimesOfDay):
        return value
    ends = re.split("[-–—~]", value) if isinstance(value, str) else []
    if len(ends) != 2:
        what = found(value)
        raise refused(
            Text(
                f"expected hours like 18:00-22:00, found {what.en}",
                f"应为形如 18:00-22:00 的钟点，实为{what.zh}",
            )
        )
    return {"start": as_clock(ends[0]), "end": as_clock(ends[1])}


Hours = Annotated[
    TimesOfDay,
    BeforeValidator(_hours),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{1,2}:\d{2}-\d{1,2}:\d{2}$", "examples": ["18:00-22:00"]}
    ),
]
"""Hours written ``18:00-22:00``; ``22:00-06:00`` passes midnight."""


class TimeWindow(DaySelector):
    """Some duty days, all day or at some hours; or one stretch from a moment to another.

    Short form: ``mon-fri 18:00-22:00``, ``weekend``, ``2020-03-01..2020-03-05 08:00-12:00``.
    """

    hours: tuple[Hours, ...] | None = Field(default=None, description="hours of those days, like 18:00-22:00")
    start: Moment | None = Field(default=None, description="one stretch: its start (with end, alone)")
    end: Moment | None = None
    source: str | None = Field(
        default=None,
        pattern=shorthand.SOURCE,
        max_length=60,
        description="the import that wrote it; the next import from there replaces it",
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise refused(Text("a stretch needs both start and end", "一段时间须同时写 start 和 end"))
        if self.start and self.end:
            if self.end <= self.start:
                raise refused(
                    Text(
                        f"the stretch ends at {self.end:%Y-%m-%d %H:%M}, not after its start",
                        f"这段时间止于 {self.end:%Y-%m-%d %H:%M}，不晚于其开始",
                    )
                )
            if self.dates or self.weekdays or self.classes or self.hours:
                raise refused(
                    Text(
                        "a stretch from start to end takes no dates, weekdays, classes or hours",
                        "写了 start 和 end 就不能再写 dates、weekdays、classes 或 hours",
                    )
                )
        return self


class Availability(Entity):
    """When a volunteer can serve: inside one of ``only``, outside all of ``unavailable``.

    A volunteer with no availability at all has not answered and counts as unavailable;
    ``always`` says that every hour is fine. Short forms: ``always``, or the windows of ``only`` alone,
    as a list or in one text separated by semicolons.
    """

    always: bool = False
    only: tuple[TimeWindow, ...] = Field(
        default=(), description="the whole shift must fit inside these together"
    )
    unavailable: tuple[TimeWindow, ...] = Field(default=(), description="a shift must not touch these")

    @model_validator(mode="before")
    @classmethod
    def _long(cls, value: Any) -> Any:
        if isinstance(value, str):
            always = value.strip().casefold() == "always"
            return {"always": True} if always else {"only": shorthand.split(value)}
        return {"only": value} if isinstance(value, list | tuple) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        long = handler.resolve_ref_schema(handler(core_schema))
        only = long["properties"]["only"]["items"]
        short = {"type": "string", "examples": ["always", "workday 17:30-01:00; weekend"]}
        return {"anyOf": [short, {"type": "array", "items": only}, long]}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.always and self.only:
            raise refused(Text("always and only contradict each other", "always 与 only 互相矛盾"))
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
    times: int = Field(default=1, ge=1, le=10_000, description="want: how many such shifts")
    weight: int = Field(default=1, ge=1, le=1000)
