"""share: person-times shared between organisations by size, promise or equally."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import NonNegativeInt, PositiveInt

from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.rules.base import Group, GroupRule, Violation, parameter
from scheduler.rules.fairness.targets import Claim, apportioned, filled, reach
from scheduler.rules.organisations.organisation_rule import OrganisationRule
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class Share(OrganisationRule, GroupRule):
    """Share the person-times fairly between organisations.

    Each organisation has a target in person-times, and each one above it costs the prices of the ``steps``
    it lies beyond: with ``[[0, 1], [5, 2]]`` the first five too many cost 1 each, every further one 3. What
    is under the target is priced in the same way, unless ``below: false``.

    The targets divide the heads wanted that members of these organisations could fill (or ``total``) in
    proportion to the organisations' ``size`` (members, or volunteers in the plan where it is not given), to
    what they ``promised``, to their ``volunteers`` in the plan, or ``equal``. No target is more than what the
    members could fill and their contracts allow; what an organisation cannot take passes to the others. Whole
    numbers are made by largest remainder (Hamilton's method), so that the targets add up exactly. An
    organisation that promised nothing has target 0; if none promised anything, they share equally. Name
    organisations of which none is part of another: list them, or give the one whose branches share.

    ```yaml
    rule: share
    branches_of: jiusan
    by: size
    steps: [[0, 1], [5, 2]]
    ```
    """

    rule: Literal["share"] = "share"
    by: Literal["size", "promised", "volunteers", "equal"] = parameter(
        "size",
        en="in proportion to size, to what was promised, to volunteers in the plan, or equally",
        zh="按规模（size）、承诺人次（promised）、计划内志愿者数（volunteers）或平均（equal）分配",
    )
    total: NonNegativeInt | None = parameter(
        None, en="person-times to share; default: heads wanted", zh="待分配的人次；默认为所需人次"
    )
    steps: tuple[tuple[NonNegativeInt, PositiveInt], ...] = parameter(
        ((0, 1),),
        min_length=1,
        en="[person-times from the target, price added for each one beyond that]",
        zh="[偏离目标的人次，超出后每人次增加的代价]",
    )
    below: bool = parameter(True, en="also price what is under the target", zh="低于目标也计代价")

    title: ClassVar[Text] = Text("Fair between organisations", "组织之间公平分担")
    text: ClassVar[Text] = Text(
        "{subject}: {heads} person-times, {gap} more than the target of {target}",
        "{subject}：{heads}人次，比目标{target}人次多{gap}",
    )
    less: ClassVar[Text] = Text(
        "{subject}: {heads} person-times, {gap} fewer than the target of {target}",
        "{subject}：{heads}人次，比目标{target}人次少{gap}",
    )
    manual_zh: ClassVar[str] = """
        值守人次应在各组织之间公平分担。每个组织有一个目标人次，
        超出目标的每一人次按所越过的 steps 各档累加代价：
        取 [[0, 1], [5, 2]] 时，多出的前五人次各计 1，以后每人次计 3。低于目标同样计代价，
        below: false 则不计。目标是将这些组织的成员能够承担的所需人次（或 total）按比例分配：
        规模（size，未填则按计划内志愿者数）、承诺人次（promised）、计划内志愿者数（volunteers）或平均（equal）。
        目标不超过其成员能够承担且约定允许的人次，承担不了的部分由其他组织分担。
        取整用最大余数法（汉密尔顿法），使目标之和恰好相等。未承诺的组织目标为 0；若都未承诺，则平均分配。
        所列组织不应互相包含：可直接列出，或写明由哪个组织的直属下级分担。
        """

    def post(self, model: RuleModel, group: Group) -> None:
        columns, _ = model.columns_of_members(group.members)
        target = int(self.targets(model.instance)[group.number])
        for distance, price in self.steps:
            heads = model.terms(columns)
            model.at_most(target + distance, heads, price=price, subject=group.number)
            if self.below:
                model.at_least(target - distance, heads, price=price, subject=group.number)

    def check(self, roster: Roster, group: Group) -> Iterator[Violation]:
        volunteers = [roster.instance.volunteers[n] for n in group.members]
        shifts = [shift for volunteer in volunteers for shift in roster.shifts_of(volunteer)]
        target = int(self.targets(roster.instance)[group.number])
        gap = len(shifts) - target if len(shifts) > target or not self.below else target - len(shifts)
        amount = sum(price * max(0, gap - distance) for distance, price in self.steps)
        if amount:
            yield self.breach(
                amount,
                [volunteer for volunteer in volunteers if roster.shifts_of(volunteer)],
                list(dict.fromkeys(shifts)),
                sentence=self.text if len(shifts) > target else self.less,
                subject=group.label,
                heads=len(shifts),
                gap=gap,
                target=target,
            )

    def targets(self, instance: Instance) -> Ints:
        """The target of each organisation the rule is laid on."""
        return instance.once((self, "targets"), lambda: self._targets(instance))

    def _targets(self, instance: Instance) -> Ints:
        groups = self.bodies(instance)
        weights = [self._weight(instance, group) for group in groups]
        if not any(weights):
            weights = [1] * len(groups)
        claims = [Claim(weight, self._most(instance, group)) for weight, group in zip(weights, groups)]
        everybody = np.concatenate([np.zeros(0, dtype=np.int64), *(group.members for group in groups)])
        total = self._fillable(instance, everybody)[0] if self.total is None else self.total
        return np.array(apportioned(filled(claims, [Fraction(0)] * len(claims), total)), dtype=np.int64)

    def _weight(self, instance: Instance, group: Group) -> int:
        organisation = instance.organisations[group.id]
        volunteers = len(group.members)
        return {
            "size": organisation.size or volunteers,
            "promised": organisation.promised or 0,
            "volunteers": volunteers,
            "equal": 1,
        }[self.by]

    def _most(self, instance: Instance, group: Group) -> int:
        return min(self._fillable(instance, group.members))

    def _fillable(self, instance: Instance, members: Ints) -> tuple[int, int]:
        """Heads wanted that some members could fill, and shifts their contracts allow them together."""
        mask = np.zeros(len(instance.volunteers), dtype=np.bool_)
        mask[members] = True
        can = reach(instance, mask, self.scope(instance).shifts)
        return int(can.demand(instance).sum()), int(can.most.sum())
