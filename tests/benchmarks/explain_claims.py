"""Claims of explanations, confirmed by doing what they say and asking the referee for the whole roster anew.

    python tests/benchmarks/explain_claims.py 300 beixinqiao/roster.json dongcheng/roster.json --solve 20

Every roster is asked about as it is and changed at random; prints how many claims of each kind were confirmed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from scheduler.advice.answer import Answer
from scheduler.advice.suggest import suggest
from scheduler.advice.why import why, why_not
from scheduler.advice.why_empty import why_empty, with_relaxation
from scheduler.domain.entity import LEVELS
from scheduler.domain.roster import Pair, Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.engine.relax import cheapest_relaxation
from scheduler.engine.stop import Deadline
from scheduler.io.roster_file import read_roster
from scheduler.rules.base import Rule
from scheduler.score import Score, Scorer, score

T = TypeVar("T")

QUESTIONS = 15
"""So many questions are asked about one random change of a roster."""
SAMPLE = 3
"""So many of the claims of one kind in an answer are looked at."""


@dataclass
class Claims:
    """Asks about one roster and counts the claims that the referee confirms; a wrong one is named."""

    roster: Roster
    rules: Sequence[Rule]
    rng: random.Random
    solve: int = 0
    confirmed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scorer = Scorer(self.roster, self.rules)
        self.before = score(self.roster, self.rules)

    def ask(self) -> None:
        """One question at random, and every kind of claim in its answer."""
        instance = self.roster.instance
        ways = [self._why, self._why_not, self._why_empty, self._suggest]
        self.rng.choice(ways)(self.rng.choice(instance.volunteers), self.rng.choice(instance.shifts))

    def _why(self, volunteer: Volunteer, shift: Shift) -> None:
        v, s = self.rng.choice(self.roster.pairs)
        volunteer, shift = self.roster.instance.volunteers[v], self.roster.instance.shifts[s]
        data: Any = why(self.scorer, volunteer, shift).data
        self._option("why: nobody instead", data["nobody"])
        for option in self._some(data["others"]):
            self._option("why: somebody else", option)
        for option in self._some(data["elsewhere"]):
            self._option("why: elsewhere", option)
        able = {self._pairs(one["add"])[0][0] for one in data["others"]}
        self._nobody_else("why: may not", able, s, remove=((v, s),))
        self._adds_up(
            "why: adds up", len(able) + len(self.roster.crew_of(shift)) + sum(data["barred"].values())
        )

    def _why_not(self, volunteer: Volunteer, shift: Shift) -> None:
        data: Any = why_not(self.scorer, volunteer, shift).data
        if data["serves"]:
            self._note("why-not: serves there", right=shift in self.roster.shifts_of(volunteer), what=data)
            return
        self._option("why-not: besides the crew", data["alone"])
        for option in self._some(data["instead"]):
            self._option("why-not: instead", option)

    def _why_empty(self, volunteer: Volunteer, shift: Shift) -> None:
        open_ones = [s for s in self.roster.instance.shifts if len(self.roster.crew_of(s)) < s.least]
        shift = self.rng.choice(open_ones) if open_ones else shift
        answer = why_empty(self.scorer, shift)
        data: Any = answer.data
        for option in self._some(data["able"]):
            self._option("why-empty: could come", option)
        able = {self._pairs(one["add"])[0][0] for one in data["able"]}
        self._nobody_else("why-empty: may not", able, self.roster.instance.shift_number(shift), remove=())
        self._adds_up("why-empty: adds up", len(able) + data["serving"] + sum(data["barred"].values()))
        if self.solve and data["missing"] and not able:
            self.solve -= 1
            self._relaxation(answer, shift)

    def _relaxation(self, answer: Answer, shift: Shift) -> None:
        instance = self.roster.instance
        found = cheapest_relaxation(self.scorer, shift, Deadline(60))
        data: Any = with_relaxation(answer, found, instance).data["relaxation"]
        if data is None:
            return
        after = self.roster.changed(self._pairs(data["add"]), self._pairs(data["remove"]))
        price = score(after, self.rules) - self.before
        right = len(after.crew_of(shift)) == len(self.roster.crew_of(shift)) + 1
        right &= data["price"] == {str(one): price[one] for one in LEVELS[1:] if price[one]}
        self._note("why-empty: exception fills it", right=right, what=data)

    def _suggest(self, volunteer: Volunteer, shift: Shift) -> None:
        v, s = self.rng.choice(self.roster.pairs)
        instance = self.roster.instance
        found = suggest(self.scorer, instance.shifts[s], instance.volunteers[v])
        for kind, options in (("substitute", found.substitutes), ("swap", found.swaps)):
            ranks = [one.rank for one in options]
            self._note(f"suggest: {kind}s in order", right=ranks == sorted(ranks), what=ranks)
            for one in self._some(options):
                self._option(f"suggest: {kind}", one.data(instance))
        able = {one.add[0][0] for one in found.substitutes}
        self._nobody_else("suggest: may not", able, s, remove=((v, s),))

    def _option(self, kind: str, option: dict[str, Any]) -> None:
        """Its price is the referee's, and it is called legal just if nothing hard is broken that was not."""
        price = self._done(self._pairs(option["add"]), self._pairs(option["remove"]))
        right = option["price"] == {str(one): price[one] for one in LEVELS if price[one]}
        right &= sum(one["cost"] for one in option["rules"]) == sum(price.values)
        right &= not option["legal"] or price.values[0] <= 0
        right &= option["legal"] or bool(option["breaches"])
        self._note(f"{kind}, {'price' if option['legal'] else 'not allowed'}", right=right, what=option)

    def _nobody_else(self, kind: str, able: set[int], s: int, remove: tuple[Pair, ...]) -> None:
        """Whoever is not named as able makes the roster break more that is hard."""
        crew = {v for v, at in self.roster.pairs if at == s}
        others = sorted(set(range(len(self.roster.instance.volunteers))) - able - crew)
        gone = self._done([], remove)
        for v in self._some(others):
            price = self._done([(v, s)], remove)
            self._note(kind, right=price.values[0] > min(0, gone.values[0]), what=(v, s, remove))

    def _adds_up(self, kind: str, count: int) -> None:
        self._note(kind, right=count == len(self.roster.instance.volunteers), what=count)

    def _done(self, add: Sequence[Pair], remove: Sequence[Pair]) -> Score:
        return score(self.roster.changed(add, remove), self.rules) - self.before

    def _pairs(self, said: list[dict[str, str]]) -> list[Pair]:
        instance = self.roster.instance
        return [
            (instance.volunteer_index[one["volunteer"]], instance.shift_index[one["shift"]]) for one in said
        ]

    def _some(self, of: Sequence[T]) -> list[T]:
        return self.rng.sample(list(of), min(SAMPLE, len(of)))

    def _note(self, kind: str, *, right: bool, what: object) -> None:
        if right:
            self.confirmed[kind] += 1
        else:
            self.wrong.append(f"{kind}: {what}")


