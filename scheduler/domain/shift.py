"""Shift types, demand, and the single shift: one post, one start, one end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from scheduler.domain.calendar import DaySelector
from scheduler.domain.entity import Burden, Entity, Named, ShiftTypeId, SkillId
from scheduler.domain.moment import Clock
from scheduler.domain.refusal import refused
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.domain.post import Post


class ShiftType(Named):
    """When a shift is, and how hard; an end not after the start is on the next calendar day."""

    start: Clock
    end: Clock
    burden: Burden = Field(default=1.0, ge=0, le=100, description="burden points of one shift, in tenths")
    night: bool = Field(default=False, description="counts as a night duty")

    @property
    def minutes(self) -> int:
        """Length in minutes on the clock."""
        length = (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute
        return length if length > 0 else length + 24 * 60


class SkillDemand(Entity):
    """How many of a crew must have a skill."""

    skill: SkillId
    least: int = Field(default=1, ge=1, le=10_000)


class Demand(Entity):
    """How many heads the shifts of these types need on these days."""

    shifts: tuple[ShiftTypeId, ...] = Field(min_length=1)
    days: DaySelector = DaySelector()
    least: int = Field(ge=0, le=10_000, description="fewer leaves the shift open")
    wanted: int | None = Field(default=None, ge=0, le=10_000, description="default: least")
    most: int | None = Field(default=None, ge=0, le=10_000, description="default: wanted")
    skills: tuple[SkillDemand, ...] = Field(default=(), description="skills within the crew")
    priority: int | None = Field(default=None, ge=1, le=1000, description="default: the post's")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        wanted = self.least if self.wanted is None else self.wanted
        most = wanted if self.most is None else self.most
        if not self.least <= wanted <= most:
            raise refused(
                Text(
                    f"least {self.least}, wanted {wanted}, most {most}: must not decrease",
                    f"least {self.least}、wanted {wanted}、most {most}：须依次不减",
                )
            )
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Shift:
    """One duty at one post: aware start and end, the duty day it belongs to, and its demand."""

    id: str
    post: Post
    type: ShiftType
    day: dt.date
    start: dt.datetime
    end: dt.datetime
    least: int
    wanted: int
    most: int
    skills: tuple[SkillDemand, ...]
    priority: int

    @property
    def minutes(self) -> int:
        """Length in minutes, true over a clock change."""
        return round((self.end.timestamp() - self.start.timestamp()) / 60)

    @property
    def tenths(self) -> int:
        """Burden in tenths of a point, so that sums are exact."""
        return round(self.type.burden * 10)

    @property
    def label(self) -> Text:
        """Post, day and hours in one phrase."""
        hours = f"{self.start:%H:%M}–{self.end:%H:%M}"
        return Text(
            en=f"{self.post.label.en}, {self.day:%Y-%m-%d} {self.type.label.en} {hours}",
            zh=f"{self.post.label.zh} {self.day.month}月{self.day.day}日{self.type.label.zh} {hours}",
        )


def shift_id(post: str, day: dt.date, shift_type: str) -> str:
    """The id of a shift: ``post/2020-03-02/type``, stable over re-planning."""
    return f"{post}/{day.isoformat()}/{shift_type}"
