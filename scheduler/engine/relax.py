"""The cheapest single relaxation that fills an open shift: one rule let go for one person, the rest re-solved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.advice.obstacles import hard_breaches
from scheduler.advice.relaxation import Relaxation
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Pair, Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.engine.exact import Exact
from scheduler.engine.lns import Search
from scheduler.engine.mend import legal_part
from scheduler.engine.stop import Stop
from scheduler.model.build import build
from scheduler.model.linear_model import LinearModel
from scheduler.model.transform import slice_of
from scheduler.rules.base import PairRule, Rule, VolunteerRule
from scheduler.score import Difference, Scorer

SOLVED = 3
"""So many of the relaxations that are cheapest as they stand are solved anew."""
MOST = 20_000
"""Columns of the largest slice that is solved."""


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    volunteer: int
    rule: Rule
    difference: Difference

    @property
    def rank(self) -> tuple[object, ...]:
        return (self.difference.score.values[1:], self.difference.score.values[0], self.volunteer)


def cheapest_relaxation(scorer: Scorer, shift: Shift, stop: Stop) -> Relaxation | None:
    """The relaxation of one rule for one person that puts them on the shift at the lowest price.

    The price counts from cover down, after the duties around that person were solved anew; None if nobody is kept
    away by one rule alone.
    """
    place = scorer.roster.instance.shift_number(shift)
    candidates = sorted(_candidates(scorer, place), key=lambda one: one.rank)
    found = [_as_it_stands(scorer, one, place, len(candidates)) for one in candidates[:SOLVED]]
    solved = 0
    for n, one in enumerate(candidates[:SOLVED]):
        if stop.reached():
            break
        solved += 1
        better = _solved(scorer, one, place, stop)
        if better is not None and better.price < found[n].price:
            found[n] = better
    if not found:
        return None
    best = min(found, key=lambda one: (one.price, one.difference.score.values[0], one.volunteer.id))
    counts = {"tried": len(candidates), "solved": solved}
    return Relaxation(best.volunteer, best.rule, best.add, best.remove, best.difference, **counts)


def _candidates(scorer: Scorer, place: int) -> Iterator[_Candidate]:
    """Everybody whom exactly one rule keeps from the shift, and that rule is about them alone."""
    instance = scorer.roster.instance
    for v in range(len(instance.volunteers)):
        if (v, place) in scorer.roster.pair_set:
            continue
        difference = scorer.difference(add=[(v, place)])
        against = {id(one.rule): one.rule for one in hard_breaches(difference)}
        if len(against) == 1:
            (rule,) = against.values()
            if isinstance(rule, PairRule | VolunteerRule):
                yield _Candidate(v, rule, difference)


def _as_it_stands(scorer: Scorer, one: _Candidate, place: int, tried: int) -> Relaxation:
    volunteer = scorer.roster.instance.volunteers[one.volunteer]
    return Relaxation(volunteer, one.rule, ((one.volunteer, place),), (), one.difference, tried, 0)


def _solved(scorer: Scorer, one: _Candidate, place: int, stop: Stop) -> Relaxation | None:
    """The same with the person's other duties, and whoever could take them over, solved anew."""
    instance = scorer.roster.instance
    volunteer = instance.volunteers[one.volunteer]
    rules = [_without(rule, volunteer, instance) if rule is one.rule else rule for rule in scorer.rules]
    model = build(instance, rules)
    before = scorer.roster.changed(add=[(one.volunteer, place)])
    after = _improved(model, before, (one.volunteer, place), stop)
    if after is None:
        return None
    add = tuple(sorted(after.pair_set - scorer.roster.pair_set))
    remove = tuple(sorted(scorer.roster.pair_set - after.pair_set))
    difference = scorer.difference(add, remove)
    worse = difference.score.values[0] > one.difference.score.values[0]
    if worse or any(breach.rule is not one.rule for breach in hard_breaches(difference)):
        return None
    return Relaxation(volunteer, one.rule, add, remove, difference, 0, 0)


def _improved(model: LinearModel, roster: Roster, pair: Pair, stop: Stop) -> Roster | None:
    """A roster at least as good that keeps a pair: the person's other duties may go, to whoever can take them."""
    wanted = model.start(roster).astype(float)
    start = legal_part(model, wanted, np.ones(model.pairs), stop)
    if start is None or int(start[: model.pairs].sum()) != int(wanted.sum()):
        return None
    held = np.isin(model.shift, [s for v, s in roster.pairs if v == pair[0] and s != pair[1]])
    free = held & ((model.volunteer != pair[0]) | (start[: model.pairs] > 0.5))
    if not free.any() or free.sum() > MOST:
        return None
    part, chosen = slice_of(model, Search(model, start).with_auxiliary(free), start)
    exact = Exact(part, start[chosen])
    while exact.to_do and not stop.reached():
        exact.step(stop)
    x = start.copy()
    x[chosen] = exact.solution.x
    return model.roster(x)


def _without(rule: Rule, volunteer: Volunteer, instance: Instance) -> Rule:
    """The rule for everybody else."""
    mask = rule.scope(instance).volunteers
    others = tuple(v.id for v, mine in zip(instance.volunteers, mask) if mine and v.id != volunteer.id)
    return rule.model_copy(update={"volunteers": others, "enabled": bool(others)})
