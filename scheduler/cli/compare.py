"""scheduler compare: two rosters or two plans side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ARGUMENTS, Json
from scheduler.cli.speech import speaker, words

if TYPE_CHECKING:
    from scheduler.report.grid import Grid

One = Annotated[
    Path,
    typer.Argument(metavar="A", help=words("a plan or roster", "计划或排班"), rich_help_panel=ARGUMENTS),
]
Other = Annotated[
    Path,
    typer.Argument(
        metavar="B", help=words("another of the same kind", "另一个同类文件"), rich_help_panel=ARGUMENTS
    ),
]


def compare(one: One, other: Other, as_json: Json = False) -> None:
    from scheduler.cli.tables import as_json as said
    from scheduler.cli.tables import show
    from scheduler.io.roster_file import is_roster

    grids = _rosters(one, other) if is_roster(one) or is_roster(other) else _plans(one, other)
    if as_json:
        typer.echo(said(grids))
        return
    for grid in grids:
        if grid.rows:
            show(grid)
    if not any(grid.rows for grid in grids):
        speaker.out.print(words("They are the same.", "两者相同。"))


compare.__doc__ = words(
    "Two rosters side by side: score, coverage, fairness, whom it concerns; or two versions of a plan.\n\n"
    "Example:  scheduler compare old/roster.json new/roster.json",
    "并排比较两份排班：得分、覆盖、公平、涉及的人；或比较计划的两个版本。\n\n"
    "示例：  scheduler compare old/roster.json new/roster.json",
)


def _rosters(one: Path, other: Path) -> list[Grid]:
    from scheduler.cli.answers import read_record
    from scheduler.report.compare import Side, compare_grids
    from scheduler.report.difference import difference, person_grid, shift_grid
    from scheduler.report.plan_difference import plan_difference, plan_grid

    records = [read_record(path, None) for path in (one, other)]
    sides = [
        Side(path.as_posix(), record.roster, record.plan.problem.all_rules())
        for path, record in zip((one, other), records)
    ]
    found = difference(sides[0].roster, sides[1].roster)
    plans = plan_difference(records[0].plan.problem, records[1].plan.problem)
    return [*compare_grids(*sides), person_grid(found), shift_grid(found), plan_grid(plans)]


def _plans(one: Path, other: Path) -> list[Grid]:
    from scheduler.io.read import read_plan
    from scheduler.report.plan_difference import plan_difference, plan_grid

    return [plan_grid(plan_difference(read_plan(one).problem, read_plan(other).problem))]
