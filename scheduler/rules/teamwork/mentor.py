"""mentor: newcomers serve with somebody experienced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import NonNegativeInt, PositiveInt

from scheduler.domain.entity import Level, SkillId
from scheduler.domain.grouping import Bools
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import ShiftRule, Violation, parameter
from scheduler.text import Text, joined

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.model.rule_model import RuleModel


class Mentor(ShiftRule):
    """Give newcomers somebody experienced: no crew with a newcomer is without a mentor.

    A newcomer has fewer than ``newcomer`` earlier shifts in the history, a mentor at least ``experienced``;
    with ``skill`` a mentor is instead who has that skill on the day, and is then never a newcomer. Each
    shift with newcomers but no mentor counts one, however many they are. Shifts served within the horizon do
    not make anybody experienced. The filters on people apply to newcomers and mentors alike.

    ```yaml
    rule: mentor
    newcomer: 1
    experienced: 5
    ```
    """

    rule: Literal["mentor"] = "mentor"
    level: Level = Level.WISH
    newcomer: PositiveInt = parameter(
        1, en="fewer earlier shifts than this make a newcomer", zh="以往班次少于此数者为新人"
    )
    experienced: NonNegativeInt = parameter(
        5, en="so many earlier shifts make a mentor", zh="以往班次达到此数者可带新人"
    )
    skill: SkillId | None = parameter(
        None, en="a mentor is who has this skill, whatever the shifts", zh="具备此技能者可带新人，不论班次数"
    )

    title: ClassVar[Text] = Text("Newcomers with a mentor", "老带新")
    text: ClassVar[Text] = Text(
        "{subject}: {newcomers} without anybody experienced", "{subject}：新人{newcomers}无人带班"
    )
    manual_zh: ClassVar[str] = """
        有新人的班次必须有人带班。以往班次少于 newcomer 者为新人，达到 experienced 者可带新人；
        写明 skill 时，改为当天具备该技能者可带新人，且其本人不算新人。
        有新人而无人带班的班次，每班计一次，不论新人多少。排班期内的班次不计入经验。
        人员筛选条件对新人和带班人同样适用。
        """
    category: ClassVar[str] = "teamwork"

    def post_all(self, model: RuleModel) -> None:
        instance = model.instance
        columns, volunteer, shift = model.pairs
        mentors, count = self._mentors(instance)[volunteer, instance.day_of[shift]], len(instance.shifts)
        new = np.array([v.history.shifts < self.newcomer for v in instance.volunteers], dtype=np.bool_)
        fresh = np.flatnonzero(new[volunteer])
        parts = model.sums(np.arange(len(fresh), dtype=np.int64), columns[fresh], len(fresh))
        newcomers = model.any_in(parts, shift[fresh], count)
        at_hand = model.sums(shift[mentors], columns[mentors], count)
        model.at_most_each(0, newcomers - at_hand, subjects=np.arange(count))

    def _mentors(self, instance: Instance) -> Bools:
        """Mask [volunteer, day] of who can take newcomers along."""
        return np.array(
            [[self._leads(volunteer, day) for day in instance.days] for volunteer in instance.volunteers],
            dtype=np.bool_,
        ).reshape(len(instance.volunteers), len(instance.days))

    def _leads(self, volunteer: Volunteer, day: dt.date) -> bool:
        if self.skill is not None:
            return volunteer.has_skill(self.skill, day)
        return volunteer.history.shifts >= self.experienced

    def check(self, roster: Roster, shift: Shift) -> Iterator[Violation]:
        crew = roster.crew_of(shift)
        if any(self._leads(volunteer, shift.day) for volunteer in crew):
            return
        if newcomers := [volunteer for volunteer in crew if volunteer.history.shifts < self.newcomer]:
            names = joined([volunteer.label for volunteer in newcomers])
            yield self.breach(1, newcomers, [shift], subject=shift.label, newcomers=names)
