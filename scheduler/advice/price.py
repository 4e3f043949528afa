"""What a change costs, in words: by level and by rule, as the referee counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.entity import LEVELS
from scheduler.rules.base import Rule, Violation
from scheduler.score import Difference, Score
from scheduler.text import Text, joined

_FREE = Text("costs nothing", "不增加任何代价")


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What a change costs under one rule: by how much its cost rises, and the violations it mends and brings."""

    rule: Rule
    cost: int
    mended: tuple[Violation, ...]
    brought: tuple[Violation, ...]


def by_rule(difference: Difference) -> tuple[RulePrice, ...]:
    """The price rule by rule, the highest level first; a rule that stays as it is has no entry."""
    rules: dict[int, Rule] = {}
    for one in (*difference.brought, *difference.mended):
        rules.setdefault(id(one.rule), one.rule)
    prices = [
        RulePrice(rule, _cost(brought) - _cost(mended), mended, brought)
        for rule in rules.values()
        for mended in [tuple(one for one in difference.mended if one.rule is rule)]
        for brought in [tuple(one for one in difference.brought if one.rule is rule)]
    ]
    return tuple(sorted(prices, key=lambda one: LEVELS.index(one.rule.level)))


def price_words(difference: Difference) -> Text:
    """The price in one phrase: ``cover −10 (cover), fairness +9 (fair-load)``; levels that stay are left out."""
    parts = []
    for level in LEVELS:
        rules = [one for one in by_rule(difference) if one.rule.level is level and one.cost]
        if total := difference.score[level]:
            name = level.label
            inner = ", ".join(f"{one.rule.rule} {signed(one.cost)}" for one in rules)
            detail = inner if len(rules) > 1 else ", ".join(one.rule.rule for one in rules)
            parts.append(
                Text(f"{name.en} {signed(total)} ({detail})", f"{name.zh} {signed(total)}（{detail}）")
            )
    return joined(parts, zh="，") if parts else _FREE


def score_words(score: Score) -> Text:
    """A score or a difference of two in one phrase, levels of zero left out."""
    parts = [
        Text(f"{level.label.en} {signed(score[level])}", f"{level.label.zh} {signed(score[level])}")
        for level in LEVELS
        if score[level]
    ]
    return joined(parts, zh="，") if parts else _FREE


def signed(number: int) -> str:
    """A number with its sign, the minus as it is typeset."""
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def _cost(found: Iterable[Violation]) -> int:
    return sum(one.cost for one in found)
