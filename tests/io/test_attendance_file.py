"""attendance.json: written and read back, and what is wrong with it said with its row."""

from pathlib import Path

import pytest

from scheduler.domain.attendance import Attendance, Attended, Presence
from scheduler.errors import InputError
from scheduler.io.attendance_file import read_attendance, write_attendance
from scheduler.io.read import Plan, read_plan

PLAN = """
id: small
name: Small
horizon: {first: 2024-03-04, last: 2024-03-05}
places: [{id: town}]
shift_types: [{id: morning, start: "08:00", end: "12:00"}]
posts: [{id: gate, place: town, demand: [{shifts: [morning], least: 1}]}]
volunteers: [{id: anna, availability: always}, {id: bo, availability: always}]
"""
SHIFT = "gate/2024-03-04/morning"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    return read_plan(tmp_path / "plan.yaml")


def test_what_was_written_is_read_back_in_the_same_bytes(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "attendance.json"
    records = (
        Attended(shift=SHIFT, volunteer="bo", presence=Presence.LATE, instead_of="anna", minutes=200),
        Attended(shift=SHIFT, volunteer="anna", presence=Presence.ABSENT),
        Attended(shift=SHIFT, walk_in="路人", presence=Presence.ATTENDED),
    )
    write_attendance(file, plan, Attendance(records=records))
    found = read_attendance(file, plan)
    assert set(found.records) == set(records)
    before = file.read_bytes()
    write_attendance(file, plan, found)
    assert file.read_bytes() == before


def test_all_that_is_wrong_is_said_at_once(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "attendance.json"
    file.write_text(
        '{"format": "duty-scheduler attendance 1", "plan": "small", "records": [\n'
        '{"shift": "gate/2024-03-04/night", "volunteer": "anna", "presence": "attended"},\n'
        f'{{"shift": "{SHIFT}", "volunteer": "cy", "presence": "attended"}},\n'
        f'{{"shift": "{SHIFT}", "volunteer": "bo", "presence": "late"}},\n'
        f'{{"shift": "{SHIFT}", "volunteer": "bo", "presence": "attended"}}]}}',
        "utf-8",
    )
    with pytest.raises(InputError) as wrong:
        read_attendance(file, plan)
    assert [fault.place.rpartition(":")[2].split()[0] for fault in wrong.value.faults] == ["2", "3", "5"]


@pytest.mark.parametrize(
    "record",
    [
        '"presence": "attended"',
        '"volunteer": "bo", "walk_in": "x", "presence": "attended"',
        '"volunteer": "bo", "presence": "absent", "minutes": 5',
        '"volunteer": "bo", "presence": "asleep"',
    ],
)
def test_records_that_say_nothing_or_contradict_themselves_are_refused(
    plan: Plan, tmp_path: Path, record: str
) -> None:
    file = tmp_path / "attendance.json"
    file.write_text(
        f'{{"format": "duty-scheduler attendance 1", "plan": "small", "records": [{{"shift": "{SHIFT}", {record}}}]}}',
        "utf-8",
    )
    with pytest.raises(InputError):
        read_attendance(file, plan)


@pytest.mark.parametrize("head", ['"format": "other"', '"format": "duty-scheduler attendance 2"'])
def test_other_files_are_refused(plan: Plan, tmp_path: Path, head: str) -> None:
    file = tmp_path / "attendance.json"
    file.write_text(f'{{{head}, "plan": "small", "records": []}}', "utf-8")
    with pytest.raises(InputError):
        read_attendance(file, plan)


def test_the_attendance_of_another_plan_is_refused(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "attendance.json"
    file.write_text('{"format": "duty-scheduler attendance 1", "plan": "big", "records": []}', "utf-8")
    with pytest.raises(InputError, match="big"):
        read_attendance(file, plan)
