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
from scheduler.engine.fewest import PERSON
from scheduler.engine.mend import any_legal, legal_part, mend
from scheduler.engine.result import Solution
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline, Stop
from scheduler.errors import NoRosterError, OutOfTimeError
from scheduler.model.build import build
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.rules import ChangeBudget, Cover, FewestChanges, Frozen
from scheduler.rules.base import Rule
from scheduler.score import Score, Scorer, score
from scheduler.text import Text

NOTICE = dt.timedelta(hours=48)
"""Changes that are nearer than this are at short notice."""
CERTAIN = 1000.0
"""What keeping a frozen duty is worth against another."""
HALF = 0.5
"""Share of the time for the best repair without a budget."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which a roster is repaired: the local time now, the hours that stay frozen, and the budgets.

    ``people`` and ``changes`` limit what is asked besides the published duties that cannot stay.
    """

    now: dt.datetime
    freeze: dt.timedelta = dt.timedelta(hours=24)
    people: int | None = None
    changes: int | None = None

    @property
    def until(self) -> dt.datetime:
        """Shifts that start before this moment stay as they are."""
        return self.now + self.freeze


@dataclass(frozen=True, slots=True)
class Unlimited:
    """What the best repair without a budget asks for, besides the published duties that cannot stay.

    ``cover`` is what it leaves open, by weight; ``fewest`` says that fewer people are proven not to do for that.
    """

    people: int
    changes: int
    cover: int
    fewest: bool


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """The repaired roster and what is proven of it.

    ``score`` is by the plan's own rules. ``stability`` prices the changes, ``least`` is a lower bound on it for all
    rosters that cover the posts as well. ``dropped`` are published duties that cannot stay: the person or the shift
    is no longer in the plan, or a hard rule forbids it now. ``over_budget`` is what the best repair without a budget
    asks for, if that is more than the budget; the bounds are then of rosters within it. ``cover`` is what is left
    open, by weight.
    """

    roster: Roster
    score: Score
    bounds: tuple[int, ...]
    stability: int
    least: int
    cover_proven: bool
    dropped: tuple[Assignment, ...]
    over_budget: Unlimited | None
    cover: int
    seconds: float

    @property
    def budget_costs_cover(self) -> bool | None:
        """Whether the budget keeps posts open that could be covered without it; None if that is not proven."""
        if self.over_budget is None or self.cover <= self.over_budget.cover:
            return False
        return True if self.bounds[LEVELS.index(Level.COVER)] > self.over_budget.cover else None

    @property
    def fewest(self) -> bool:
        """Whether it is proven that no roster covers the posts as well with fewer people, then changes."""
        return self.cover_proven and self.least >= self.stability

    @property
    def least_people(self) -> int:
        """So many people at least are disturbed where the posts are covered as well."""
        return max(0, self.least) // PERSON


def repair(
    instance: Instance,
    rules: Sequence[Rule],
    published: Sequence[Assignment],
    terms: Terms,
    deadline: Deadline,
    settings: Settings | None = None,
) -> Repair:
    """The roster of the changed plan that covers its posts and changes least of what is published.

    Raises OutOfTimeError if no legal roster was found in the time given, NoRosterError if the budget allows none.
    """
    settings = settings or Settings()
    kept = _kept(instance, rules, published, terms, deadline)
    asked = _waiting_later(instance, rules)
    staying = set(kept)
    dropped = tuple(one for one in published if one not in staying)
    changing = _change_rules(published, kept, terms)
    limited = terms.people is not None or terms.changes is not None
    free = deadline.part(HALF) if limited and settings.rounds is None else deadline
    best = _mended(instance, [*asked, *changing], kept, free, settings)
    over = _over(*best, kept, terms)
    if over is not None:
        budget = ChangeBudget(assignments=tuple(kept), people=terms.people, changes=terms.changes)
        changing.append(budget)
        best = _mended(instance, [*asked, *changing], kept, deadline, settings, over)
    return _judged(rules, [*asked, *changing], best, dropped, over, deadline)


