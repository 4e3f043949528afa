"""quota: least and most person-times of an organisation in a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from pydantic import NonNegativeInt, model_validator

from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.domain.refusal import expect_bounds, refused
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Group, GroupRule, Violation, parameter
from scheduler.rules.organisations.organisation_rule import OrganisationRule
from scheduler.rules.workload.periods import Period
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel

AT_LEAST = Text("at least {bound}", "应至少{bound}人次")
AT_MOST = Text("at most {bound}", "应至多{bound}人次")


class Quota(OrganisationRule, GroupRule):
    """Keep what an organisation serves between ``least`` and ``most`` person-times a period.

    A person-time is one member on one shift; members of branches count for the organisation above them too.
    Every person-time over or under counts one, by day, calendar week (Monday to Sunday), month or the whole
    horizon; a week or month cut by the horizon counts in full. With ``of: demand`` the numbers are percents
    of the heads wanted on the shifts of the rule in that period, with ``of: promise`` percents of what the
    organisation promised for the horizon (one that promised nothing has no quota). What is no whole number
    is rounded so that the percents are kept: up for least, down for most. Periods without any shift of the
    rule are left out. List the ``organisations``, or name the one whose branches are meant; with neither it
    holds for each organisation that belongs to no other.

    ```yaml
    rule: quota
    organisations: [jiusan, minjian]
    per: week
    least: 10
    most: 25
    ```
    """

    rule: Literal["quota"] = "quota"
    per: Literal["day", "week", "month", "horizon"] = parameter(
        "week", en="the period: day, week, month or horizon", zh="周期：天、周、月或整个排班期"
    )
    least: NonNegativeInt | None = parameter(
        None, en="least person-times, or percent", zh="最少人次（或百分比）"
    )
    most: NonNegativeInt | None = parameter(
        None, en="most person-times, or percent", zh="最多人次（或百分比）"
    )
    of: Literal["number", "demand", "promise"] = parameter(
        "number",
        en="number: person-times; demand, promise: percent of the heads wanted, of what was promised",
        zh="number 为人次；demand、promise 为占需求人次、占承诺人次的百分比",
    )

    title: ClassVar[Text] = Text("Quotas of organisations", "组织人次定额")
    text: ClassVar[Text] = Text(
        "{subject}: {heads} person-times {period}, {bound}", "{subject}：{period}{heads}人次，{bound}"
    )
    manual_zh: ClassVar[str] = """
        每个组织在每个周期内的值守人次不低于 least、不超过 most。一名成员值守一班为一人次，
        下属支部成员同时计入上级组织。超出或不足的人次逐一计数。周期可为天、自然周（周一至周日）、月或整个排班期；
        被排班期截断的周或月按完整的周或月计算。of: demand 时，数值为该周期内本规则各班次所需人次的百分比；
        of: promise 时，为该组织承诺人次的百分比（未承诺者无定额）。不为整数时，least 向上、most 向下取整。
        没有本规则班次的周期不计。用 organisations 列出组织，或用 branches_of 指定其直属下级；
        都不写时针对每个最上级组织。
        """

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        expect_bounds("quota", self.least, self.most)
        if self.of == "promise" and self.per != "horizon":
            raise refused(
                Text(
                    "a promise is for the whole horizon: write per: horizon",
                    "承诺针对整个排班期：请写 per: horizon",
                )
            )
        return self

    def groups(self, instance: Instance) -> Sequence[Group]:
        groups = super().groups(instance)
        if self.of == "promise":
            return [group for group in groups if instance.organisations[group.id].promised is not None]
        return groups

    def post(self, model: RuleModel, group: Group) -> None:
        columns, shifts = model.columns_of_members(group.members)
        spans, span_of = self.spans(model.instance, self.per)
        heads = model.sums(span_of[shifts], columns, len(spans))
        least, most = self._limits(model.instance, group)
        subjects = np.full(len(spans), group.number)
        if self.most is not None:
            model.at_most_each(most.astype(float), heads, subjects=subjects)
        model.at_most_each(-least.astype(float), heads.times(-1.0), subjects=subjects)

    def check(self, roster: Roster, group: Group) -> Iterator[Violation]:
        instance = roster.instance
        spans, span_of = self.spans(instance, self.per)
        served: list[list[tuple[Volunteer, Shift]]] = [[] for _ in spans]
        for volunteer in (instance.volunteers[n] for n in group.members):
            for shift in roster.shifts_of(volunteer):
                served[span_of[instance.shift_number(shift)]].append((volunteer, shift))
        for span, heads, least, most in zip(spans, served, *self._limits(instance, group)):
            if len(heads) < least:
                yield self._broken(group, span, heads, least - len(heads), AT_LEAST.format(bound=least))
            if self.most is not None and len(heads) > most:
                yield self._broken(group, span, heads, len(heads) - most, AT_MOST.format(bound=most))

    def _broken(
        self, group: Group, span: Period, heads: list[tuple[Volunteer, Shift]], amount: int, bound: Text
    ) -> Violation:
        return self.breach(
            amount,
            list(dict.fromkeys(volunteer for volunteer, _ in heads)),
            list(dict.fromkeys(shift for _, shift in heads)),
            subject=group.label,
            heads=len(heads),
            period=span.label,
            bound=bound,
        )

    def _limits(self, instance: Instance, group: Group) -> tuple[Ints, Ints]:
        """Least and most person-times by period."""
        spans, span_of = self.spans(instance, self.per)
        whole = np.full(len(spans), 100)
        if self.of == "promise":
            whole = np.full(len(spans), instance.organisations[group.id].promised)
        if self.of == "demand":
            wanted = np.array([shift.wanted for shift in instance.shifts], dtype=np.int64)
            whole = np.array([wanted[span_of == n].sum() for n in range(len(spans))], dtype=np.int64)
        return -(-(self.least or 0) * whole // 100), (self.most or 0) * whole // 100
