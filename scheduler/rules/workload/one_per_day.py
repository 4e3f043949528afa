"""one-per-day: at most one shift a duty day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.grouping import Groups
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.text import Text

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.model.rule_model import RuleModel


class OnePerDay(VolunteerRule):
    """Give a volunteer at most ``most`` shifts a duty day, one unless you say otherwise.

    A shift that starts before the boundary of the duty day belongs to the day before. Every shift over
    ``most`` on a day counts one.

    ```yaml
    rule: one-per-day
    ```
    """

    rule: Literal["one-per-day"] = "one-per-day"
    most: int = parameter(1, ge=1, le=100, en="most shifts a duty day", zh="每个值守日最多几班")

    title: ClassVar[Text] = Text("One shift a day", "每日一班")
    text: ClassVar[Text] = Text(
        "{subject}: {load} shifts on {day}, at most {most}", "{subject}：{day}共{load}班，至多{most}班"
    )
    manual_zh: ClassVar[str] = """
        每名志愿者每个值守日至多 most 班，默认一班。早于值守日分界时刻开始的班次属于前一天。
        每天超出的班次逐班计数。
        """
    category: ClassVar[str] = "workload"

    def one_at_most(self) -> str:
        return "day" if self.most == 1 else ""

    def post_all(self, model: RuleModel) -> None:
        instance = model.instance
        model.at_most_in(Groups.by_key(instance.day_of, len(instance.days)), self.most)

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        by_day: dict[dt.date, list[Shift]] = defaultdict(list)
        for shift in roster.shifts_of(volunteer):
            by_day[shift.day].append(shift)
        for day, shifts in by_day.items():
            if len(shifts) > self.most:
                yield self.breach(
                    len(shifts) - self.most,
                    [volunteer],
                    shifts,
                    subject=volunteer.label,
                    load=len(shifts),
                    day=day,
                    most=self.most,
                )
