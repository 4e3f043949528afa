"""turn: organisations take turns by day or week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from scheduler.domain.entity import OrganisationId
from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance
from scheduler.domain.refusal import refused
from scheduler.domain.roster import Pair, Roster
from scheduler.rules.base import RosterRule, Violation, parameter
from scheduler.rules.organisations.organisation_rule import OrganisationRule
from scheduler.rules.workload.periods import Period
from scheduler.text import Text, joined

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class Turn(OrganisationRule, RosterRule):
    """Let organisations take turns by day or week.

    The ``organisations`` take turns in the order listed (branches of ``branches_of``: in the order of the
    plan), beginning with ``first``: one has the first day or calendar week on which there are shifts of the
    rule, the next one the following such day or week, and so round. Each head served by a member of one of
    them on the turn of another counts one. With ``order: free`` it is left open who has which turn, but only
    one of them serves in each day or week: every further organisation counts one. Volunteers of other
    organisations serve whenever they like. Use the filters to say at which posts or places turns are taken.

    ```yaml
    rule: turn
    branches_of: jiusan
    per: week
    places: [longtan]
    ```
    """

    rule: Literal["turn"] = "turn"
    per: Literal["day", "week"] = parameter("week", en="a turn is a day or a week", zh="一轮为一天或一周")
    order: Literal["given", "free"] = parameter(
        "given",
        en="given: in the order listed; free: any, one at a time",
        zh="given 按所列次序；free 次序不限，每轮一个",
    )
    first: OrganisationId | None = parameter(
        None, en="who has the first turn; default: the first listed", zh="第一轮的组织；默认为所列第一个"
    )

    title: ClassVar[Text] = Text("Take turns", "轮流值守")
    text: ClassVar[Text] = Text(
        "{heads} heads of {others} on the turn of {whose} {period}",
        "{period}轮到{whose}，却有{others}的{heads}人次",
    )
    several: ClassVar[Text] = Text(
        "{others} serve {period}, only one of them is to", "{period}{others}均有人值守，应只有其一"
    )
    manual_zh: ClassVar[str] = """
        各组织按天或按周轮流值守。次序为 organisations 所列的次序（branches_of 的下级组织按计划中的次序），
        由 first 开始：第一个有本规则班次的日子或自然周归第一个组织，下一个这样的日子或周归下一个，依次循环。
        轮到某组织时，其他所列组织成员的每一人次计一次。order: free 表示不规定谁在哪一轮，但每天（周）只由其中
        一个组织值守，每多一个组织计一次。其他组织的志愿者不受限制。请用筛选条件写明在哪些岗位或地点轮值。
        """

    @model_validator(mode="after")
    def _known_first(self) -> Self:
        listed = None if self.branches_of is not None else self.organisations
        if self.first is not None and listed is not None and self.first not in listed:
            text = Text(f"first: {self.first} is not listed", f"first：{self.first} 不在 organisations 之列")
            raise refused(text)
        return self

    def post(self, model: RuleModel) -> None:
        instance = model.instance
        columns, volunteer, shift = model.pairs
        turns, turn_of = self._turns(instance)
        if self.order == "given":
            foreign = self._foreign(instance)[volunteer, turn_of[shift]]
            heads = model.sums(turn_of[shift[foreign]], columns[foreign], len(turns))
            model.at_most_each(0, heads, subjects=np.arange(len(turns)))
            return
        members = self._members(instance)
        pair, whose = np.nonzero(members[:, volunteer].T)
        parts = model.sums(np.arange(len(pair), dtype=np.int64), columns[pair], len(pair))
        into = whose * len(turns) + turn_of[shift[pair]]
        serving = model.any_in(parts, into, len(members) * len(turns))
        turn = np.tile(np.arange(len(turns), dtype=np.int64), len(members))
        model.at_most_each(1, serving.gathered(turn, len(turns)), subjects=np.arange(len(turns)))

    def check(self, roster: Roster) -> Iterator[Violation]:
        for turn in range(len(self._turns(roster.instance)[0])):
            yield from self.check_subject(roster, turn)

    def subjects(self, instance: Instance, pair: Pair) -> tuple[Hashable, ...]:
        return (int(self._turns(instance)[1][pair[1]]),)

    def subject_label(self, instance: Instance, subject: int) -> Text:
        return self._turns(instance)[0][subject].label

    def check_subject(self, roster: Roster, subject: int) -> Iterator[Violation]:
        instance = roster.instance
        turns, turn_of = self._turns(instance)
        mine = [instance.shifts[s] for s in np.flatnonzero(turn_of == subject)]
        served = [(volunteer, shift) for shift in mine for volunteer in roster.crew_of(shift)]
        if self.order == "given":
            foreign = self._foreign(instance)[:, subject]
            served = [
                (volunteer, shift) for volunteer, shift in served if foreign[instance.number(volunteer)]
            ]
        numbers = list(dict.fromkeys(instance.number(volunteer) for volunteer, _ in served))
        serving = np.flatnonzero(self._members(instance)[:, numbers].any(axis=1))
        amount = len(served) if self.order == "given" else len(serving) - 1
        if amount <= 0:
            return
        listed = [instance.organisations[one].label for one in self.listed(instance)]
        yield self.breach(
            amount,
            [instance.volunteers[n] for n in numbers],
            list(dict.fromkeys(shift for _, shift in served)),
            sentence=self.text if self.order == "given" else self.several,
            heads=len(served),
            others=joined([listed[n] for n in serving]),
            whose=listed[self._whose(instance, subject)],
            period=turns[subject].label,
        )

    def follows(self, instance: Instance, day: dt.date) -> str | None:
        """Who has the first turn of a horizon that begins on a later day, so that the round goes on.

        None if the order is free, or nobody is listed, or there was no turn.
        """
        listed, turns = self.listed(instance), self._turns(instance)[0]
        if self.order == "free" or not listed or not turns:
            return None
        last = len(turns) - 1
        return listed[self._whose(instance, last if turns[last].holds(day) else last + 1)]

    def _whose(self, instance: Instance, turn: int) -> int:
        """The position of the organisation that has a turn."""
        listed = self.listed(instance)
        start = listed.index(self.first) if self.first in listed else 0
        return (start + turn) % len(listed)

    def _foreign(self, instance: Instance) -> Bools:
        """Mask [volunteer, turn]: a member of some organisation, but not of the one whose turn it is."""

        def make() -> Bools:
            members, turns = self._members(instance), range(len(self._turns(instance)[0]))
            foreign = np.tile(members.any(axis=0), (len(turns), 1)).T
            for turn in turns:
                if len(members):
                    foreign[:, turn] &= ~members[self._whose(instance, turn)]
            return foreign

        return instance.once((self, "foreign"), make)

    def _members(self, instance: Instance) -> Bools:
        """Mask [organisation, volunteer]."""

        def make() -> Bools:
            mask = np.zeros((len(self.listed(instance)), len(instance.volunteers)), dtype=np.bool_)
            for n, one in enumerate(self.listed(instance)):
                mask[n, instance.members(one)] = True
            return mask

        return instance.once((self, "members"), make)

    def _turns(self, instance: Instance) -> tuple[list[Period], Ints]:
        """The days or weeks with shifts of the rule, and which of them each shift is in, or -1."""
        return self.spans(instance, self.per)
