"""Building the matrix: columns for the pairs the hard pair rules leave, then every rule writes its rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance
from scheduler.model.judging import allowed_pairs
from scheduler.model.linear_model import DEFINITION, LinearModel, RowStore, Terms
from scheduler.model.rule_model import RuleModel
from scheduler.model.sums import Sums
from scheduler.rules.base import PairRule, Rule

ELASTIC = Level.COVER
"""The level on which an elastic model prices what is hard."""


def build(
    instance: Instance, rules: Sequence[Rule], *, elastic: bool = False, columns: Bools | None = None
) -> LinearModel:
    """The matrix of an instance under rules.

    ``elastic`` prices the hard rules on the level ``cover`` instead of demanding them; every pair then has a column.
    ``columns`` is a mask [volunteer, shift] of the pairs that have one, for finding out which rules cannot hold
    together: no rule then leans on what another one promises, and hard pair rules write rows.
    """
    builder = Builder(instance, rules, elastic=elastic, columns=columns)
    for number, rule in enumerate(rules):
        rule.post_all(RuleModel(builder, rule, number))
    return builder.finish()


class Builder:
    """The columns, shared auxiliary columns and rows that the rules write into."""

    def __init__(
        self, instance: Instance, rules: Sequence[Rule], *, elastic: bool, columns: Bools | None = None
    ) -> None:
        self.instance = instance
        self.elastic = elastic
        self.rows = RowStore()
        hard = [] if elastic or columns is not None else [r for r in rules if r.level is Level.HARD]
        mask = possible_pairs(instance, rules, hard) if columns is None else columns
        self.volunteer, self.shift = (one.astype(np.int64) for one in np.nonzero(mask))
        self.one_a_day = _promised(instance, hard, ("day",))
        self.one_at_a_time = _promised(instance, hard, ("day", "time"))
        self._crews: list[Ints] | None = None
        self._auxiliary: dict[bytes, int] = {}
        self._costs: list[tuple[int, Terms]] = []
        self._constant = np.zeros(len(LEVELS))

    def level_of(self, rule: Rule) -> Level:
        """The level a rule is posted on."""
        return ELASTIC if self.elastic and rule.level is Level.HARD else rule.level

    def crew_columns(self, shift: int) -> Ints:
        """The columns of a shift, by volunteer."""
        if self._crews is None:
            order = np.argsort(self.shift, kind="stable")
            cuts = np.cumsum(np.bincount(self.shift, minlength=len(self.instance.shifts)))[:-1]
            self._crews = np.split(order.astype(np.int64), cuts)
        return self._crews[shift]

    def cost(self, level: int, terms: Terms, price: float) -> None:
        """A linear cost on a level."""
        self._costs.append((level, terms.times(price)))
        self._constant[level] += terms.constant * price

    def any_of(self, columns: Ints, volunteer: int) -> Terms:
        """1 if any of a volunteer's columns is set: their sum where a hard rule allows only one."""
        if len(columns) <= 1 or self._only_one(columns, volunteer):
            return Terms.of(columns)
        return self._indicator([Terms.of(columns[n : n + 1]) for n in range(len(columns))], columns.tobytes())

    def any_of_terms(self, terms: Sequence[Terms]) -> Terms:
        """1 if any of several 0-1 sums is 1."""
        some = [one for one in terms if one]
        if len(some) <= 1:
            return some[0] if some else Terms.of(np.zeros(0, dtype=np.int64))
        key = b"|".join(one.columns.tobytes() + one.weights.tobytes() for one in some)
        return self._indicator(some, key)

    def _only_one(self, columns: Ints, volunteer: int) -> bool:
        shifts = self.shift[columns]
        if self.one_a_day[volunteer] and len(np.unique(self.instance.day_of[shifts])) == 1:
            return True
        return bool(self.one_at_a_time[volunteer]) and len(np.unique(self.instance.timing_of[shifts])) == 1

    def _indicator(self, parts: Sequence[Terms], key: bytes) -> Terms:
        column, new = self.auxiliary(key)
        if new:
            for part in parts:
                self._define(part - Terms.of(np.array([column])), upper=0.0)
            whole = parts[0]
            for part in parts[1:]:
                whole = whole + part
            self._define(Terms.of(np.array([column])) - whole, upper=0.0)
        return Terms.of(np.array([column], dtype=np.int64))

    def auxiliary(self, key: bytes) -> tuple[int, bool]:
        """The auxiliary column kept under a key, and whether it is new: then its rows must be defined."""
        width = len(self.volunteer) + len(self._auxiliary)
        column = self._auxiliary.setdefault(key, width)
        return column, column == width

    def define(self, sums: Sums) -> None:
        """Rows that hold always, because they say what an auxiliary column is: every sum is at most zero."""
        counts, columns, weights = sums.packed()
        limit, tag = np.zeros(sums.count), np.zeros(sums.count, dtype=np.int64)
        bounds = (np.full(sums.count, -np.inf), limit)
        self.rows.add_many(counts, columns, weights, bounds, 0, 0.0, DEFINITION, tag)

    def _define(self, terms: Terms, upper: float) -> None:
        bounds = (-np.inf, upper - terms.constant)
        self.rows.add(terms.columns, terms.weights, bounds, 0, 0.0, (DEFINITION, 0))

    def finish(self) -> LinearModel:
        """The finished matrix."""
        width = len(self.volunteer) + len(self._auxiliary)
        linear = np.zeros((len(LEVELS), width))
        for level, terms in self._costs:
            np.add.at(linear[level], terms.columns, terms.weights)
        return LinearModel(
            instance=self.instance,
            volunteer=self.volunteer,
            shift=self.shift,
            lower=np.zeros(width),
            upper=np.ones(width),
            linear=linear,
            constant=self._constant,
            rows=self.rows.rows(width),
        )


def possible_pairs(instance: Instance, rules: Sequence[Rule], hard: Sequence[Rule]) -> Bools:
    """Mask [volunteer, shift] of the pairs that no pair rule among the hard rules bars, or that a rule needs."""
    allowed = allowed_pairs([rule for rule in hard if isinstance(rule, PairRule)], instance)
    for rule in rules:
        for v, s in rule.pairs_needed(instance):
            allowed[v, s] = True
    return allowed


def _promised(instance: Instance, hard: Sequence[Rule], kinds: tuple[str, ...]) -> Bools:
    promised = np.zeros(len(instance.volunteers), dtype=np.bool_)
    for rule in hard:
        if rule.one_at_most() in kinds:
            scope = rule.scope(instance)
            if scope.shifts.all():
                promised |= scope.volunteers
    return promised
