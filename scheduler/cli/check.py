"""scheduler check: is a plan sound, is a roster legal, what does it score."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.leaks import LeaksOption, check_leaks
from scheduler.cli.options import ARGUMENTS, OPTIONS, Json
from scheduler.cli.speech import speaker, words
from scheduler.cli.usage import UsageError
from scheduler.errors import ExitStatus

if TYPE_CHECKING:
    from scheduler.io.read import Plan
    from scheduler.rules.base import Violation
    from scheduler.score import Score

Checked = Annotated[
    Path | None,
    typer.Argument(
        metavar="PLAN|ROSTER",
        show_default=False,
        help=words(
            "plan file, or a roster.json, which knows its plan",
            "计划文件，或 roster.json（其中记有所属计划）",
        ),
        rich_help_panel=ARGUMENTS,
    ),
]
RosterOption = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        metavar="ROSTER",
        help=words(
            "roster.json, or a CSV with the columns shift,volunteer",
            "roster.json，或含 shift,volunteer 两列的 CSV",
        ),
        rich_help_panel=OPTIONS,
    ),
]


def check(
    plan: Checked = None, roster: RosterOption = None, leaks: LeaksOption = None, as_json: Json = False
) -> None:
    if leaks is not None:
        check_leaks(leaks, plan, as_json=as_json)
        return
    if plan is None:
        raise UsageError(
            words("name a plan, a roster, or --leaks FOLDER", "请指定计划、排班，或 --leaks 文件夹")
        )
    from scheduler.io.read import read_plan
    from scheduler.io.roster_file import is_roster, read_roster
    from scheduler.score import Score, violations

    if roster is None and not is_roster(plan):
        _show_plan(read_plan(plan), as_json=as_json)
        return
    record = read_roster(plan, None) if roster is None else read_roster(roster, read_plan(plan))
    found = violations(record.roster, record.plan.problem.all_rules())
    score = Score.of(found)
    for note in record.notes:
        speaker.err.print(speaker.say(note), markup=False)
    _show_score(score, found, as_json=as_json)
    if not score.legal:
        raise typer.Exit(ExitStatus.BROKEN)


check.__doc__ = words(
    "Validate a plan, or re-verify a roster without a solver: score by level, every violation in words; "
    "or search a folder for phone and identity numbers before you hand it out.\n\n"
    "Example:  scheduler check examples/tiny/plan.yaml --roster out/roster.json\n\n"
    "Example:  scheduler check --leaks out",
    "校验计划，或不借助求解器复核排班：逐级得分，逐条说明违反之处；也可在分发前检索文件夹中的手机号和身份证号。\n\n"
    "示例：  scheduler check examples/tiny/plan.yaml --roster out/roster.json\n\n"
    "示例：  scheduler check --leaks out",
)


def _show_plan(plan: Plan, *, as_json: bool) -> None:
    import json

    from scheduler.report.people import people_notes

    instance = plan.problem.instance()
    notes = (*plan.notes, *people_notes(instance))
    heads = sum(shift.wanted for shift in instance.shifts)
    facts = {
        "volunteers": len(instance.volunteers),
        "posts": len(instance.posts),
        "days": len(instance.days),
        "shifts": len(instance.shifts),
        "heads": heads,
        "rules": len(plan.problem.all_rules()),
        "notes": [speaker.say(note) for note in notes],
    }
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for note in notes:
        speaker.err.print(speaker.say(note), markup=False)
    speaker.out.print(
        words(
            "The plan is sound. Volunteers: {volunteers}, posts: {posts}, days: {days}, shifts: {shifts}, "
            "heads: {heads}, rules: {rules}.",
            "计划无误：志愿者 {volunteers} 人，岗位 {posts} 个，{days} 天，{shifts} 个班次，"
            "需 {heads} 人次，规则 {rules} 条。",
        ).format(**facts),
        markup=False,
    )


def _show_score(score: Score, found: list[Violation], *, as_json: bool) -> None:
    import json

    from scheduler.domain.entity import LEVELS

    if as_json:
        typer.echo(json.dumps(_data(score, found), ensure_ascii=False, indent=2))
        return
    out = speaker.out
    verdict = words("No hard rule is broken.", "没有违反任何硬性规则。")
    broken = words("Hard rules are broken.", "违反了硬性规则。")
    out.print(verdict if score.legal else broken, style="green" if score.legal else "red")
    for level in LEVELS:
        mine = [one for one in found if one.rule.level is level]
        out.print(f"{speaker.say(level.label)}{words(': ', '：')}{score[level]}", style="bold", markup=False)
        for one in mine:
            out.print(f"  {one.rule.rule}  {speaker.say(one.text)}  (+{one.cost})", markup=False)


def _data(score: Score, found: list[Violation]) -> dict[str, object]:
    from scheduler.domain.entity import LEVELS

    return {
        "legal": score.legal,
        "score": {str(level): score[level] for level in LEVELS},
        "violations": [
            {
                "rule": one.rule.rule,
                "level": str(one.rule.level),
                "cost": one.cost,
                "text": {"en": one.text.en, "zh": one.text.zh},
                "volunteers": list(one.volunteers),
                "shifts": list(one.shifts),
            }
            for one in found
        ],
    }
