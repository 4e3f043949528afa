"""The duties of a published roster for a plan that has changed since: what it no longer knows is kept by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from scheduler.domain.assignment import Assignment
from scheduler.errors import Fault, InputError
from scheduler.io.json_marked import parse_json
from scheduler.io.source import read_source
from scheduler.io.stored_roster import stored
from scheduler.io.table import read_table
from scheduler.text import Text

COLUMNS = ("shift", "volunteer")


def read_duties(path: Path, plan: str) -> tuple[Assignment, ...]:
    """Who serves on which shift, each once, whether the plan of that id still has them or not.

    Raises:
        InputError: the file cannot be read, is of another plan, or a shift is not written like one.
    """
    rows = _of_table(path) if path.suffix.lower() in (".csv", ".tsv", ".txt") else _of_json(path, plan)
    found: dict[Assignment, None] = {}
    faults: list[Fault] = []
    for place, shift, volunteer in rows:
        try:
            found[Assignment.model_validate({"shift": shift, "volunteer": volunteer})] = None
        except ValidationError:
            text = Text(
                f'expected a volunteer and a shift, found "{volunteer}" and "{shift}"',
                f"应为志愿者和班次，实为“{volunteer}”和“{shift}”",
            )
            hint = Text("a shift is written gate/2020-03-02/morning", "班次写作 gate/2020-03-02/morning")
            faults.append(Fault(place, text, hint))
    if faults:
        raise InputError(faults)
    return tuple(found)


def _of_json(path: Path, plan: str) -> Iterator[tuple[str, str, str]]:
    source = read_source(path)
    marked = parse_json(source.text, source.name)
    roster = stored(marked)
    if roster.plan.id != plan:
        text = Text(
            f'the roster is for the plan "{roster.plan.id}", not for "{plan}"',
            f"该排班属于计划“{roster.plan.id}”，而非“{plan}”",
        )
        raise InputError([Fault(marked.marks.place(("plan", "id")), text)])
    for n, one in enumerate(roster.assignments):
        yield marked.marks.place(("assignments", n)), one.shift, one.volunteer


def _of_table(path: Path) -> Iterator[tuple[str, str, str]]:
    table = read_table(read_source(path, gb18030=True), COLUMNS, COLUMNS, others=True)
    if table.faults:
        raise InputError(list(table.faults))
    for row in table.rows:
        yield f"{table.file}:{row.number}", row.cells.get("shift", ""), row.cells.get("volunteer", "")
