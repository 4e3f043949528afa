"""Organisations as a tree (party → branch, federation → company), and their pairings with places."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from scheduler.domain.calendar import DateRange
from scheduler.domain.entity import Named, OrganisationId, PlaceOrPostId


class OrganisationKind(StrEnum):
    """What sort of body it is."""

    PARTY = "party"
    BRANCH = "branch"
    FEDERATION = "federation"
    COMPANY = "company"
    COMMUNITY = "community"
    OFFICE = "office"
    OTHER = "other"


class Organisation(Named):
    """A body whose members serve."""

    kind: OrganisationKind = OrganisationKind.OTHER
    within: OrganisationId | None = Field(default=None, description="the organisation this one is part of")
    size: int | None = Field(
        default=None,
        ge=1,
        le=100_000_000,
        description="members, for shares; default: its volunteers in the plan",
    )
    promised: int | None = Field(
        default=None, ge=0, le=100_000_000, description="person-times promised for the horizon"
    )
    short: str | None = Field(default=None, description="short name for narrow columns")


class PairingKind(StrEnum):
    """What a pairing means for the shifts in its place."""

    EXCLUSIVE = "exclusive"
    PREFERRED = "preferred"
    SPONSORED = "sponsored"
    EXCLUDED = "excluded"


class Pairing(DateRange):
    """An organisation paired with a place or post, perhaps between dates.

    exclusive: only paired organisations serve there · preferred: better they than others ·
    sponsored: at least one of them in every crew · excluded: none of them there.
    """

    organisation: OrganisationId
    place: PlaceOrPostId
    kind: PairingKind
