"""The cheapest single relaxation that fills an open shift: one rule let go for one person, the rest re-solved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from scheduler.advice.obstacles import asked_first, hard_breaches
from scheduler.advice.relaxation import Relaxation
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.engine.exact import Exact
from scheduler.engine.lns import Search
from scheduler.engine.mend import legal_part
from scheduler.engine.stop import Stop
from scheduler.model.build import build
from scheduler.model.linear_model import Floats, LinearModel
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
        """The price, the breach; of equal ones limits come before what somebody cannot do at all."""
        category, number = asked_first(self.rule)
        values = self.difference.score.values
        return (values[1:], values[0], -category, number, self.volunteer)


def cheapest_relaxation(scorer: Scorer, shift: Shift, stop: Stop) -> Relaxation | None:
    """The relaxation of one rule for one person that puts them on the shift at the lowest price.

    The price counts from cover down, after the duties around that person were solved anew; None if nobody is kept
    away by one rule alone.
    """
    place = scorer.roster.instance.shift_number(shift)
    candidates = sorted(_candidates(scorer, place), key=lambda one: one.rank)
    if not candidates:
        return None
    found = [_as_it_stands(scorer, one, place, len(candidates)) for one in candidates[:SOLVED]]
    around = _Around.of(scorer, candidates[:SOLVED], place, stop)
    solved = 0
    for n, one in enumerate(candidates[:SOLVED]):
        if around is None or stop.reached():
            break
        better = around.solved(one)
        solved += better is not None
        if better is not None and better.price < found[n].price:
            found[n] = better
    best = min(found, key=lambda one: (one.price, one.difference.score.values[0]))
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


@dataclass(frozen=True, slots=True, eq=False)
class _Around:
    """The model without the rules that are let go, for solving anew what lies around one person."""

    scorer: Scorer
    candidates: list[_Candidate]
    place: int
    stop: Stop
    model: LinearModel
    start: Floats

    @classmethod
    def of(cls, scorer: Scorer, candidates: list[_Candidate], place: int, stop: Stop) -> _Around | None:
        """None if the roster itself breaks hard rules, or there is no time to build the model."""
        if stop.reached():
            return None
        instance = scorer.roster.instance
        rules = [
            _without(
                rule,
                {instance.volunteers[one.volunteer].id for one in candidates if one.rule is rule},
                instance,
            )
            for rule in scorer.rules
        ]
        model = build(instance, rules)
        wanted = model.start(scorer.roster).astype(float)
        start = legal_part(model, wanted, np.ones(model.pairs), stop)
        if start is None or int(start[: model.pairs].sum()) != int(wanted.sum()):
            return None
        return cls(scorer, candidates, place, stop, model, start)

    def solved(self, one: _Candidate) -> Relaxation | None:
        """The person on the shift, with their other duties, and whoever could take them over, solved anew."""
        after = self._improved(one.volunteer)
        if after is None:
            return None
        before = self.scorer.roster.pair_set
        add = tuple(
            sorted(after.pair_set - before, key=lambda pair: (pair != (one.volunteer, self.place), pair))
        )
        remove = tuple(sorted(before - after.pair_set))
        difference = self.scorer.difference(add, remove)
        worse = difference.score.values[0] > one.difference.score.values[0]
        if worse or any(breach.rule is not one.rule for breach in hard_breaches(difference)):
            return None
        volunteer = self.scorer.roster.instance.volunteers[one.volunteer]
        return Relaxation(volunteer, one.rule, add, remove, difference, 0, 0)

    def _improved(self, person: int) -> Roster | None:
        """The best roster with the person on the shift whose other duties may go to whoever can take them."""
        model, pairs = self.model, self.model.pairs
        serving = self.start[:pairs] > 0.5
        others = [one.volunteer for one in self.candidates if one.volunteer != person]
        free = np.isin(model.shift, model.shift[serving & (model.volunteer == person)])
        free &= np.where(model.volunteer == person, serving, ~np.isin(model.volunteer, others))
        column = np.flatnonzero((model.volunteer == person) & (model.shift == self.place))
        free[column] = True
        if free.sum() > MOST or not len(column):
            return None
        part, chosen = slice_of(model, Search(model, self.start).with_auxiliary(free), self.start)
        lower = np.where(chosen == column[0], 1.0, part.lower)
        x = _best(
            replace(part, lower=lower), np.where(chosen == column[0], 1.0, self.start[chosen]), self.stop
        )
        if x is None:
            return None
        whole = self.start.copy()
        whole[chosen] = x
        return model.roster(whole)


def _best(part: LinearModel, near: Floats, stop: Stop) -> Floats | None:
    """The best solution of a small model, from the legal one that keeps most of a wanted one."""
    start = legal_part(part, near[: part.pairs], np.ones(part.pairs), stop)
    if start is None:
        return None
    exact = Exact(part, start)
    while exact.to_do and not stop.reached():
        exact.step(stop)
    return exact.solution.x


def _without(rule: Rule, people: set[str], instance: Instance) -> Rule:
    """The rule for everybody but some people."""
    if not people:
        return rule
    mask = rule.scope(instance).volunteers
    others = tuple(v.id for v, mine in zip(instance.volunteers, mask) if mine and v.id not in people)
    return rule.model_copy(update={"volunteers": others, "enabled": bool(others)})
