"""The coverage relaxation: how many heads must stay open, whatever the roster, by linear programming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from scheduler.domain.entity import Level
from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift
from scheduler.engine import highs
from scheduler.engine.stop import Stop
from scheduler.model.build import build
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.matrix import Matrix, Outcome
from scheduler.rules.base import Rule
from scheduler.rules.coverage.cover import Cover
from scheduler.rules.coverage.skill_mix import SkillMix


@dataclass(frozen=True, slots=True)
class Asked:
    """Heads a shift asks for: its least number, or those with a skill among them."""

    shift: int
    skill: str | None
    least: int


def asked(instance: Instance, rules: Sequence[Rule]) -> tuple[Asked, ...]:
    """What the shifts ask for, by the facts and by the rules on skills in a crew."""
    mixes = [(rule, rule.scope(instance).shifts) for rule in rules if isinstance(rule, SkillMix)]
    found = []
    for n, shift in enumerate(instance.shifts):
        found.append(Asked(n, None, shift.least))
        skills = dict.fromkeys(
            (one.skill, one.least) for rule, scope in mixes if scope[n] for one in rule.demanded(shift)
        )
        found += [Asked(n, skill, least) for skill, least in skills]
    return tuple(one for one in found if one.least)


def binding(rules: Sequence[Rule]) -> list[Rule]:
    """The hard rules without those that are themselves about coverage, which is to be measured."""
    least = [rule for rule in rules if rule.level is Level.HARD and not _covers(rule)]
    return [rule for rule in least if rule.enabled]


def _covers(rule: Rule) -> bool:
    return isinstance(rule, SkillMix) or (isinstance(rule, Cover) and rule.bound != "most")


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """The matrix of a plan's hard rules with columns for the heads that are missing.

    Columns: the model's, then one a need (heads missing from it), then one a shift: its open heads, the most that is
    missing from any of its needs. The last rows limit the open heads of each day, then what is missing of each skill.
    """

    model: LinearModel
    matrix: Matrix
    needs: tuple[Asked, ...]
    covering: sparse.csr_array

    @classmethod
    def of(cls, instance: Instance, rules: Sequence[Rule]) -> Openings:
        """The relaxation of a plan; takes about as long as building its matrix."""
        model = build(instance, binding(rules))
        needs = asked(instance, rules)
        covering = _covering(model, needs)
        return cls(model, _matrix(model, needs, covering), needs, covering)

    @property
    def instance(self) -> Instance:
        """The plan's facts."""
        return self.model.instance

    @property
    def demanded(self) -> Ints:
        """Heads each shift demands: the most that any of its needs asks."""
        return _demanded(self.instance, self.needs)

    @property
    def of_day(self) -> Ints:
        """Heads demanded on each day."""
        days = len(self.instance.days)
        return np.bincount(self.instance.day_of, weights=self.demanded, minlength=days).astype(np.int64)

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills that crews or posts ask for."""
        return tuple(_of_skill(self.instance, self.needs))

    def allowed(self, share: float) -> Floats:
        """So many heads may be open if the rest is to be that share of the demand: of each day, then of each skill."""
        least = np.array([one.least for one in self.needs], dtype=np.float64)
        of_skill = [least[mask].sum() for mask in _of_skill(self.instance, self.needs).values()]
        return np.asarray(np.floor((1 - share) * np.array([*self.of_day, *of_skill]) + 1e-9))

    def until(self, days: int, limits: Floats) -> Floats:
        """The limits of the first days alone; those after them, and skills, are without."""
        return np.where(np.arange(len(limits)) < days, limits, np.inf)

    def per_shift(self, weights: Floats) -> Floats:
        """Costs of the columns of heads if each shift's open heads weigh so much."""
        return np.concatenate((np.zeros(len(self.needs)), weights))

    def priced(self, costs: Floats, limits: Floats, *, whole: bool = False) -> Matrix:
        """The matrix with costs on the columns of heads, and at most so many open heads on each day.

        With ``whole`` nobody serves half a shift.
        """
        width = len(self.matrix.cost)
        upper = self.matrix.row_upper.copy()
        upper[-len(limits) :] = limits
        return replace(
            self.matrix,
            cost=np.concatenate((np.zeros(self.model.columns), costs)),
            row_upper=upper,
            integer=np.arange(width) < (self.model.pairs if whole else 0),
        )

    def least(self, costs: Floats, limits: Floats, stop: Stop, *, whole: bool = False) -> Outcome:
        """The least cost of open heads within the limits; with ``whole`` by branch and bound."""
        return highs.solve(self.priced(costs, limits, whole=whole), stop, gap=0.999 if whole else 0.0)

    def missing(self, x: Floats) -> Floats:
        """Heads missing from each need in a solution."""
        least = np.array([one.least for one in self.needs], dtype=np.float64)
        return np.asarray(np.maximum(0.0, least - self.covering @ x[: self.model.columns]))

    def open(self, x: Floats) -> Floats:
        """Open heads of each shift in a solution."""
        found = np.zeros(len(self.instance.shifts))
        np.maximum.at(found, _shifts(self.needs), self.missing(x))
        return found

    def lacking(self, x: Floats) -> Floats:
        """Open heads of each day, then what is missing of each skill, as the limits have them."""
        days = len(self.instance.days)
        of_day = np.bincount(self.instance.day_of, weights=self.open(x), minlength=days)
        missing = self.missing(x)
        of_skill = [missing[mask].sum() for mask in _of_skill(self.instance, self.needs).values()]
        return np.array([*of_day, *of_skill], dtype=np.float64)


