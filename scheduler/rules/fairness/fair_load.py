"""fair-load: shifts shared between people pro rata to the days they can give."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PositiveInt

from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import parameter
from scheduler.rules.fairness.fair import Fair
from scheduler.text import Text

Shifts = Annotated[int, Field(ge=0)]


class FairLoad(Fair):
    """Share the shifts fairly between people.

    Everybody has a target, and each shift above it costs the prices of the ``steps`` it lies beyond: with
    ``[[0, 1], [1, 3], [3, 9]]`` the first shift too many costs 1, the second and third 4 each, every further
    one 13. So one person three over costs more than three people one over. ``below: true`` prices shifts
    under the target in the same way.

    Target = weight × level − carried, not under 0 and not more than the contract and the days allow, halves
    rounded up. Weight is the number of duty days in the horizon, from the day they joined, on which they
    could serve (``by: days``). The level is the one at which the targets (before rounding) add up to the
    heads the shifts want of people who could serve; what somebody's contract cuts off passes to the others.
    Carried = ``decay`` × (their earlier shifts − their share, by weight, of all earlier shifts), at most
    ``carry`` either way; who joins within the horizon carries nothing. That is a pro rata target with a
    balance carried over that counts less as it ages, as in J. Kay and P. Lauder, "A fair share scheduler",
    Communications of the ACM 31(1), 1988.

    If other people serve on these shifts too, say with ``total`` what these are to share; ``target: 6``
    gives everybody the same target instead.

    ```yaml
    rule: fair-load
    tiers: [volunteer]
    steps: [[0, 1], [1, 3], [3, 9]]
    decay: 0.5
    ```
    """

    rule: Literal["fair-load"] = "fair-load"
    carry: Shifts = parameter(3, en="most shifts carried over, either way", zh="结转班次的上限（多或少）")
    total: Shifts | None = parameter(
        None, en="shifts to be shared; default: all heads wanted", zh="待分担的班次总数；默认为全部所需人次"
    )
    target: Shifts | None = parameter(
        None, en="one target for everybody instead of shares", zh="人人相同的目标班次数，代替按比例计算"
    )
    steps: tuple[tuple[Shifts, PositiveInt], ...] = parameter(
        ((0, 1), (1, 3), (3, 9)),
        min_length=1,
        en="[shifts from the target, price added for each shift beyond that]",
        zh="[偏离目标的班次数，超出后每班增加的代价]",
    )

    title: ClassVar[Text] = Text("Share the shifts fairly", "班次公平分担")
    text: ClassVar[Text] = Text(
        "{subject}: {load} shifts, {gap} more than the target of {target}",
        "{subject}：{load}班，比目标{target}班多{gap}班",
    )
    less: ClassVar[Text] = Text(
        "{subject}: {load} shifts, {gap} fewer than the target of {target}",
        "{subject}：{load}班，比目标{target}班少{gap}班",
    )
    manual_zh: ClassVar[str] = """
        班次应在人员之间公平分担。每人有一个目标班次数，超出目标的每一班按所越过的 steps 各档累加代价：
        取 [[0, 1], [1, 3], [3, 9]] 时，多出的第一班计 1，第二、三班各计 4，以后每班计 13；
        因此一人多三班的代价高于三人各多一班。below: true 时，低于目标同样计代价。
        目标 = 权重 × 水平 − 结转，不低于 0，也不超过约定上限和可值守天数所允许的班次，四舍五入取整。
        权重为排班期内（自加入之日起）可值守的天数（by: days）。水平的取值使各人目标（取整前）之和等于
        各班次所需、且有人可值守的人次；因约定上限而不能承担的部分由其他人分担。
        结转 = decay ×（以往班次 − 以往总班次中按权重应得的份额），多或少均不超过 carry；
        排班期内新加入者无结转。即按可服务量分配目标，并将以往差额打折结转，
        参见 J. Kay 与 P. Lauder：A fair share scheduler，Communications of the ACM 31(1)，1988。
        若这些班次另有他人值守，请用 total 写明本组人员应分担的总数；写 target: 6 则人人目标相同。
        """

    def load(self, shift: Shift) -> int:
        return 1

    def before(self, volunteer: Volunteer) -> int:
        return volunteer.history.shifts
