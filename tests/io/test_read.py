"""Good plans: every form reads, files are found, the digest knows a change, nothing heavy is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.domain.volunteer import Tier
from scheduler.errors import InputError
from scheduler.io.read import Plan, read_plan
from scheduler.io.yaml_marked import parse_yaml
from scheduler.text import Text

GOOD = Path(__file__).parent / "good"


def small(folder: Path, more: str = "", volunteers: str = "[{id: anna, availability: always}]") -> Path:
    plan = folder / "plan.yaml"
    plan.write_text(
        "id: small\nname: Small\nhorizon: {first: 2020-03-02, last: 2020-03-03}\nplaces: [{id: town}]\n"
        "shift_types: [{id: day, start: 08:00, end: 20:00}]\ndemand: [{shifts: [day], least: 1}]\n"
        f"posts: [{{id: gate, place: town}}]\nvolunteers: {volunteers}\n{more}",
        encoding="utf-8",
    )
    return plan


def with_table(folder: Path, table: bytes) -> Plan:
    (folder / "people.csv").write_bytes(table)
    return read_plan(small(folder, volunteers="{file: people.csv}"))


def test_the_good_plan_has_what_its_files_say() -> None:
    problem = read_plan(GOOD / "plan.yaml").problem
    anna, bo = problem.volunteers
    assert anna.name == Text("安娜", "安娜")
    assert [own.model_dump(mode="json") for own in anna.skills] == [
        {"skill": "medical", "until": "2020-04-01"},
        {"skill": "driving", "until": None},
    ]
    assert anna.contract.model_dump() == {"per_day": 1, "per_week": 3, "per_horizon": 12}
    assert (str(anna.born), str(anna.joined)) == ("1960-05-01", "2020-02-15")
    assert (anna.history.shifts, anna.history.burden) == (4, 5.2)
    assert len(anna.availability.only) == len(anna.availability.unavailable) == 2
    assert [(request.kind, len(request.when.weekdays or ())) for request in anna.requests] == [
        ("want", 1),
        ("avoid", 2),
        ("avoid", 0),
    ]
    assert bo.tier is Tier.STAFF
    assert bo.availability.always
    west, east = problem.posts
    assert west.address == Text("1 East Street, west entrance", "1 East Street, west entrance")
    assert west.priority == 10
    assert west.geo is not None
    assert west.geo.longitude == 116.41
    assert east.skills == ("medical", "driving")
    assert not east.outdoor
    assert [demand.most for demand in east.demand] == [3]
    assert problem.organisations[1].within == "jiusan"
    assert problem.shift_types[1].night


def test_posts_without_demand_of_their_own_have_the_plan_s() -> None:
    shifts = read_plan(GOOD / "plan.yaml").problem.instance().shifts
    assert {shift.type.id for shift in shifts if shift.post.id == "gate-1"} == {"day", "evening"}
    assert {shift.type.id for shift in shifts if shift.post.id == "gate-2"} == {"evening"}


def test_a_json_plan_is_the_same_plan(tmp_path: Path) -> None:
    text = small(tmp_path).read_text("utf-8")
    (tmp_path / "plan.json").write_text(json.dumps(parse_yaml(text, "").data), "utf-8")
    assert read_plan(tmp_path / "plan.json").problem == read_plan(tmp_path / "plan.yaml").problem


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_come_with_any_delimiter_mark_and_line_end(
    tmp_path: Path, delimiter: str, mark: bytes, end: str
) -> None:
    rows = [["ID", " Name ", "availability"], ["anna", '"安;娜, A"', '"mon; tue 08:00-20:00"'], ["", "", ""]]
    table = end.join(delimiter.join(row) for row in rows) + end
    plan = with_table(tmp_path, mark + table.encode())
    (anna,) = plan.problem.volunteers
    assert anna.label == Text("安;娜, A", "安;娜, A")
    assert len(anna.availability.only) == 2
    assert not plan.notes


def test_a_chinese_table_is_read_with_a_note(tmp_path: Path) -> None:
    plan = with_table(tmp_path, "id,name,availability\nanna,安娜·龙潭㙍,always\n".encode("gb18030"))
    assert plan.problem.volunteers[0].label.zh == "安娜·龙潭㙍"
    (note,) = plan.notes
    assert "people.csv is encoded in GB18030" in note.en
    assert "GB18030" in note.zh


def test_a_table_of_half_chinese_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not encoded in UTF-8"):
        with_table(tmp_path, "id,name\nanna,Müller\n".encode("latin-1"))


def test_a_cell_may_hold_line_breaks_and_rows_still_count(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        with_table(tmp_path, b'id,name,tier\nanna,"one\ntwo",\nbo,,volunter\n')
    assert caught.value.faults[0].place.endswith("people.csv:4 tier")


def test_notes_of_the_plan_are_there(tmp_path: Path) -> None:
    (note,) = read_plan(small(tmp_path, volunteers="[{id: anna, name: {en: Anna, zh: 林安}}]")).notes
    assert note.en == "1 volunteers gave no availability and count as unavailable: Anna"
    assert note.zh == "1 名志愿者未填写可服务时间，视为不可用：林安"


def test_an_empty_section_counts_as_not_given(tmp_path: Path) -> None:
    assert read_plan(small(tmp_path, "rules:\nskills: ~\n")).problem.rules == ()


def test_the_digest_knows_every_change_but_line_ends(tmp_path: Path) -> None:
    table = b"id,availability\nanna,always\n"
    first = with_table(tmp_path, table).digest
    assert first.startswith("sha256:")
    assert with_table(tmp_path, table.replace(b"\n", b"\r\n")).digest == first
    assert with_table(tmp_path, table + b"bo,always\n").digest != first
    with_table(tmp_path, table)
    plan = tmp_path / "plan.yaml"
    plan.write_text(plan.read_text("utf-8") + "# a comment\n", "utf-8")
    assert read_plan(plan).digest != first


def test_the_digest_does_not_know_the_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    here, there = (with_table(folder, b"id\nanna\n") for folder in (tmp_path, tmp_path / "elsewhere"))
    assert here.digest == there.digest


def test_a_file_in_a_folder_below_is_found(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "all.csv").write_text("id\nanna\n", "utf-8")
    assert len(read_plan(small(tmp_path, volunteers="{file: people/all.csv}")).problem.volunteers) == 1


def test_a_plan_that_is_not_there_names_its_neighbour(tmp_path: Path) -> None:
    small(tmp_path)
    with pytest.raises(InputError) as caught:
        read_plan(tmp_path / "plan.yml")
    hint = caught.value.faults[0].hint
    assert hint is not None
    assert hint.en == 'did you mean "plan.yaml"?'
    with pytest.raises(InputError, match="no file"):
        read_plan(tmp_path / "nowhere" / "plan.yaml")


def test_one_error_holds_the_faults_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,organisation\nanna,jiusan\nanna,\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_plan(small(tmp_path, "rules: [{rule: cover, posts: [gata], wieght: 2}]\n", "{file: people.csv}"))
    places = [Path(fault.place).name for fault in caught.value.faults]
    assert places == [
        "plan.yaml:9 rules.1.wieght",
        "people.csv:2 organisation",
        "people.csv:3 id",
    ]


def test_reading_loads_no_solver() -> None:
    code = (
        "import sys, scheduler.io.read, scheduler.io.roster_file\n"
        "heavy = {'scipy', 'ortools', 'highspy', 'icalendar', 'rich', 'typer'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("file", "hint"), [("plan.yaml", "plan.yaml"), ("roster.json", "roster.json"), ("a.txt", "")]
)
def test_a_folder_given_for_its_file_says_which_file_to_give(tmp_path: Path, file: str, hint: str) -> None:
    (tmp_path / file).write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_plan(tmp_path)
    (fault,) = caught.value.faults
    assert (fault.hint.zh if fault.hint else "") == (f"请写 {tmp_path.as_posix()}/{hint}" if hint else "")
