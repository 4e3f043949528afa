"""Places as a tree (district → subdistrict → community), and the posts that stand in them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from scheduler.domain.contact import Phone
from scheduler.domain.entity import Entity, Named, PlaceId, PlaceOrPostId, SkillId, Words
from scheduler.domain.shift import Demand


class PlaceKind(StrEnum):
    """The rank of a place."""

    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    COMMUNITY = "community"


class Place(Named):
    """An area; a post stands in one."""

    kind: PlaceKind = PlaceKind.COMMUNITY
    within: PlaceId | None = Field(default=None, description="the place this one is part of")


class GeoPoint(Entity):
    """A position in WGS-84 degrees."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Post(Named):
    """Where people serve."""

    place: PlaceId
    address: Words | None = None
    tasks: Words | None = Field(default=None, description="what is done there")
    leader: Words | None = Field(default=None, description="who is in charge, as people read it")
    phone: Phone | None = Field(default=None, repr=False, description="the leader's")
    geo: GeoPoint | None = None
    skills: tuple[SkillId, ...] = Field(default=(), description="skills everyone who serves here must have")
    priority: int = Field(default=1, ge=1, le=1000, description="what an open head here weighs; critical: 10")
    outdoor: bool = True
    stands_by_for: tuple[PlaceOrPostId, ...] = Field(
        default=(),
        description="who is on duty here stands by for these posts and places: a repair calls them first",
    )
    demand: tuple[Demand, ...] = Field(
        default=(), description="later entries replace earlier ones they overlap; default: the plan's"
    )

    @property
    def stands_by(self) -> bool:
        """Whether a duty here is to stand by for others."""
        return bool(self.stands_by_for)


class Travel(Entity):
    """Minutes on the way between two places, in both directions."""

    between: tuple[PlaceId, PlaceId]
    minutes: int = Field(ge=0, le=24 * 60)
