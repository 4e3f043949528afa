"""scheduler report, as a person runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from scheduler.domain.attendance import Attendance, Attended
from scheduler.io.attendance_file import write_attendance
from scheduler.io.read import read_plan
from tests.cli.conftest import Runner

PLAN = """\
id: small
name: {en: "Small world, March", zh: 小世界防控，三月}
horizon: {first: 2024-03-04, last: 2024-03-05}
places: [{id: town, name: {en: Town, zh: 镇}}]
organisations:
  - {id: minjian, name: {en: Minjian, zh: 民建}}
  - {id: first, name: {en: First branch, zh: 第一支部}, within: minjian}
shift_types:
  - {id: morning, name: {en: morning, zh: 早班}, start: "08:00", end: "12:00"}
posts:
  - {id: gate, name: {en: Gate, zh: 大门}, place: town, demand: [{shifts: [morning], least: 2}]}
volunteers:
  - {id: anna, name: 林安, availability: always, organisation: first}
  - {id: bo, name: 王波, availability: always, organisation: minjian}
  - {id: cai, name: 蔡青, availability: always}
"""
ROWS = (("04", "anna"), ("04", "bo"), ("05", "anna"), ("05", "cai"))


@pytest.fixture
def roster(run: Runner, tmp_path: Path) -> Path:
    """A roster of four duties, made by hand."""
    plan = tmp_path / "plan.yaml"
    pins = "".join(
        f"\n  - {{volunteer: {who}, post: gate, day: 2024-03-{day}, shift_type: morning}}"
        for day, who in ROWS
    )
    plan.write_text(f"{PLAN}rules:\n- rule: pinned\n  assignments:{pins}\n", encoding="utf-8")
    assert run("solve", plan, "--out", tmp_path / "out").status == 0
    return tmp_path / "out" / "roster.json"


@pytest.fixture
def attendance(roster: Path, tmp_path: Path) -> Path:
    path = tmp_path / "attendance.json"
    records = (
        Attended(shift="gate/2024-03-04/morning", volunteer="anna", presence="late", minutes=200),
        Attended(shift="gate/2024-03-04/morning", volunteer="bo", presence="absent"),
        Attended(
            shift="gate/2024-03-04/morning", walk_in="王小明", organisation="minjian", presence="attended"
        ),
    )
    write_attendance(path, read_plan(roster.parent.parent / "plan.yaml"), Attendance(records=records))
    return path


def test_person_times_are_tables_remarks_and_sentences(run: Runner, roster: Path) -> None:
    said = run("--lang", "zh", "report", "person-times", roster, "--by", "organisation，week")
    assert said.status == 0
    assert "按周统计的人数、人次、时数" in said.out
    assert "各组织 = 地点 = 岗位 = 值守日 = 人员之和 = 4人次、960分钟，一致" in said.out
    assert "民建：参与小世界防控3人次，涉及2人，累计12小时（截至2024年3月5日）" in said.out


def test_the_day_and_the_activity_are_as_asked(run: Runner, roster: Path) -> None:
    asked = ("--as-of", "2024-03-04", "--activity", "community control")
    said = run("report", "person-times", roster, *asked)
    assert (
        "Minjian: 2 person-times in community control, by 2 people, 8 hours in all (as of 4 March 2024)"
        in said.out
    )


def test_attended_stands_beside_planned(run: Runner, roster: Path, attendance: Path) -> None:
    said = run("report", "person-times", roster, "--attendance", attendance, "--json")
    found = json.loads(said.out)
    table, turnout = found["tables"]
    assert [column["zh"] for column in table["columns"]][5:] == [
        "实到人数",
        "实到人次",
        "实到时数",
        "实到分钟",
    ]
    assert [row[1:] for row in table["rows"]] == [
        [2, 3, 12.0, 720, 2, 2, 7.3, 440],
        [1, 2, 8.0, 480, 1, 1, 3.3, 200],
        [1, 1, 4.0, 240, 0, 0, 0.0, 0],
        [3, 4, 16.0, 960, 2, 2, 7.3, 440],
    ]
    assert {row[0]["en"].strip(): row[1] for row in turnout["rows"]}["minutes missed by them"] == 40
    assert found["adds_up"] is True
    assert found["basis"]["en"] == "By attendance"


def test_the_rows_behind_a_total_come_to_it(run: Runner, roster: Path) -> None:
    said = run("report", "person-times", roster, "--explain", "民建", "--csv")
    rows = list(csv.reader(io.StringIO(said.out)))
    assert [row[3] for row in rows[1:-1]] == ["林安", "王波", "林安"]
    assert rows[-1][5:7] == [str(sum(int(row[n]) for row in rows[1:-1])) for n in (5, 6)] == ["3", "720"]


def test_csv_has_exact_minutes(run: Runner, roster: Path) -> None:
    said = run("report", "person-times", roster, "--by", "day", "--csv")
    assert said.out.splitlines() == [
        "Duty day,Persons,Person-times,Hours,Minutes",
        "2024-03-04 Mon,2,2,8,480",
        "2024-03-05 Tue,2,2,8,480",
        "Total,3,4,16,960",
    ]


def test_a_workbook_is_written_and_not_overwritten(run: Runner, roster: Path, tmp_path: Path) -> None:
    book = tmp_path / "report.xlsx"
    ask = ("report", "person-times", roster, "--by", "organisation,post", "--xlsx", book)
    assert run(*ask).status == 0
    sheets = openpyxl.load_workbook(book).worksheets
    assert len(sheets) == 3
    assert [cell.value for cell in sheets[0][6]] == ["Total", 3, 4, 16, 960]
    assert run(*ask).status == 6
    assert run(*ask, "--force").status == 0


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("--by", "organization"), 2, "does not know"),
        (("--by", ","), 2, "does not know"),
        (("--as-of", "22 April"), 2, "--as-of"),
        (("--explain", "nobody"), 3, "no row"),
        (("--count", "per-hour"), 2, "per-visit"),
    ],
)
def test_what_cannot_be_reported_is_an_error(
    run: Runner, roster: Path, words: tuple[str, ...], status: int, says: str
) -> None:
    said = run("report", "person-times", roster, *words)
    assert (said.status, said.out) == (status, "")
    assert says in said.err


def test_attendance_is_given_for_every_roster(run: Runner, roster: Path, attendance: Path) -> None:
    said = run("report", "person-times", roster, roster, "--attendance", attendance)
    assert said.status == 2
    assert "2 rosters, but 1 attendance files" in said.err


@pytest.mark.parametrize("kind", ["coverage", "fairness"])
def test_coverage_and_fairness_are_tables(run: Runner, roster: Path, tmp_path: Path, kind: str) -> None:
    assert "┃" in run("--lang", "zh", "report", kind, roster).out
    grids = json.loads(run("report", kind, roster, "--json").out)
    assert all(len(row) == len(grid["columns"]) for grid in grids for row in grid["rows"])
    assert run("report", kind, roster, "--xlsx", tmp_path / "a.xlsx").status == 0
    assert len(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames) == len(grids)


def test_a_difference_names_people_shifts_and_the_score(run: Runner, roster: Path, tmp_path: Path) -> None:
    data = json.loads(roster.read_text("utf-8"))
    data["assignments"] = [one for one in data["assignments"] if one["volunteer"] != "bo"]
    data["plan"]["file"] = "plan.yaml"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(data), encoding="utf-8")
    changes, people, shifts, levels = json.loads(run("report", "difference", roster, other, "--json").out)
    assert [row[1] for row in changes["rows"]] == [0, 1, 0, 1, 1]
    assert [row[0]["zh"] for row in people["rows"]] == ["王波"]
    assert len(shifts["rows"]) == 1
    assert levels["rows"][0][1:] == [0, 1, 1]
    assert levels["rows"][1][3] > 0


def test_the_register_of_service_and_its_certificates(
    run: Runner, roster: Path, attendance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1711929600")
    ask = (
        "report",
        "service",
        roster,
        "--attendance",
        attendance,
        "--unit",
        30,
        "--certificates",
        tmp_path / "c",
    )
    said = run("--lang", "zh", *ask, "--json")
    people, records = json.loads(said.out)
    assert [row[7:] for row in people["rows"]] == [[200, 180, 3.0], [240, 240, 4.0], [440, 420, 7.0]]
    assert len(records["rows"]) == 2
    assert "已写入 2 份证明" in said.err
    assert "2024年4月1日" in (tmp_path / "c" / "anna.html").read_text("utf-8")
    assert run("report", "service", roster).status == 3
