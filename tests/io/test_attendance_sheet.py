"""Sign-in sheets that came back, as tables and as the program's own workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from scheduler.domain.attendance import Attendance, Attended, Presence
from scheduler.domain.profile import Profile
from scheduler.domain.roster import Roster
from scheduler.errors import InputError
from scheduler.io.attendance_sheet import Taken, take_attendance
from scheduler.io.read import Plan, read_plan
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.signin_book import signin_book
from scheduler.report.roll_call import roll_call
from scheduler.text import Language

PLAN = """
id: small
name: 小计划
horizon: {first: 2024-03-04, last: 2024-03-05}
places: [{id: town}]
organisations: [{id: first, name: 一支部}, {id: second, name: 二支部}]
shift_types:
  - {id: morning, name: 早班, start: "08:00", end: "12:00"}
  - {id: night, name: 夜班, start: "22:00", end: "06:00"}
posts:
  - {id: gate, name: 大门, place: town, demand: [{shifts: [morning, night], least: 1, most: 3}]}
  - {id: yard, name: 后院, place: town, demand: [{shifts: [morning], least: 1}]}
volunteers:
  - {id: lin, name: 林安, organisation: first}
  - {id: bo, name: 王波, organisation: first}
  - {id: cai, name: 蔡青, organisation: second}
  - {id: wang1, name: 王芳, organisation: first}
  - {id: wang2, name: 王芳, organisation: second}
