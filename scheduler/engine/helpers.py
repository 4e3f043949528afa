"""Kinds of helper, and people of a kind who do not exist, to be thought of as there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from scheduler.domain.instance import Instance
from scheduler.domain.organisation import PairingKind
from scheduler.domain.request import Availability, TimesOfDay, TimeWindow
from scheduler.domain.volunteer import Contract, OwnSkill, Tier, Volunteer
from scheduler.engine import highs
from scheduler.engine.openings import Asked, Openings
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats
from scheduler.problem import Problem
from scheduler.report.capacity import Kind

KINDS = 10
"""So many kinds of helper are thought of, the most wanted first; each of them also free at any time of day."""
USUAL = 2
"""Shifts a week a helper is ready for where nobody in the plan said."""
BORN = 35
"""Years of age of a helper who is thought of: of age for anything."""

Counts = Mapping[Kind, int]
"""People by kind."""


def usual(problem: Problem) -> int:
    """Shifts a week that most volunteers agreed to."""
    said = Counter(
        one.contract.per_week
        for one in problem.volunteers
        if one.contract.per_week and one.tier is Tier.VOLUNTEER
    )
    return min(said, key=lambda week: (-said[week], week)) if said else USUAL


def kinds_wanted(openings: Openings, held: Floats, stop: Stop) -> list[Kind]:
    """What the needs where one more head would help have in common, the most wanted first."""
    weights = openings.per_shift(np.ones(len(openings.instance.shifts)))
    _, dual = highs.duals(openings.priced(weights, held), stop)
    rows = len(openings.model.rows)
    worth = np.abs(dual[rows : rows + len(openings.needs)])
    wanted: dict[Kind, float] = {}
    for one, value in zip(openings.needs, worth.tolist()):
        if value > 1e-6:
            for kind in _serving(openings.instance, one):
                wanted[kind] = wanted.get(kind, 0.0) + value * one.least
    ranked = sorted(wanted, key=lambda kind: (-wanted[kind], str(kind)))[:KINDS]
    return list(dict.fromkeys([*ranked, *(replace(kind, shift_type=None) for kind in ranked)]))


def _serving(instance: Instance, one: Asked) -> Iterator[Kind]:
    """The kinds of people a need could be met by; where a place is an organisation's own, its members."""
    shift = instance.shifts[one.shift]
    skills = tuple(sorted({*shift.post.skills, *([one.skill] if one.skill else [])}))
    own = [
        pairing.organisation
        for pairing in instance.pairings_at[shift.post.id]
        if pairing.kind is PairingKind.EXCLUSIVE and pairing.holds(shift.day)
    ]
    for organisation in dict.fromkeys(own) or (None,):
        yield Kind(skills, organisation, shift.type.id)


def helpers(problem: Problem, kind: Kind, people: int, per_week: int, start: int = 0) -> Iterator[Volunteer]:
    """People who do not exist, of a kind: free every day at their time, ready for so many shifts a week."""
    only = Availability(always=True)
    if kind.shift_type is not None:
        named = next(one for one in problem.shift_types if one.id == kind.shift_type)
        hours = TimesOfDay(start=named.start, end=named.end)
        only = Availability(only=(TimeWindow(hours=(hours,)),))
    for n in range(start, start + people):
        yield Volunteer(
            id=f"{prefix(problem)}{n:05}",
            organisation=kind.organisation,
            skills=tuple(OwnSkill(skill=skill) for skill in kind.skills),
            contract=Contract(per_week=per_week),
            born=dt.date(problem.horizon.first.year - BORN, 1, 1),
            availability=only,
        )


def prefix(problem: Problem) -> str:
    """What no volunteer's id begins with."""
    prefix = "helper-"
    while any(one.id.startswith(prefix) for one in problem.volunteers):
        prefix += "x-"
    return prefix


def with_helpers(problem: Problem, counts: Counts, per_week: int) -> Problem:
    """The plan with so many people of each kind added."""
    added: list[Volunteer] = []
    for kind, people in counts.items():
        added += helpers(problem, kind, people, per_week, len(added))
    return problem.model_copy(update={"volunteers": (*problem.volunteers, *added)})
