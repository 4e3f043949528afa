"""Attendance: who of a roster came, was late or absent, and who stood in."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from scheduler.domain.entity import Entity, OrganisationId, VolunteerId
from scheduler.domain.refusal import refused
from scheduler.text import Text


class Presence(StrEnum):
    """How somebody kept a duty."""

    ATTENDED = "attended"
    LATE = "late"
    ABSENT = "absent"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    Presence.ATTENDED: Text("attended", "出勤"),
    Presence.LATE: Text("late", "迟到"),
    Presence.ABSENT: Text("absent", "缺勤"),
}


class Attended(Entity):
    """One person at one shift: a volunteer of the plan, or a walk-in by name.

    A substitute has a record of their own, with whom they stood in for; that one has a record as absent.
    """

    shift: str = Field(description="id of the shift: post/day/shift type")
    volunteer: VolunteerId | None = None
    walk_in: str | None = Field(default=None, min_length=1, description="name of a helper outside the plan")
    organisation: OrganisationId | None = Field(default=None, description="of a walk-in")
    presence: Presence
    instead_of: VolunteerId | None = None
    minutes: int | None = Field(
        default=None, ge=0, le=7 * 24 * 60, description="minutes served; default: the whole shift"
    )

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if (self.volunteer is None) == (self.walk_in is None):
            raise refused(
                Text("name either a volunteer or a walk-in", "volunteer 与 walk_in 须填且只能填其一")
            )
        if self.presence is Presence.ABSENT and (self.walk_in or self.instead_of or self.minutes):
            raise refused(
                Text(
                    "who was absent stood in for nobody and served no minutes",
                    "缺勤者不能顶替他人，也没有服务时长",
                )
            )
        return self

    @property
    def served(self) -> bool:
        """Whether the person was there."""
        return self.presence is not Presence.ABSENT


class Attendance(Entity):
    """The attendance of a plan's roster: one record a person and shift; a shift without any is not taken yet."""

    records: tuple[Attended, ...] = ()
