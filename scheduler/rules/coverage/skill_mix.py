"""skill-mix: enough people with a skill in every crew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.entity import Level, SkillId
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift, SkillDemand
from scheduler.rules.base import Rule, ShiftRule, Violation, parameter
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class SkillMix(ShiftRule):
    """Put enough people with a skill in every crew.

    Keeps what the demand of a post says under ``skills``. With ``skill`` and ``least`` it asks the filtered
    shifts for that skill instead, and demand is kept as before. A skill counts up to and including its last
    valid day. A missing head weighs the priority of its shift. Without this rule in the plan, the skills of
    demand are kept on level cover (weight 5).

    ```yaml
    rule: skill-mix
    skill: medical
    least: 1
    shift_types: [night]
    ```
    """

    rule: Literal["skill-mix"] = "skill-mix"
    level: Level = Level.COVER
    skill: SkillId | None = parameter(
        None,
        en="ask for this skill; default: the skills of each shift's demand",
        zh="所要求的技能；默认按各班次需求中的技能",
    )
    least: int = parameter(1, ge=1, en="how many must have that skill", zh="具备该技能的最少人数")

    title: ClassVar[Text] = Text("Skills within the crew", "班组技能搭配")
    text: ClassVar[Text] = Text(
        "{subject}: {heads} of {least} with {skill}", "{subject}：具备“{skill}”者{heads}人，应至少{least}人"
    )
    manual_zh: ClassVar[str] = """
        每个班次应有足够的人具备所需技能。默认遵守岗位需求中 skills 的要求；
        写明 skill 和 least 时，改为对筛选出的班次要求该技能，岗位需求的要求照常有效。
        技能在有效期最后一天当天仍然有效。每缺一人按班次优先级加权。
        计划中未写本规则时，岗位需求的技能属于“覆盖”级（权重 5）。
        """
    category: ClassVar[str] = "coverage"

    def replaces(self, standard: Rule) -> bool:
        return super().replaces(standard) and self.skill is None

    def demanded(self, shift: Shift) -> tuple[SkillDemand, ...]:
        """The skills the crew of a shift needs."""
        return shift.skills if self.skill is None else (SkillDemand(skill=self.skill, least=self.least),)

    def post(self, model: RuleModel, shift: Shift) -> None:
        demanded = self.demanded(shift)
        if not demanded:
            return
        columns, numbers = model.crew_columns(shift)
        crew = [model.instance.volunteers[n] for n in numbers]
        for demand in demanded:
            skilled = [n for n, volunteer in enumerate(crew) if volunteer.has_skill(demand.skill, shift.day)]
            model.at_least(
                demand.least,
                model.terms(columns[skilled]),
                price=shift.priority,
                subject=model.instance.shift_number(shift),
            )

    def check(self, roster: Roster, shift: Shift) -> Iterator[Violation]:
        crew = roster.crew_of(shift)
        for demand in self.demanded(shift):
            heads = sum(volunteer.has_skill(demand.skill, shift.day) for volunteer in crew)
            if heads < demand.least:
                yield self.breach(
                    (demand.least - heads) * shift.priority,
                    crew,
                    [shift],
                    subject=shift.label,
                    heads=heads,
                    least=demand.least,
                    skill=roster.instance.skills[demand.skill].label,
                )
