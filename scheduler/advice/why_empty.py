"""Why a shift is open: the funnel from all people to none, and who could come at what price."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from scheduler.advice.answer import Answer, Option, counted_rules, indented
from scheduler.advice.obstacles import Referee, asked_first
from scheduler.advice.relaxation import Relaxation, no_relaxation
from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift
from scheduler.rules.base import Rule
from scheduler.score import Scorer
from scheduler.text import Text

SHOWN = 5
"""So many of those who could serve are named."""


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """Everybody sorted: who serves there, whom a rule keeps away (the first asked), and who could come."""

    people: int
    serving: int
    barred: tuple[tuple[Rule, int], ...]
    able: tuple[Option, ...]


def funnel(scorer: Scorer, shift: Shift) -> Funnel:
    """The funnel of a shift; its counts add up to all people. Those who could come stand by their price."""
    referee, instance = Referee.of(scorer), scorer.roster.instance
    s = instance.shift_number(shift)
    counts: Counter[str] = Counter()
    rules: dict[str, Rule] = {}
    able = []
    crew = {instance.number(one) for one in scorer.roster.crew_of(shift)}
    for v, volunteer in enumerate(instance.volunteers):
        if v in crew:
            continue
        answer = referee.first_no([(v, s)])
        if isinstance(answer, Rule):
            counts[answer.rule] += 1
            rules[answer.rule] = answer
        else:
            able.append(Option(volunteer.label, ((v, s),), (), answer))
    order = sorted(counts, key=lambda name: asked_first(rules[name]))
    return Funnel(
        people=len(instance.volunteers),
        serving=len(crew),
        barred=tuple((rules[name], counts[name]) for name in order),
        able=tuple(sorted(able, key=lambda one: (one.rank, one.add))),
    )


def why_empty(scorer: Scorer, shift: Shift) -> Answer:
    """Why a shift has not its least heads, as a funnel."""
    found, instance = funnel(scorer, shift), scorer.roster.instance
    missing = max(0, shift.least - found.serving)
    return Answer(
        title=_TITLE.format(shift=shift.label, least=shift.least, there=found.serving, missing=missing),
        lines=(
            _ALL.format(count=found.people),
            *((indented(_SERVING.format(count=found.serving)),) if found.serving else ()),
            *counted_rules(found.barred),
            indented(_ABLE.format(count=len(found.able))),
            *(indented(indented(one.line())) for one in found.able[:SHOWN]),
        ),
        data={
            "shift": shift.id,
            "least": shift.least,
            "serving": found.serving,
            "missing": missing,
            "people": found.people,
            "barred": {rule.rule: count for rule, count in found.barred},
            "able": [one.data(instance) for one in found.able],
        },
    )


def with_relaxation(answer: Answer, found: Relaxation | None, instance: Instance) -> Answer:
    """The answer with the cheapest exception that would fill the shift."""
    lines = (no_relaxation(),) if found is None else found.lines(instance)
    relaxation = None if found is None else found.data(instance)
    return Answer(answer.title, (*answer.lines, *lines), {**answer.data, "relaxation": relaxation})


_TITLE = Text(
    "{shift}: {there} of {least} heads, {missing} missing",
    "{shift}：应到 {least} 人，已有 {there} 人，缺 {missing} 人",
)
_ALL = Text("Of {count} people", "全部 {count} 人中")
_SERVING = Text("serve there: {count}", "已在该班次：{count} 人")
_ABLE = Text("could come: {count}", "可以来：{count} 人")
