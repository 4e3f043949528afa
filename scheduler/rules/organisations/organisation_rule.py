"""What the rules on organisations share: which organisations they are laid on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from scheduler.domain.entity import Level, OrganisationId
from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.rules.base import Group, Rule, parameter
from scheduler.rules.workload.periods import Per, Period, periods


class OrganisationRule(Rule):
    """Laid on the organisations listed, on the branches of one, or on all that belong to no other."""

    level: Level = Level.ORGANISATION
    branches_of: OrganisationId | None = parameter(
        None, en="lay it on each organisation directly below this one", zh="针对该组织直属的每个下级组织"
    )
    category: ClassVar[str] = "organisations"

    def listed(self, instance: Instance) -> list[str]:
        """The ids of the organisations the rule is laid on, in order."""
        if self.branches_of is None and self.organisations is not None:
            return list(dict.fromkeys(self.organisations))
        return [one.id for one in instance.organisations.values() if one.within == self.branches_of]

    def groups(self, instance: Instance) -> Sequence[Group]:
        """Each organisation with those of its members whom the filters leave."""
        within = self.scope(instance).volunteers
        groups = []
        for one in self.listed(instance):
            members = instance.members(one)
            groups.append(Group(one, instance.organisations[one].label, members[within[members]]))
        return groups

    def spans(self, instance: Instance, per: Per) -> tuple[list[Period], Ints]:
        """The periods that hold a shift of the rule, and which of them each shift is in, or -1."""

        def make() -> tuple[list[Period], Ints]:
            mine = self.scope(instance).shifts
            days = [instance.days[n] for n in np.unique(instance.day_of[mine])]
            spans = [one for one in periods(instance.horizon, per) if any(one.holds(day) for day in days)]
            of_day = [next((n for n, s in enumerate(spans) if s.holds(day)), -1) for day in instance.days]
            return spans, np.where(mine, np.array(of_day, dtype=np.int64)[instance.day_of], -1)

        return instance.once((self, "spans"), make)
