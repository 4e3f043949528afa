"""required-skill: who serves at a post has the skills it asks of everyone."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Hashable
from typing import ClassVar, Literal

from scheduler.domain.entity import SkillId
from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import PairRule, Rule, parameter
from scheduler.text import Text, joined


class RequiredSkill(PairRule):
    """Let only people serve at a post who have every skill it asks for.

    Keeps what posts say under ``skills``: skills everyone there must have, valid on the day of the shift,
    the last valid day included. With ``skills`` here it asks the filtered shifts for those instead, and posts
    keep theirs. Every missing skill counts one. Holds in every plan unless it is switched off.

    ```yaml
    rule: required-skill
    skills: [driving]
    shift_types: [night]
    ```
    """

    rule: Literal["required-skill"] = "required-skill"
    skills: tuple[SkillId, ...] | None = parameter(
        None, en="ask for these skills; default: those of the post", zh="所要求的技能；默认按岗位的要求"
    )

    title: ClassVar[Text] = Text("Skills a post requires", "岗位必备技能")
    text: ClassVar[Text] = Text("{subject} lacks {skills} for {shift}", "{subject}不具备{skills}：{shift}")
    manual_zh: ClassVar[str] = """
        只有具备岗位全部必备技能的人才可在该岗位值守。技能须在值守日有效，有效期最后一天当天仍然有效。
        写明 skills 时，改为对筛选出的班次要求这些技能，岗位自身的要求照常有效。每缺一项技能计一次。
        除非停用，本规则在任何计划中都生效。
        """
    category: ClassVar[str] = "eligibility"

    def replaces(self, standard: Rule) -> bool:
        return super().replaces(standard) and self.skills is None

    def judge(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> int:
        return len(self._lacking(volunteer, shift))

    def volunteer_key(self, instance: Instance, volunteer: Volunteer) -> Hashable:
        return tuple((own.skill, own.until) for own in volunteer.skills)

    def shift_key(self, instance: Instance, shift: Shift) -> Hashable:
        required = self._required(shift)
        return (required, bisect_left(_last_days(instance), shift.day)) if required else None

    def values(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> dict[str, object]:
        lacking = [instance.skills[skill].label for skill in self._lacking(volunteer, shift)]
        return super().values(instance, volunteer, shift) | {"skills": joined(lacking)}

    def _required(self, shift: Shift) -> tuple[str, ...]:
        return shift.post.skills if self.skills is None else self.skills

    def _lacking(self, volunteer: Volunteer, shift: Shift) -> list[str]:
        return [skill for skill in self._required(shift) if not volunteer.has_skill(skill, shift.day)]


def _last_days(instance: Instance) -> tuple[dt.date, ...]:
    """The days after which somebody's skill is no longer valid, in order: between them no day differs."""

    def found() -> tuple[dt.date, ...]:
        ends = {own.until for volunteer in instance.volunteers for own in volunteer.skills if own.until}
        return tuple(sorted(ends))

    return instance.once("last days of skills", found)
