"""Hard rules that cannot hold together, in words: which, of whom, and how near one can come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.advice.answer import Answer, both, indented
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.rules.base import PairRule, RosterRule, Rule, Violation
from scheduler.text import Text, joined

NAMED = 6
"""Whom of one rule a sentence names."""
LISTED = 4
"""So many values of a parameter are named."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A hard rule and whom or what it concerns, by the subject number of its rows."""

    rule: Rule
    subject: int

    def label(self, instance: Instance) -> Text:
        """Whom or what it concerns."""
        return self.rule.subject_label(instance, self.subject)

    def breaches(self, roster: Roster) -> list[Violation]:
        """What the referee says of this rule and subject on a roster."""
        scope = self.rule.scope(roster.instance)
        mine = roster.within(scope.volunteers, scope.shifts)
        if isinstance(self.rule, PairRule):
            pairs = [pair for pair in mine.pairs if pair[0] == self.subject]
            return [one for pair in pairs for one in self.rule.check_subject(mine, pair)]
        whole = (
            isinstance(self.rule, RosterRule) and type(self.rule).check_subject is RosterRule.check_subject
        )
        return list(self.rule.check_all(mine) if whole else self.rule.check_subject(mine, self.subject))


@dataclass(frozen=True, slots=True, eq=False)
class Conflict:
    """Hard rules that cannot hold together; ``minimal``: without any one of them the others were shown to hold.

    ``nearest`` is what a roster with the least breach of them still breaks, as the referee says; empty if the time
    was too short for one.
    """

    members: tuple[Member, ...]
    minimal: bool
    nearest: tuple[Violation, ...] = ()

    def lines(self, instance: Instance) -> tuple[Text, ...]:
        """The rules, a line each with whom it concerns; then how sure that is and how near one can come."""
        lines = [indented(_rule_line(rule, who)) for rule, who in self._by_rule(instance)]
        if self.nearest:
            breaches = [one.text for one in self.nearest[:NAMED]]
            lines.append(_NEAREST.format(what=joined(breaches, en="; ", zh="；")))
        return (*lines, _MINIMAL if self.minimal else _PERHAPS)

    def data(self, instance: Instance) -> dict[str, object]:
        """The same for machines."""
        return {
            "members": [
                {
                    "rule": one.rule.rule,
                    "parameters": _parameters(one.rule),
                    "subject": both(one.label(instance)),
                }
                for one in self.members
            ],
            "minimal": self.minimal,
            "nearest": [{"rule": one.rule.rule, "text": both(one.text)} for one in self.nearest],
        }

    def _by_rule(self, instance: Instance) -> Iterator[tuple[Rule, list[Text]]]:
        for rule in {id(one.rule): one.rule for one in self.members}.values():
            yield rule, [one.label(instance) for one in self.members if one.rule is rule]


@dataclass(frozen=True, slots=True, eq=False)
class Clashes:
    """What a search for conflicts found: conflicts that share no rule of one person, and whether it came to its end."""

    conflicts: tuple[Conflict, ...]
    settled: bool


CLASH = Text(
    en="these hard rules cannot all hold; change or soften one of them",
    zh="以下硬性规则无法同时满足；请修改其中一条或降低其级别",
)
UNKNOWN = Text(
    en="the hard rules cannot all hold, and the time was too short to find out which; "
    "look at pins and quotas first",
    zh="硬性规则无法同时满足，但时间不足以找出具体是哪些；请先检查固定安排和配额",
)
HOLD = Text(
    "All hard rules can hold together: there is a legal roster", "所有硬性规则可以同时满足：存在合规的排班"
)
UNDECIDED = Text(
    "The time was too short to find out whether the hard rules can hold together; give more with --seconds",
    "时间不足，未能判定硬性规则能否同时满足；请用 --seconds 给更多时间",
)
_NEAREST = Text("What comes nearest still breaks: {what}", "即使尽量满足，仍会违反：{what}")
_MINIMAL = Text(
    "None of these can be left out: without any one of them the others can hold",
    "缺一不可：去掉其中任何一项，其余即可同时满足",
)
_PERHAPS = Text(
    "The time was too short to find out whether fewer of them clash already",
    "时间不足，未能确认其中是否有更少的几项就已冲突",
)
_ALSO = Text("Apart from that, these cannot all hold either", "此外，以下硬性规则也无法同时满足")


def clash_lines(found: Clashes, instance: Instance) -> Iterator[Text]:
    """All conflicts in words."""
    for n, conflict in enumerate(found.conflicts):
        if n:
            yield _ALSO
        yield from conflict.lines(instance)


def clash_answer(found: Clashes, instance: Instance) -> Answer:
    """Whether the hard rules can hold together, and if not, which cannot."""
    title = CLASH if found.conflicts else HOLD if found.settled else UNDECIDED
    return Answer(
        title=title,
        lines=tuple(clash_lines(found, instance)),
        data={
            "holds": False if found.conflicts else True if found.settled else None,
            "conflicts": [one.data(instance) for one in found.conflicts],
        },
    )


def _rule_line(rule: Rule, who: list[Text]) -> Text:
    more = len(who) - NAMED
    rest = [Text(f"and {more} more", f"等共 {len(who)} 项")] if more > 0 else []
    said = ", ".join(f"{key}: {value}" for key, value in _parameters(rule).items())
    return Text("{rule}{said}: {names}", "{title}（{rule}{comma}{said}）：{names}").format(
        rule=rule.rule,
        title=rule.title,
        said=Text(f" ({said})" if said else "", said),
        comma="，" if said else "",
        names=joined([*who[:NAMED], *rest]),
    )


def _parameters(rule: Rule) -> dict[str, str]:
    """What a plan says of a rule in few words, to tell it from others of its kind."""
    said = rule.model_dump(
        mode="json", exclude_defaults=True, exclude={"rule", "level", "weight", "volunteers"}
    )
    return {key: word for key, value in said.items() if (word := _word(value))}


def _word(value: object) -> str:
    if isinstance(value, str | int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, Sequence) and all(isinstance(one, str) for one in value):
        return ", ".join([*value[:LISTED], *(["…"] if len(value) > LISTED else [])])
    return ""
