"""Profile: for whom something is written; which names and numbers each may see is the plan's to say."""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """Who reads: everybody, the leader of a post, a volunteer, an organisation's liaison, the coordinator."""

    PUBLIC = "public"
    POST = "post"
    VOLUNTEER = "volunteer"
    LIAISON = "liaison"
    COORDINATOR = "coordinator"
