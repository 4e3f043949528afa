"""Where a roster's cost is: by level and rule, and whom it concerns most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scheduler.advice.answer import Answer, both, indented
from scheduler.domain.entity import LEVELS, Level
from scheduler.rules.base import Rule, Violation
from scheduler.score import Score
from scheduler.text import Text

SHOWN = 3
"""So many violations of a rule are named, the dearest first."""


def score_parts(found: Sequence[Violation]) -> Answer:
    """The score taken apart: each rule's cost and number of violations, the dearest, and the people most concerned."""
    score = Score.of(found)
    lines: list[Text] = []
    for level in LEVELS:
        mine = [one for one in found if one.rule.level is level]
        lines.append(Text("{level}: {cost}", "{level}：{cost}").format(level=level.label, cost=score[level]))
        for rule, some in _by_rule(mine):
            lines.append(
                indented(_RULE.format(title=rule.title, rule=rule.rule, cost=_cost(some), count=len(some)))
            )
            lines += [indented(indented(_violation(one))) for one in _dearest(some)[:SHOWN]]
    return Answer(
        title=_TITLE if found else _NOTHING,
        lines=tuple(lines),
        data={
            "score": {str(level): score[level] for level in LEVELS},
            "levels": {str(level): _level(found, level) for level in LEVELS},
        },
    )


_TITLE = Text("Where the cost is", "代价在哪里")
_NOTHING = Text("Nothing is broken: every level is 0", "没有任何违反：各级均为 0")
_RULE = Text("{title} ({rule}): {cost} in {count} places", "{title}（{rule}）：{cost}，共 {count} 处")


def _violation(one: Violation) -> Text:
    return Text("{text} (+{cost})", "{text}（+{cost}）").format(text=one.text, cost=one.cost)


def _level(found: Sequence[Violation], level: Level) -> list[dict[str, object]]:
    mine = [one for one in found if one.rule.level is level]
    return [
        {
            "rule": rule.rule,
            "cost": _cost(some),
            "violations": len(some),
            "people": dict(_concerned(some, people=True)[:SHOWN]),
            "shifts": dict(_concerned(some, people=False)[:SHOWN]),
            "dearest": [{"cost": one.cost, "text": both(one.text)} for one in _dearest(some)[:SHOWN]],
        }
        for rule, some in _by_rule(mine)
    ]


def _by_rule(found: Iterable[Violation]) -> list[tuple[Rule, list[Violation]]]:
    """The violations of each rule, the dearest rule first."""
    rules: dict[int, tuple[Rule, list[Violation]]] = {}
    for one in found:
        rules.setdefault(id(one.rule), (one.rule, []))[1].append(one)
    return sorted(rules.values(), key=lambda pair: -_cost(pair[1]))


def _dearest(found: Sequence[Violation]) -> list[Violation]:
    return sorted(found, key=lambda one: -one.cost)


def _concerned(found: Iterable[Violation], *, people: bool) -> list[tuple[str, int]]:
    """Ids with what the violations that name them cost, the most first."""
    costs: Counter[str] = Counter()
    for one in found:
        for name in one.volunteers if people else one.shifts:
            costs[name] += one.cost
    return sorted(costs.items(), key=lambda pair: (-pair[1], pair[0]))


def _cost(found: Iterable[Violation]) -> int:
    return sum(one.cost for one in found)
