"""travel-time: time enough to get from one post to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.workload.service import pauses
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class TravelTime(VolunteerRule):
    """Leave a volunteer time to get from one shift's place to the next one's.

    The minutes are those the plan gives under ``travel`` for the two places, or for the nearest places
    around them; none within one place; ``default`` where the plan gives nothing. A pause of exactly as many
    minutes is enough. Every pair of shifts with a shorter pause counts one, overlapping ones too. Shifts
    before the horizon do not count: history does not say where they were.

    ```yaml
    rule: travel-time
    default: 40
    ```
    """

    rule: Literal["travel-time"] = "travel-time"
    default: int = parameter(
        30,
        ge=0,
        le=24 * 60,
        en="minutes between different places for which the plan gives none",
        zh="计划未写明的两地之间的路程（分钟）",
    )

    title: ClassVar[Text] = Text("Time on the way", "路程时间")
    text: ClassVar[Text] = Text(
        "{subject}: {pause} min between {first} and {second}, the way takes {minutes} min",
        "{subject}：{first} 与 {second} 之间间隔 {pause} 分钟，路程需 {minutes} 分钟",
    )
    manual_zh: ClassVar[str] = """
        给志愿者留出从一个班次的地点前往下一个班次地点的时间。路程分钟数取计划 travel 中两地（或其最近上级）
        之间的数值，同一地点为零，未写明的取 default。间隔恰好等于路程时间即可。每一对间隔不足的班次计一次，
        时间重叠的也算。历史记录不含地点，故不计入本期之前的班次。
        """
    category: ClassVar[str] = "workload"

    def one_at_most(self) -> str:
        return "time"

    def post_all(self, model: RuleModel) -> None:
        instance = model.instance
        places = sorted({post.place for post in instance.posts.values()})
        number = {place: n for n, place in enumerate(places)}
        place_of = np.array([number[shift.post.place] for shift in instance.shifts], dtype=np.int64)
        minutes = [[self._minutes(instance, one, other) for other in places] for one in places]
        model.exclude(instance.clashes(place_of, 60 * np.array(minutes, dtype=np.int64)))

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        for first, second, pause in pauses(roster.shifts_of(volunteer), below=dt.timedelta(days=1)):
            minutes = self._minutes(roster.instance, first.post.place, second.post.place)
            if pause < dt.timedelta(minutes=minutes):
                yield self.breach(
                    1,
                    [volunteer],
                    [first, second],
                    subject=volunteer.label,
                    first=first.label,
                    second=second.label,
                    pause=max(0, round(pause.total_seconds() / 60)),
                    minutes=minutes,
                )

    def _minutes(self, instance: Instance, one: str, other: str) -> int:
        given = instance.minutes_between(one, other)
        return self.default if given is None else given
