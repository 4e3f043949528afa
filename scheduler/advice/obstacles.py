"""What stands in the way of a volunteer on a shift: the hard rules that say no, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain.entity import Level
from scheduler.domain.roster import Pair
from scheduler.rules import RULES
from scheduler.rules.base import PairRule, Rule, Violation
from scheduler.score import Difference, Scorer

CATEGORIES = ("stability", "eligibility", "teamwork", "workload", "organisations", "fairness", "coverage")
"""The order in which rules are asked: what is settled, who can at all, with whom, how much, whose turn."""


def asked_first(rule: Rule) -> tuple[int, int]:
    """Where a rule stands in the order in which it is asked."""
    return CATEGORIES.index(rule.category), tuple(RULES).index(rule.rule) if rule.rule in RULES else len(
        RULES
    )


def hard_breaches(difference: Difference) -> tuple[Violation, ...]:
    """The hard violations that a change brings or makes worse, in the order in which rules are asked."""
    found = [one for one in difference.brought if one.rule.level is Level.HARD and _worse(one, difference)]
    return tuple(sorted(found, key=lambda one: asked_first(one.rule)))


def _worse(brought: Violation, difference: Difference) -> bool:
    """Whether there is more of a rule's breach by the same people than the change mends."""
    return _amount(brought, difference.brought) > _amount(brought, difference.mended)


def _amount(like: Violation, found: Iterable[Violation]) -> int:
    return sum(one.amount for one in found if one.rule is like.rule and one.volunteers == like.volunteers)


@dataclass(frozen=True, slots=True, eq=False)
class Referee:
    """Asks whether volunteers may take over shifts, cheap questions first."""

    scorer: Scorer
    pair_rules: tuple[PairRule, ...]
    strict: Scorer

    @classmethod
    def of(cls, scorer: Scorer) -> Referee:
        """The referee of a roster and its rules."""
        hard = [one for one in scorer.rules if one.level is Level.HARD]
        pair_rules = sorted((one for one in hard if isinstance(one, PairRule)), key=asked_first)
        return cls(scorer, tuple(pair_rules), Scorer(scorer.roster, hard))

    def not_at_all(self, pair: Pair) -> PairRule | None:
        """The first hard rule that bars a volunteer from a shift whatever the rest of the roster is."""
        instance = self.scorer.roster.instance
        volunteer, shift = instance.volunteers[pair[0]], instance.shifts[pair[1]]
        for rule in self.pair_rules:
            scope = rule.scope(instance)
            if scope.volunteers[pair[0]] and scope.shifts[pair[1]] and rule.judge(instance, volunteer, shift):
                return rule
        return None

    def first_no(self, add: Sequence[Pair], remove: Iterable[Pair] = ()) -> Rule | Difference:
        """The first hard rule against a change, else what the change does."""
        for pair in add:
            if (rule := self.not_at_all(pair)) is not None:
                return rule
        breaches = hard_breaches(self.strict.difference(add, remove))
        return breaches[0].rule if breaches else self.scorer.difference(add, remove)