def _waiting_later(instance: Instance, rules: Sequence[Rule]) -> list[Rule]:
    """The rules with the cover of stand-by posts on level reserve, so that who waits there is called before others."""
    waiting = tuple(post.id for post in instance.posts.values() if post.stands_by)
    serving = tuple(post.id for post in instance.posts.values() if not post.stands_by)
    found: list[Rule] = []
    for rule in rules:
        if not waiting or not isinstance(rule, Cover) or rule.level is not Level.COVER:
            found.append(rule)
            continue
        for posts, level in ((serving, Level.COVER), (waiting, Level.RESERVE)):
            mine = posts if rule.posts is None else tuple(one for one in posts if one in rule.posts)
            found.append(rule.model_copy(update={"posts": mine, "level": level}))
    return found


def _change_rules(published: Sequence[Assignment], kept: Sequence[Assignment], terms: Terms) -> list[Rule]:
    return [
        Frozen(until=terms.until, assignments=tuple(kept)),
        FewestChanges(
            assignments=tuple(published), people=PERSON, notice=max(terms.until, terms.now + NOTICE)
        ),
    ]


def _mended(
    instance: Instance,
    rules: Sequence[Rule],
    kept: Sequence[Assignment],
    stop: Stop,
    settings: Settings,
    over: Unlimited | None = None,
) -> tuple[Roster, Solution]:
    model = build(instance, rules)
    solution = mend(model, _start(model, kept, stop, over), stop, settings)
    return model.roster(solution.x), solution


def _over(roster: Roster, solution: Solution, kept: Sequence[Assignment], terms: Terms) -> Unlimited | None:
    """The people asked and the duties changed besides what cannot stay, if they are more than the budget."""
    instance = roster.instance
    before = {(one.volunteer, one.shift_id) for one in kept}
    after = {(instance.volunteers[v].id, instance.shifts[s].id) for v, s in roster.pairs}
    people, changes = len({volunteer for volunteer, _ in before ^ after}), len(before ^ after)
    within = (terms.people is None or people <= terms.people) and (
        terms.changes is None or changes <= terms.changes
    )
    if within:
        return None
    cover, changing = LEVELS.index(Level.COVER), LEVELS.index(Level.STABILITY)
    fewest = solution.bounds[changing] // PERSON >= solution.values[changing] // PERSON
    waiting = any(
        post.stands_by for post in instance.posts.values()
    )  # who stands by is not counted as disturbed
    return Unlimited(people, changes, round(solution.values[cover]), fewest and not waiting)


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


def _start(model: LinearModel, kept: Iterable[Assignment], stop: Stop, over: Unlimited | None) -> Floats:
    """The kept duties as a solution; if hard rules want more, any legal one."""
    instance = model.instance
    roster = Roster.named(instance, [(one.volunteer, one.shift_id) for one in kept])
    wanted = model.start(roster).astype(float)
    found = legal_part(model, wanted, np.ones(model.pairs), stop.part(0.4))
    if found is None:
        found = any_legal(model, stop)
    if found is None and over is not None and not stop.reached():
        raise NoRosterError(_TOO_TIGHT.format(people=over.people, changes=over.changes))
    if found is None:
        raise OutOfTimeError(_NONE)
    return found


_TOO_TIGHT = Text(
    "hard rules leave no roster within the budget of changes; without one, {people} people and {changes} changes do",
    "在变动上限之内，硬性规则不允许任何排班；不设上限时，影响{people}人、变动{changes}个班次即可",
)
_NONE = Text(
    "no legal repair was found: hard rules or frozen time leave none, or the time was too short",
    "未找到合法的修补方案：硬性规则或冻结时间不允许，或时间不足",
)


def _judged(
    rules: Sequence[Rule],
    whole: Sequence[Rule],
    best: tuple[Roster, Solution],
    dropped: tuple[Assignment, ...],
    over: Unlimited | None,
    deadline: Deadline,
) -> Repair:
    roster, solution = best
    judged, own = score(roster, whole), score(roster, rules)
    assert judged.legal, "the matrix allowed what the referee does not"
    assert judged.values == tuple(map(round, solution.values)), "the matrix and the referee count differently"
    bounds = tuple(int(np.ceil(bound - 1e-6)) for bound in solution.bounds)
    return Repair(
        roster=roster,
        score=own,
        bounds=bounds,
        stability=judged[Level.STABILITY],
        least=bounds[LEVELS.index(Level.STABILITY)],
        cover_proven=bounds[LEVELS.index(Level.COVER)] >= judged[Level.COVER],
        dropped=dropped,
        over_budget=over,
        cover=judged[Level.COVER],
        seconds=deadline.elapsed(),
    )
