"""together: families and teams serve together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from scheduler.domain.entity import Level
from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.rules.base import Group, Violation, parameter
from scheduler.rules.teamwork.team_rule import TeamRule
from scheduler.rules.teamwork.units import unit_text
from scheduler.text import Text, joined

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class Together(TeamRule):
    """Let the members of a team serve together or not at all.

    Where one member serves, all must: in the same shift, at the same time (whatever the post), or on the same
    day. Each member missing counts one; where nobody serves nothing is missing. ``least: 2`` is content with
    two of them. A member counts only where they could serve: free at some shift of that time or day, with the
    skills its post asks of everyone; who cannot is not missed, and the others serve without them. With
    ``strict: true`` every member counts, and the team serves only where all of them do. Without ``teams`` or
    ``members`` the rule is laid on every household. A team larger than a crew can only share a time or a day.

    ```yaml
    rule: together
    kind: household
    same: shift
    least: 2
    ```
    """

    rule: Literal["together"] = "together"
    level: Level = Level.WISH
    least: int | None = parameter(
        None, ge=2, en="so many of them are enough; default: all", zh="至少同去的人数；默认为全体"
    )
    strict: bool = parameter(
        False, en="members who could not serve there are missed too", zh="无法值守的成员也算缺席"
    )

    title: ClassVar[Text] = Text("Serve together", "一同值守")
    text: ClassVar[Text] = Text(
        "{subject}, {unit}: {served} of {needed} serve, without {missing}",
        "{subject}，{unit}：应到{needed}人，实到{served}人，未到：{missing}",
    )
    manual_zh: ClassVar[str] = """
        小组成员要么一同值守，要么都不值守。只要有一名成员值守，其余成员也应值守：同一班次、同一时段（岗位不限）
        或同一值守日。每缺一人计一次；无人值守则不计。least: 2 表示有两人同去即可。
        只计算能够值守的成员：在该时段或该日至少有一个班次可服务，并具备岗位要求的技能；不能值守者不算缺席，
        其他人可不等其同去。strict: true 时全体成员都计入，有人不能值守则全组不去。
        未写 teams 或 members 时，针对每个家庭。人数多于班次人数的小组只能要求同一时段或同一天。
        """
    category: ClassVar[str] = "teamwork"

    def post(self, model: RuleModel, group: Group) -> None:
        where = self.units(model.instance)
        there = model.presence(where.of, group.members)
        needed = self._needed(model.instance, group)
        counted = where.able[there.volunteer, there.unit] | self.strict
        there = there.take(np.flatnonzero(counted & (needed[there.unit] > 1)))
        anyone = model.any_in(there.served, there.unit, where.count)
        missing = anyone.times(needed.astype(float)) - there.by_unit(where.count)
        model.at_most_each(0, missing, subjects=np.full(where.count, group.number))

    def _needed(self, instance: Instance, group: Group) -> Ints:
        """How many must serve in each unit if one does."""
        able = self.units(instance).able
        heads = np.full(able.shape[1], len(group.members)) if self.strict else able[group.members].sum(axis=0)
        return heads if self.least is None else np.minimum(heads, self.least)

    def check(self, roster: Roster, group: Group) -> Iterator[Violation]:
        instance = roster.instance
        able = self.units(instance).able
        needed = self._needed(instance, group)
        for unit, served in self.served(roster, group).items():
            who = {volunteer.id for volunteer, _ in served}
            counted = [instance.volunteers[n] for n in group.members if self.strict or able[n, unit]]
            missing = [volunteer for volunteer in counted if volunteer.id not in who]
            present = len(counted) - len(missing)
            if 0 < present < needed[unit]:
                yield self.breach(
                    int(needed[unit]) - present,
                    counted,
                    list(dict.fromkeys(shift for _, shift in served)),
                    subject=group.label,
                    unit=unit_text(self.same, served[0][1]),
                    served=present,
                    needed=int(needed[unit]),
                    missing=joined([volunteer.label for volunteer in missing]),
                )
