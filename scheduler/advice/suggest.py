"""Who instead: substitutes for a shift and two-way swaps, legal ones only, in the referee's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scheduler.advice.answer import Answer, Option, counted_rules, indented
from scheduler.advice.obstacles import Referee, asked_first, hard_breaches
from scheduler.domain.roster import Pair
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Rule, VolunteerRule
from scheduler.score import Scorer
from scheduler.text import Text

TOP = 10
"""So many suggestions are named unless somebody wants more."""
NEAREST = 100
"""So many swaps are asked about unless somebody wants more: those whose shifts are nearest in time."""


@dataclass(frozen=True, slots=True, eq=False)
class Suggestions:
    """Who could take a shift over, and with whom it could be swapped; each in the referee's order, all legal.

    ``barred`` counts those whom a hard rule keeps away, by the first that says no; ``tried`` are the swaps asked
    about, of those that are ``there``.
    """

    shift: Shift
    without: Volunteer | None
    substitutes: tuple[Option, ...]
    swaps: tuple[Option, ...]
    barred: tuple[tuple[Rule, int], ...]
    tried: int
    there: int


def suggest(
    scorer: Scorer, shift: Shift, without: Volunteer | None = None, nearest: int | None = NEAREST
) -> Suggestions:
    """Substitutes for an open head of a shift, or for a volunteer who drops out of it; and swaps with them.

    The order is that of the roster's score after the change; of equal ones the person with fewer shifts first.
    Swaps are asked about from the nearest in time, up to a number; None asks about all.
    """
    referee = Referee.of(scorer)
    own = [one for one in referee.strict.rules if isinstance(one, VolunteerRule)]
    search = _Search(referee, shift, without, Scorer(scorer.roster, own))
    substitutes, barred = search.substitutes()
    there = search.offers() if without is not None else []
    asked = there[:nearest]
    swaps = search.swaps(asked)
    return Suggestions(
        shift, without, tuple(substitutes), tuple(swaps), tuple(barred), len(asked), len(there)
    )


@dataclass(frozen=True, slots=True)
class _Search:
    referee: Referee
    shift: Shift
    without: Volunteer | None
    personal: Scorer
    fitting: dict[int, bool] = field(default_factory=dict)

    @property
    def scorer(self) -> Scorer:
        return self.referee.scorer

    @property
    def gone(self) -> tuple[Pair, ...]:
        """What is given up: the dropped duty, if there is one."""
        if self.without is None:
            return ()
        return ((self.number(self.without), self.place),)

    @property
    def place(self) -> int:
        return self.scorer.roster.instance.shift_number(self.shift)

    def number(self, volunteer: Volunteer) -> int:
        return self.scorer.roster.instance.number(volunteer)

    def others(self) -> Iterator[tuple[int, Volunteer]]:
        """Everybody who is not on the shift."""
        crew = {one.id for one in self.scorer.roster.crew_of(self.shift)}
        for v, volunteer in enumerate(self.scorer.roster.instance.volunteers):
            if volunteer.id not in crew:
                yield v, volunteer

    def substitutes(self) -> tuple[list[Option], list[tuple[Rule, int]]]:
        found: list[Option] = []
        counts: Counter[str] = Counter()
        rules: dict[str, Rule] = {}
        for v, volunteer in self.others():
            answer = self.referee.first_no([(v, self.place)], self.gone)
            if isinstance(answer, Rule):
                counts[answer.rule] += 1
                rules[answer.rule] = answer
            else:
                found.append(Option(self._substitute(volunteer), ((v, self.place),), self.gone, answer))
        order = sorted(counts, key=lambda name: asked_first(rules[name]))
        return sorted(found, key=self._rank), [(rules[name], counts[name]) for name in order]

    def offers(self) -> list[Pair]:
        """Who could take the dropped duty for which of their own, the nearest in time first."""
        assert self.without is not None
        instance = self.scorer.roster.instance
        takes = self._shifts_open_to(self.number(self.without))
        found = [
            (v, s)
            for v, volunteer in self.others()
            for s in self._shifts_of(volunteer)
            if s in takes and self.referee.not_at_all((v, self.place)) is None
        ]
        return sorted(found, key=lambda pair: (abs(instance.shifts[pair[1]].start - self.shift.start), pair))

    def swaps(self, offers: Iterable[Pair]) -> list[Option]:
        """Those offers that hard rules allow: the dropped volunteer takes a shift of whoever takes theirs."""
        found = []
        for v, s in offers:
            assert self.without is not None
            if not self._fits_in(s):
                continue
            add = ((v, self.place), (self.number(self.without), s))
            remove = (*self.gone, (v, s))
            answer = self.referee.first_no(add, remove)
            if not isinstance(answer, Rule):
                volunteer = self.scorer.roster.instance.volunteers[v]
                found.append(Option(self._swap(volunteer, s), add, remove, answer))
        return sorted(found, key=self._rank)

    def _shifts_open_to(self, own: int) -> frozenset[int]:
        """Shifts that no hard rule bars the dropped volunteer from and that they do not serve."""
        instance, served = self.scorer.roster.instance, self.scorer.roster.pair_set
        return frozenset(
            s
            for s in range(len(instance.shifts))
            if instance.could_serve[own, s]
            and (own, s) not in served
            and self.referee.not_at_all((own, s)) is None
        )

    def _fits_in(self, s: int) -> bool:
        """Whether the hard rules on the dropped volunteer's own shifts allow another instead; asked once a shift."""
        assert self.without is not None
        if s not in self.fitting:
            change = self.personal.difference([(self.number(self.without), s)], self.gone)
            self.fitting[s] = not hard_breaches(change)
        return self.fitting[s]

    def _shifts_of(self, volunteer: Volunteer) -> Iterator[int]:
        instance = self.scorer.roster.instance
        yield from (instance.shift_number(shift) for shift in self.scorer.roster.shifts_of(volunteer))

    def _rank(self, option: Option) -> tuple[object, ...]:
        v = option.add[0][0]
        volunteer = self.scorer.roster.instance.volunteers[v]
        return (option.rank, len(self.scorer.roster.shifts_of(volunteer)), option.add)

    def _substitute(self, volunteer: Volunteer) -> Text:
        return _SUBSTITUTE.format(
            who=self._who(volunteer), count=len(self.scorer.roster.shifts_of(volunteer)) + 1
        )

    def _swap(self, volunteer: Volunteer, s: int) -> Text:
        assert self.without is not None
        other = self.scorer.roster.instance.shifts[s]
        return _SWAP.format(who=self._who(volunteer), own=self.without.label, other=other.label)

    def _who(self, volunteer: Volunteer) -> Text:
        if volunteer.organisation is None:
            return volunteer.label
        of = self.scorer.roster.instance.organisations[volunteer.organisation].label
        return Text("{who} ({of})", "{who}（{of}）").format(who=volunteer.label, of=of)


