"""A rule let go for one person, in words: what it would break, what it would cost, what else would change."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.advice.answer import both, indented, levels, named
from scheduler.advice.obstacles import hard_breaches
from scheduler.advice.price import price_words
from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Pair
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Rule
from scheduler.score import Difference
from scheduler.text import Text, joined


@dataclass(frozen=True, slots=True, eq=False)
class Relaxation:
    """One rule let go for one person, who then serves on the shift: what else changes, and what the referee says.

    ``difference`` holds the breach of the rule on the hard level and the price on the others. ``tried`` is how many
    single relaxations there are, ``solved`` how many of them were solved anew: others could be cheaper only by
    changes to other people's duties.
    """

    volunteer: Volunteer
    rule: Rule
    add: tuple[Pair, ...]
    remove: tuple[Pair, ...]
    difference: Difference
    tried: int
    solved: int

    @property
    def price(self) -> tuple[int, ...]:
        """What it costs below the hard level, level by level."""
        return self.difference.score.values[1:]

    @property
    def softly(self) -> Difference:
        """The difference without the hard level: the price alone."""
        mended, brought = (
            tuple(one for one in some if one.rule.level is not Level.HARD)
            for some in (self.difference.mended, self.difference.brought)
        )
        return Difference(mended, brought)

    def lines(self, instance: Instance) -> tuple[Text, ...]:
        """The sentences: the price and the breach, what else changes, how far the search went."""
        breaches = joined([one.text for one in hard_breaches(self.difference)], en="; ", zh="；")
        first = _IF.format(
            who=self.volunteer.label,
            title=self.rule.title,
            rule=self.rule.rule,
            breach=breaches,
            price=price_words(self.softly),
        )
        more = [_change(instance, pair, sign="+") for pair in self.add[1:]]
        more += [_change(instance, pair, sign="−") for pair in self.remove]
        also = [indented(_ALSO.format(what=joined(more, en="; ", zh="；")))] if more else []
        how = _SEARCH if self.solved else _PRICED
        return (first, *also, indented(how.format(tried=self.tried, solved=self.solved)))

    def data(self, instance: Instance) -> dict[str, object]:
        """The same for machines."""
        return {
            "volunteer": self.volunteer.id,
            "rule": self.rule.rule,
            "breaches": [both(one.text) for one in hard_breaches(self.difference)],
            "add": named(instance, self.add),
            "remove": named(instance, self.remove),
            "price": {str(level): cost for level, cost in levels(self.softly).items()},
            "tried": self.tried,
            "solved": self.solved,
        }


_IF = Text(
    "The cheapest way to fill it with one exception: {who}, {title} ({rule}): {breach}. Price: {price}",
    "放宽一条规则即可补齐，代价最小的是：{who}，{title}（{rule}）：{breach}。代价：{price}",
)
_ALSO = Text("together with: {what}", "同时调整：{what}")
_SEARCH = Text(
    "({tried} exceptions of one rule for one person were priced, the {solved} cheapest solved anew)",
    "（共比较了 {tried} 种“一人一条规则”的放宽，其中代价最小的 {solved} 种重新求解）",
)
_PRICED = Text(
    "({tried} exceptions of one rule for one person were priced as they stand; there was no time to solve any anew)",
    "（共比较了 {tried} 种“一人一条规则”的放宽；时间不足，未重新求解）",
)


def _change(instance: Instance, pair: Pair, *, sign: str) -> Text:
    who, where = instance.volunteers[pair[0]].label, instance.shifts[pair[1]].label
    return Text(f"{sign} {who.en} {where.en}", f"{sign} {who.zh} {where.zh}")


def no_relaxation() -> Text:
    """What is said when one exception is not enough."""
    return Text(
        "No single exception would fill it: everybody is kept away by several rules, or by what concerns more than one",
        "放宽任何一条规则都无法补齐：每个人都受多条规则或涉及多人的规则限制",
    )
