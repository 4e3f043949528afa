"""What a repair did: people and duties that change, what is proven, what could not stay, what is still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.assignment import Assignment
from scheduler.domain.entity import Level
from scheduler.report.calls import Call, call_grid, calls
from scheduler.report.coverage import Coverage, coverage, open_grid
from scheduler.report.grid import Grid
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.engine.repair import Repair, Terms


@dataclass(frozen=True, slots=True, eq=False)
class Repaired:
    """The report of a repair.

    ``unknown`` are published duties whose person or shift the plan no longer has, ``impossible`` those that a hard
    rule forbids now; ``frozen`` are the latter that start in frozen time.
    """

    outcome: Repair
    until: dt.datetime
    calls: tuple[Call, ...]
    unknown: tuple[Assignment, ...]
    impossible: tuple[Assignment, ...]
    coverage: Coverage

    @classmethod
    def of(cls, outcome: Repair, published: Sequence[Assignment], terms: Terms) -> Repaired:
        """The report of a repair of what was published."""
        roster = outcome.roster
        there = roster.instance.volunteer_index
        impossible = tuple(
            one
            for one in outcome.dropped
            if one.volunteer in there and one.shift(roster.instance) is not None
        )
        return cls(
            outcome=outcome,
            until=terms.until,
            calls=calls(published, frozenset(outcome.dropped), roster),
            unknown=tuple(one for one in outcome.dropped if one not in set(impossible)),
            impossible=impossible,
            coverage=coverage(roster),
        )

    @property
    def frozen(self) -> tuple[Assignment, ...]:
        """Duties in frozen time that are impossible now."""
        instance = self.outcome.roster.instance
        return tuple(one for one in self.impossible if one.start(instance) < self.until)

    @property
    def changes(self) -> int:
        """Duties that somebody of the plan loses or gains."""
        return sum(len(call.lost) + len(call.gained) for call in self.calls)

    def lines(self) -> tuple[Text, ...]:
        """The report in sentences."""
        found = [self._size(), self._proof(), *self._budget()]
        if self.unknown:
            found.append(
                Text(
                    "Published duties that the plan no longer has (person or shift gone): {n}",
                    "计划中已不存在的已发布班次（人员或班次已取消）：{n}个",
                ).format(n=len(self.unknown))
            )
        if self.impossible:
            found.append(
                Text(
                    "Published duties that are impossible now: {n}", "现已无法履行的已发布班次：{n}个"
                ).format(n=len(self.impossible))
            )
        if self.frozen:
            found.append(
                Text(
                    "of these before {until}, in frozen time: {n}; only people standing by are called in there "
                    "(--freeze-hours 0 asks others too)",
                    "其中 {until} 之前（冻结时间内）的有{n}个；此段只调用备勤人员"
                    "（用 --freeze-hours 0 可请其他人补位）",
                ).format(n=len(self.frozen), until=self.until)
            )
        return (*found, self._cover())

    def grids(self) -> tuple[Grid, ...]:
        """Whom to call, and what is open."""
        return self.calls_grid(), open_grid(self.coverage)

    def calls_grid(self) -> Grid:
        """Whom to call."""
        return call_grid(self.calls, self.outcome.roster.instance)

    def data(self) -> dict[str, object]:
        """The report as plain data."""
        score = self.outcome.score
        return {
            "people": len(self.calls),
            "changes": self.changes,
            "fewest": self.outcome.fewest,
            "least_people": self.outcome.least_people,
            "cover_proven": self.outcome.cover_proven,
            "over_budget": self._over_budget(),
            "unknown": [_entry(one) for one in self.unknown],
            "impossible": [_entry(one) for one in self.impossible],
            "frozen": [_entry(one) for one in self.frozen],
            "score": {str(level): score[level] for level in Level},
            "calls": [
                {
                    "volunteer": call.volunteer,
                    "name": {"en": call.label.en, "zh": call.label.zh},
                    "why": {"en": call.reason.en, "zh": call.reason.zh},
                    "lost": [one.shift_id for one in call.lost],
                    "gained": [one.shift_id for one in call.gained],
                }
                for call in self.calls
            ],
            "open_shifts": [
                {"shift": one.shift, "missing": one.missing} for one in self.coverage.open_shifts
            ],
        }

    def _over_budget(self) -> dict[str, object] | None:
        over = self.outcome.over_budget
        if over is None:
            return None
        costs = self.outcome.budget_costs_cover
        return {"people": over.people, "changes": over.changes, "fewest": over.fewest, "costs_cover": costs}

    def _size(self) -> Text:
        return Text(
            "People whose duties change: {people}; duties that change: {changes}",
            "共影响{people}人，变动{changes}个班次",
        ).format(people=len(self.calls), changes=self.changes)

    def _proof(self) -> Text:
        within = _NO_BUDGET if self.outcome.over_budget is None else _WITHIN
        return self._proven().format(within=within, n=self.outcome.least_people)

    def _proven(self) -> Text:
        if self.outcome.fewest:
            return Text(
                "Proven: {within}nobody can cover the posts better, nor as well with fewer people or fewer changes",
                "已证明：{within}覆盖不可能更好；在同等覆盖下，影响的人数和变动的班次都不可能更少",
            )
        if self.outcome.cover_proven:
            return Text(
                "Proven: {within}nobody can cover the posts better; as well as that takes {n} people at least. "
                "More --seconds may find fewer changes",
                "已证明：{within}覆盖不可能更好；同等覆盖至少须影响{n}人。增加 --seconds 或可减少变动",
            )
        return Text(
            "Not proven: {within}more --seconds may cover more, or with fewer changes",
            "尚未证明最优：{within}增加 --seconds 或可覆盖更好、变动更少",
        )

    def _budget(self) -> list[Text]:
        over = self.outcome.over_budget
        if over is None:
            return []
        costs = self.outcome.budget_costs_cover
        known = _FEWEST if over.fewest else Text("", "")
        return [_BUDGET[costs].format(people=over.people, changes=over.changes, fewest=known)]

    def _cover(self) -> Text:
        heads = self.coverage.total
        return Text(
            "Heads filled: {filled} of {demanded}, open shifts: {n}",
            "到位人次：{filled}/{demanded}，缺员班次：{n}个",
        ).format(filled=heads.filled, demanded=heads.demanded, n=heads.open_shifts)


_NO_BUDGET, _WITHIN = Text("", ""), Text("within the budget ", "在变动上限之内，")
_FEWEST = Text(" (fewer people do not: proven)", "（已证明人数不能再少）")
_BUDGET = {
    True: Text(
        "The budget of changes costs cover (proven): without it {people} people{fewest} and {changes} changes "
        "cover best",
        "变动上限影响了覆盖（已证明）：不设上限时，影响{people}人{fewest}、变动{changes}个班次可使覆盖最好",
    ),
    None: Text(
        "Within the budget nothing was found that covers as well (not proven to be impossible): without it {people} "
        "people{fewest} and {changes} changes cover best",
        "在变动上限之内，未找到同样好的覆盖（尚未证明不可能）：不设上限时，影响{people}人{fewest}、变动{changes}个班次可使覆盖最好",
    ),
    False: Text(
        "The budget of changes costs no cover: without it {people} people{fewest} and {changes} changes would do",
        "变动上限未影响覆盖：不设上限时为影响{people}人{fewest}、变动{changes}个班次",
    ),
}
"""By whether the budget costs cover."""


def _entry(one: Assignment) -> dict[str, str]:
    return {"volunteer": one.volunteer, "shift": one.shift_id}
