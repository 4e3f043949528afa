"""Rosters as files: roster.json, which knows its plan, and tables of shift and volunteer written by hand."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.roster import Roster
from scheduler.errors import Fault, InputError
from scheduler.io.assignments import Entry, named_roster
from scheduler.io.files import write_text
from scheduler.io.json_marked import parse_json
from scheduler.io.read import Plan, read_plan
from scheduler.io.source import Source, read_source
from scheduler.io.stored_roster import FORMAT, StoredRoster, stored
from scheduler.io.table import read_table
from scheduler.score import Score, score
from scheduler.text import Text
from scheduler.version import VERSION

BY_HAND = "by hand"
"""The status of a roster that no search made."""


@dataclass(frozen=True, slots=True)
class RosterRecord:
    """A roster with its plan and what is known of how it was made; of one made by hand there is no score."""

    roster: Roster
    plan: Plan
    score: Score | None = None
    bounds: Mapping[Level, float | None] = field(default_factory=dict)
    status: str = BY_HAND
    seed: int | None = None
    rounds: int | None = None
    notes: tuple[Text, ...] = ()


def changed_record(record: RosterRecord, roster: Roster) -> RosterRecord:
    """A record of a roster changed by hand: scored anew; a bound stays while no level above it changed."""
    judged = score(roster, record.plan.problem.all_rules())
    before = record.score or judged
    bounds: dict[Level, float | None] = {}
    for level in LEVELS:
        bounds[level] = record.bounds.get(level)
        if judged[level] != before[level]:
            break
    return RosterRecord(roster=roster, plan=record.plan, score=judged, bounds=bounds)


def is_roster(path: Path) -> bool:
    """Whether a file is a roster rather than a plan."""
    if path.suffix.lower() != ".json":
        return _is_table(path)
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "assignments" in data


def write_roster(path: Path, record: RosterRecord) -> None:
    """Write ``roster.json``: the same bytes for the same record, one assignment a line."""
    head = json.dumps(_head(path, record), ensure_ascii=False, indent=1).removesuffix("\n}")
    instance = record.roster.instance
    pairs = sorted((instance.shifts[s].id, instance.volunteers[v].id) for v, s in record.roster.pairs)
    lines = [json.dumps({"shift": s, "volunteer": v}, ensure_ascii=False) for s, v in pairs]
    body = ",\n".join(f"  {line}" for line in lines)
    write_text(
        path,
        f'{head},\n "assignments": [\n{body}\n ]\n}}\n' if lines else f'{head},\n "assignments": []\n}}\n',
    )


def read_roster(path: Path, plan: Plan | None = None) -> RosterRecord:
    """Read a roster: JSON finds its plan itself, a CSV table ``shift,volunteer`` needs it given.

    Raises:
        InputError: the file or its plan cannot be read, or names what the plan does not have.
    """
    if _is_table(path):
        return _read_table(path, plan)
    source = read_source(path)
    if path.suffix.lower() in (".yaml", ".yml"):
        text = Text("this is a plan, not a roster", "这是计划，不是排班")
        hint = Text(
            "give the roster that `scheduler solve` wrote: roster.json",
            "请给出 scheduler solve 写出的排班文件 roster.json",
        )
        raise InputError([Fault(source.name, text, hint)])
    marked = parse_json(source.text, source.name)
    found = stored(marked)
    if plan is None:
        plan = _named_plan(found, path, marked.marks.place(("plan", "file")))
    if found.plan.id != plan.problem.id:
        raise InputError([_other_plan(found.plan.id, plan, marked.marks.place(("plan", "id")))])
    entries = [
        Entry(marked.marks.place(("assignments", n)), one.shift, one.volunteer)
        for n, one in enumerate(found.assignments)
    ]
    return RosterRecord(
        roster=named_roster(plan.problem.instance(), entries),
        plan=plan,
        score=None if found.scores is None else Score(found.scores),
        bounds={level: figures.bound for level, figures in found.levels.items()},
        status=found.status,
        seed=found.seed,
        rounds=found.rounds,
        notes=() if found.plan.digest == plan.digest else (_changed(source.name, plan),),
    )


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in (".csv", ".tsv", ".txt")


def _head(path: Path, record: RosterRecord) -> dict[str, object]:
    plan, score = record.plan, record.score
    levels = (
        {level: {"score": score[level], "bound": _number(record.bounds.get(level))} for level in LEVELS}
        if score
        else {}
    )
    return {
        "format": FORMAT,
        "product": f"duty-scheduler {VERSION}",
        "plan": {"file": _way(plan.path, path.parent), "id": plan.problem.id, "digest": plan.digest},
        "status": str(record.status),
        "seed": record.seed,
        "rounds": record.rounds,
        "levels": levels,
    }


def _number(value: float | None) -> float | int | None:
    if value is None or not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _way(plan: Path, folder: Path) -> str:
    """The plan's path as seen from the roster's folder, with slashes; whole if there is no way."""
    try:
        return Path(os.path.relpath(plan, folder)).as_posix()
    except ValueError:
        return plan.resolve().as_posix()


def _named_plan(found: StoredRoster, roster: Path, place: str) -> Plan:
    path = Path(os.path.normpath(roster.parent / found.plan.file))
    if not path.is_file():
        text = Text(f'the plan "{path.as_posix()}" is not there', f"找不到计划“{path.as_posix()}”")
        hint = Text("name the plan and the roster", "请同时指定计划和排班文件")
        raise InputError([Fault(place, text, hint)])
    return read_plan(path)


def _other_plan(named: str, plan: Plan, place: str) -> Fault:
    given = plan.problem.id
    return Fault(
        place,
        Text(
            f'the roster is for the plan "{named}", not for "{given}"',
            f"该排班属于计划“{named}”，而非“{given}”",
        ),
    )


def _changed(roster: str, plan: Plan) -> Text:
    name = plan.path.as_posix()
    return Text(
        f"{name} has changed since {roster} was made: its bounds may no longer hold",
        f"{roster} 生成之后，{name} 已有改动：其中的界限可能不再成立",
    )


def _read_table(path: Path, plan: Plan | None) -> RosterRecord:
    source = read_source(path, gb18030=True)
    if plan is None:
        text = Text("a table does not name its plan", "表格中没有注明所属计划")
        hint = Text("name the plan and the roster", "请同时指定计划和排班文件")
        raise InputError([Fault(source.name, text, hint)])
    roster = named_roster(plan.problem.instance(), *_rows(source))
    return RosterRecord(roster, plan, notes=(source.note,) if source.note else ())


def _rows(source: Source) -> tuple[list[Entry], tuple[Fault, ...]]:
    columns = ("shift", "volunteer")
    table = read_table(source, columns, columns, others=True)
    entries = [
        Entry(f"{table.file}:{row.number}", row.cells.get("shift", ""), row.cells.get("volunteer", ""))
        for row in table.rows
    ]
    return ([] if table.faults else entries), table.faults