_SUBSTITUTE = Text("{who}, whose shift no. {count} it would be", "{who}，将是其第{count}班")
_SWAP = Text("{who} serves, and {own} takes {other}", "{who}来值守，{own}改值 {other}")
_TITLE = Text("Who could serve: {shift}", "谁可以值守：{shift}")
_INSTEAD = Text("Who could serve instead of {who}: {shift}", "谁可以顶替{who}：{shift}")
_SUBSTITUTES = Text("Substitutes: {count}", "可顶替：{count} 人")
_SWAPS = Text("Swaps (two people change): {count}", "可对调（涉及两人）：{count} 种")
_NEAREST = Text(
    "(the {tried} nearest in time of {there} were asked about; --swaps 0 asks about all)",
    "（共 {there} 种，只比较了时间最接近的 {tried} 种；--swaps 0 则全部比较）",
)
_BARRED = Text("Kept away by hard rules: {count}", "受硬性规则限制：{count} 人")


def suggestion_answer(found: Suggestions, scorer: Scorer, top: int = TOP) -> Answer:
    """The best suggestions in words."""
    title = _TITLE if found.without is None else _INSTEAD
    instance = scorer.roster.instance
    lines = [_SUBSTITUTES.format(count=len(found.substitutes)), *_numbered(found.substitutes[:top])]
    if found.without is not None:
        lines += [_SWAPS.format(count=len(found.swaps)), *_numbered(found.swaps[:top])]
        if found.tried < found.there:
            lines.append(indented(_NEAREST.format(tried=found.tried, there=found.there)))
    if found.barred:
        barred = sum(count for _, count in found.barred)
        lines += [_BARRED.format(count=barred), *counted_rules(found.barred)]
    return Answer(
        title=title.format(shift=found.shift.label, who=found.without.label if found.without else ""),
        lines=tuple(lines),
        data={
            "shift": found.shift.id,
            "without": found.without.id if found.without else None,
            "substitutes": [one.data(instance) for one in found.substitutes[:top]],
            "swaps": [one.data(instance) for one in found.swaps[:top]],
            "possible": {"substitutes": len(found.substitutes), "swaps": len(found.swaps)},
            "asked": {"swaps": found.tried, "of": found.there},
            "barred": {rule.rule: count for rule, count in found.barred},
        },
    )


def _numbered(options: tuple[Option, ...]) -> Iterator[Text]:
    for n, one in enumerate(options, start=1):
        line = one.line()
        yield indented(Text(f"{n}. {line.en}", f"{n}. {line.zh}"))
