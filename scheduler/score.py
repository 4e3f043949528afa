"""The referee: what a roster scores, level by level, in plain Python and without a solver."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import total_ordering

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.roster import Pair, Roster
from scheduler.rules.base import Rule, Violation


@total_ordering
@dataclass(frozen=True, slots=True)
class Score:
    """What is broken, a number a level from hard to wish; smaller is better, compared from the left."""

    values: tuple[int, ...]

    @classmethod
    def of(cls, violations: Iterable[Violation]) -> Score:
        """The sum of what violations cost."""
        values = dict.fromkeys(LEVELS, 0)
        for violation in violations:
            values[violation.rule.level] += violation.cost
        return cls(tuple(values.values()))

    def __getitem__(self, level: Level) -> int:
        return self.values[LEVELS.index(level)]

    def __lt__(self, other: Score) -> bool:
        return self.values < other.values

    def __add__(self, other: Score) -> Score:
        return Score(tuple(a + b for a, b in zip(self.values, other.values)))

    def __sub__(self, other: Score) -> Score:
        return Score(tuple(a - b for a, b in zip(self.values, other.values)))

    @property
    def legal(self) -> bool:
        """Whether no hard rule is broken."""
        return self[Level.HARD] == 0


def violations(roster: Roster, rules: Sequence[Rule]) -> list[Violation]:
    """Every violation of every rule, in the order of the rules."""
    found: list[Violation] = []
    for rule in rules:
        scope = rule.scope(roster.instance)
        found += rule.check_all(roster.within(scope.volunteers, scope.shifts))
    return found


def score(roster: Roster, rules: Sequence[Rule]) -> Score:
    """The score of a roster, whoever made it."""
    return Score.of(violations(roster, rules))


class Scorer:
    """Scores changes of a roster by re-checking only what they touch."""

    def __init__(self, roster: Roster, rules: Sequence[Rule]) -> None:
        self.roster = roster
        self.score = score(roster, rules)
        self._rules = [(rule, rule.scope(roster.instance)) for rule in rules]

    def change(self, add: Iterable[Pair] = (), remove: Iterable[Pair] = ()) -> Score:
        """The score after a change; the roster itself stays."""
        return self._score_of(self.roster.changed(add, remove))

    def moved(self, add: Iterable[Pair] = (), remove: Iterable[Pair] = ()) -> Scorer:
        """A scorer of the changed roster."""
        moved = object.__new__(Scorer)
        moved.roster = self.roster.changed(add, remove)
        moved.score = self._score_of(moved.roster)
        moved._rules = self._rules
        return moved

    def _score_of(self, after: Roster) -> Score:
        changed = sorted(after.pair_set ^ self.roster.pair_set)
        result = self.score
        for rule, scope in self._rules:
            subjects: dict[Hashable, None] = {}
            for v, s in changed:
                if scope.volunteers[v] and scope.shifts[s]:
                    subjects |= dict.fromkeys(rule.subjects(self.roster.instance, (v, s)))
            if not subjects:
                continue
            old = self.roster.within(scope.volunteers, scope.shifts)
            new = after.within(scope.volunteers, scope.shifts)
            for subject in subjects:
                result = result - Score.of(rule.check_subject(old, subject))
                result = result + Score.of(rule.check_subject(new, subject))
        return result
