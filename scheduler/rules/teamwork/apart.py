"""apart: people who do not serve together, or must not be away at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Group, Violation
from scheduler.rules.teamwork.team_rule import TeamRule
from scheduler.rules.teamwork.units import unit_text
from scheduler.text import Text, joined

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class Apart(TeamRule):
    """Keep people apart: never in one crew, never away at the same time, or never on the same day.

    ``same: shift`` keeps them out of each other's crews and ``same: day`` off each other's duty days; each
    person beyond the first in a crew or on a day counts one. ``same: time`` is for those who look after a
    child or a patient at home and must not both be away: shifts of two of them must not overlap, at whatever
    posts; every two overlapping times of two members count one, and one may leave the minute the other
    comes back. Name the people in ``members``, or lay the rule on ``teams``; without either it holds for
    every household.

    ```yaml
    rule: apart
    members: [wang-fang, li-qiang]
    same: time
    ```
    """

    rule: Literal["apart"] = "apart"

    title: ClassVar[Text] = Text("Keep apart", "不同时值守")
    text: ClassVar[Text] = Text("{subject}: {who} serve together, {unit}", "{subject}：{who}一同值守，{unit}")
    overlap: ClassVar[Text] = Text(
        "{subject}: {first} ({one}) and {second} ({other}) are away at once",
        "{subject}：{first}（{one}）与{second}（{other}）同时在岗",
    )
    manual_zh: ClassVar[str] = """
        让某些人分开：不在同一班次（same: shift）、不同时外出（same: time）或不在同一值守日（same: day）。
        shift 和 day 中，同一班次或同一天除第一人外每多一人计一次。time 用于需要有人在家照看孩子或病人的情形：
        两人的班次不得重叠，岗位不限；两名成员每两个重叠的时段计一次，一人回来的同一分钟另一人可以出门。
        请在 members 中写明人员，或用 teams 指定小组；都不写时针对每个家庭。
        """
    category: ClassVar[str] = "teamwork"

    def post(self, model: RuleModel, group: Group) -> None:
        where = self.units(model.instance)
        there = model.presence(where.of, group.members)
        if self.same != "time":
            subjects = np.full(where.count, group.number)
            model.at_most_each(1, there.by_unit(where.count), subjects=subjects)
            return
        table = there.table(len(model.instance.volunteers), where.count)
        first, second = _clashing(table[group.members], _overlaps(model.instance))
        both = there.served.take(first) + there.served.take(second)
        model.at_most_each(1, both, subjects=np.full(len(first), group.number))

    def check(self, roster: Roster, group: Group) -> Iterator[Violation]:
        if self.same == "time":
            yield from self._check_times(roster, group)
            return
        for served in self.served(roster, group).values():
            who = list(dict.fromkeys(volunteer for volunteer, _ in served))
            if len(who) > 1:
                yield self.breach(
                    len(who) - 1,
                    who,
                    list(dict.fromkeys(shift for _, shift in served)),
                    subject=group.label,
                    who=joined([volunteer.label for volunteer in who]),
                    unit=unit_text(self.same, served[0][1]),
                )

    def _check_times(self, roster: Roster, group: Group) -> Iterator[Violation]:
        members = [roster.instance.volunteers[n] for n in group.members]
        for one, other in combinations(members, 2):
            for first in _times(roster, one):
                for second in _times(roster, other):
                    if first.start < second.end and second.start < first.end:
                        yield self.breach(
                            1,
                            [one, other],
                            [first] if first is second else [first, second],
                            sentence=self.overlap,
                            subject=group.label,
                            first=one.label,
                            second=other.label,
                            one=unit_text("time", first),
                            other=unit_text("time", second),
                        )


def _times(roster: Roster, volunteer: Volunteer) -> list[Shift]:
    """One of the volunteer's shifts for each time they serve at."""
    return list({(shift.start, shift.end): shift for shift in roster.shifts_of(volunteer)}.values())


def _overlaps(instance: Instance) -> Ints:
    """Every two times that overlap, both ways round, and each time with itself."""

    def pairs() -> Ints:
        starts = np.array([timing.start.timestamp() for timing in instance.timings])
        ends = np.array([timing.end.timestamp() for timing in instance.timings])
        first = np.arange(len(starts), dtype=np.int64)
        under_way = np.searchsorted(starts, ends) - first
        one = np.repeat(first, under_way)
        other = one + np.arange(len(one)) - np.repeat(np.cumsum(under_way) - under_way, under_way)
        both_ways = np.stack((np.concatenate((one, other)), np.concatenate((other, one))), axis=1)
        return np.unique(both_ways, axis=0)

    return instance.once("overlapping times", pairs)


def _clashing(table: Ints, overlaps: Ints) -> tuple[Ints, Ints]:
    """The numbers in ``table`` [member, time] of every two members' overlapping times."""
    first, second = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for one, other in combinations(table, 2):
        a, b = one[overlaps[:, 0]], other[overlaps[:, 1]]
        both = (a >= 0) & (b >= 0)
        first.append(a[both])
        second.append(b[both])
    return np.concatenate(first), np.concatenate(second)
