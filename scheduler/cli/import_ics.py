"""scheduler import ics: a person's own calendar becomes the times they cannot serve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ARGUMENTS, OPTIONS, Json, LedgerFile, PlanFile, option
from scheduler.cli.speech import speaker, words
from scheduler.io.busy.policy import Counts, Policy

if TYPE_CHECKING:
    from scheduler.io.busy.taking import Taken

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help=words("the person's calendar files (.ics, .ifb)", "本人的日历文件（.ics、.ifb）"),
        rich_help_panel=ARGUMENTS,
    ),
]
VolunteerId = Annotated[
    str,
    option("--volunteer", "ID", "whose calendar it is", "日历所属志愿者的编号"),
]
TransparentTimed = Annotated[
    Counts,
    typer.Option(
        help=words("entries with hours that are marked as free", "有具体钟点但标为“空闲”的条目如何计"),
        rich_help_panel=OPTIONS,
    ),
]
AllDay = Annotated[
    Counts,
    typer.Option(
        help=words("whole days that are not marked as free", "未标为“空闲”的全天事项如何计"),
        rich_help_panel=OPTIONS,
    ),
]
Address = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MAIL",
        help=words(
            "the person's mail address, to leave out invitations they declined",
            "本人的邮箱地址，用于剔除本人已谢绝的邀请",
        ),
        show_default=False,
        rich_help_panel=OPTIONS,
    ),
]
Source = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help=words(
            "name of the calendar: the next import under it replaces this one (default: the file's name)",
            "日历的名称：下次以同名导入时替换本次内容（默认取文件名）",
        ),
        show_default=False,
        rich_help_panel=OPTIONS,
    ),
]
AcceptUnreadable = Annotated[
    bool,
    option(
        "--accept-unreadable",
        None,
        "write what can be read although something cannot",
        "即使有内容无法读取，也写入其余部分",
    ),
]
DryRun = Annotated[
    bool,
    option("--dry-run", None, "show, write nothing", "只显示，不写入"),
]


def ics(
    plan: PlanFile,
    files: Files,
    volunteer: VolunteerId,
    transparent_timed: TransparentTimed = Counts.FREE,
    all_day: AllDay = Counts.BUSY,
    address: Address = None,
    source: Source = None,
    accept_unreadable: AcceptUnreadable = False,
    ledger: LedgerFile = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.errors import InputError
    from scheduler.io.busy.report import faults
    from scheduler.io.busy.taking import take_busy
    from scheduler.io.edit import PlanEdit

    policy = Policy(transparent_timed, all_day, frozenset(one.strip().casefold() for one in address or ()))
    edit = PlanEdit(plan)
    taken = take_busy(edit, volunteer, files, policy, source, ledger)
    wrong = faults(taken, accepted=accept_unreadable)
    stopped = bool(wrong) and not accept_unreadable
    written = () if stopped or dry_run else edit.commit()
    _show(taken, written, as_json=as_json)
    if stopped:
        raise InputError(wrong)
    for fault in wrong:
        speaker.err.print(fault.say(speaker.language), style="yellow", markup=False)
    if not as_json:
        speaker.out.print(_end(written, dry_run=dry_run), markup=False)


ics.__doc__ = words(
    "Take a person's own calendar as the times they cannot serve. Titles are never read into the plan.\n\n"
    "Duties of this plan in it are left out; those of other plans count.\n\n"
    "Example:  scheduler import ics plan.yaml wang.ics --volunteer wang --dry-run",
    "将本人的日历转为其不可服务时间；事项标题不会写入计划。\n\n"
    "其中本计划的值守安排不计，其他计划的值守安排照计。\n\n"
    "示例：  scheduler import ics plan.yaml wang.ics --volunteer wang --dry-run",
)


def _end(written: tuple[Path, ...], *, dry_run: bool) -> str:
    if dry_run:
        return words("Nothing was written (--dry-run).", "未写入任何内容（--dry-run）。")
    if not written:
        return words("The plan says so already; nothing to write.", "计划内容已是如此，无需写入。")
    listed = ", ".join(path.as_posix() for path in written)
    return words(f"Written: {listed}", f"已写入：{listed}")


def _show(taken: Taken, written: tuple[Path, ...], *, as_json: bool) -> None:
    import json

    from scheduler.cli.tables import show
    from scheduler.io.busy.report import as_data, ignored_grid, notes, taken_grid

    if as_json:
        data = as_data(taken) | {"written": [path.as_posix() for path in written]}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for grid in (taken_grid(taken), ignored_grid(taken)):
        if grid.rows:
            show(grid)
    for note in notes(taken):
        speaker.out.print(speaker.say(note), markup=False)
