"""contract: what each volunteer agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule
from scheduler.rules.workload.periods import Per, Period, groups_of, periods
from scheduler.rules.workload.service import counted, past_shifts
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel

AGREED: tuple[Per, ...] = ("day", "week", "horizon")
"""What a contract may limit."""


class Contract(VolunteerRule):
    """Give nobody more shifts than they agreed to.

    Keeps ``per_day``, ``per_week`` and ``per_horizon`` of each volunteer's contract; what is not given is
    not limited. Days are duty days, weeks go from Monday to Sunday; a week cut by the horizon counts as
    that week, and recent shifts in it count in the first one. Every shift over a limit counts one; what was
    over before the horizon began does not. Holds in every plan unless it is switched off.

    ```yaml
    rule: contract
    ```
    """

    rule: Literal["contract"] = "contract"

    title: ClassVar[Text] = Text("Keep what was agreed", "遵守约定班数")
    text: ClassVar[Text] = Text(
        "{subject}: {load} {period}, agreed to at most {most}",
        "{subject}：{period}共{load}，约定至多{most}班",
    )
    manual_zh: ClassVar[str] = """
        任何人的班数不得超过本人约定（contract）的 per_day、per_week 和 per_horizon；未写明的不限。“天”指
        值守日，“周”为周一至周日；被排班期截断的一周仍按该自然周计算，第一周计入历史记录 recent 中的班次。
        超出的班次逐班计数，排班期开始前已超出的部分不计。除非停用，本规则在任何计划中都生效。
        """
    category: ClassVar[str] = "workload"

    def post_all(self, model: RuleModel) -> None:
        instance = model.instance
        for per in AGREED:
            spans = _spans(instance, per)
            most = np.full((len(instance.volunteers), len(spans)), np.inf)
            for volunteer in model.volunteers:
                if (agreed := _agreed(volunteer, per)) is not None:
                    past = past_shifts(self, instance, volunteer)
                    before = sum(spans[0].holds(one.day) for one in past)
                    most[instance.number(volunteer)] = agreed
                    most[instance.number(volunteer), 0] = max(0, agreed - before)
            model.at_most_in(groups_of(instance, spans), most)

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        shifts = roster.shifts_of(volunteer)
        past = past_shifts(self, roster.instance, volunteer)
        for per in AGREED:
            if (agreed := _agreed(volunteer, per)) is None:
                continue
            for span in _spans(roster.instance, per):
                within = [shift for shift in shifts if span.holds(shift.day)]
                before = sum(span.holds(one.day) for one in past)
                if (over := before + len(within) - max(agreed, before)) > 0:
                    yield self.breach(
                        over,
                        [volunteer],
                        within,
                        subject=volunteer.label,
                        load=counted(before + len(within), "shift", "班"),
                        period=span.label,
                        most=agreed,
                    )


def _spans(instance: Instance, per: Per) -> tuple[Period, ...]:
    """The periods a contract speaks of, worked out once."""
    return instance.once(("contract", per), lambda: periods(instance.horizon, per))


def _agreed(volunteer: Volunteer, per: Per) -> int | None:
    contract = volunteer.contract
    limits = {"day": contract.per_day, "week": contract.per_week, "horizon": contract.per_horizon}
    return limits[per]
