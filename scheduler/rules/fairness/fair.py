"""What fair-load and fair-burden share: a target for everybody, convex steps on the distance from it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, PositiveInt

from scheduler.domain.entity import Burden, Level
from scheduler.domain.grouping import Groups, Ints
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.fairness.targets import Claim, fair_targets, reach
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel

Points = Annotated[Burden, Field(ge=0)]
"""An amount of load in the rule's own measure."""


class Fair(VolunteerRule):
    """Keeps everybody's load near a fair share; a rule says how load is measured."""

    level: Level = Level.FAIRNESS
    by: Literal["days", "times", "equal"] = parameter(
        "days",
        en="shares go by the duty days, or the times, one could serve; or are equal",
        zh="份额按可值守的天数（days）或时段数（times）计算，或人人相等（equal）",
    )
    decay: float = parameter(
        0.5, ge=0, le=1, en="how much earlier service still counts", zh="以往服务量的折算比例"
    )
    carry: Points = parameter(3, en="most that is carried over, either way", zh="结转的上限（多或少）")
    total: Points | None = parameter(
        None, en="what is to be shared; default: all that is wanted", zh="待分担的总量；默认为全部需求"
    )
    target: Points | None = parameter(
        None, en="one target for everybody instead of shares", zh="人人相同的目标值，代替按比例计算"
    )
    steps: tuple[tuple[Points, PositiveInt], ...] = parameter(
        ((0, 1), (1, 3), (3, 9)),
        min_length=1,
        en="[distance from the target, price added for each unit beyond it]",
        zh="[偏离目标的量，超出此量后每单位增加的代价]",
    )
    below: bool = parameter(False, en="also price what is under the target", zh="低于目标也计代价")

    less: ClassVar[Text]
    units: ClassVar[int] = 1
    category: ClassVar[str] = "fairness"

    @abstractmethod
    def load(self, shift: Shift) -> int:
        """The load of a shift, in units."""

    @abstractmethod
    def before(self, volunteer: Volunteer) -> int:
        """The load a volunteer brings along, in units."""

    def targets(self, instance: Instance) -> Ints:
        """The target of each volunteer, in units."""
        return instance.once((self, "targets"), lambda: self._targets(instance))

    def _targets(self, instance: Instance) -> Ints:
        if self.target is not None:
            return np.full(len(instance.volunteers), self._units(self.target))
        mask = self.scope(instance)
        can = reach(instance, mask.volunteers, mask.shifts)
        loads = self._loads(instance)
        hardest = np.where(can.able, loads, 0).max(axis=1, initial=0)
        weights = {"days": can.days, "times": can.times, "equal": np.minimum(can.times, 1)}[self.by]
        claims = [
            Claim(int(weights[n]), int(can.most[n] * hardest[n]), self._past(instance, volunteer))
            for n, volunteer in enumerate(instance.volunteers)
        ]
        wanted = int((can.demand(instance) * loads).sum())
        total = wanted if self.total is None else self._units(self.total)
        carry = self._units(self.carry)
        return np.array(fair_targets(claims, total, Fraction(str(self.decay)), carry), dtype=np.int64)

    def _loads(self, instance: Instance) -> Ints:
        return np.array([self.load(shift) for shift in instance.shifts], dtype=np.int64)

    def _past(self, instance: Instance, volunteer: Volunteer) -> int | None:
        new = volunteer.joined is not None and volunteer.joined >= instance.horizon.first
        return None if new else self.before(volunteer)

    def _units(self, points: float) -> int:
        return round(points * self.units)

    def post_all(self, model: RuleModel) -> None:
        instance = model.instance
        targets, loads = self.targets(instance), self._loads(instance).astype(np.float64)
        all_shifts = Groups.by_key(np.zeros(len(instance.shifts), dtype=np.int64), 1)
        for distance, price in self.steps:
            offset = self._units(distance)
            model.at_most_in(all_shifts, (targets + offset).astype(float), weights=loads, price=price)
            if self.below:
                model.at_least_in(all_shifts, (targets - offset).astype(float), weights=loads, price=price)

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        instance = roster.instance
        shifts = roster.shifts_of(volunteer)
        load = sum(self.load(shift) for shift in shifts)
        target = int(self.targets(instance)[instance.number(volunteer)])
        distance = load - target if load > target or not self.below else target - load
        amount = sum(price * max(0, distance - self._units(offset)) for offset, price in self.steps)
        if amount:
            yield self.breach(
                amount,
                [volunteer],
                shifts,
                sentence=self.text if load > target else self.less,
                subject=volunteer.label,
                load=self._said(load),
                target=self._said(target),
                gap=self._said(distance),
            )

    def _said(self, units: int) -> str:
        return f"{units / self.units:g}"
