"""cover: least, wanted and most heads of a shift."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.entity import Level
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.rules.base import Rule, ShiftRule, Violation, parameter
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class Cover(ShiftRule):
    """Staff every shift with the heads its post demands.

    ``bound: least`` counts heads under the least number, ``wanted`` heads under the wanted one, ``most``
    heads over the most. A missing head weighs the priority of its shift. A bound that the
    plan does not list keeps its standard: least on level cover (weight 10), wanted on level cover (weight 1),
    most hard.

    ```yaml
    rule: cover
    bound: least
    level: cover
    weight: 10
    ```
    """

    rule: Literal["cover"] = "cover"
    level: Level = Level.COVER
    bound: Literal["least", "wanted", "most"] = parameter(
        "least", en="which number to keep", zh="遵守哪一个人数"
    )

    title: ClassVar[Text] = Text("Staff every shift", "班次人数")
    text: ClassVar[Text] = Text("{subject}: {heads} of {bound} heads", "{subject}：{heads}人，应为{bound}人")
    manual_zh: ClassVar[str] = """
        每个班次的人数应符合岗位需求。bound 取 least 时计算低于最少人数的缺员，
        取 wanted 时计算低于期望人数的缺员，取 most 时计算超出最多人数的部分。缺员按班次优先级加权。
        计划中未列出的人数按标准处理：最少人数（权重 10）与期望人数（权重 1）属于“覆盖”级，最多人数为硬性。
        """
    category: ClassVar[str] = "coverage"

    def replaces(self, standard: Rule) -> bool:
        return isinstance(standard, Cover) and standard.bound == self.bound

    def post(self, model: RuleModel, shift: Shift) -> None:
        subject = model.instance.shift_number(shift)
        crew = model.crew(shift)
        if self.bound == "most":
            model.at_most(shift.most, crew, subject=subject)
        elif self.bound == "least":
            model.at_least(shift.least, crew, price=shift.priority, subject=subject)
        else:
            model.at_least(shift.wanted, crew, price=shift.priority, subject=subject)

    def check(self, roster: Roster, shift: Shift) -> Iterator[Violation]:
        heads = len(roster.crew_of(shift))
        amount, bound = {
            "least": ((shift.least - heads) * shift.priority, shift.least),
            "wanted": ((shift.wanted - heads) * shift.priority, shift.wanted),
            "most": (heads - shift.most, shift.most),
        }[self.bound]
        if amount > 0:
            yield self.breach(
                amount, roster.crew_of(shift), [shift], subject=shift.label, heads=heads, bound=bound
            )
