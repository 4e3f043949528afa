"""Conflict: which hard rules, and whose, cannot hold together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.engine import cp_sat
from scheduler.engine.stop import Deadline
from scheduler.errors import Fault, NoRosterError
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import DEFINITION, LinearModel
from scheduler.rules.base import Rule
from scheduler.text import Text

SECONDS = 30.0
"""How long a conflict may be searched for."""

_CLASH = Text(
    en="these hard rules cannot all hold; change or soften one of them",
    zh="以下硬性规则无法同时满足；请修改其中一条或降低其级别",
)
_UNKNOWN = Text(
    en="the hard rules cannot all hold, and the time was too short to find out which; "
    "look at pins and quotas first",
    zh="硬性规则无法同时满足，但时间不足以找出具体是哪些；请先检查固定安排和配额",
)


def explain_conflict(instance: Instance, rules: Sequence[Rule], deadline: Deadline) -> NoRosterError:
    """An error that names a small set of rules and people that cannot hold together."""
    hard = [rule for rule in rules if rule.level is Level.HARD]
    model = build(instance, hard)
    members = _core(model, Deadline(max(5.0, min(SECONDS, deadline.left()))))
    if not members:
        return NoRosterError(_UNKNOWN)
    error = NoRosterError(_CLASH)
    named = [
        Fault("", Text(f"  {r.rule}: {who.en}", f"  {r.title.zh}（{r.rule}）：{who.zh}"))
        for r, who in ((hard[rule], hard[rule].subject_label(instance, subject)) for rule, subject in members)
    ]
    error.faults = (*error.faults, *named)
    return error


def _core(model: LinearModel, stop: Deadline) -> list[tuple[int, int]]:
    rows = model.rows
    tags = sorted({(int(r), int(s)) for r, s in zip(rows.rule, rows.subject) if r != DEFINITION})
    number = {tag: n for n, tag in enumerate(tags)}
    group = np.array(
        [number.get((int(r), int(s)), -1) for r, s in zip(rows.rule, rows.subject)], dtype=np.int64
    )
    found = cp_sat.core(Ladder(model).matrix, group, stop)
    return [tags[n] for n in found or ()]
