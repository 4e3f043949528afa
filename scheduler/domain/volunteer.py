"""Volunteers: who they are, what they can and what they agreed to."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from scheduler.domain.entity import Entity, Named, OrganisationId, PlaceId, SkillId, TeamId
from scheduler.domain.history import History
from scheduler.domain.request import Availability, Request


class Tier(StrEnum):
    """Who is asked first: volunteers, then reserves, then community staff."""

    VOLUNTEER = "volunteer"
    RESERVE = "reserve"
    STAFF = "staff"

    @property
    def rank(self) -> int:
        """0 for volunteers, 1 for reserves, 2 for staff."""
        return tuple(Tier).index(self)


class Skill(Named):
    """A skill a plan speaks of: medical, driving, a language."""


class OwnSkill(Entity):
    """A skill somebody has, perhaps until a date (the last day it is valid)."""

    skill: SkillId
    until: dt.date | None = None


class Contract(Entity):
    """What a volunteer agreed to, in shifts; what is not given is not limited."""

    per_day: int | None = Field(default=None, ge=0)
    per_week: int | None = Field(default=None, ge=0)
    per_horizon: int | None = Field(default=None, ge=0, description="the volunteer's own cap")


class TeamKind(StrEnum):
    """What holds a team together."""

    HOUSEHOLD = "household"
    COMPANY = "company"
    OTHER = "other"


class Team(Named):
    """People who serve as one."""

    kind: TeamKind = TeamKind.HOUSEHOLD


class Volunteer(Named):
    """A person who serves."""

    organisation: OrganisationId | None = None
    skills: tuple[OwnSkill, ...] = ()
    contract: Contract = Contract()
    home: PlaceId | None = None
    teams: tuple[TeamId, ...] = ()
    tier: Tier = Tier.VOLUNTEER
    born: dt.date | None = Field(default=None, description="date of birth, when a rule on age needs it")
    joined: dt.date | None = Field(default=None, description="first day of service; shares count from here")
    availability: Availability = Availability()
    requests: tuple[Request, ...] = ()
    history: History = History()

    def has_skill(self, skill: str, day: dt.date) -> bool:
        """Whether the skill is there and still valid on a day."""
        return any(own.skill == skill and (own.until is None or day <= own.until) for own in self.skills)
