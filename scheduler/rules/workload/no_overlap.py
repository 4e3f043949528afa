"""no-overlap: nobody is in two places at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule
from scheduler.rules.workload.service import pauses
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class NoOverlap(VolunteerRule):
    """Never put a volunteer on two shifts that overlap in time.

    A shift may begin the minute another ends. Every pair of overlapping shifts counts one. Holds in every
    plan unless it is switched off.

    ```yaml
    rule: no-overlap
    ```
    """

    rule: Literal["no-overlap"] = "no-overlap"

    title: ClassVar[Text] = Text("No two shifts at once", "班次不重叠")
    text: ClassVar[Text] = Text(
        "{subject}: {first} overlaps {second}", "{subject}：{first} 与 {second} 时间重叠"
    )
    manual_zh: ClassVar[str] = """
        同一志愿者的班次不得重叠；一班结束的同一分钟可以开始另一班。每一对重叠的班次计一次。
        除非停用，本规则在任何计划中都生效。
        """
    category: ClassVar[str] = "workload"

    def one_at_most(self) -> str:
        return "time"

    def post_all(self, model: RuleModel) -> None:
        model.exclude(model.instance.closer_than(dt.timedelta()))

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        for first, second, _ in pauses(roster.shifts_of(volunteer), below=dt.timedelta()):
            yield self.breach(
                1,
                [volunteer],
                [first, second],
                subject=volunteer.label,
                first=first.label,
                second=second.label,
            )
