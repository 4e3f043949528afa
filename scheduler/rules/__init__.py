"""All rules: one union is the registry, the file format and the JSON schema at once."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from scheduler.domain.entity import Level
from scheduler.domain.organisation import PairingKind
from scheduler.rules.base import Rule
from scheduler.rules.coverage.cover import Cover
from scheduler.rules.coverage.group_mix import GroupMix
from scheduler.rules.coverage.reserve_tier import ReserveTier
from scheduler.rules.coverage.skill_mix import SkillMix
from scheduler.rules.eligibility.age_limit import AgeLimit
from scheduler.rules.eligibility.availability import Availability
from scheduler.rules.eligibility.pairing import Pairing
from scheduler.rules.eligibility.post_list import PostList
from scheduler.rules.eligibility.request import Request
from scheduler.rules.eligibility.required_skill import RequiredSkill
from scheduler.rules.fairness.fair_burden import FairBurden
from scheduler.rules.fairness.fair_load import FairLoad
from scheduler.rules.fairness.spacing import Spacing
from scheduler.rules.organisations.quota import Quota
from scheduler.rules.organisations.share import Share
from scheduler.rules.organisations.turn import Turn
from scheduler.rules.stability.change_budget import ChangeBudget
from scheduler.rules.stability.fewest_changes import FewestChanges
from scheduler.rules.stability.frozen import Frozen
from scheduler.rules.stability.pinned import Pinned
from scheduler.rules.teamwork.apart import Apart
from scheduler.rules.teamwork.mentor import Mentor
from scheduler.rules.teamwork.together import Together
from scheduler.rules.workload.consecutive import Consecutive
from scheduler.rules.workload.contract import Contract
from scheduler.rules.workload.max_load import MaxLoad
from scheduler.rules.workload.min_rest import MinRest
from scheduler.rules.workload.no_overlap import NoOverlap
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.rules.workload.shift_succession import ShiftSuccession
from scheduler.rules.workload.travel_time import TravelTime
from scheduler.rules.workload.weekends import Weekends

AnyRule = Annotated[
    Cover
    | GroupMix
    | ReserveTier
    | SkillMix
    | AgeLimit
    | Availability
    | Pairing
    | PostList
    | Request
    | RequiredSkill
    | Consecutive
    | Contract
    | MaxLoad
    | MinRest
    | NoOverlap
    | OnePerDay
    | ShiftSuccession
    | TravelTime
    | Weekends
    | Apart
    | Mentor
    | Together
    | Quota
    | Share
    | Turn
    | FairBurden
    | FairLoad
    | Spacing
    | ChangeBudget
    | FewestChanges
    | Frozen
    | Pinned,
    Field(discriminator="rule"),
]
"""Every rule a plan can name."""

RULES: dict[str, type[Rule]] = {kind.key(): kind for kind in get_args(get_args(AnyRule)[0])}
"""Rule classes by name, in the order of the union."""

STANDARD: tuple[AnyRule, ...] = (
    Availability(),
    RequiredSkill(),
    Pairing(kinds=(PairingKind.EXCLUSIVE,)),
    Pairing(kinds=(PairingKind.EXCLUDED,)),
    NoOverlap(),
    Contract(),
    Cover(bound="most", level=Level.HARD),
    Cover(bound="least", weight=10),
    Cover(bound="wanted"),
    SkillMix(weight=5),
    Pairing(kinds=(PairingKind.SPONSORED,), level=Level.COVER),
    ReserveTier(),
    Pairing(kinds=(PairingKind.PREFERRED,), level=Level.ORGANISATION),
    Request(),
)
"""Rules that hold in every plan that does not name them itself."""

__all__ = [
    "RULES",
    "STANDARD",
    "AgeLimit",
    "AnyRule",
    "Apart",
    "Availability",
    "ChangeBudget",
    "Consecutive",
    "Contract",
    "Cover",
    "FairBurden",
    "FairLoad",
    "FewestChanges",
    "Frozen",
    "GroupMix",
    "MaxLoad",
    "Mentor",
    "MinRest",
    "NoOverlap",
    "OnePerDay",
    "Pairing",
    "Pinned",
    "PostList",
    "Quota",
    "Request",
    "RequiredSkill",
    "ReserveTier",
    "Rule",
    "Share",
    "ShiftSuccession",
    "SkillMix",
    "Spacing",
    "Together",
    "TravelTime",
    "Turn",
    "Weekends",
]
