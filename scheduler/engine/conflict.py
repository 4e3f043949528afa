"""Conflict: which hard rules, and whose, cannot hold together; the fewest that do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.advice.clash import CLASH, UNKNOWN, Clashes, Conflict, Member, clash_lines
from scheduler.domain.entity import Level
from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance
from scheduler.engine import highs
from scheduler.engine.deletion import (
    Tag,
    elastic,
    first_core,
    irreducible_core,
    tags_of,
    with_tags,
    without_tags,
)
from scheduler.engine.stop import Deadline, Either, Stop
from scheduler.errors import Fault, NoRosterError
from scheduler.model.build import build, possible_pairs
from scheduler.model.linear_model import DEFINITION, LinearModel
from scheduler.model.transform import components, slice_of
from scheduler.rules.base import GroupRule, PairRule, Rule, ShiftRule, Violation, VolunteerRule

SECONDS = 30.0
"""How long conflicts may be searched for when no roster is found."""
CONFLICTS = 3
"""So many conflicts that share nothing are named."""
BUNDLE = 2_000
"""Parts with fewer columns are looked at together."""
WIDEST = 200_000
"""Up to so many pairs that pair rules bar are taken into a conflict."""


def explain_conflict(instance: Instance, rules: Sequence[Rule], deadline: Stop) -> NoRosterError:
    """An error that names the rules and people that cannot hold together."""
    stop = Either(deadline, Deadline(SECONDS)) if deadline.left() > 5 else Deadline(5)
    found = find_clashes(instance, rules, stop)
    error = NoRosterError(CLASH if found.conflicts else UNKNOWN)
    error.faults = (*error.faults, *(Fault("", line) for line in clash_lines(found, instance)))
    return error


def find_clashes(instance: Instance, rules: Sequence[Rule], stop: Stop) -> Clashes:
    """Conflicts among the hard rules, none if they can hold together; each shrunk by deletion as time allows."""
    search = _Search(instance, tuple(rule for rule in rules if rule.level is Level.HARD), stop)
    conflicts: list[Conflict] = []
    for part in search.parts():
        left = part
        while core := (first := first_core(left, stop)).core:
            conflict, tags = search.conflict(core)
            conflicts.append(conflict)
            if len(conflicts) == CONFLICTS:
                return Clashes(tuple(conflicts), settled=True)
            left = without_tags(left, tags)
        if first.core is None:
            return Clashes(tuple(conflicts), settled=False)
    return Clashes(tuple(conflicts), settled=True)


@dataclass(frozen=True, slots=True)
class _Search:
    instance: Instance
    hard: tuple[Rule, ...]
    stop: Stop

    def parts(self) -> Iterator[LinearModel]:
        """The parts of the model in which somebody must serve."""
        model = build(self.instance, self.hard, columns=possible_pairs(self.instance, self.hard, self.hard))
        return _parts(model)

    def conflict(self, tags: list[Tag]) -> tuple[Conflict, list[Tag]]:
        """The conflict in some tags and the pair rules behind them, and its own tags.

        What the pair rules bar comes back as rows.
        """
        model, numbers = self._widened(tags)
        found = irreducible_core(model, self.stop)
        core = found.core or sorted({tag for tag in tags_of(model) if tag[0] != DEFINITION})
        members = tuple(Member(self.hard[numbers[number]], subject) for number, subject in core)
        conflict = Conflict(members, found.minimal, self._nearest(with_tags(model, core), members))
        return conflict, [(numbers[number], subject) for number, subject in core]

    def _widened(self, tags: list[Tag]) -> tuple[LinearModel, list[int]]:
        """Only the tagged rows, and a row for every pair they speak of that a pair rule bars; and its rules."""
        numbers = sorted({number for number, _ in tags})
        pairs = self._spoken_of(tags)
        if pairs.sum() > WIDEST:
            pairs &= possible_pairs(self.instance, self.hard, self.hard)
        chosen = [n for n, rule in enumerate(self.hard) if n in numbers or isinstance(rule, PairRule)]
        model = build(self.instance, [self.hard[n] for n in chosen], columns=pairs)
        wanted = {(chosen.index(number), subject) for number, subject in tags}
        by_pair = np.array([isinstance(self.hard[n], PairRule) for n in chosen])
        rows = model.rows
        kept = (rows.rule == DEFINITION) | by_pair[rows.rule]
        kept |= np.array([tag in wanted for tag in tags_of(model)], dtype=np.bool_)
        return replace(model, rows=rows.take(kept)), chosen

    def _spoken_of(self, tags: list[Tag]) -> Bools:
        """Mask [volunteer, shift] of the pairs that rows with these tags can hold."""
        mask = np.zeros((len(self.instance.volunteers), len(self.instance.shifts)), dtype=np.bool_)
        for number, subject in tags:
            rule = self.hard[number]
            scope = rule.scope(self.instance)
            people, shifts = scope.volunteers.copy(), scope.shifts.copy()
            if isinstance(rule, PairRule | VolunteerRule):
                people &= np.arange(len(people)) == subject
            elif isinstance(rule, ShiftRule):
                shifts &= np.arange(len(shifts)) == subject
            elif isinstance(rule, GroupRule):
                people &= np.isin(np.arange(len(people)), rule.bodies(self.instance)[subject].members)
            mask |= people[:, None] & shifts
        return mask

    def _nearest(self, model: LinearModel, members: tuple[Member, ...]) -> tuple[Violation, ...]:
        """What the referee says is broken of the members in a roster that breaks least of them."""
        outcome = highs.solve(elastic(model), self.stop, gap=0.99)
        if outcome.x is None:
            return ()
        roster = model.roster(outcome.x)
        return tuple(one for member in members for one in member.breaches(roster))


def _parts(model: LinearModel) -> Iterator[LinearModel]:
    """What nobody's serving breaks: rows without a column, then the other parts of the model, small ones together."""
    rows = model.rows
    broken = (rows.lower > 1e-9) | (rows.upper < -1e-9)
    bare = np.diff(rows.matrix.indptr) == 0
    if (broken & bare).any():
        yield replace(model, rows=rows.take(broken & bare))
    whole = components(model)
    of_column = np.zeros(model.columns, dtype=np.int64)
    for n, columns in enumerate(whole):
        of_column[columns] = n
    first = rows.matrix.indptr[:-1][broken & ~bare]
    for bundle in _bundles(whole, np.unique(of_column[rows.matrix.indices[first]]), model.columns):
        yield slice_of(model, bundle, np.zeros(model.columns))[0]


def _bundles(parts: Sequence[Ints], wanted: Ints, width: int) -> Iterator[Bools]:
    """Masks of columns: the wanted parts, small ones together."""
    mask = np.zeros(width, dtype=np.bool_)
    for n in wanted.tolist():
        if mask.any() and mask.sum() + len(parts[n]) > BUNDLE:
            yield mask
            mask = np.zeros(width, dtype=np.bool_)
        mask[parts[n]] = True
    if mask.any():
        yield mask