def changed(rng: random.Random, roster: Roster) -> Roster:
    """The roster with some duties taken off and some people added, not all of it legal."""
    instance = roster.instance
    remove = rng.sample(roster.pairs, min(len(roster.pairs) - 1, rng.randrange(6)))
    add = [(rng.randrange(len(instance.volunteers)), rng.randrange(len(instance.shifts)))] * rng.randrange(2)
    return roster.changed([pair for pair in add if pair not in remove], remove)


def asked(
    roster: Roster, rules: Sequence[Rule], questions: int, rng: random.Random, solve: int = 0
) -> Iterator[Claims]:
    """Claims about the roster and about random changes of it, so many questions in all."""
    for n in range(0, questions, QUESTIONS):
        claims = Claims(roster if n == 0 else changed(rng, roster), rules, rng, solve)
        for _ in range(min(QUESTIONS, questions - n)):
            claims.ask()
        solve = claims.solve
        yield claims


def main() -> None:
    """Ask about roster files and print what was confirmed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=int)
    parser.add_argument("rosters", type=Path, nargs="+")
    parser.add_argument("--solve", type=int, default=10, help="exceptions solved for each roster")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for path in given.rosters:
        record = read_roster(path)
        begun = time.process_time()
        rng = random.Random(given.seed)
        rules = record.plan.problem.all_rules()
        confirmed, wrong = Counter[str](), []
        for claims in asked(record.roster, rules, given.questions, rng, given.solve):
            confirmed += claims.confirmed
            wrong += claims.wrong
        print(
            f"{path}: {given.questions} questions, {confirmed.total()} claims confirmed, {len(wrong)} wrong"
        )
        print("\n".join(f"  {count:6d}  {kind}" for kind, count in sorted(confirmed.items())))
        print("\n".join(wrong[:10]), f"({time.process_time() - begun:.0f} CPU seconds)")


if __name__ == "__main__":
    main()
