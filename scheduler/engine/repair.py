"""Repair: a changed plan and the published roster; posts covered again, fewest people disturbed, with a proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.advice.obstacles import Referee
from scheduler.domain.assignment import Assignment
from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.engine.mend import any_legal, legal_part, mend
from scheduler.engine.result import Solution
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline, Stop
from scheduler.errors import OutOfTimeError
from scheduler.model.build import build
from scheduler.model.linear_model import LinearModel
from scheduler.rules import ChangeBudget, FewestChanges, Frozen
from scheduler.rules.base import Rule
from scheduler.score import Score, Scorer, score
from scheduler.text import Text

NOTICE = dt.timedelta(hours=48)
"""Changes that are nearer than this are at short notice."""
CERTAIN = 1000.0
"""What keeping a frozen duty is worth against another."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which a roster is repaired: the local time now, the hours that stay frozen, and the budgets."""

    now: dt.datetime
    freeze: dt.timedelta = dt.timedelta(hours=24)
    people: int | None = None
    changes: int | None = None

    @property
    def until(self) -> dt.datetime:
        """Shifts that start before this moment stay as they are."""
        return self.now + self.freeze


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """The repaired roster and what is proven of it.

    ``score`` is by the plan's own rules. ``stability`` prices the changes, ``least`` is a lower bound on it for all
    rosters that cover the posts as well. ``dropped`` are published duties that cannot stay: the person or the shift
    is no longer in the plan, or a hard rule forbids it now; those of them in frozen time are filled by nobody.
    """

    roster: Roster
    score: Score
    bounds: tuple[int, ...]
    stability: int
    least: int
    cover_proven: bool
    dropped: tuple[Assignment, ...]
    seconds: float

    @property
    def fewest(self) -> bool:
        """Whether it is proven that no roster covers the posts as well with fewer changes."""
        return self.cover_proven and self.least >= self.stability


def repair(
    instance: Instance,
    rules: Sequence[Rule],
    published: Sequence[Assignment],
    terms: Terms,
    deadline: Deadline,
    settings: Settings | None = None,
) -> Repair:
    """The roster of the changed plan that covers its posts and changes least of what is published.

    Raises OutOfTimeError if no legal roster was found in the time given.
    """
    settings = settings or Settings()
    kept = _kept(instance, rules, published, terms, deadline)
    added = _change_rules(published, kept, terms)
    whole = [*rules, *added]
    model = build(instance, whole)
    solution = mend(model, _start(model, kept, deadline), deadline, settings)
    roster = model.roster(solution.x)
    dropped = tuple(one for one in published if one not in set(kept))
    return _judged(rules, whole, roster, solution, dropped, deadline)


def _change_rules(published: Sequence[Assignment], kept: Sequence[Assignment], terms: Terms) -> list[Rule]:
    notice = max(terms.until, terms.now + NOTICE)
    rules: list[Rule] = [
        Frozen(until=terms.until, assignments=tuple(kept)),
        FewestChanges(assignments=tuple(published), notice=notice),
    ]
    if terms.people is not None or terms.changes is not None:
        rules.append(ChangeBudget(assignments=tuple(kept), people=terms.people, changes=terms.changes))
    return rules


def _kept(
    instance: Instance, rules: Sequence[Rule], published: Sequence[Assignment], terms: Terms, stop: Stop
) -> list[Assignment]:
    """The published duties that can stay together under the hard rules of the changed plan; frozen ones first."""
    known = [one for one in published if one.person(instance) and one.shift(instance)]
    referee = Referee.of(Scorer(Roster(instance), rules))
    pairs = [(instance.volunteer_index[one.volunteer], instance.shift_index[one.shift_id]) for one in known]
    able = [one for one, pair in zip(known, pairs) if referee.not_at_all(pair) is None]
    roster = Roster.named(instance, [(one.volunteer, one.shift_id) for one in able])
    if score(roster, rules).legal:
        return able
    model = build(instance, [rule for rule in rules if rule.level is Level.HARD])
    wanted = model.start(roster).astype(float)
    starts = np.array([instance.starts[s] for s in model.shift])
    frozen = starts < terms.until.replace(tzinfo=instance.zone).timestamp()
    found = legal_part(model, wanted, np.where(frozen, CERTAIN, 1.0), stop.part(0.3))
    if found is None:
        return able
    left = {(instance.volunteers[v].id, instance.shifts[s].id) for v, s in model.roster(found).pairs}
    return [one for one in able if (one.volunteer, one.shift_id) in left]


def _start(
    model: LinearModel, kept: Iterable[Assignment], stop: Stop
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The kept duties as a solution; if hard rules want more, any legal one."""
    instance = model.instance
    roster = Roster.named(instance, [(one.volunteer, one.shift_id) for one in kept])
    wanted = model.start(roster).astype(float)
    found = legal_part(model, wanted, np.ones(model.pairs), stop.part(0.4))
    if found is None:
        found = any_legal(model, stop)
    if found is None:
        raise OutOfTimeError(
            Text(
                "no legal repair was found: hard rules, frozen time or the budget leave none, or the time was short",
                "未找到合法的修补方案：硬性规则、冻结时间或变动上限不允许，或时间不足",
            )
        )
    return found


def _judged(
    rules: Sequence[Rule],
    whole: Sequence[Rule],
    roster: Roster,
    solution: Solution,
    dropped: tuple[Assignment, ...],
    deadline: Deadline,
) -> Repair:
    judged, own = score(roster, whole), score(roster, rules)
    assert judged.legal, "the matrix allowed what the referee does not"
    assert judged.values == tuple(map(round, solution.values)), "the matrix and the referee count differently"
    stability, cover = LEVELS.index(Level.STABILITY), LEVELS.index(Level.COVER)
    bounds = tuple(int(np.ceil(bound - 1e-6)) for bound in solution.bounds)
    return Repair(
        roster=roster,
        score=own,
        bounds=bounds,
        stability=judged.values[stability],
        least=bounds[stability],
        cover_proven=bounds[cover] >= judged.values[cover],
        dropped=dropped,
        seconds=deadline.elapsed(),
    )
