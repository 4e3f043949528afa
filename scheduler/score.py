"""The referee: what a roster scores, level by level, in plain Python and without a solver."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, total_ordering

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.roster import Pair, Roster
from scheduler.rules.base import Rule, Scope, Violation


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


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change of a roster does: the violations it mends and those it brings, of all it touches."""

    mended: tuple[Violation, ...]
    brought: tuple[Violation, ...]

    @property
    def score(self) -> Score:
        """By how much the score rises, level by level; negative where it falls."""
        return Score.of(self.brought) - Score.of(self.mended)


class Scorer:
    """Scores changes of a roster by re-checking only what they touch."""

    def __init__(self, roster: Roster, rules: Sequence[Rule]) -> None:
        self.roster = roster
        self.rules = tuple(rules)
        self._rules = _by_scope(roster, rules)
        self._narrowed: dict[int, Roster] = {}
        self._before: dict[tuple[int, Hashable], list[Violation]] = {}

    @cached_property
    def score(self) -> Score:
        """The score of the roster; worked out when it is asked for, differences do not need it."""
        return score(self.roster, self.rules)

    def change(self, add: Iterable[Pair] = (), remove: Iterable[Pair] = ()) -> Score:
        """The score after a change; the roster itself stays."""
        return self.score + self.difference(add, remove).score

    def difference(self, add: Iterable[Pair] = (), remove: Iterable[Pair] = ()) -> Difference:
        """What a change would mend and bring; violations that stay as they are in neither."""
        new = set(add)
        gone = (set(remove) - new) & self.roster.pair_set
        new -= self.roster.pair_set
        found: list[tuple[int, list[Violation], list[Violation]]] = []
        for n, (scope, rules) in enumerate(self._rules):
            inside = [
                {(v, s) for v, s in part if scope.volunteers[v] and scope.shifts[s]} for part in (new, gone)
            ]
            if any(inside):
                found += self._checked(self._within(n), rules, *inside)
        found.sort(key=lambda one: one[0])
        return Difference(
            mended=tuple(one for _, before, after in found for one in before if one not in after),
            brought=tuple(one for _, before, after in found for one in after if one not in before),
        )

    def moved(self, add: Iterable[Pair] = (), remove: Iterable[Pair] = ()) -> Scorer:
        """A scorer of the changed roster."""
        add, remove = list(add), list(remove)
        moved = object.__new__(Scorer)
        moved.roster = self.roster.changed(add, remove)
        moved.rules = self.rules
        vars(moved)["score"] = self.change(add, remove)
        moved._rules = self._rules
        moved._narrowed = {}
        moved._before = {}
        return moved

    def _within(self, n: int) -> Roster:
        """The part of the roster that a scope leaves."""
        if n not in self._narrowed:
            scope = self._rules[n][0]
            self._narrowed[n] = self.roster.within(scope.volunteers, scope.shifts)
        return self._narrowed[n]

    def _checked(
        self, old: Roster, rules: _Numbered, new: set[Pair], gone: set[Pair]
    ) -> Iterator[tuple[int, list[Violation], list[Violation]]]:
        """The number of each rule and the violations of all that a change touches of it, before and after."""
        after, pairs = old.changed(new, gone), sorted(new | gone)
        for number, rule in rules:
            touched: dict[Hashable, None] = {}
            for pair in pairs:
                touched |= dict.fromkeys(rule.subjects(old.instance, pair))
            yield (
                number,
                [one for subject in touched for one in self._now(old, number, rule, subject)],
                [one for subject in touched for one in rule.check_subject(after, subject)],
            )

    def _now(self, old: Roster, number: int, rule: Rule, subject: Hashable) -> list[Violation]:
        """The violations of a rule's subject in the roster as it is, worked out once."""
        if (number, subject) not in self._before:
            self._before[number, subject] = list(rule.check_subject(old, subject))
        return self._before[number, subject]


_Numbered = tuple[tuple[int, Rule], ...]


def _by_scope(roster: Roster, rules: Sequence[Rule]) -> tuple[tuple[Scope, _Numbered], ...]:
    """The rules with their numbers, those that speak of the same volunteers and shifts together."""
    found: dict[tuple[int, int], tuple[Scope, list[tuple[int, Rule]]]] = {}
    for number, rule in enumerate(rules):
        scope = rule.scope(roster.instance)
        found.setdefault((id(scope.volunteers), id(scope.shifts)), (scope, []))[1].append((number, rule))
    return tuple((scope, tuple(numbered)) for scope, numbered in found.values())
