"""Capacity: from which day today's sign-ups cannot cover a share of the demand, and which shifts that is about.

All figures come from the linear relaxation of the hard rules and so hold for every roster: what it leaves open
stays open, whatever is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.calendar import DayClass
from scheduler.domain.grouping import Bools
from scheduler.domain.instance import Instance
from scheduler.domain.organisation import PairingKind
from scheduler.domain.shift import Shift
from scheduler.engine import highs
from scheduler.engine.openings import Openings
from scheduler.engine.recruiting import recruits
from scheduler.engine.stop import Stop
from scheduler.errors import NoRosterError, OutOfTimeError
from scheduler.model.linear_model import Floats
from scheduler.model.matrix import Outcome, Proof
from scheduler.problem import Problem
from scheduler.report.capacity import Capacity, DayCapacity, Dimension, Group
from scheduler.text import Text

POSTS = 3
"""So many posts are looked at one by one: those with most open heads."""
EARLIER = 1e-4
"""How much more a head open on the first day weighs than one on the last: enough to decide between equals."""


def capacity(problem: Problem, share: float, stop: Stop, per_week: int | None = None) -> Capacity:
    """What a plan's sign-ups can cover, where it hurts and whom to ask for.

    ``per_week`` is how many shifts a week a new helper is ready for; by default what most volunteers agreed to.

    Raises:
        NoRosterError: the hard rules cannot hold together even with every shift open.
        OutOfTimeError: the time ended before the first figures were there.
    """
    instance, rules = problem.instance(), problem.all_rules()
    openings = Openings.of(instance, rules)
    allowed = openings.allowed(share)
    first, least = _first_day(openings, allowed, stop)
    held = openings.until(first, allowed)
    shown = _solved(openings.least(openings.per_shift(_weights(openings)), held, stop))
    assert shown.x is not None, "an outcome that was solved has a solution"
    days = _days(openings, shown.x)
    name = Text(problem.name.en, problem.name.zh)
    begins = None if first == len(days) else instance.days[first]
    if begins is None and _skilled(openings, allowed, stop):
        return Capacity(name, instance, share, None, days, least)
    groups = tuple(_groups(openings, shown.x, stop.part(0.4)))
    people = recruits(problem, openings, held, allowed, stop, per_week)
    return Capacity(name, instance, share, begins, days, least, groups, people)


def _skilled(openings: Openings, allowed: Floats, stop: Stop) -> bool:
    """Whether all skills can be there to their share too."""
    zero = np.zeros(len(openings.matrix.cost) - openings.model.columns)
    outcome = openings.least(zero, allowed, stop)
    return outcome.proof is not Proof.INFEASIBLE and _solved(outcome).x is not None


def _solved(outcome: Outcome) -> Outcome:
    if outcome.proof is Proof.INFEASIBLE:
        text = Text(
            "the hard rules cannot hold together, even with every shift left open",
            "即使所有班次都空着，硬性规则也无法同时满足",
        )
        hint = Text("see: scheduler explain conflict PLAN", "请运行 scheduler explain conflict 计划文件")
        raise NoRosterError(text, hint=hint)
    if outcome.proof is not Proof.OPTIMAL:
        text = Text("the time ended before coverage was worked out", "时间已到，覆盖情况尚未算出")
        raise OutOfTimeError(text, hint=Text("allow more --seconds", "请增大 --seconds"))
    return outcome


def _first_day(openings: Openings, allowed: Floats, stop: Stop) -> tuple[int, float]:
    """The first day through which not all days can be covered enough, the number of days if they can.

    And how many heads stay open at least, all days together.
    """
    weights = openings.per_shift(np.ones(len(openings.instance.shifts)))
    none = np.full(len(allowed), np.inf)
    program = highs.Limited(openings.priced(weights, none), stop)
    least = round(_solved(program.solve(none)).objective, 6)
    if stop.reached():
        _solved(Outcome(None, np.inf, -np.inf, Proof.UNKNOWN))

    def covered(days: int) -> bool:
        outcome = program.solve(openings.until(days, allowed))
        return outcome.proof is not Proof.INFEASIBLE and _solved(outcome).x is not None

    low, high = 0, len(openings.instance.days)
    if covered(high):
        return high, least
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if covered(middle) else (low, middle)
    return low, least


def _weights(openings: Openings) -> Floats:
    """All heads alike; of equal solutions the one that fills earlier days."""
    days = len(openings.instance.days)
    return 1 + EARLIER * (days - openings.instance.day_of) / days


def _days(openings: Openings, x: Floats) -> tuple[DayCapacity, ...]:
    of_day = openings.of_day
    lacking = np.bincount(openings.instance.day_of, weights=openings.open(x), minlength=len(of_day))
    return tuple(
        DayCapacity(day, int(of_day[n]), round(float(lacking[n]), 6))
        for n, day in enumerate(openings.instance.days)
    )


# -- bottlenecks -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Needs that have something in common; of a shift with several the one that misses most counts."""

    dimension: Dimension
    key: str
    label: Text
    needs: Bools


