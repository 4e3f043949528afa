"""Sign-in sheets: what is printed, and what is read when they come back."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from scheduler.domain.profile import Profile
from scheduler.domain.roster import Roster
from scheduler.errors import InputError
from scheduler.io.xlsx import signin
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.signin import SigninRow, read_signin
from scheduler.io.xlsx.signin_book import signin_book
from scheduler.text import Language
from tests.io.xlsx import office

PLAN = office.plan()
DAYS = PLAN.problem.horizon.days


def sheets(blank: int = 3, language: Language = Language.ZH, days: int = 2) -> Workbook:
    desk = office.desk(PLAN, language, Profile.POST)
    return load_workbook(io.BytesIO(signin_book(desk, DAYS[:days], PLAN.problem.posts, blank)))


def back(book: Workbook, folder: Path) -> tuple[SigninRow, ...]:
    return read_signin(office.saved(book, folder), "office")


def test_a_post_has_a_sheet_and_a_day_a_page() -> None:
    book = sheets()
    assert book.sheetnames == ["大门", "后院", "_duty"]
    assert len(book["大门"].row_breaks.brk) == 1
    assert len(book["后院"].row_breaks.brk) == 0
    assert len(sheets(days=1)["大门"].row_breaks.brk) == 0
    assert (book["大门"].page_setup.orientation, book["大门"].page_setup.paperSize) == ("portrait", 9)


def test_title_post_date_leader_and_gap_are_printed() -> None:
    words = office.texts(sheets()["大门"])
    assert "街道值守 签到表" in words
    assert "日期：2020年4月26日（周日） 调休上班日" in words
    assert "负责人：周站长 138****1234" in words
    assert "缺1人" in words


@pytest.mark.parametrize("blank", [0, 3, 40])
def test_every_shift_has_its_crew_and_blank_lines(blank: int, tmp_path: Path) -> None:
    book = sheets(blank)
    numbered = [cell for cell in book["后院"]["D"] if isinstance(cell.value, int)]
    assert len(numbered) == 1 + blank
    assert len(back(book, tmp_path)) == len(office.roster(PLAN))


@pytest.mark.parametrize("language", list(Language))
def test_what_was_filled_in_is_read_back(language: Language, tmp_path: Path) -> None:
    book = sheets(language=language)
    sheet = book.worksheets[0]
    columns = {title.zh: len(signin.HIDDEN) + n for n, (title, _) in enumerate(signin.COLUMNS, start=1)}
    expected = next(row for row in sheet.iter_rows() if row[1].value == "li")
    walk_in = next(
        row for row in sheet.iter_rows() if row[0].value == office.MORNING and row[1].value is None
    )
    for title, value in (("签到", "7:55"), ("签退", "12:00"), ("体温", 36.5), ("备注", "早退")):
        expected[columns[title] - 1].value = value
    walk_in[columns["姓名"] - 1].value = "过客"
    walk_in[columns["签到"] - 1].value = "8:10"
    rows = back(book, tmp_path)
    li = next(row for row in rows if row.volunteer == "li")
    assert (li.shift, li.printed, li.name, li.organisation) == (office.MORNING, "李强", "李强", "九三")
    assert (li.arrived, li.left, li.temperature, li.note) == ("7:55", "12:00", "36.5", "早退")
    guest = next(row for row in rows if row.volunteer is None)
    assert (guest.shift, guest.name, guest.arrived) == (office.MORNING, "过客", "8:10")
    assert guest.place == f"back.xlsx[{sheet.title}]:{walk_in[0].row} E"
    assert len(rows) == len(office.roster(PLAN)) + 1


def test_another_name_on_a_line_keeps_who_was_expected(tmp_path: Path) -> None:
    book = sheets()
    office.cell_of(book["大门"], "李强")
    line = next(row for row in book["大门"].iter_rows() if row[1].value == "li")
    line[4].value = "赵磊"
    row = next(one for one in back(book, tmp_path) if one.volunteer == "li")
    assert (row.printed, row.name) == ("李强", "赵磊")


def test_posts_of_one_name_and_odd_names_get_sheets_of_their_own() -> None:
    name = "[东/西]门:一号岗位值守点位" + 5 * "名称特别长"
    posts = [{**post, "id": f"p{n}", "name": name} for n, post in enumerate(office.facts()["posts"])]
    plan = office.plan(posts=posts)
    desk = Desk(plan.problem, Roster(plan.problem.instance()), Language.ZH, Profile.POST)
    book = load_workbook(io.BytesIO(signin_book(desk, DAYS, plan.problem.posts, 3)))
    first, second, _ = book.sheetnames
    assert first != second
    assert all(len(name) <= 31 for name in (first, second))


def test_the_same_sheets_give_the_same_bytes() -> None:
    desk = office.desk(PLAN, profile=Profile.POST)
    assert signin_book(desk, DAYS, PLAN.problem.posts, 3) == signin_book(desk, DAYS, PLAN.problem.posts, 3)


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no sign-in"):
        read_signin(office.saved(office.book(office.desk()), tmp_path))
    with pytest.raises(InputError, match="of the plan"):
        read_signin(office.saved(sheets(), tmp_path), "another")
