"""attendance.json: who came, beside the roster; one record a line, the same bytes for the same records."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import Field, ValidationError

from scheduler.domain.attendance import Attendance, Attended
from scheduler.domain.entity import Entity
from scheduler.domain.instance import Instance
from scheduler.errors import Fault, InputError
from scheduler.io.faults import validation_faults
from scheduler.io.files import write_text
from scheduler.io.json_marked import parse_json
from scheduler.io.marked import Marked
from scheduler.io.read import Plan
from scheduler.io.source import read_source
from scheduler.text import Text

_KIND = "duty-scheduler attendance"
FORMAT = f"{_KIND} 1"


class _Stored(Entity):
    format: str
    plan: str
    records: tuple[Attended, ...] = Field(default=())


def write_attendance(path: Path, plan: Plan, attendance: Attendance) -> None:
    """Write the records, sorted by shift and person."""
    head = json.dumps({"format": FORMAT, "plan": plan.problem.id}, ensure_ascii=False, indent=1)
    records = sorted(attendance.records, key=lambda one: (one.shift, one.volunteer or "", one.walk_in or ""))
    lines = [
        json.dumps(one.model_dump(mode="json", exclude_none=True), ensure_ascii=False) for one in records
    ]
    body = ",\n".join(f"  {line}" for line in lines)
    inner = f"[\n{body}\n ]" if lines else "[]"
    write_text(path, head.removesuffix("\n}") + f',\n "records": {inner}\n}}\n')


def read_attendance(path: Path, plan: Plan) -> Attendance:
    """The attendance of a plan.

    Raises:
        InputError: the file cannot be read, is another plan's, or names what the plan does not have.
    """
    source = read_source(path)
    marked = parse_json(source.text, source.name)
    kind = marked.data.get("format") if isinstance(marked.data, dict) else None
    if kind != FORMAT:
        raise InputError([_foreign(kind, marked)])
    try:
        found = _Stored.model_validate(marked.data)
    except ValidationError as wrong:
        raise InputError([*marked.faults, *validation_faults(wrong, _Stored, marked)]) from wrong
    faults = [*marked.faults, *_strangers(found, plan, marked)]
    if faults:
        raise InputError(faults)
    return Attendance(records=found.records)


def _foreign(kind: object, marked: Marked) -> Fault:
    newer = isinstance(kind, str) and kind.startswith(_KIND)
    text = (
        Text("the attendance was recorded by a newer version of this program", "该考勤由本程序的更新版本记录")
        if newer
        else Text("this is not an attendance file", "这不是考勤文件")
    )
    return Fault(marked.marks.place(("format",)), text)


def _strangers(found: _Stored, plan: Plan, marked: Marked) -> list[Fault]:
    """What the plan does not have, and people recorded twice at a shift."""
    given = plan.problem.id
    if found.plan != given:
        text = Text(
            f'the attendance is of the plan "{found.plan}", not of "{given}"',
            f"该考勤属于计划“{found.plan}”，而非“{given}”",
        )
        return [Fault(marked.marks.place(("plan",)), text)]
    instance, faults, seen = plan.problem.instance(), [], set()
    for n, one in enumerate(found.records):
        place = marked.marks.place(("records", n))
        faults += [Fault(place, text) for text in _unknown(one, instance)]
        if (key := (one.shift, one.volunteer, one.walk_in)) in seen:
            faults.append(Fault(place, Text("recorded twice at this shift", "同一班次重复记录")))
        seen.add(key)
    return faults


def _unknown(one: Attended, instance: Instance) -> list[Text]:
    texts = []
    if one.shift not in instance.shift_index:
        texts.append(Text(f'no shift "{one.shift}"', f"没有班次“{one.shift}”"))
    texts += [
        Text(f'no volunteer "{who}"', f"没有志愿者“{who}”")
        for who in (one.volunteer, one.instead_of)
        if who is not None and who not in instance.volunteer_index
    ]
    if one.organisation is not None and one.organisation not in instance.organisations:
        texts.append(Text(f'no organisation "{one.organisation}"', f"没有组织“{one.organisation}”"))
    return texts