def _of_skill(instance: Instance, needs: Sequence[Asked]) -> dict[str, Bools]:
    """By skill, which needs ask for it: those of a post for the skilled, and those within a crew."""
    found: dict[str, Bools] = {}
    for n, one in enumerate(needs):
        for skill in {*instance.shifts[one.shift].post.skills, *([one.skill] if one.skill else [])}:
            found.setdefault(skill, np.zeros(len(needs), dtype=np.bool_))[n] = True
    return {skill: found[skill] for skill in instance.skills if skill in found}


def _shifts(needs: Sequence[Asked]) -> Ints:
    return np.array([one.shift for one in needs], dtype=np.int64)


def _demanded(instance: Instance, needs: Sequence[Asked]) -> Ints:
    found = np.zeros(len(instance.shifts), dtype=np.int64)
    np.maximum.at(found, _shifts(needs), [one.least for one in needs])
    return found


def _matrix(model: LinearModel, needs: Sequence[Asked], covering: sparse.csr_array) -> Matrix:
    instance = model.instance
    shifts, days, count = len(instance.shifts), len(instance.days), len(needs)
    each = sparse.eye_array(count)
    of_shift = sparse.csr_array((np.ones(count), (np.arange(count), _shifts(needs))), shape=(count, shifts))
    by_day = sparse.csr_array((np.ones(shifts), (instance.day_of, np.arange(shifts))), shape=(days, shifts))
    masks = list(_of_skill(instance, needs).values())
    by_skill = sparse.csr_array(np.array(masks, dtype=np.float64).reshape(len(masks), count))
    parts = [
        [model.rows.matrix, None, None],
        [covering, each, None],
        [None, -each, of_shift],
        [None, None, by_day],
        *([[None, by_skill, None]] if masks else []),
    ]
    least = np.array([one.least for one in needs], dtype=np.float64)
    none = np.full(days + len(masks), -np.inf)
    return Matrix(
        cost=np.zeros(model.columns + count + shifts),
        rows=sparse.csr_array(sparse.block_array(parts, format="csr")),
        row_lower=np.concatenate((model.rows.lower, least, np.zeros(count), none)),
        row_upper=np.concatenate((model.rows.upper, np.full(2 * count + len(none), np.inf))),
        lower=np.concatenate((model.lower, np.zeros(count + shifts))),
        upper=np.concatenate((model.upper, least, _demanded(instance, needs).astype(np.float64))),
        integer=np.zeros(model.columns + count + shifts, dtype=np.bool_),
    )


def _covering(model: LinearModel, needs: Sequence[Asked]) -> sparse.csr_array:
    """A row for every need: who of the crew counts."""
    instance = model.instance
    order = np.argsort(model.shift, kind="stable")
    cuts = np.cumsum(np.bincount(model.shift, minlength=len(instance.shifts)))[:-1]
    crews = np.split(order.astype(np.int64), cuts)
    columns = [_counting(model, crews[one.shift], instance.shifts[one.shift], one.skill) for one in needs]
    counts = [len(one) for one in columns]
    pointer = np.concatenate(([0], np.cumsum(counts)))
    index = np.concatenate([np.zeros(0, dtype=np.int64), *columns])
    return sparse.csr_array((np.ones(len(index)), index, pointer), shape=(len(needs), model.columns))


def _counting(model: LinearModel, crew: Ints, shift: Shift, skill: str | None) -> Ints:
    if skill is None:
        return crew
    people = model.instance.volunteers
    return np.array(
        [n for n in crew if people[model.volunteer[n]].has_skill(skill, shift.day)], dtype=np.int64
    )
