"""What the commands that take sheets and chats into a plan share: options, and how they show and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ARGUMENTS, option
from scheduler.cli.speech import speaker, words
from scheduler.errors import Fault, InputError
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.io.edit import PlanEdit
    from scheduler.report.grid import Grid

Sheets = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE…",
        help=words("workbooks or CSV files", "工作簿（.xlsx）或 CSV 文件"),
        rich_help_panel=ARGUMENTS,
    ),
]
Strict = Annotated[
    bool,
    option("--strict", None, "take nothing if anything must be settled", "只要有待确认的内容，就全部不导入"),
]


def show_all(
    grids: Sequence[Grid], notes: Sequence[Text], unsettled: Sequence[Fault], *, as_json: bool
) -> None:
    """Show tables that say anything, then notes and what must be settled; as JSON all in one object."""
    import json

    from scheduler.cli.tables import as_json as json_of
    from scheduler.cli.tables import show

    if as_json:
        data = {
            "tables": json.loads(json_of(grids)),
            "notes": [_both(note) for note in notes],
            "to_settle": to_settle(unsettled),
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for grid in grids:
        if grid.rows:
            show(grid)
    for note in notes:
        speaker.err.print(speaker.say(note), markup=False)
    show_unsettled(unsettled)


def to_settle(unsettled: Sequence[Fault]) -> list[dict[str, str]]:
    """What a person must settle, as JSON has it."""
    return [{"place": one.place, **_both(one.text)} for one in unsettled]


def show_unsettled(unsettled: Sequence[Fault]) -> None:
    """Show what a person must settle; what to do is said once where it is the same for many."""
    if unsettled:
        head = words(
            f"To be settled by a person ({len(unsettled)}); nothing of these was taken:",
            f"以下 {len(unsettled)} 条须人工确认，均未导入：",
        )
        speaker.err.print(head, style="yellow", markup=False)
    hints = set()
    for fault in unsettled:
        once = replace(fault, hint=None) if fault.hint in hints else fault
        hints.add(fault.hint)
        speaker.err.print(f"  {once.say(speaker.language)}", markup=False)


def finished(
    edit: PlanEdit,
    evidence: Mapping[Path, bytes],
    unsettled: Sequence[Fault],
    *,
    strict: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the plan and the evidence, all or nothing, unless only asked to show; say what was written.

    Raises:
        InputError: the plan would not be sound; or ``strict`` and something must be settled.
    """
    if strict and unsettled:
        raise InputError(list(unsettled))
    edit.check()
    written = () if dry_run else edit.commit(_new(evidence))
    if not as_json:
        speaker.out.print(_end(written, dry_run=dry_run), markup=False)


def _new(evidence: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """The files whose content changes."""
    return {
        path: data for path, data in evidence.items() if not (path.is_file() and path.read_bytes() == data)
    }


def _end(written: Sequence[Path], *, dry_run: bool) -> str:
    if dry_run:
        return words("Nothing was written (--dry-run).", "未写入任何内容（--dry-run）。")
    if not written:
        return words("The plan says so already; nothing to write.", "计划内容已是如此，无需写入。")
    listed = ", ".join(path.as_posix() for path in written)
    return words(f"Written: {listed}", f"已写入：{listed}")


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}
