"""availability: nobody serves when they said they cannot."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar, Literal

from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import PairRule
from scheduler.text import Text


class Availability(PairRule):
    """Let volunteers serve only when they are available.

    The whole shift must lie inside the volunteer's ``only`` times and must not touch an ``unavailable`` one.
    A volunteer who gave no availability counts as unavailable, and so does everybody before the day they
    ``joined``. Holds in every plan unless it is switched off.

    ```yaml
    rule: availability
    ```
    """

    rule: Literal["availability"] = "availability"

    title: ClassVar[Text] = Text("Serve only when available", "可服务时间")
    text: ClassVar[Text] = Text("{subject} is not available: {shift}", "{subject}在该时段不可服务：{shift}")
    manual_zh: ClassVar[str] = """
        只在志愿者可服务的时间安排值守：整个班次须落在 only 时间内，且不得触及 unavailable 时间。
        未填写可服务时间者视为不可用，加入日期（joined）之前亦视为不可用。除非停用，本规则在任何计划中都生效。
        """
    category: ClassVar[str] = "eligibility"

    def judge(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> int:
        early = volunteer.joined is not None and shift.day < volunteer.joined
        return int(early or not instance.free_time[instance.number(volunteer)].fits(shift))

    def shift_key(self, instance: Instance, shift: Shift) -> Hashable:
        return int(instance.timing_of[instance.shift_number(shift)])