"""
ROSTER = (
    ("lin", "gate/2024-03-04/morning"),
    ("bo", "gate/2024-03-04/morning"),
    ("cai", "gate/2024-03-04/night"),
    ("wang1", "yard/2024-03-04/morning"),
    ("lin", "gate/2024-03-05/morning"),
)
MORNING, NIGHT = "gate/2024-03-04/morning", "gate/2024-03-04/night"
HEAD = "姓名,单位,日期,岗位,班次,签到,签退,备注"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    return read_plan(tmp_path / "plan.yaml")


@pytest.fixture
def roster(plan: Plan) -> Roster:
    return Roster.named(plan.problem.instance(), ROSTER)


class Desks:
    """Reads tables given as lines."""

    def __init__(self, plan: Plan, roster: Roster, folder: Path) -> None:
        self.plan, self.roster, self.folder = plan, roster, folder

    def read(self, *lines: str, before: Attendance | None = None, grace: int = 0, head: str = HEAD) -> Taken:
        path = self.folder / "表.csv"
        path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
        return take_attendance(self.plan, self.roster, [path], before or Attendance(), grace)

    def records(self, *lines: str, grace: int = 0) -> Mapping[str, Attended]:
        return by_person(self.read(*lines, grace=grace).attendance)

    def faults(self, *lines: str) -> list[tuple[str, str]]:
        with pytest.raises(InputError) as wrong:
            self.read(*lines)
        return [(one.place, one.text.zh) for one in wrong.value.faults]


def by_person(attendance: Attendance) -> dict[str, Attended]:
    return {one.volunteer or f"+{one.walk_in}": one for one in attendance.records}


@pytest.fixture
def desk(plan: Plan, roster: Roster, tmp_path: Path) -> Desks:
    return Desks(plan, roster, tmp_path)


@pytest.mark.parametrize(
    ("arrived", "left", "presence", "minutes"),
    [
        ("07:40", "12:30", Presence.ATTENDED, None),
        ("08:00", "12:00", Presence.ATTENDED, None),
        ("08:01", "", Presence.LATE, 239),
        ("08:20", "11:50", Presence.LATE, 210),
        ("√", "11:00", Presence.ATTENDED, 180),
    ],
)
def test_minutes_count_within_the_shift(
    desk: Desks, arrived: str, left: str, presence: Presence, minutes: int | None
) -> None:
    found = desk.records(f"林安,,3月4日,大门,早班,{arrived},{left},")["lin"]
    assert (found.shift, found.presence, found.minutes) == (MORNING, presence, minutes)


@pytest.mark.parametrize(("grace", "presence"), [(4, Presence.LATE), (5, Presence.ATTENDED)])
def test_who_comes_within_the_grace_is_not_late_but_serves_less(
    desk: Desks, grace: int, presence: Presence
) -> None:
    found = desk.records("林安,,3月4日,大门,早班,08:05,,", grace=grace)["lin"]
    assert (found.presence, found.minutes) == (presence, 235)


@pytest.mark.parametrize(
    ("arrived", "left", "minutes"), [("21:55", "06:00", None), ("22:30", "5:30", 420), ("0:30", "", 330)]
)
def test_a_night_passes_midnight(desk: Desks, arrived: str, left: str, minutes: int | None) -> None:
    assert desk.records(f"蔡青,,3月4日,大门,夜班,{arrived},{left},")["cai"].minutes == minutes


def test_an_empty_line_is_absent_once_somebody_signed(desk: Desks) -> None:
    found = desk.records("林安,,3月4日,大门,早班,√,,", "王波,,3月4日,大门,早班,,,")
    assert {who: one.presence for who, one in found.items()} == {
        "lin": Presence.ATTENDED,
        "bo": Presence.ABSENT,
    }


def test_a_shift_nobody_signed_is_left_alone(desk: Desks) -> None:
    taken = desk.read("林安,,3月4日,大门,早班,,,", "王波,,3月4日,大门,早班,,,")
    assert (taken.attendance.records, taken.shifts) == ((), frozenset())
    assert "1 个班次无人签到" in taken.notes[0].zh


@pytest.mark.parametrize("note", ["替 王波", "替班：王波", "林安不在，替王波", "instead of 王波"])
def test_a_substitute_comes_and_the_other_is_absent(desk: Desks, note: str) -> None:
    found = desk.records(f'蔡青,,3月4日,大门,早班,8:00,,"{note}"')
    assert (found["cai"].presence, found["cai"].instead_of) == (Presence.ATTENDED, "bo")
    assert found["bo"].presence is Presence.ABSENT


def test_who_was_replaced_names_the_substitute(desk: Desks) -> None:
    found = desk.records("林安,,3月4日,大门,早班,√,,", "王波,,3月4日,大门,早班,,,由蔡青替班")
    assert found["bo"].presence is Presence.ABSENT
    assert (found["cai"].presence, found["cai"].instead_of) == (Presence.ATTENDED, "bo")
    timed = desk.records("王波,,3月4日,大门,早班,,,由蔡青替班", "蔡青,,3月4日,大门,早班,8:30,,")
    assert (timed["cai"].presence, timed["cai"].instead_of, timed["cai"].minutes) == (
        Presence.LATE,
        "bo",
        210,
    )


def test_nobody_of_the_plan_is_a_walk_in_and_told(desk: Desks) -> None:
    taken = desk.read("路人甲,二支部,3月4日,大门,早班,√,,", "林安安,,3月4日,大门,早班,√,,")
    found = by_person(taken.attendance)
    assert (found["+路人甲"].organisation, found["+林安安"].organisation) == ("second", None)
    assert any("是否想写“林安”" in note.zh for note in taken.notes)


def test_a_helper_of_a_volunteers_name_is_said_to_be_a_walk_in(desk: Desks) -> None:
    assert desk.faults("林安,二支部,3月4日,大门,早班,√,,") == [("表.csv:2 B", "二支部中没有“林安”")]
    assert "+林安" in desk.records("林安,二支部,3月4日,大门,早班,√,,临时")


def test_people_of_one_name_are_told_apart_by_crew_organisation_or_brackets(desk: Desks) -> None:
    assert "wang1" in desk.records("王芳,,3月4日,后院,早班,√,,")
    assert "wang2" in desk.records("王芳,二支部,3月4日,大门,早班,√,,")
    assert "wang2" in desk.records("王芳（二支部）,,3月4日,大门,早班,√,,")
    assert desk.faults("王芳,,3月4日,大门,早班,√,,") == [("表.csv:2 A", "有多人名为“王芳”：wang1, wang2")]


def test_what_is_left_out_is_taken_from_above_or_from_the_crew(desk: Desks) -> None:
    found = desk.records("林安,,3月4日,大门,早班,√,,", "王波,,,,,√,,")
    assert found["bo"].shift == MORNING
    assert desk.records("蔡青,,3月4日,,,√,,")["cai"].shift == NIGHT
    assert desk.records("王芳,一支部,3月4日,,,√,,")["wang1"].shift == "yard/2024-03-04/morning"


def test_everything_wrong_is_said_at_once_with_its_cell(desk: Desks) -> None:
    assert desk.faults(
        "林安,,3月9日,大门,早班,√,,",
        "林安,,3月4日,车站,早班,√,,",
        "林安,,3月4日,大门,中班,√,,",
        "林安,,3月4日,大门,早班,abc,,",
        "王波,,3月4日,大门,早班,18:05,,",
        "蔡青,,3月4日,大门,夜班,23:00,22:30,",
        "蔡青,,3月4日,大门,早班,,,",
        "路人,,3月4日,大门,早班,√,,替 蔡青",
        ",,3月4日,大门,早班,√,,",
    ) == [
        ("表.csv:2 C", "2024年3月9日（周六）不在本计划的日期内"),
        ("表.csv:3 D", "没有岗位“车站”"),
        ("表.csv:4 E", "没有班次“中班”"),
        ("表.csv:5 F", "内容无法识别"),
        ("表.csv:10 A", "有签到但没有姓名"),
        ("表.csv:6 F", "该时间与班次 08:00–12:00 不符"),
        ("表.csv:8 F", "未安排在本班次，也没有签到"),
        ("表.csv:9 H", "本班次没有安排蔡青"),
        ("表.csv:7 G", "签退时间早于签到时间"),
    ]


def test_one_person_said_twice_must_be_said_alike(desk: Desks) -> None:
    assert len(desk.records("林安,,3月4日,大门,早班,√,,", "林安,,3月4日,大门,早班,√,,")) == 1
    ((place, text),) = desk.faults("林安,,3月4日,大门,早班,√,,", "林安,,3月4日,大门,早班,9:00,,")
    assert place == "表.csv:3 A"
    assert "表.csv:2 A" in text


def test_reading_again_replaces_and_other_shifts_stay(desk: Desks, roster: Roster) -> None:
    first = desk.read("林安,,3月4日,大门,早班,√,,", "路人,,3月4日,大门,早班,√,,").attendance
    both = desk.read("蔡青,,3月4日,大门,夜班,√,,", before=first).attendance
    assert len(both.records) == 3
    assert len(desk.read("蔡青,,3月4日,大门,夜班,√,,", before=both).attendance.records) == 3
    corrected = desk.read("王波,,3月4日,大门,早班,√,,", before=both).attendance
    assert by_person(corrected).keys() == {"cai", "bo"}
    (day,) = roll_call(roster, corrected).values()
    assert (day.shifts, day.planned, day.attended, day.absent, day.unrecorded) == (2, 3, 2, 0, 1)


def test_a_table_without_a_column_of_signs_is_no_attendance(desk: Desks) -> None:
    with pytest.raises(InputError):
        desk.read("林安,2024-03-04", head="姓名,日期")


# -- the program's own workbook ----------------------------------------------------------------------------


@pytest.fixture
def book(plan: Plan, roster: Roster, tmp_path: Path) -> Path:
    desk = Desk(plan.problem, roster, Language.ZH, Profile.COORDINATOR)
    path = tmp_path / "签到.xlsx"
    instance = roster.instance
    path.write_bytes(signin_book(desk, instance.days, list(instance.posts.values()), 3))
    return path


def filled(path: Path, cells: Mapping[tuple[str, str], object], insert_after: str = "") -> Path:
    """The workbook with cells filled in: by the name that stands in the row (or +n, the nth blank one)."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["大门"]
    header = next(row for row in sheet.iter_rows(max_row=9) if row[0].value == "shift_id")
    column = {str(cell.value).split("\n")[0]: cell.column for cell in header}
    rows: dict[str, int] = {}
    for row in range(header[0].row + 1, sheet.max_row + 1):
        name = sheet.cell(row, column["姓名"]).value
        blank = sheet.cell(row, 1).value and not name
        rows.setdefault(
            str(name) if name else f"+{sum(k.startswith('+') for k in rows) + 1}" if blank else "", row
        )
    for (who, title), value in cells.items():
        sheet.cell(rows[who], column[title]).value = value
    if insert_after:
        sheet.insert_rows(rows[insert_after] + 1)
        sheet.cell(rows[insert_after] + 1, column["姓名"]).value = "插行人"
        sheet.cell(rows[insert_after] + 1, column["签到"]).value = "√"
    workbook.save(path)
    return path


