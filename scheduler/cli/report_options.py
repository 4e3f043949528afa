"""What all reports share: the roster read, and where the tables go: screen, CSV, JSON, workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ARGUMENTS, option
from scheduler.cli.speech import speaker, words

if TYPE_CHECKING:
    from scheduler.report.grid import Grid

Rosters = Annotated[
    list[Path],
    typer.Argument(
        metavar="ROSTER",
        help=words(
            "roster files; several periods are added up", "排班文件（roster.json）； 可列出多个时段并累计"
        ),
        rich_help_panel=ARGUMENTS,
    ),
]
AttendanceFiles = Annotated[
    list[Path] | None,
    option(
        "--attendance",
        "FILE",
        "attendance.json; with several rosters one for each, in their order",
        "考勤文件； 有多个排班时 按相同顺序逐一给出",
        show_default=False,
    ),
]
AsCsv = Annotated[
    bool,
    option("--csv", None, "print CSV", "输出 CSV"),
]
XlsxFile = Annotated[
    Path | None,
    option("--xlsx", "FILE", "write a workbook instead of printing", "改为写入 Excel 工作簿"),
]


def tell(grids: Sequence[Grid], *, as_json: bool, as_csv: bool, xlsx: Path | None, force: bool) -> bool:
    """Say tables in the form asked for; whether they were drawn on the screen for a person."""
    from scheduler.cli import tables

    if xlsx is not None:
        write(grids, xlsx, force=force)
    elif as_json:
        typer.echo(tables.as_json(grids))
    elif as_csv:
        typer.echo("\n".join(tables.as_csv(grid) for grid in grids), nl=False)
    else:
        for grid in grids:
            tables.show(grid)
    return xlsx is None and not as_json and not as_csv


def write(grids: Sequence[Grid], path: Path, *, force: bool) -> None:
    """Write tables as a workbook, a sheet each, and say so."""
    from scheduler.io.files import refuse_to_overwrite
    from scheduler.io.xlsx.grids import write_grids

    refuse_to_overwrite([path], force=force)
    write_grids(path, grids, speaker.language)
    speaker.out.print(words(f"Workbook: {path}", f"工作簿：{path}"), markup=False)
