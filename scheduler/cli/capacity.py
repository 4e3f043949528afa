"""scheduler capacity: until when do today's sign-ups suffice, and whom to ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import Json, PlanFile, option
from scheduler.cli.speech import speaker, words

if TYPE_CHECKING:
    from scheduler.report.capacity import Capacity
    from scheduler.text import Text

Share = Annotated[
    float,
    option(
        "--share",
        None,
        "share of each day's demand that is to be covered",
        "每天须达到的到岗率（0–1）",
        least=0.01,
        most=1,
    ),
]
Seconds = Annotated[
    float,
    option("--seconds", None, "time limit", "时间上限（秒）", least=1),
]
PerWeek = Annotated[
    int | None,
    option(
        "--per-week",
        None,
        "shifts a week a new helper is ready for (default: what most in the plan agreed to, else 2)",
        "新增人员每周可值班数（默认按计划中多数人的约定，没有约定则为 2）",
        least=1,
        most=21,
        show_default=False,
    ),
]


def capacity(
    plan: PlanFile,
    share: Share = 0.9,
    per_week: PerWeek = None,
    seconds: Seconds = 180,
    as_json: Json = False,
) -> None:
    from scheduler.cli.live import stop_on_interrupt
    from scheduler.engine.capacity import capacity as measured
    from scheduler.engine.stop import Deadline
    from scheduler.io.read import read_plan

    read = read_plan(plan)
    for note in read.notes:
        speaker.err.print(speaker.say(note), markup=False)
    deadline = Deadline(seconds)
    with stop_on_interrupt(deadline):
        found = measured(read.problem, share, deadline, per_week)
    if as_json:
        typer.echo(_json(found))
    else:
        _show(found)


capacity.__doc__ = words(
    "From which day today's sign-ups cannot cover a share of the demand; which skill, organisation, time of day "
    "or post is the bottleneck; how many more people of which kind would close the gap; and a message to send on. "
    "The figures hold for every roster.\n\n"
    "Example:  scheduler capacity examples/dongcheng/plan.yaml --share 0.9",
    "按目前报名能撑到哪天：自哪天起到岗率必然低于给定比例，瓶颈在哪项技能、哪个组织、时段或岗位，"
    "还需哪类人员多少名，并写好可直接转发的招募信息。所列数字对任何排班都成立。\n\n"
    "示例：  scheduler capacity examples/dongcheng/plan.yaml --share 0.9",
)


def _show(found: Capacity) -> None:
    from scheduler.cli.tables import show
    from scheduler.report.capacity_message import TO_SEND, UNKNOWN, message, proof_text
    from scheduler.report.capacity_words import day_grid, group_grid, need_grid, verdict

    _say(verdict(found), style="bold")
    show(day_grid(found))
    if found.first is None and not found.groups:
        return
    if found.groups:
        show(group_grid(found))
    if found.recruits is None:
        _say(UNKNOWN)
        return
    show(need_grid(found))
    _say(proof_text(found.recruits, found.share))
    if text := message(found):
        _say(TO_SEND, style="bold")
        _say(text)


def _say(text: Text, style: str = "") -> None:
    speaker.out.print(speaker.say(text), style=style, markup=False)


def _json(found: Capacity) -> str:
    import json

    from scheduler.report.capacity_message import capacity_data

    return json.dumps(capacity_data(found), ensure_ascii=False, indent=2)
