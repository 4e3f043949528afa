"""Conflict: which hard rules, and whose, cannot hold together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.engine import cp_sat, highs
from scheduler.engine.stop import Deadline, Either, Stop
from scheduler.errors import Fault, NoRosterError
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import DEFINITION, LinearModel, Rows
from scheduler.rules.base import Rule
from scheduler.text import Text, joined

SECONDS = 30.0
"""How long a conflict may be searched for."""
SHRUNK = 60
"""Up to so many members a core is shrunk by leaving each out once."""
NAMED = 6
"""Whom of one rule a message names."""

Tag = tuple[int, int]

_CLASH = Text(
    en="these hard rules cannot all hold; change or soften one of them",
    zh="以下硬性规则无法同时满足；请修改其中一条或降低其级别",
)
_UNKNOWN = Text(
    en="the hard rules cannot all hold, and the time was too short to find out which; "
    "look at pins and quotas first",
    zh="硬性规则无法同时满足，但时间不足以找出具体是哪些；请先检查固定安排和配额",
)


def explain_conflict(instance: Instance, rules: Sequence[Rule], deadline: Stop) -> NoRosterError:
    """An error that names a small set of rules and people that cannot hold together."""
    hard = [rule for rule in rules if rule.level is Level.HARD]
    model = build(instance, hard)
    stop = Either(deadline, Deadline(SECONDS)) if deadline.left() > 5 else Deadline(5)
    members = _by_counting(model, stop) or _by_logic(model, stop)
    if not members:
        return NoRosterError(_UNKNOWN)
    error = NoRosterError(_CLASH)
    error.faults = (*error.faults, *_named(instance, hard, members))
    return error


def _by_counting(model: LinearModel, stop: Stop) -> list[Tag]:
    """Rows with a part in the least breach that the linear relaxation cannot avoid; none if it can avoid all.

    By Farkas' lemma rows with a dual of zero have no part in it. Few members are shrunk by deletion.
    """
    tagged = model.rows.rule != DEFINITION
    found = _unavoidable(model, tagged, stop)
    if 0 < len(found) <= SHRUNK:
        for member in list(found):
            kept = _rows_of(model.rows, [tag for tag in found if tag != member])
            smaller = _unavoidable(model, kept, stop)
            if smaller:
                found = [tag for tag in found if tag in smaller]
    return found


def _unavoidable(
    model: LinearModel, which: np.ndarray[tuple[int], np.dtype[np.bool_]], stop: Stop
) -> list[Tag]:
    rows = model.rows.take(which | (model.rows.rule == DEFINITION))
    tagged = rows.rule != DEFINITION
    elastic = replace(rows, level=np.where(tagged, 1, 0), price=np.where(tagged, 1.0, 0.0))
    ladder = Ladder(replace(model, rows=elastic))
    breach, dual = highs.duals(ladder.objective(1), stop)
    if breach < 1e-6:
        return []
    part = np.flatnonzero(tagged & (np.abs(dual) > 1e-7))
    return sorted({(int(rows.rule[n]), int(rows.subject[n])) for n in part})


def _by_logic(model: LinearModel, stop: Stop) -> list[Tag]:
    """A core from CP-SAT, for clashes that only whole numbers make."""
    rows = model.rows
    tags = sorted({(int(r), int(s)) for r, s in zip(rows.rule, rows.subject) if r != DEFINITION})
    number = {tag: n for n, tag in enumerate(tags)}
    group = np.array(
        [number.get((int(r), int(s)), -1) for r, s in zip(rows.rule, rows.subject)], dtype=np.int64
    )
    found = cp_sat.core(Ladder(model).matrix, group, stop)
    return [tags[n] for n in found or ()]


def _rows_of(rows: Rows, tags: list[Tag]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    wanted = set(tags)
    return np.array([(int(r), int(s)) in wanted for r, s in zip(rows.rule, rows.subject)], dtype=np.bool_)


def _named(instance: Instance, hard: Sequence[Rule], members: list[Tag]) -> list[Fault]:
    """A line for each rule: its name, whom it concerns, and how many more."""
    faults = []
    for number in sorted({rule for rule, _ in members}):
        rule = hard[number]
        who = [rule.subject_label(instance, subject) for at, subject in members if at == number]
        more = len(who) - NAMED
        names = joined(
            [*who[:NAMED], *([Text(f"and {more} more", f"等共 {len(who)} 项")] if more > 0 else [])]
        )
        faults.append(
            Fault("", Text(f"  {rule.rule}: {names.en}", f"  {rule.title.zh}（{rule.rule}）：{names.zh}"))
        )
    return faults
