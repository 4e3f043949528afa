"""reserve-tier: volunteers first, then reserves, then community staff."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar, Literal

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Tier, Volunteer
from scheduler.rules.base import PairRule, parameter
from scheduler.text import Text


class ReserveTier(PairRule):
    """Fall back on reserves and community staff only where volunteers are missing.

    Every shift a reserve serves costs ``reserve``, every shift of community staff ``staff``; volunteers cost
    nothing. On its level, under cover, it never leaves a post empty to spare a reserve. Holds in every plan
    unless it is switched off.

    ```yaml
    rule: reserve-tier
    reserve: 1
    staff: 3
    ```
    """

    rule: Literal["reserve-tier"] = "reserve-tier"
    level: Level = Level.RESERVE
    reserve: int = parameter(1, ge=0, le=1000, en="cost of a reserve on a shift", zh="后备人员每班的代价")
    staff: int = parameter(
        2, ge=0, le=1000, en="cost of community staff on a shift", zh="社区工作者每班的代价"
    )

    title: ClassVar[Text] = Text("Volunteers first", "志愿者优先")
    text: ClassVar[Text] = Text(
        "{subject} of the {tier} fills in: {shift}", "{subject}（{tier}）补位：{shift}"
    )
    manual_zh: ClassVar[str] = """
        志愿者不足时才由后备人员和社区工作者补位。后备人员每班代价为 reserve，社区工作者每班代价为 staff，
        志愿者不计。本规则低于“覆盖”级，不会为了少用后备而让岗位空缺。除非停用，本规则在任何计划中都生效。
        """
    category: ClassVar[str] = "coverage"

    def judge(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> int:
        return {Tier.VOLUNTEER: 0, Tier.RESERVE: self.reserve, Tier.STAFF: self.staff}[volunteer.tier]

    def volunteer_key(self, instance: Instance, volunteer: Volunteer) -> Hashable:
        return volunteer.tier

    def shift_key(self, instance: Instance, shift: Shift) -> Hashable:
        return None

    def values(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> dict[str, object]:
        return super().values(instance, volunteer, shift) | {"tier": volunteer.tier.label}
