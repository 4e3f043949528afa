"""shift-succession: shift types that must not follow each other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from scheduler.domain.entity import ShiftTypeId
from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.workload.service import past_shifts
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class ShiftSuccession(VolunteerRule):
    """Never let one type of shift follow another on the next duty day.

    Each entry of ``forbid`` is ``[from, to]``: who serves a ``from`` on a duty day serves no ``to`` on the
    duty day ``after_days`` later. Every day on which a volunteer serves ``to`` after ``from`` counts one
    for each entry, however many shifts of the type they serve. The recent shifts of a volunteer's history
    count before the first days of the horizon, unless the rule speaks of some posts or places only.

    ```yaml
    rule: shift-succession
    forbid: [[night, morning], [evening, morning]]
    ```
    """

    rule: Literal["shift-succession"] = "shift-succession"
    forbid: tuple[tuple[ShiftTypeId, ShiftTypeId], ...] = parameter(
        min_length=1, en="pairs [from, to] of shift types", zh="班型对 [前, 后] 的列表"
    )
    after_days: int = parameter(1, ge=1, le=31, en="how many duty days later", zh="相隔的值守日数")

    title: ClassVar[Text] = Text("Forbidden successions", "禁止的班次衔接")
    text: ClassVar[Text] = Text(
        "{subject}: {to} on {day} after {previous} on {day_before}",
        "{subject}：{day_before}{previous}之后，{day}又排{to}",
    )
    manual_zh: ClassVar[str] = """
        forbid 中每一项为 [前, 后]：某值守日值“前”班的人，after_days 天后的值守日不得值“后”班（默认次日）。
        每人每天每一项计一次，与同类班次的数量无关。历史记录 recent 中的班次对本期最初几天同样适用，
        只针对部分岗位或地点的规则除外。
        """
    category: ClassVar[str] = "workload"

    def post_all(self, model: RuleModel) -> None:
        members = np.array([model.instance.number(v) for v in model.volunteers], dtype=np.int64)
        once = np.array([model.one_a_day(volunteer) for volunteer in model.volunteers], dtype=np.bool_)
        for earlier, later in self._merged():
            self._post_block(model, members[once], earlier, later)
        for one, other in self._pairs():
            self._post_block(model, members[~once], [one], [other])
        self._post_past(model)

    def _post_block(
        self, model: RuleModel, members: Ints, earlier: Sequence[str], later: Sequence[str]
    ) -> None:
        """One of these types, then one of those; of either, the volunteers serve at most one a day."""
        day, count = model.instance.day_of, len(model.instance.days)
        before = model.presence(np.where(self._of(model.instance, earlier), day, -1), members)
        after = model.presence(np.where(self._of(model.instance, later), day - self.after_days, -1), members)
        first_keys, then_keys = before.volunteer * count + before.unit, after.volunteer * count + after.unit
        _, first, then = np.intersect1d(first_keys, then_keys, assume_unique=True, return_indices=True)
        both = before.served.take(first) + after.served.take(then)
        model.at_most_each(1.0, both, subjects=before.volunteer[first])

    def _post_past(self, model: RuleModel) -> None:
        """Whoever served a type before the horizon serves none of those that must not follow it."""
        instance = model.instance
        day = np.where(instance.day_of < self.after_days, instance.day_of, -1)
        served = [
            (instance.number(volunteer), past.type.id, (past.day - instance.horizon.first).days)
            for volunteer in model.volunteers
            for past in past_shifts(self, instance, volunteer)
        ]
        for previous, to in self._pairs() if served else ():
            after = model.presence(np.where(self._of(instance, [to]), day, -1))
            table = after.table(len(instance.volunteers), self.after_days)
            then = {(v, ago + self.after_days) for v, name, ago in served if name == previous}
            sums = [int(table[v, d]) for v, d in sorted(then) if d >= 0 and table[v, d] >= 0]
            chosen = np.array(sums, dtype=np.int64)
            model.at_most_each(0.0, after.served.take(chosen), subjects=after.volunteer[chosen])

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        shifts = roster.shifts_of(volunteer)
        served: dict[tuple[dt.date, str], list[Shift]] = defaultdict(list)
        for past in past_shifts(self, roster.instance, volunteer):
            served[past.day, past.type.id] = []
        for shift in shifts:
            served[shift.day, shift.type.id].append(shift)
        types = roster.instance.shift_types
        for day in dict.fromkeys(shift.day for shift in shifts):
            before = day - dt.timedelta(days=self.after_days)
            for previous, to in self._pairs():
                if (day, to) in served and (before, previous) in served:
                    yield self.breach(
                        1,
                        [volunteer],
                        [*served[before, previous], *served[day, to]],
                        subject=volunteer.label,
                        previous=types[previous].label,
                        day_before=before,
                        to=types[to].label,
                        day=day,
                    )

    def _pairs(self) -> list[tuple[str, str]]:
        """The entries, each once."""
        return list(dict.fromkeys(self.forbid))

    def _merged(self) -> list[tuple[Sequence[str], Sequence[str]]]:
        """The entries as blocks: types that are forbidden after the same others go together."""
        after: dict[str, list[str]] = defaultdict(list)
        for previous, to in self._pairs():
            after[to].append(previous)
        blocks: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for to, previous_ones in after.items():
            blocks[tuple(sorted(previous_ones))].append(to)
        return list(blocks.items())

    @staticmethod
    def _of(instance: Instance, types: Sequence[str]) -> Bools:
        mask = np.zeros(len(instance.shifts), dtype=np.bool_)
        for name in types:
            mask |= _of_type(instance, name)
        return mask


def _of_type(instance: Instance, name: str) -> Bools:
    """The shifts of one type."""
    return instance.once(("of type", name), lambda: instance.shifts_where(lambda s: s.type.id == name))
