"""spacing: days between one duty day of a volunteer and the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from scheduler.domain.entity import Level
from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.workload.service import past_shifts
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel
    from scheduler.model.sums import Presence


class Spacing(VolunteerRule):
    """Spread the duty days of a volunteer: at least ``least`` days from one to the next.

    With ``least: 2`` nobody serves on two days in a row, with 3 two free days lie between. Every two duty
    days of a volunteer that are closer count one, however many shifts they hold. The days in a volunteer's
    ``history.recent`` count too: a recent day and a new one too close to it are such a pair. A rule on some
    posts or places only takes no history: it does not say where a shift was. What comes after the horizon
    is not known and does not count.

    ```yaml
    rule: spacing
    least: 3
    level: wish
    ```
    """

    rule: Literal["spacing"] = "spacing"
    level: Level = Level.WISH
    least: int = parameter(
        2, ge=2, le=366, en="least days from one duty day to the next", zh="前后两个值守日至少相隔的天数"
    )

    title: ClassVar[Text] = Text("Spread the duty days", "值守日间隔")
    text: ClassVar[Text] = Text(
        "{subject}: on duty on {first} and again on {second}, {gap} days later instead of {least}",
        "{subject}：{first}值守后，{second}又值守，相隔{gap}天，应至少相隔{least}天",
    )
    manual_zh: ClassVar[str] = """
        同一志愿者前后两个值守日至少相隔 least 天：取 2 时不得连续两天值守，取 3 时中间至少空两天。
        每两个相隔不足的值守日计一次，与当天班次多少无关。history.recent 中的值守日同样计入：
        最近的值守日与排班期内过近的值守日也算一对。只针对部分岗位或地点的规则不计历史，
        因为历史记录不含岗位。排班期之后的情况未知，不计入。
        """
    category: ClassVar[str] = "fairness"

    def post_all(self, model: RuleModel) -> None:
        there = model.presence(model.instance.day_of)
        if model.hard:
            self._post_windows(model, there)
        else:
            self._post_pairs(model, there)
        near = self._near_past(model.instance)[there.volunteer, there.unit]
        model.at_most_each(0, there.served.times(near.astype(float)), subjects=there.volunteer)

    def _post_pairs(self, model: RuleModel, there: Presence) -> None:
        table = there.table(len(model.instance.volunteers), len(model.instance.days))
        for gap in range(1, min(self.least, table.shape[1])):
            volunteer, day = np.nonzero((table[:, :-gap] >= 0) & (table[:, gap:] >= 0))
            first, second = table[volunteer, day], table[volunteer, day + gap]
            both = there.served.take(first) + there.served.take(second)
            model.at_most_each(1, both, subjects=volunteer)

    def _post_windows(self, model: RuleModel, there: Presence) -> None:
        """At most one duty day in every ``least`` days says the same, in fewer and stronger rows."""
        windows = max(1, len(model.instance.days) - self.least + 1)
        which, into = [], []
        for back in range(self.least):
            inside = np.flatnonzero((there.unit >= back) & (there.unit - back < windows))
            which.append(inside)
            into.append(there.volunteer[inside] * windows + there.unit[inside] - back)
        count = len(model.instance.volunteers) * windows
        rows = there.served.take(np.concatenate(which)).gathered(np.concatenate(into), count)
        model.at_most_each(1, rows, subjects=np.arange(count) // windows)

    def _near_past(self, instance: Instance) -> Ints:
        """How many duty days before the horizon each day is too close to, by [volunteer, day]."""
        near = np.zeros((len(instance.volunteers), len(instance.days)), dtype=np.int64)
        for n, volunteer in enumerate(instance.volunteers):
            for past in self._before(instance, volunteer):
                near[n, : max(0, self.least - (instance.horizon.first - past).days)] += 1
        return near

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        shifts = roster.shifts_of(volunteer)
        days = sorted({shift.day for shift in shifts})
        before = self._before(roster.instance, volunteer)
        pairs = [(past, day) for day in days for past in self._near(before, day)]
        pairs += [(a, b) for a, b in combinations(days, 2) if (b - a).days < self.least]
        for first, second in sorted(pairs):
            yield self.breach(
                1,
                [volunteer],
                [shift for shift in shifts if shift.day in {first, second}],
                subject=volunteer.label,
                first=first,
                second=second,
                gap=(second - first).days,
                least=self.least,
            )

    def _before(self, instance: Instance, volunteer: Volunteer) -> list[dt.date]:
        """The duty days before the horizon that the filters leave."""
        return sorted({past.day for past in past_shifts(self, instance, volunteer)})

    def _near(self, before: list[dt.date], day: dt.date) -> list[dt.date]:
        return [past for past in before if (day - past).days < self.least]
