"""Shifts of one volunteer that exclude each other: cliques where it must hold, pairs where it is priced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.domain.grouping import Groups
from scheduler.domain.volunteer import Volunteer
from scheduler.model.linear_model import Terms

if TYPE_CHECKING:
    from scheduler.model.build import Builder
    from scheduler.model.rule_model import RuleModel

Clash = tuple[int, int]


def post_clashes(model: RuleModel, builder: Builder, clashes: list[Clash], *, hard: bool) -> None:
    """Write the clashes between timings for every volunteer of the rule."""
    if hard:
        cliques = builder.instance.cliques(clashes)
        model.at_most_in(builder.instance.groups_of_timings(cliques), 1, distinct=True)
        return
    single = [v for v in model.volunteers if not model.one_at_a_time(v)]
    if len(single) < len(model.volunteers):
        _post_by_timing(model, builder, [clash for clash in clashes if clash[0] != clash[1]])
    for volunteer in single:
        _post_pairs(model, builder, clashes, volunteer)


def _post_by_timing(model: RuleModel, builder: Builder, clashes: list[Clash]) -> None:
    both: Groups = builder.instance.groups_of_timings([frozenset(clash) for clash in clashes])
    bound = np.where(builder.one_at_a_time, 1.0, np.inf)
    model.at_most_in(both, bound)


def _post_pairs(model: RuleModel, builder: Builder, clashes: list[Clash], volunteer: Volunteer) -> None:
    columns, shifts = model.columns_of(volunteer)
    timing = builder.instance.timing_of[shifts]
    at = {int(t): columns[timing == t] for t in np.unique(timing)}
    for earlier, later in clashes:
        first, second = at.get(earlier, ()), at.get(later, ())
        for n, one in enumerate(first):
            for other in second[n + 1 :] if earlier == later else second:
                model.at_most(1, Terms.of(np.array([one, other])), subject=builder.instance.number(volunteer))
