"""scheduler suggest and swap: who instead, and doing it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.answers import read_record, say
from scheduler.cli.explain import ShiftWord
from scheduler.cli.export_options import PlanOption
from scheduler.cli.options import ARGUMENTS, OPTIONS, Force, Json, RosterFile, option
from scheduler.cli.speech import words

Without = Annotated[
    str | None,
    option("--without", "VOLUNTEER", "who of the crew drops out", "该班次中退出的人"),
]
Top = Annotated[
    int,
    typer.Option(
        "--top", min=1, help=words("so many of each kind", "每类列出多少个"), rich_help_panel=OPTIONS
    ),
]
Swaps = Annotated[
    int,
    option(
        "--swaps",
        None,
        "compare so many swaps, the nearest in time (0: all)",
        "比较时间最接近的多少种对调（0 为全部）",
        least=0,
    ),
]
Duty = Annotated[
    str,
    typer.Argument(
        metavar="A",
        help=words("a duty: VOLUNTEER@SHIFT", "一个班：志愿者@班次"),
        rich_help_panel=ARGUMENTS,
    ),
]
Other = Annotated[
    str,
    typer.Argument(
        metavar="B",
        help=words(
            "another duty, VOLUNTEER@SHIFT, or who takes the first over: VOLUNTEER",
            "另一个班（志愿者@班次），或接手的人（志愿者）",
        ),
        rich_help_panel=ARGUMENTS,
    ),
]
OutFile = Annotated[
    Path,
    option("--out", "FILE", "roster file to write", "要写入的排班文件"),
]


def suggest(
    roster: RosterFile,
    shift: ShiftWord,
    without: Without = None,
    top: Top = 10,
    swaps: Swaps = 100,
    plan: PlanOption = None,
    as_json: Json = False,
) -> None:
    from scheduler.advice.find import find_in_crew, find_shift
    from scheduler.advice.suggest import suggest as search
    from scheduler.advice.suggest import suggestion_answer
    from scheduler.score import Scorer

    record = read_record(roster, plan)
    where = find_shift(record.roster.instance, shift)
    who = None if without is None else find_in_crew(record.roster, where, without)
    scorer = Scorer(record.roster, record.plan.problem.all_rules())
    say(suggestion_answer(search(scorer, where, who, swaps or None), scorer, top), as_json=as_json)


suggest.__doc__ = words(
    "Who could serve on a shift, or instead of somebody: substitutes and swaps, best first, all legal.\n\n"
    'Example:  scheduler suggest out/roster.json "fuguang 2-15 morning" --without wang',
    "谁可以值某班，或顶替某人：按优劣列出可顶替的人和可对调的班，全部合规。\n\n"
    "示例：  scheduler suggest out/roster.json “福光路西口 2月15日 上午班” --without 王秀英",
)


def swap(
    roster: RosterFile, one: Duty, other: Other, out: OutFile, plan: PlanOption = None, force: Force = False
) -> None:
    from scheduler.advice.swap import swap as checked
    from scheduler.cli.speech import speaker
    from scheduler.io.files import refuse_to_overwrite
    from scheduler.io.roster_file import changed_record, write_roster
    from scheduler.score import Scorer

    record = read_record(roster, plan)
    refuse_to_overwrite([out], force=force)
    option = checked(Scorer(record.roster, record.plan.problem.all_rules()), one, other)
    write_roster(out, changed_record(record, record.roster.changed(option.add, option.remove)))
    speaker.out.print(speaker.say(option.line()), markup=False)
    speaker.out.print(words(f"Roster: {out}", f"排班：{out}"), markup=False)


swap.__doc__ = words(
    "Exchange two duties, or hand one on; refused with every reason where a hard rule says no.\n\n"
    'Example:  scheduler swap out/roster.json "wang@fuguang 2-15 morning" "zhang@fuguang 2-16 evening" --out new.json',
    "对调两个班，或把一个班交给别人；如有硬性规则不允许，则拒绝并列出全部理由。\n\n"
    "示例：  scheduler swap out/roster.json “王秀英@西口 2月15日 上午班” 张伟 --out new.json",
)