def test_the_workbook_is_read_by_its_hidden_ids(plan: Plan, roster: Roster, book: Path) -> None:
    cells = {
        ("林安", "签到"): dt.time(8, 20),
        ("林安", "签退"): dt.time(12, 0),
        ("王波", "姓名"): "蔡青",
        ("王波", "签名"): "蔡青",
        ("+1", "姓名"): "路人",
        ("+1", "签到"): "√",
    }
    taken = take_attendance(plan, roster, [filled(book, cells, "林安")], Attendance(), 0)
    found = by_person(taken.attendance)
    assert taken.shifts == {MORNING}
    assert (found["lin"].presence, found["lin"].minutes) == (Presence.LATE, 220)
    assert (found["cai"].instead_of, found["bo"].presence) == ("bo", Presence.ABSENT)
    assert found["+路人"].served
    assert found["+插行人"].shift == MORNING


def test_a_fault_in_the_workbook_has_sheet_row_and_column(plan: Plan, roster: Roster, book: Path) -> None:
    with pytest.raises(InputError) as wrong:
        take_attendance(plan, roster, [filled(book, {("林安", "签到"): "abc"})], Attendance(), 0)
    (fault,) = wrong.value.faults
    assert fault.place.startswith("签到.xlsx[大门]:")
    assert fault.place.endswith(" H")


def test_a_workbook_of_another_plan_is_refused(plan: Plan, roster: Roster, book: Path) -> None:
    other = Plan(plan.problem.model_copy(update={"id": "other"}), plan.path, plan.digest)
    with pytest.raises(InputError, match="small"):
        take_attendance(other, roster, [book], Attendance(), 0)


def test_a_table_with_the_programs_ids_needs_no_words(desk: Desks) -> None:
    head = "shift_id,volunteer_id,姓名,日期,岗位,班次,签到"
    lines = (f"{MORNING},bo,王波,,,,√", ",,路人,,,,√", ",,过客,3月4日,大门,夜班,√")
    found = by_person(desk.read(*lines, head=head).attendance)
    assert {who: one.shift for who, one in found.items()} == {"bo": MORNING, "+路人": MORNING, "+过客": NIGHT}
