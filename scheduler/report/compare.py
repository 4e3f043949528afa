"""Two rosters side by side: score by level and rule, coverage, fairness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.entity import LEVELS
from scheduler.domain.roster import Roster
from scheduler.report.coverage import coverage
from scheduler.report.fairness import TIERS, fairness
from scheduler.report.grid import Cell, Grid
from scheduler.rules.base import Rule
from scheduler.score import Score, violations
from scheduler.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of two rosters with the rules that judge it."""

    name: str
    roster: Roster
    rules: Sequence[Rule]


def compare_grids(one: Side, other: Side) -> tuple[Grid, ...]:
    """Score, rules, coverage and fairness of two rosters, each by its own plan's rules; the last column is the rise."""
    return (
        score_grid(one, other),
        _rule_grid(one, other),
        _coverage_grid(one, other),
        _fairness_grid(one, other),
    )


def _columns(first: Text, one: Side, other: Side) -> tuple[Text, ...]:
    return (first, Text(one.name, one.name), Text(other.name, other.name), Text("Difference", "差"))


def _row(what: Text | str, a: float, b: float) -> tuple[Cell, ...]:
    return (what, a, b, round(b - a, 2))


def score_grid(one: Side, other: Side) -> Grid:
    """The score of two rosters level by level, each by its own plan's rules."""
    scores = [Score.of(violations(side.roster, side.rules)) for side in (one, other)]
    rows = tuple(_row(level.label, scores[0][level], scores[1][level]) for level in LEVELS)
    return Grid(Text("Score by level", "逐级得分"), _columns(Text("Level", "级别"), one, other), rows)


def _rule_grid(one: Side, other: Side) -> Grid:
    costs: list[Counter[str]] = [Counter(), Counter()]
    for cost, side in zip(costs, (one, other)):
        for found in violations(side.roster, side.rules):
            cost[found.rule.rule] += found.cost
    names = sorted(set(costs[0]) | set(costs[1]))
    rows = tuple(_row(name, costs[0][name], costs[1][name]) for name in names)
    return Grid(Text("Cost by rule", "各规则代价"), _columns(Text("Rule", "规则"), one, other), rows)


def _coverage_grid(one: Side, other: Side) -> Grid:
    a, b = coverage(one.roster).total, coverage(other.roster).total
    rows = (
        _row(Text("Heads demanded", "应到人次"), a.demanded, b.demanded),
        _row(Text("Heads filled", "到位人次"), a.filled, b.filled),
        _row(Text("Serving", "实排人次"), a.serving, b.serving),
        _row(Text("Open shifts", "缺员班次"), a.open_shifts, b.open_shifts),
    )
    return Grid(Text("Coverage", "覆盖"), _columns(Text("Heads", "人次"), one, other), rows)


def _fairness_grid(one: Side, other: Side) -> Grid:
    a, b = fairness(one.roster), fairness(other.roster)
    spreads = [dict(found.by_tier) for found in (a, b)]
    rows: list[tuple[Cell, ...]] = []
    for tier, title in TIERS.items():
        if tier not in spreads[0] or tier not in spreads[1]:
            continue
        first, second = spreads[0][tier], spreads[1][tier]
        most = Text("{who}: most shifts", "{who}：最多班次").format(who=title)
        least = Text("{who}: least shifts", "{who}：最少班次").format(who=title)
        mean = Text("{who}: mean", "{who}：平均").format(who=title)
        rows += [_row(most, first.most, second.most), _row(least, first.least, second.least)]
        rows.append(_row(mean, round(first.mean, 2), round(second.mean, 2)))
    after = {one.organisation: one.person_times for one in b.organisations}
    for load in a.organisations:
        if load.organisation in after:
            label = Text("{of}: person-times", "{of}：人次").format(of=load.label)
            rows.append(_row(label, load.person_times, after[load.organisation]))
    return Grid(Text("Fairness", "公平"), _columns(Text("Measure", "指标"), one, other), tuple(rows))
