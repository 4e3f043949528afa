"""scheduler check --leaks: which files show a phone or identity number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import OPTIONS
from scheduler.cli.speech import speaker, words
from scheduler.errors import ExitStatus

if TYPE_CHECKING:
    from scheduler.publish.leaks import Leak, Search

LeaksOption = Annotated[
    Path | None,
    typer.Option(
        "--leaks",
        metavar="FOLDER",
        help=words(
            "search a folder or file for unmasked mobile and identity numbers instead; with PLAN, those it says to "
            "show in full are no fault",
            "改为检索文件夹或文件中 未遮挡的手机号和身份证号； 给出 PLAN 时， 其中注明可完整显示的号码除外",
        ),
        rich_help_panel=OPTIONS,
    ),
]


def check_leaks(folder: Path, plan: Path | None, *, as_json: bool) -> None:
    """Search a folder or file; say every leak and leave with BROKEN if there is one.

    What a plan says to show in full is no leak.
    """
    from scheduler.io.guarded import meant_at_all
    from scheduler.io.read import read_plan
    from scheduler.io.source import read_bytes
    from scheduler.publish.leaks import search

    if not folder.is_dir():
        read_bytes(folder)
    allowed = meant_at_all(read_plan(plan).problem) if plan is not None else frozenset[str]()
    found = search([folder], allowed)
    if as_json:
        typer.echo(json.dumps(_data(found), ensure_ascii=False, indent=2))
    else:
        _show(found)
    if found.leaks:
        raise typer.Exit(ExitStatus.BROKEN)


def _show(found: Search) -> None:
    from scheduler.publish.leaks import HINT

    for fault in found.unread:
        speaker.err.print(fault.say(speaker.language), style="yellow", markup=False)
    for leak in found.leaks:
        speaker.out.print(_line(leak), markup=False)
    if found.leaks:
        total = words(
            f"Numbers that can be read: {len(found.leaks)}; files searched: {found.files}",
            f"检索 {found.files} 个文件，发现 {len(found.leaks)} 处未遮挡的号码",
        )
        speaker.out.print(f"{total}{words('; ', '；')}{speaker.say(HINT)}", style="red", markup=False)
        return
    clean = words(
        f"No unmasked mobile or identity number in {found.files} files.",
        f"检索 {found.files} 个文件，没有未遮挡的手机号或身份证号。",
    )
    speaker.out.print(clean, style="green", markup=False)


def _line(leak: Leak) -> str:
    fault = leak.fault
    return f"{fault.place}{words(': ', '：')}{speaker.say(fault.text)}"


def _data(found: Search) -> dict[str, object]:
    return {
        "files": found.files,
        "leaks": [
            {"place": leak.fault.place, "kind": leak.number.secret.value, "masked": leak.masked}
            for leak in found.leaks
        ],
        "not_searched": [
            {"place": one.place, "text": {"en": one.text.en, "zh": one.text.zh}} for one in found.unread
        ],
    }
