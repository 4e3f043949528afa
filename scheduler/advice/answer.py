"""An answer: sentences for a person, and the same as plain values for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.advice.obstacles import hard_breaches
from scheduler.advice.price import by_rule, price_words
from scheduler.domain.entity import LEVELS
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Pair
from scheduler.rules.base import Rule, Violation
from scheduler.score import Difference
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Answer:
    """A title and lines to read, and ``data`` to compute with: ids, numbers, texts in both languages."""

    title: Text
    lines: tuple[Text, ...]
    data: Mapping[str, object] = field(hash=False)


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """A change somebody could make: what it is in words, and what the referee says of it."""

    what: Text
    add: tuple[Pair, ...]
    remove: tuple[Pair, ...]
    difference: Difference

    @property
    def breaches(self) -> tuple[Violation, ...]:
        """The hard rules it breaks, in the order in which they are asked."""
        return hard_breaches(self.difference)

    @property
    def legal(self) -> bool:
        """Whether it breaks no hard rule that holds now."""
        return not self.breaches

    @property
    def rank(self) -> tuple[int, ...]:
        """The order of options: what the referee's score becomes, level by level."""
        return self.difference.score.values

    def line(self) -> Text:
        """What it is and what it costs, or which rules say no."""
        if self.legal:
            return Text("{what}: {price}", "{what}：{price}").format(
                what=self.what, price=price_words(self.difference)
            )
        reasons = [one.text for one in self.breaches]
        text = Text("; ".join(one.en for one in reasons), "；".join(one.zh for one in reasons))
        return Text("{what}: not allowed. {why}", "{what}：不允许。{why}").format(what=self.what, why=text)

    def data(self, instance: Instance) -> dict[str, object]:
        """The same for machines."""
        return {
            "what": both(self.what),
            "add": named(instance, self.add),
            "remove": named(instance, self.remove),
            "legal": self.legal,
            "price": {str(level): cost for level, cost in levels(self.difference).items()},
            "rules": [
                {"rule": one.rule.rule, "level": str(one.rule.level), "cost": one.cost}
                for one in by_rule(self.difference)
            ],
            "breaches": [{"rule": one.rule.rule, "text": both(one.text)} for one in self.breaches],
        }


def levels(difference: Difference) -> dict[str, int]:
    """The price by level, levels that stay left out."""
    return {level: difference.score[level] for level in LEVELS if difference.score[level]}


def counted_rules(rules: Sequence[tuple[Rule, int]]) -> tuple[Text, ...]:
    """How many people each rule keeps away, one a line."""
    return tuple(
        Text(f"  {rule.title.en} ({rule.rule}): {count}", f"  {rule.title.zh}（{rule.rule}）：{count} 人")
        for rule, count in rules
    )


def both(text: Text) -> dict[str, str]:
    """A text in both languages."""
    return {"en": text.en, "zh": text.zh}


def named(instance: Instance, pairs: Sequence[Pair]) -> list[dict[str, str]]:
    """Pairs by id."""
    return [{"volunteer": instance.volunteers[v].id, "shift": instance.shifts[s].id} for v, s in pairs]


def indented(line: Text) -> Text:
    """A line below another."""
    return Text(f"  {line.en}", f"  {line.zh}")
