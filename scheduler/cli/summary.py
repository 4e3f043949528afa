"""What a coordinator reads when a roster is found: coverage, open shifts, load, proof, files."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli.speech import speaker, words
from scheduler.domain.entity import LEVELS, SOFT_LEVELS, Level
from scheduler.domain.volunteer import Tier
from scheduler.report.coverage import Coverage, coverage
from scheduler.report.fairness import TIERS, Fairness, fairness
from scheduler.score import violations

if TYPE_CHECKING:
    from rich.console import Console

    from scheduler.io.roster_file import RosterRecord

NAMED = 12
"""Open shifts named on screen; all are in the files."""


def show(record: RosterRecord, seconds: float, out: Path) -> None:
    """Print the summary."""
    console = speaker.out
    console.print(speaker.say(record.plan.problem.name), style="bold", markup=False)
    _show_coverage(console, coverage(record.roster))
    _show_load(console, fairness(record.roster))
    _show_proof(console, record, seconds)
    console.print(words(f"Files: {out}", f"文件：{out}"), markup=False)


def _show_coverage(console: Console, found: Coverage) -> None:
    heads = found.total
    share = heads.filled / heads.demanded if heads.demanded else 1.0
    console.print(
        words(
            f"Heads filled: {heads.filled} of {heads.demanded} ({share:.1%}), "
            f"{heads.serving} serving of {heads.wanted} wanted",
            f"到位人次：{heads.filled}/{heads.demanded}（{share:.1%}），"
            f"实排 {heads.serving}，期望 {heads.wanted}",
        ),
        markup=False,
    )
    if not found.open_shifts:
        console.print(words("Every shift has its least heads.", "每个班次都达到最少人数。"))
        return
    console.print(words(f"Open shifts: {len(found.open_shifts)}", f"缺员班次：{len(found.open_shifts)} 个"))
    for one in found.open_shifts[:NAMED]:
        missing = words(f"{one.missing} missing", f"缺 {one.missing} 人")
        console.print(f"  {speaker.say(one.label)}  {missing}", markup=False)
    if (more := len(found.open_shifts) - NAMED) > 0:
        console.print(words(f"  … and {more} more", f"  ……另有 {more} 个"))


def _show_load(console: Console, found: Fairness) -> None:
    for tier, spread in found.by_tier:
        text = words(
            f"{speaker.say(TIERS[tier])}: {spread.persons} persons, shifts each {spread.least} to {spread.most}, "
            f"half of them {spread.median:g} or fewer",
            f"{speaker.say(TIERS[tier])}：{spread.persons} 人，每人 {spread.least} 至 {spread.most} 班，"
            f"中位数 {spread.median:g} 班",
        )
        console.print(text, markup=False)
    staff = sum(load.shifts for load in found.volunteers if load.tier is not Tier.VOLUNTEER)
    if staff:
        console.print(
            words(f"Reserves and community staff fill {staff} heads", f"后备与社区工作人员补位 {staff} 人次"),
            markup=False,
        )


def _show_proof(console: Console, record: RosterRecord, seconds: float) -> None:
    assert record.score is not None, "a search always scores"
    costs = _costs(record)
    for level in SOFT_LEVELS:
        value, bound = record.score[level], record.bounds.get(level)
        if not value and not bound:
            continue
        name, colon = speaker.say(level.label), words(": ", "：")
        parts = ", ".join(f"{rule} {cost}" for rule, cost in sorted(costs[level].items()))
        console.print(f"{name}{colon}{value}  {_proof(value, bound)}  [{parts}]", markup=False)
    whole = words("Every level is proven optimal", "各级均已证明最优")
    part = words(
        "Not all levels are proven; more --seconds may improve them",
        "并非各级都已证明最优；增加 --seconds 或可改进",
    )
    done = all(_gap(record, level) == 0 for level in SOFT_LEVELS)
    console.print(
        f"{whole if done else part} ({seconds:.1f} s)", style="green" if done else "yellow", markup=False
    )


def _costs(record: RosterRecord) -> dict[Level, Counter[str]]:
    """What each rule costs, by level."""
    costs: dict[Level, Counter[str]] = {level: Counter() for level in LEVELS}
    for violation in violations(record.roster, record.plan.problem.all_rules()):
        costs[violation.rule.level][violation.rule.rule] += violation.cost
    return costs


def _proof(value: int, bound: float | None) -> str:
    if bound is None:
        return words("(no bound)", "（无下界）")
    if bound >= value:
        return words("proven optimal", "已证最优")
    gap = value - bound
    return words(
        f"at least {bound:g} as the levels above stand, gap {gap:g}",
        f"在上级各级不变时至少为 {bound:g}，差距 {gap:g}",
    )


def _gap(record: RosterRecord, level: Level) -> float:
    assert record.score is not None, "a search always scores"
    return record.score[level] - (record.bounds.get(level) or 0)


def as_data(record: RosterRecord, seconds: float) -> str:
    """The summary as JSON."""
    assert record.score is not None, "a search always scores"
    found, load = coverage(record.roster), fairness(record.roster)
    data = {
        "plan": record.plan.problem.id,
        "status": record.status,
        "seconds": round(seconds, 2),
        "heads": {
            "demanded": found.total.demanded,
            "filled": found.total.filled,
            "serving": found.total.serving,
        },
        "open_shifts": [{"shift": one.shift, "missing": one.missing} for one in found.open_shifts],
        "score": {str(level): record.score[level] for level in LEVELS},
        "bounds": {str(level): record.bounds.get(level) for level in SOFT_LEVELS},
        "load": {
            str(tier): {"persons": s.persons, "least": s.least, "median": s.median, "most": s.most}
            for tier, s in load.by_tier
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
