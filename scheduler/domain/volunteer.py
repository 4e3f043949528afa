"""Volunteers: who they are, what they can and what they agreed to."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from scheduler.domain.contact import Email, IdNumber, Phone
from scheduler.domain.entity import Entity, Named, OrganisationId, PlaceId, SkillId, TeamId
from scheduler.domain.history import History
from scheduler.domain.moment import Day
from scheduler.domain.request import Availability, Request
from scheduler.text import Text


class Tier(StrEnum):
    """Who is asked first: volunteers, then reserves, then community staff."""

    VOLUNTEER = "volunteer"
    RESERVE = "reserve"
    STAFF = "staff"

    @property
    def rank(self) -> int:
        """0 for volunteers, 1 for reserves, 2 for staff."""
        return tuple(Tier).index(self)

    @property
    def label(self) -> Text:
        """What people read."""
        return _TIER_LABELS[self]


_TIER_LABELS = {
    Tier.VOLUNTEER: Text("volunteers", "志愿者"),
    Tier.RESERVE: Text("reserves", "后备人员"),
    Tier.STAFF: Text("community staff", "社区工作者"),
}


class Skill(Named):
    """A skill a plan speaks of: medical, driving, a language."""


class OwnSkill(Entity):
    """A skill somebody has, perhaps until a date (the last day it is valid).

    Short form: ``medical``, ``medical until 2020-04-01``.
    """

    skill: SkillId
    until: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _long(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        skill, *until = re.split(r"\s+until\s+", value.strip(), maxsplit=1)
        return {"skill": skill} | ({"until": until[0]} if until else {})

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        short = {"type": "string", "examples": ["medical", "medical until 2020-04-01"]}
        return {"anyOf": [short, handler.resolve_ref_schema(handler(core_schema))]}


class Contract(Entity):
    """What a volunteer agreed to, in shifts; what is not given is not limited."""

    per_day: int | None = Field(default=None, ge=0, le=10_000)
    per_week: int | None = Field(default=None, ge=0, le=10_000)
    per_horizon: int | None = Field(default=None, ge=0, le=10_000, description="the volunteer's own cap")


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
    born: Day | None = Field(default=None, description="date of birth, when a rule on age needs it")
    joined: Day | None = Field(default=None, description="first day of service; shares count from here")
    phone: Phone | None = Field(default=None, repr=False, description="shown to others masked at most")
    email: Email | None = Field(default=None, repr=False, description="where invitations go")
    id_number: IdNumber | None = Field(default=None, repr=False, description="identity card; never shown")
    availability: Availability = Availability()
    requests: tuple[Request, ...] = ()
    history: History = History()

    def has_skill(self, skill: str, day: dt.date) -> bool:
        """Whether the skill is there and still valid on a day."""
        return any(own.skill == skill and (own.until is None or day <= own.until) for own in self.skills)
