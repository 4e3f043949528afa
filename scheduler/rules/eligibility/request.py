"""request: what volunteers would like and would rather not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from scheduler.domain.entity import Level
from scheduler.domain.free_time import Stretches
from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.domain.request import Request as Wish
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class Request(VolunteerRule):
    """Grant what volunteers ask for under ``requests``.

    ``avoid`` costs the request's weight for every shift that touches its time; ``want`` costs it for every
    shift missing to ``times``, and only a shift wholly within its time counts. Time without ``hours`` means
    duty days. ``posts`` (a place stands for all posts in it) and ``shift_types`` narrow a request. Holds in
    every plan unless it is switched off.

    ```yaml
    rule: request
    weight: 2
    ```
    """

    rule: Literal["request"] = "request"
    level: Level = Level.WISH

    title: ClassVar[Text] = Text("Requests", "个人意愿")
    text: ClassVar[Text] = Text("{subject} would rather not serve: {shift}", "{subject}不希望值守：{shift}")
    wanted: ClassVar[Text] = Text(
        "{subject} asked for {times} shifts and got {served} (request {number})",
        "{subject}希望值守{times}班，实得{served}班（第{number}项意愿）",
    )
    manual_zh: ClassVar[str] = """
        尽量满足志愿者在 requests 中提出的意愿。avoid：每个触及该时间的班次计其权重；
        want：比 times 每少一班计其权重，只有完全落在该时间内的班次才算。未写 hours 时按值守日计。
        posts（写地点即包括其内全部岗位）与 shift_types 可进一步限定。除非停用，本规则在任何计划中都生效。
        """
    category: ClassVar[str] = "eligibility"

    def post_all(self, model: RuleModel) -> None:
        for volunteer in model.volunteers:
            if volunteer.requests:
                self.post(model, volunteer)

    def post(self, model: RuleModel, volunteer: Volunteer) -> None:
        columns, numbers = model.columns_of(volunteer)
        subject = model.instance.number(volunteer)
        for wish, times in _wishes(model.instance, volunteer):
            served = model.terms(columns[_matching(wish, times, model.instance, numbers)])
            if wish.kind == "want":
                model.at_least(wish.times, served, price=wish.weight, subject=subject)
            else:
                model.cost(served, wish.weight, subject=subject)

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        shifts = roster.shifts_of(volunteer)
        for number, (wish, times) in enumerate(_wishes(roster.instance, volunteer), start=1):
            served = [shift for shift in shifts if matches(wish, times, roster.instance, shift)]
            if wish.kind == "avoid":
                for shift in served:
                    yield self.breach(
                        wish.weight, [volunteer], [shift], subject=volunteer.label, shift=shift.label
                    )
            elif len(served) < wish.times:
                yield self.breach(
                    wish.weight * (wish.times - len(served)),
                    [volunteer],
                    served,
                    self.wanted,
                    subject=volunteer.label,
                    times=wish.times,
                    served=len(served),
                    number=number,
                )


def matches(wish: Wish, times: Stretches, instance: Instance, shift: Shift) -> bool:
    """Whether a request speaks of a shift: a wanted one lies within its time, one to avoid touches it."""
    return _speaks(wish, instance, shift) and _fits(wish, times, shift)


def _speaks(wish: Wish, instance: Instance, shift: Shift) -> bool:
    return (wish.shift_types is None or shift.type.id in wish.shift_types) and (
        wish.posts is None or any(instance.stands_in(shift.post, place) for place in wish.posts)
    )


def _fits(wish: Wish, times: Stretches, shift: Shift) -> bool:
    return times.holds(shift) if wish.kind == "want" else times.touches(shift)


def _matching(wish: Wish, times: Stretches, instance: Instance, numbers: Ints) -> Ints:
    """Positions, among some shift numbers, of the shifts that match; each timing is judged once."""
    speaks = instance.once(
        ("request", wish.shift_types, wish.posts),
        lambda: instance.shifts_where(lambda shift: _speaks(wish, instance, shift)),
    )
    chosen = np.flatnonzero(speaks[numbers])
    if not times.starts:
        days = [(day - instance.horizon.first).days for day in times.days]
        return chosen[np.isin(instance.day_of[numbers[chosen]], days)]
    _, first, into = np.unique(instance.timing_of[numbers[chosen]], return_index=True, return_inverse=True)
    fits = [_fits(wish, times, instance.shifts[n]) for n in numbers[chosen][first].tolist()]
    return chosen[np.array(fits, dtype=np.bool_)[into]]


def _wishes(instance: Instance, volunteer: Volunteer) -> Iterator[tuple[Wish, Stretches]]:
    return zip(volunteer.requests, instance.request_times[instance.number(volunteer)])
