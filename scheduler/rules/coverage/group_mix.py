"""group-mix: least and most heads of a group in a crew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import model_validator

from scheduler.domain.entity import Level, SkillId
from scheduler.domain.instance import Instance
from scheduler.domain.refusal import expect_bounds
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import ShiftRule, Violation, parameter
from scheduler.text import Text, joined

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class GroupMix(ShiftRule):
    """Keep between ``least`` and ``most`` heads of a group in every crew.

    The group is who the filters leave (``organisations``, ``tiers``, ``teams``, ``volunteers``), and of these
    those who have ``skill`` on the day, if it is given. With ``each: true`` every organisation of
    ``organisations`` is a group of its own, its branches included; without that list, every organisation
    that is part of no other. ``least`` concerns only shifts that want at least ``only_if_heads`` heads.

    ```yaml
    rule: group-mix
    organisations: [jiusan, minjian]
    each: true
    most: 1
    ```
    """

    rule: Literal["group-mix"] = "group-mix"
    level: Level = Level.ORGANISATION
    least: int | None = parameter(None, ge=1, en="fewest heads of the group", zh="该类人员的最少人数")
    most: int | None = parameter(None, ge=0, en="most heads of the group", zh="该类人员的最多人数")
    skill: SkillId | None = parameter(
        None, en="only those with this skill, valid on the day", zh="只计当天具备该有效技能的人"
    )
    each: bool = parameter(
        False, en="true: each organisation is a group of its own", zh="设为 true 时，每个组织各算一类"
    )
    only_if_heads: int = parameter(
        1, ge=1, en="least: only shifts that want this many heads", zh="least 只针对期望人数不少于此数的班次"
    )

    title: ClassVar[Text] = Text("Groups within the crew", "班组人员构成")
    text: ClassVar[Text] = Text(
        "{subject}: {heads} of {group}, {bound}", "{subject}：{group}{heads}人，应{bound}人"
    )
    manual_zh: ClassVar[str] = """
        每个班次中某类人员不少于 least 人、不多于 most 人。该类人员由筛选条件确定
        （organisations、tiers、teams、volunteers）；写明 skill 时只计其中当天具备该技能的人。
        each 为 true 时，organisations 中的每个组织（含下属支部）各算一类；
        未列出组织时，每个没有上级的组织各算一类。least 只针对期望人数不少于 only_if_heads 的班次。
        """
    category: ClassVar[str] = "coverage"

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        expect_bounds("group-mix", self.least, self.most)
        return self

    def post(self, model: RuleModel, shift: Shift) -> None:
        columns, numbers = model.crew_columns(shift)
        subject = model.instance.shift_number(shift)
        crew = [model.instance.volunteers[n] for n in numbers]
        for members in self._members(model.instance, shift, crew).values():
            heads = model.terms(columns[members])
            if least := self._least(shift):
                model.at_least(least, heads, subject=subject)
            if self.most is not None:
                model.at_most(self.most, heads, subject=subject)

    def check(self, roster: Roster, shift: Shift) -> Iterator[Violation]:
        crew = roster.crew_of(shift)
        least, most = self._least(shift), self.most
        for group, members in self._members(roster.instance, shift, crew).items():
            heads = len(members)
            under, over = least - heads, 0 if most is None else heads - most
            if under <= 0 and over <= 0:
                continue
            yield self.breach(
                max(under, over),
                [crew[n] for n in members],
                [shift],
                subject=shift.label,
                heads=heads,
                group=self._named(roster.instance, group),
                bound=Text(f"at least {least}", f"至少{least}")
                if under > 0
                else Text(f"at most {most}", f"至多{most}"),
            )

    def _least(self, shift: Shift) -> int:
        return self.least if self.least is not None and shift.wanted >= self.only_if_heads else 0

    def _members(self, instance: Instance, shift: Shift, crew: Sequence[Volunteer]) -> dict[str, list[int]]:
        """Positions in the crew of each group's members; the one group of ``each: false`` has no name."""
        counted = [
            n
            for n, volunteer in enumerate(crew)
            if not self.skill or volunteer.has_skill(self.skill, shift.day)
        ]
        if not self.each:
            return {"": counted}
        members: dict[str, list[int]] = {organisation: [] for organisation in self._organisations(instance)}
        for n in counted:
            for organisation in instance.organisation_line(crew[n].organisation):
                if organisation in members:
                    members[organisation].append(n)
        return members

    def _organisations(self, instance: Instance) -> tuple[str, ...]:
        if self.organisations is not None:
            return self.organisations
        return tuple(one.id for one in instance.organisations.values() if one.within is None)

    def _named(self, instance: Instance, group: str) -> Text:
        """What people read for the group: its organisation, or what the filters choose it by."""
        if group:
            return instance.organisations[group].label
        facts = [
            *(instance.organisations[one].label for one in self.organisations or ()),
            *(instance.teams[one].label for one in self.teams or ()),
            *(tier.label for tier in self.tiers or ()),
            *([instance.skills[self.skill].label] if self.skill else []),
        ]
        return joined(facts) if facts else Text("the group", "该类人员")
