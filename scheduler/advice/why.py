"""Why somebody serves: what every alternative would cost; and why somebody does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from scheduler.advice.answer import Answer, Option, counted_rules, indented
from scheduler.advice.obstacles import Referee, asked_first
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Rule
from scheduler.score import Scorer
from scheduler.text import Text

SHOWN = 5
"""So many of the best alternatives are named."""


def why(scorer: Scorer, volunteer: Volunteer, shift: Shift | None = None) -> Answer:
    """Why a volunteer serves on a shift, or on each of theirs: nobody instead, others instead, elsewhere."""
    if shift is None:
        return _why_all(scorer, volunteer)
    if shift not in scorer.roster.shifts_of(volunteer):
        return _serves_not(scorer, volunteer, shift)
    referee = Referee.of(scorer)
    off = _taken_off(scorer, volunteer, shift)
    others, barred = _others(referee, volunteer, shift)
    elsewhere = _elsewhere(referee, volunteer, shift)
    instance = scorer.roster.instance
    return Answer(
        title=_TITLE.format(who=volunteer.label, shift=shift.label),
        lines=(
            off.line(),
            *_listed(_OTHERS.format(count=len(others)), others),
            *((_BARRED.format(count=sum(n for _, n in barred)), *counted_rules(barred)) if barred else ()),
            *_listed(_ELSEWHERE.format(count=len(elsewhere)), elsewhere),
            _verdict([off, *others, *elsewhere]),
        ),
        data={
            "volunteer": volunteer.id,
            "shift": shift.id,
            "nobody": off.data(instance),
            "others": [one.data(instance) for one in others],
            "barred": {rule.rule: count for rule, count in barred},
            "elsewhere": [one.data(instance) for one in elsewhere],
        },
    )


def why_not(scorer: Scorer, volunteer: Volunteer, shift: Shift) -> Answer:
    """Why a volunteer does not serve on a shift: every rule that says no, or the price; alone and for another."""
    roster, instance = scorer.roster, scorer.roster.instance
    if shift in roster.shifts_of(volunteer):
        text = Text("{who} does serve there: {shift}", "{who}就在该班次：{shift}")
        return Answer(text.format(who=volunteer.label, shift=shift.label), (), {"serves": True})
    pair = (instance.number(volunteer), instance.shift_number(shift))
    alone = Option(Text("besides the crew", "在现有人员之外加入"), (pair,), (), scorer.difference(add=[pair]))
    instead = _instead(scorer, pair, shift)
    return Answer(
        title=Text("Why {who} does not serve: {shift}", "{who}为何不在：{shift}").format(
            who=volunteer.label, shift=shift.label
        ),
        lines=(alone.line(), *(one.line() for one in instead)),
        data={
            "volunteer": volunteer.id,
            "shift": shift.id,
            "serves": False,
            "alone": alone.data(instance),
            "instead": [one.data(instance) for one in instead],
        },
    )


_TITLE = Text("Why {who} serves: {shift}", "{who}为何值守：{shift}")
_OTHERS = Text("Others who could serve instead: {count}", "可替换的其他人：{count} 人")
_ELSEWHERE = Text("Other shifts they could serve instead: {count}", "可改去的其他班次：{count} 个")
_BARRED = Text("Others who may not: {count}", "其他人不能替换：{count} 人")
_BEST = Text("Nothing better is one step away.", "没有任何一步改动比现在更好。")
_BETTER = Text("Better than now: {what}.", "比现在更好的做法：{what}。")


def _why_all(scorer: Scorer, volunteer: Volunteer) -> Answer:
    shifts = scorer.roster.shifts_of(volunteer)
    answers = [why(scorer, volunteer, shift) for shift in shifts]
    title = Text("{who} serves on {count} shifts", "{who}共值守 {count} 班").format(
        who=volunteer.label, count=len(shifts)
    )
    lines = [line for one in answers for line in (one.title, *map(indented, one.lines))]
    return Answer(title, tuple(lines), {"volunteer": volunteer.id, "shifts": [one.data for one in answers]})


def _serves_not(scorer: Scorer, volunteer: Volunteer, shift: Shift) -> Answer:
    answer = why_not(scorer, volunteer, shift)
    return Answer(answer.title, answer.lines, answer.data)


def _taken_off(scorer: Scorer, volunteer: Volunteer, shift: Shift) -> Option:
    instance = scorer.roster.instance
    pair = (instance.number(volunteer), instance.shift_number(shift))
    what = Text("nobody instead", "不派人顶替")
    return Option(what, (), (pair,), scorer.difference(remove=[pair]))


def _others(
    referee: Referee, volunteer: Volunteer, shift: Shift
) -> tuple[list[Option], list[tuple[Rule, int]]]:
    """Who could take the shift over, best first; and how many each rule keeps from it."""
    instance = referee.scorer.roster.instance
    own, number = instance.number(volunteer), instance.shift_number(shift)
    crew = {instance.number(one) for one in referee.scorer.roster.crew_of(shift)}
    found, barred, rules = [], Counter[str](), {}
    for v, other in enumerate(instance.volunteers):
        if v in crew:
            continue
        answer = referee.first_no([(v, number)], [(own, number)])
        if isinstance(answer, Rule):
            barred[answer.rule] += 1
            rules[answer.rule] = answer
        else:
            found.append(Option(other.label, ((v, number),), ((own, number),), answer))
    found.sort(key=lambda one: (one.rank, one.add))
    order = sorted(barred, key=lambda name: asked_first(rules[name]))
    return found, [(rules[name], barred[name]) for name in order]


def _elsewhere(referee: Referee, volunteer: Volunteer, shift: Shift) -> list[Option]:
    """Which other shift with room the volunteer could serve instead, best first."""
    roster, instance = referee.scorer.roster, referee.scorer.roster.instance
    v, own = instance.number(volunteer), instance.shift_number(shift)
    found = []
    for s in np.flatnonzero(instance.could_serve[v]).tolist():
        other = instance.shifts[s]
        if (v, s) in roster.pair_set or roster.heads[s] >= other.most:
            continue
        answer = referee.first_no([(v, s)], [(v, own)])
        if not isinstance(answer, Rule):
            found.append(Option(other.label, ((v, s),), ((v, own),), answer))
    return sorted(found, key=lambda one: (one.rank, one.add))


def _instead(scorer: Scorer, pair: tuple[int, int], shift: Shift) -> list[Option]:
    instance = scorer.roster.instance
    found = []
    for other in scorer.roster.crew_of(shift):
        gone = (instance.number(other), pair[1])
        what = Text("instead of {who}", "替换{who}").format(who=other.label)
        found.append(Option(what, (pair,), (gone,), scorer.difference(add=[pair], remove=[gone])))
    return sorted(found, key=lambda one: (not one.legal, one.rank, one.remove))


def _listed(head: Text, options: list[Option]) -> Iterator[Text]:
    yield head
    for one in options[:SHOWN]:
        yield indented(one.line())


def _verdict(options: list[Option]) -> Text:
    better = [one for one in options if one.legal and one.difference.score.values < (0,) * len(one.rank)]
    if not better:
        return _BEST
    return _BETTER.format(what=min(better, key=lambda one: one.rank).line())
