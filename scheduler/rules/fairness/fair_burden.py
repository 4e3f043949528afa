"""fair-burden: hardship shared between people pro rata to the days they can give."""

from __future__ import annotations

from typing import ClassVar, Literal

from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.fairness.fair import Fair
from scheduler.text import Text


class FairBurden(Fair):
    """Share the burden of the shifts fairly between people.

    The same as fair-load, measured in the burden points of the shift types: a night of 2 points weighs as
    much as two days of 1. ``steps``, ``carry``, ``total`` and ``target`` are in points; a breach is counted
    in tenths of a point, so every tenth above the target costs the prices of the steps it lies beyond.
    Targets are made as for fair-load: shares of all burden wanted, by the days people could serve, with
    ``decay`` × their earlier burden carried over, rounded to tenths.

    ```yaml
    rule: fair-burden
    steps: [[0, 1], [1.5, 3]]
    below: true
    ```
    """

    rule: Literal["fair-burden"] = "fair-burden"

    title: ClassVar[Text] = Text("Share the burden fairly", "负担公平分担")
    text: ClassVar[Text] = Text(
        "{subject}: {load} burden points, {gap} more than the target of {target}",
        "{subject}：负担{load}分，比目标{target}分多{gap}分",
    )
    less: ClassVar[Text] = Text(
        "{subject}: {load} burden points, {gap} fewer than the target of {target}",
        "{subject}：负担{load}分，比目标{target}分少{gap}分",
    )
    manual_zh: ClassVar[str] = """
        班次的负担应在人员之间公平分担。与 fair-load 相同，但按班型的负担分值计量：一个 2 分的夜班与
        两个 1 分的白班相当。steps、carry、total、target 均以分为单位；违反量以十分之一分计，
        超出目标的每十分之一分按所越过的各档累加代价。目标的计算同 fair-load：按可值守天数分担全部所需负担，
        以往负担按 decay 折算结转，取整到十分之一分。
        """
    units: ClassVar[int] = 10

    def load(self, shift: Shift) -> int:
        return shift.tenths

    def before(self, volunteer: Volunteer) -> int:
        return round(volunteer.history.burden * 10)
