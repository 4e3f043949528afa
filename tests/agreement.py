"""What a rule's rows cost when the roster is fixed, to be compared with what its check says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.roster import Roster
from scheduler.engine import highs
from scheduler.engine.stop import Deadline
from scheduler.model.build import build
from scheduler.model.matrix import Proof
from scheduler.model.transform import priced, with_cost
from scheduler.rules.base import Rule
from scheduler.score import Score, score


def matrix_score(rules: list[Rule], roster: Roster, *, elastic: bool = False) -> Score | None:
    """The score by level that the matrix gives a roster; None if the matrix does not allow it.

    Elastic, the hard rules are priced: their cost is reported on the level ``hard``.
    """
    model = build(roster.instance, rules, elastic=elastic)
    if not all(model.knows(pair) for pair in roster.pairs):
        return None
    soft = priced(model)
    chosen = model.start(roster)
    fixed = replace(
        soft.matrix,
        lower=np.concatenate((chosen.astype(float), soft.matrix.lower[model.pairs :])),
        upper=np.concatenate((chosen.astype(float), soft.matrix.upper[model.pairs :])),
    )
    outcome = highs.solve(with_cost(fixed, soft.costs.sum(axis=0)), Deadline())
    if outcome.proof is Proof.INFEASIBLE or outcome.x is None:
        return None
    values = [round(soft.value(level, outcome.x), 6) for level in range(len(LEVELS))]
    if elastic:
        assert len({rule.level for rule in rules}) == 1, "elastic agreement is tested one level at a time"
        values = [sum(values), *[0] * (len(LEVELS) - 1)]
    return Score(tuple(int(value) for value in values))


def disagreement(rule: Rule, roster: Roster) -> str:
    """In which form the rows of a rule and its check disagree on a roster; empty if in none."""
    strict = rule.model_copy(update={"level": Level.HARD})
    truth = score(roster, [strict])
    allowed = matrix_score([strict], roster)
    if (allowed is None) == truth.legal:
        return f"strict: check says {truth.values}, matrix {'forbids' if allowed is None else 'allows'}"
    if (elastic := matrix_score([strict], roster, elastic=True)) != truth:
        return f"elastic: check says {truth.values}, matrix {elastic and elastic.values}"
    soft = rule.model_copy(update={"level": Level.WISH, "weight": 3})
    if (said := matrix_score([soft], roster)) != score(roster, [soft]):
        return f"soft: check says {score(roster, [soft]).values}, matrix {said and said.values}"
    return ""