def _groups(openings: Openings, x: Floats, stop: Stop) -> Iterator[Group]:
    """Groups with open heads, the worst of each dimension first; each solved with all others given up for it."""
    parts = [(part, _lacking(openings, part, openings.missing(x))) for part in _parts(openings)]
    for dimension in Dimension:
        mine = sorted((one for one in parts if one[0].dimension is dimension and one[1] > 1e-6), key=_worst)
        if len(mine) == 1 and sum(part.dimension is dimension for part, _ in parts) == 1:
            continue
        for part, lacking in mine[:POSTS] if dimension is Dimension.POST else mine:
            yield _alone(openings, part, lacking, stop)


def _worst(one: tuple[_Part, float]) -> tuple[float, str]:
    return -one[1], one[0].key


def _alone(openings: Openings, part: _Part, lacking: float, stop: Stop) -> Group:
    group = Group(part.dimension, part.key, part.label, _asked(openings, part), round(lacking, 6))
    if stop.reached():
        return group
    none = np.full(len(openings.instance.days) + len(openings.skills), np.inf)
    outcome = openings.least(_costs(openings, part), none, stop)
    if outcome.x is None or outcome.proof is not Proof.OPTIMAL:
        return group
    return replace(group, alone=round(_lacking(openings, part, openings.missing(outcome.x)), 6))


def _costs(openings: Openings, part: _Part) -> Floats:
    """Every need of the part weighs one; where a shift has several, the shift does."""
    shifts = np.array([one.shift for one in openings.needs], dtype=np.int64)
    count = np.bincount(shifts[part.needs], minlength=len(openings.instance.shifts))
    single = part.needs & (count[shifts] == 1)
    return np.concatenate((single.astype(np.float64), (count > 1).astype(np.float64)))


def _lacking(openings: Openings, part: _Part, missing: Floats) -> float:
    found = np.zeros(len(openings.instance.shifts))
    for n in np.flatnonzero(part.needs):
        found[openings.needs[n].shift] = max(found[openings.needs[n].shift], missing[n])
    return float(found.sum())


def _asked(openings: Openings, part: _Part) -> int:
    most: dict[int, int] = {}
    for n in np.flatnonzero(part.needs):
        one = openings.needs[n]
        most[one.shift] = max(most.get(one.shift, 0), one.least)
    return sum(most.values())


def _parts(openings: Openings) -> Iterator[_Part]:
    instance = openings.instance
    yield from _by_skill(openings)
    for dimension, keys in _KEYS.items():
        of_shift = [keys(instance, shift) for shift in instance.shifts]
        labels = {key: label for found in of_shift for key, label in found.items()}
        for key, label in labels.items():
            mask = np.array([key in of_shift[one.shift] for one in openings.needs], dtype=np.bool_)
            yield _Part(dimension, key, label, mask)


def _by_skill(openings: Openings) -> Iterator[_Part]:
    """Needs of a skill: of the whole crew by the post, of some of it by the demand; and those of none."""
    instance = openings.instance
    wanted = [_skills(instance, one.shift, one.skill) for one in openings.needs]
    for skill in instance.skills.values():
        mask = np.array([skill.id in one for one in wanted], dtype=np.bool_)
        if mask.any():
            yield _Part(Dimension.SKILL, skill.id, skill.label, mask)
    mask = np.array([not one for one in wanted], dtype=np.bool_)
    if mask.any():
        yield _Part(Dimension.SKILL, "", Text("no particular skill", "无技能要求"), mask)


def _skills(instance: Instance, shift: int, skill: str | None) -> frozenset[str]:
    return frozenset(instance.shifts[shift].post.skills) | ({skill} if skill else set())


def _day_class(instance: Instance, shift: Shift) -> dict[str, Text]:
    found = instance.day_classes[shift.day]
    return {str(found): DAY_CLASSES[found]}


def _paired(instance: Instance, shift: Shift) -> dict[str, Text]:
    return {
        one.organisation: instance.organisations[one.organisation].label
        for one in instance.pairings_at[shift.post.id]
        if one.kind is PairingKind.EXCLUSIVE and one.holds(shift.day)
    }


DAY_CLASSES = {
    DayClass.WORKDAY: Text("workdays", "工作日"),
    DayClass.WEEKEND: Text("weekends", "周末"),
    DayClass.HOLIDAY: Text("holidays", "节假日"),
    DayClass.MAKEUP_WORKDAY: Text("make-up workdays", "调休上班日"),
}
_KEYS: dict[Dimension, Callable[[Instance, Shift], dict[str, Text]]] = {
    Dimension.SHIFT_TYPE: lambda _, shift: {shift.type.id: shift.type.label},
    Dimension.DAY_CLASS: _day_class,
    Dimension.ORGANISATION: _paired,
    Dimension.POST: lambda _, shift: {shift.post.id: shift.post.label},
}
