"""The workbook as a spreadsheet program sees it: harmless, masked, printable, adding up, the same bytes."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from scheduler.domain.attendance import Attendance, Attended, Presence
from scheduler.domain.profile import Profile
from scheduler.domain.roster import Roster
from scheduler.errors import PublishError
from scheduler.io.files import write_bytes
from scheduler.io.guarded import write_guarded
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.roster_book import roster_book
from scheduler.text import Language
from tests.io.xlsx import office

BOOK = office.book(office.desk())


def test_the_same_roster_gives_the_same_bytes() -> None:
    assert roster_book(office.desk()) == roster_book(office.desk())


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (Language.ZH, ["总表", "按人", "按单位", "统计", "个人统计", "缺岗", "明细", "_duty"]),
        (
            Language.EN,
            [
                "Roster",
                "By person",
                "By organisation",
                "Figures",
                "Figures by person",
                "Open shifts",
                "Rows",
                "_duty",
            ],
        ),
    ],
)
def test_sheets_are_named_in_the_language(language: Language, names: list[str]) -> None:
    book = office.book(office.desk(language=language))
    assert book.sheetnames == names
    assert book["_duty"].sheet_state == "veryHidden"


def test_a_name_like_a_formula_is_a_text_everywhere() -> None:
    found = 0
    for sheet in BOOK.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            if str(cell.value or "").startswith("="):
                found += 1
                assert cell.quotePrefix
    assert found >= 4


def test_phones_are_masked_and_gone_for_the_public() -> None:
    assert "139****1111" in office.texts(BOOK["明细"])
    public = office.book(office.desk(profile=Profile.PUBLIC))
    assert public.sheetnames == ["总表", "按单位", "统计", "缺岗"]
    everything = "\n".join(text for sheet in public.worksheets for text in office.texts(sheet))
    assert not any(word in everything for word in ("王芳", "139****1111", "w1", "gate/"))


def test_a_number_in_a_text_of_the_plan_is_not_handed_out(tmp_path: Path) -> None:
    posts = [{**office.facts()["posts"][0], "name": "大门 13812341234"}, office.facts()["posts"][1]]
    desk, path = office.desk(office.plan(posts=posts)), tmp_path / "roster.xlsx"
    write_bytes(path, b"before")
    with pytest.raises(PublishError, match="phone"):
        write_guarded(path, roster_book(desk), desk.problem, desk.profile)
    assert path.read_bytes() == b"before"
    clean = office.desk()
    write_guarded(path, roster_book(clean), clean.problem, clean.profile)
    assert path.read_bytes() == roster_book(office.desk())


@pytest.mark.parametrize("name", ["总表", "按人", "按单位", "统计", "个人统计", "缺岗", "明细"])
def test_every_sheet_prints_with_repeated_header_page_numbers_and_digest(name: str) -> None:
    sheet = BOOK[name]
    assert sheet.print_title_rows
    assert sheet.print_area
    assert sheet.freeze_panes is not None
    assert "街道值守" in sheet.oddHeader.left.text
    assert "&P" in sheet.oddFooter.center.text
    assert office.desk().digest in sheet.oddFooter.left.text


def test_the_table_prints_in_landscape_with_frozen_names() -> None:
    sheet = BOOK["总表"]
    assert (sheet.page_setup.orientation, sheet.freeze_panes) == ("landscape", "D5")
    assert sheet.row_dimensions[3].hidden
    assert sheet.column_dimensions["A"].hidden


def test_rows_for_machines_have_dates_ids_and_a_filter() -> None:
    sheet = BOOK["明细"]
    head, *rows = sheet.iter_rows(values_only=True)
    row = next(one for one in (dict(zip(head, values)) for values in rows) if one["volunteer_id"] == "li")
    assert (row["shift_id"], row["岗位"], row["单位"]) == (office.MORNING, "大门", "九三")
    assert (row["日期"].isoformat(), row["开始"].isoformat()) == (
        "2020-04-25T00:00:00",
        "2020-04-25T08:00:00",
    )
    assert (row["班次"], row["时数"], row["日期类别"]) == ("早班", 4, "周末")
    assert len(rows) == len(office.roster(office.plan()))
    assert [sheet.column_dimensions[one].hidden for one in "ABC"] == [True, True, False]
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(head))}{len(rows) + 1}"


def test_figures_add_up() -> None:
    rows = list(BOOK["统计"].iter_rows(values_only=True))
    body = [row for row in rows if row[0] in ("九三学社", "民建区委", "（无单位）")]
    total = next(row for row in rows if row[0] == "合计")
    assert [row[1:] for row in body] == [(2, 2, 3, 12, 1, 2), (2, 1, 2, 8, 2, 1), (2, 1, 1, 4, 0, 1)]
    assert list(total[1:]) == [sum(row[n] for row in body) for n in range(1, 7)]
    personal = [row for row in BOOK["个人统计"].iter_rows(values_only=True) if isinstance(row[2], int)]
    assert [sum(row[n] for row in personal[:-1]) for n in range(2, 6)] == list(personal[-1][2:])


def test_attendance_adds_who_came_walk_ins_too() -> None:
    records = (
        Attended(shift=office.MORNING, volunteer="w1", presence=Presence.ATTENDED),
        Attended(shift=office.MORNING, volunteer="li", presence=Presence.ABSENT),
        Attended(shift=office.EVENING, volunteer="w2", presence=Presence.LATE, minutes=210),
        Attended(shift=office.EVENING, walk_in="过客", organisation="minjian", presence=Presence.ATTENDED),
    )
    book = office.book(office.desk(attendance=Attendance(records=records)))
    rows = {row[0]: row for row in book["统计"].iter_rows(values_only=True)}
    assert rows["九三学社"][-3:] == (1, 1, 4)
    assert rows["民建区委"][-3:] == (2, 2, 7.5)
    assert rows["合计"][-3:] == (3, 3, 11.5)
    assert "缺勤" in office.texts(book["明细"])


def test_open_shifts_say_how_many_are_missing() -> None:
    rows = [row for row in BOOK["缺岗"].iter_rows(values_only=True) if isinstance(row[0], dt.datetime)]
    assert [(row[0].day, row[2], row[4], *row[5:8]) for row in rows] == [
        (25, "晚班", "大门", 2, 1, 1),
        (26, "早班", "大门", 2, 0, 2),
    ]


def test_a_full_roster_says_that_nothing_is_open() -> None:
    plan = office.plan(posts=[office.facts()["posts"][1]])
    full = Roster.named(plan.problem.instance(), [("li", "court/2020-04-25/morning")])
    book = office.book(Desk(plan.problem, full, Language.ZH, Profile.COORDINATOR))
    assert "每个班次都达到最少人数，没有缺岗。" in office.texts(book["缺岗"])


def test_changes_are_shown_against_the_roster_of_before() -> None:
    plan = office.plan()
    before = Roster.named(plan.problem.instance(), [("w3", office.MORNING), ("li", office.MORNING)])
    desk = office.desk(plan, previous=before)
    rows = [row for row in office.book(desk)["变更"].iter_rows(values_only=True) if row[0]]
    assert ("大门 4月25日早班 08:00–12:00", "王芳（九三）", "王芳（民建区委2）") in rows
    assert "变更" not in BOOK.sheetnames


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("posts", [office.facts()["posts"], []])
def test_an_empty_roster_gives_a_workbook_too(posts: list[object], profile: Profile) -> None:
    problem = office.plan(posts=posts).problem
    book = office.book(Desk(problem, Roster(problem.instance()), Language.EN, profile))
    assert book.sheetnames[0] == "Roster"
    assert ("2 missing" in "\n".join(office.texts(book["Roster"]))) == bool(posts)
