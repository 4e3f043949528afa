"""Days: the horizon, the duty day and its boundary, day classes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from scheduler.domain import shorthand
from scheduler.domain.entity import Entity
from scheduler.domain.moment import Clock, Day
from scheduler.domain.refusal import refused
from scheduler.text import Text


class DayClass(StrEnum):
    """The class of a day; a make-up workday is a weekend day that is worked in exchange for a holiday."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP_WORKDAY = "makeup-workday"


class Weekday(StrEnum):
    """A day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @classmethod
    def of(cls, day: dt.date) -> Weekday:
        """The weekday of a date."""
        return tuple(cls)[day.weekday()]


class Horizon(Entity):
    """The duty days a roster is made for, first and last included."""

    first: Day
    last: Day
    day_starts: Clock = Field(
        default=dt.time(6, 0),
        description="the boundary of the duty day: a shift that starts before it belongs to the day before",
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise refused(
                Text(
                    f"the horizon ends on {self.last}, before it begins on {self.first}",
                    f"排班期的最后一天 {self.last} 早于第一天 {self.first}",
                )
            )
        if (self.last - self.first).days > 1100:
            raise refused(Text("the horizon is longer than three years", "排班期超过三年"))
        if self.first.year < 1970 or self.last.year > 2200:
            raise refused(
                Text("the horizon is not between 1970 and 2200", "排班期不在 1970 年至 2200 年之间")
            )
        return self

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """Every duty day."""
        return tuple(self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def starting(self, day: dt.date, start: dt.time) -> dt.datetime:
        """The naive wall time at which something that begins at ``start`` on a duty day begins."""
        return dt.datetime.combine(day if start >= self.day_starts else day + dt.timedelta(days=1), start)


class WorkCalendar(Entity):
    """Which days are worked: a country's published calendar, and what the plan knows better."""

    country: Literal["CN", "none"] = Field(
        default="CN",
        description="CN: China's official calendar with make-up workdays; none: Monday to Friday",
    )
    overrides: dict[Day, DayClass] = Field(
        default_factory=dict, description="day classes the plan sets itself, by date"
    )

    def day_class(self, day: dt.date) -> DayClass:
        """The class of a day; outside the library's years only weekdays and overrides are known."""
        if day in self.overrides:
            return self.overrides[day]
        if self.country == "CN" and day.year in known_years():
            return _chinese_class(day)
        return DayClass.WEEKEND if day.weekday() >= 5 else DayClass.WORKDAY

    def unknown_years(self, horizon: Horizon) -> tuple[int, ...]:
        """Years of the horizon that the library has no calendar for, in order."""
        if self.country != "CN":
            return ()
        return tuple(sorted({day.year for day in horizon.days} - set(known_years())))


def known_years() -> range:
    """The years the holiday library knows (the ``chinesecalendar`` package, one release a year)."""
    from chinese_calendar.constants import holidays

    return range(min(holidays).year, max(holidays).year + 1)


def _chinese_class(day: dt.date) -> DayClass:
    from chinese_calendar import get_holiday_detail

    free, occasion = get_holiday_detail(day)
    if free:
        return DayClass.WEEKEND if occasion is None else DayClass.HOLIDAY
    return DayClass.MAKEUP_WORKDAY if day.weekday() >= 5 else DayClass.WORKDAY


class DateRange(Entity):
    """Dates from first to last, both included; an end that is not given is open."""

    first: Day | None = None
    last: Day | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.first and self.last and self.last < self.first:
            raise refused(
                Text(
                    f"the dates end on {self.last}, before they begin on {self.first}",
                    f"日期范围的最后一天 {self.last} 早于第一天 {self.first}",
                )
            )
        return self

    def holds(self, day: dt.date) -> bool:
        """Whether a date lies in the range."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def _long_range(value: Any) -> Any:
    return shorthand.date_range(value) if isinstance(value, str) else value


def _date_or_range(value: Any) -> str:
    many = isinstance(value, dict | DateRange) or (isinstance(value, str) and ".." in value)
    return "range" if many else "date"


Dates = Annotated[
    Annotated[Day, Tag("date")] | Annotated[DateRange, BeforeValidator(_long_range), Tag("range")],
    Discriminator(_date_or_range),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "examples": ["2020-03-01", "2020-03-01..2020-03-05"]},
                {
                    "type": "object",
                    "properties": {end: {"type": "string", "format": "date"} for end in ("first", "last")},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""A date, or a range of dates: ``{first, last}`` or ``2020-03-01..2020-03-05``."""


class DaySelector(Entity):
    """Chooses duty days; what is not given does not restrict. Short form: ``mon-fri``, ``holiday``."""

    dates: tuple[Dates, ...] | None = Field(default=None, description="dates, or ranges {first, last}")
    weekdays: tuple[Weekday, ...] | None = None
    classes: tuple[DayClass, ...] | None = Field(
        default=None, description="day classes; workday includes make-up workdays"
    )

    @model_validator(mode="before")
    @classmethod
    def _long(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        long = shorthand.expand(value)
        if not {"hours", "start"}.isdisjoint(long) and "hours" not in cls.model_fields:
            raise refused(Text("only days can be chosen here, not hours", "此处只能选日，不能写钟点"))
        return long

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [shorthand.JSON_SCHEMA, handler.resolve_ref_schema(handler(core_schema))]}

    def picks(self, day: dt.date, day_class: DayClass) -> bool:
        """Whether a duty day of that class is chosen."""
        return (
            (self.dates is None or day in self._single or any(some.holds(day) for some in self._ranges))
            and (self.weekdays is None or Weekday.of(day) in self.weekdays)
            and (self.classes is None or any(is_class(day_class, chosen) for chosen in self.classes))
        )

    def among(self, classes: Mapping[dt.date, DayClass]) -> list[dt.date]:
        """Those of some days, given with their classes, that are chosen."""
        if self.dates is None or self._ranges:
            return [day for day, day_class in classes.items() if self.picks(day, day_class)]
        named = (day for day in sorted(self._single) if day in classes)
        return [day for day in named if self.picks(day, classes[day])]

    @cached_property
    def _single(self) -> frozenset[dt.date]:
        return frozenset(chosen for chosen in self.dates or () if not isinstance(chosen, DateRange))

    @cached_property
    def _ranges(self) -> tuple[DateRange, ...]:
        return tuple(chosen for chosen in self.dates or () if isinstance(chosen, DateRange))


def is_class(day_class: DayClass, chosen: DayClass) -> bool:
    """Whether a day of ``day_class`` counts as ``chosen``: a make-up workday is a workday too."""
    return day_class is chosen or (chosen is DayClass.WORKDAY and day_class is DayClass.MAKEUP_WORKDAY)
