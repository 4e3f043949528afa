"""All rules: one union is the registry, the file format and the JSON schema at once."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from scheduler.domain.entity import Level
from scheduler.rules.base import Rule
from scheduler.rules.coverage.cover import Cover
from scheduler.rules.coverage.group_mix import GroupMix
from scheduler.rules.coverage.reserve_tier import ReserveTier
from scheduler.rules.coverage.skill_mix import SkillMix
from scheduler.rules.eligibility.availability import Availability
from scheduler.rules.fairness.fair_load import FairLoad
from scheduler.rules.workload.no_overlap import NoOverlap

AnyRule = Annotated[
    Cover | GroupMix | ReserveTier | SkillMix | Availability | NoOverlap | FairLoad,
    Field(discriminator="rule"),
]
"""Every rule a plan can name."""

RULES: dict[str, type[Rule]] = {kind.key(): kind for kind in get_args(get_args(AnyRule)[0])}
"""Rule classes by name, in the order of the union."""

STANDARD: tuple[AnyRule, ...] = (
    Availability(),
    NoOverlap(),
    Cover(bound="most", level=Level.HARD),
    Cover(bound="least", weight=10),
    Cover(bound="wanted"),
    SkillMix(weight=5),
    ReserveTier(),
)
"""Rules that hold in every plan that does not name them itself."""

__all__ = [
    "RULES",
    "STANDARD",
    "AnyRule",
    "Availability",
    "Cover",
    "FairLoad",
    "GroupMix",
    "NoOverlap",
    "ReserveTier",
    "Rule",
    "SkillMix",
]
