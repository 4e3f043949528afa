"""A workbook goes out, somebody changes it, and exactly that change comes back."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from scheduler.domain.profile import Profile
from scheduler.errors import InputError
from scheduler.io.roster_sheet import ReadBack, read_roster_sheet
from scheduler.text import Language
from tests.io.xlsx import office

PLAN = office.plan()


def sent(language: Language = Language.ZH) -> Workbook:
    return office.book(office.desk(PLAN, language), rich=True)


def back(book: Workbook, folder: Path) -> ReadBack:
    return read_roster_sheet(office.saved(book, folder), PLAN)


def changes(found: ReadBack) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.shift, one.joined, one.left) for one in found.changes().shifts]


def refused(book: Workbook, folder: Path) -> list[Any]:
    with pytest.raises(InputError) as wrong:
        back(book, folder)
    return list(wrong.value.faults)


def table_cell(book: Workbook, key: str, day: str) -> Any:
    sheet = book.worksheets[0]
    row = next(one[0].row for one in sheet.iter_rows(max_col=1) if one[0].value == key)
    column = next(one.column for one in sheet[3] if one.value == day)
    return sheet.cell(row, column)


def list_row(book: Workbook, shift: str, volunteer: str) -> Any:
    sheet = next(one for one in book.worksheets if one["A1"].value == "shift_id")
    row = next(one[0].row for one in sheet.iter_rows() if (one[0].value, one[1].value) == (shift, volunteer))
    head = {cell.value: cell.column for cell in sheet[1]}
    return sheet, row, head


@pytest.mark.parametrize("language", list(Language))
def test_what_was_not_changed_comes_back_as_it_was(language: Language, tmp_path: Path) -> None:
    found = back(sent(language), tmp_path)
    assert changes(found) == []
    assert len(found.after) == len(office.roster(PLAN))


@pytest.mark.parametrize(
    ("key", "day", "typed", "joined", "left"),
    [
        ("gate/morning", office.FIRST, "李强\n王芳（民建区委2）", ("w3",), ("w1",)),
        ("gate/morning", office.FIRST, "王芳(九三)", (), ("li",)),
        ("gate/morning", office.FIRST, None, (), ("li", "w1")),
        ("gate/evening", office.FIRST, "王芳（民建区委）、赵磊", ("zhao",), ()),
        ("gate/morning", office.SECOND, "Zhao Lei，缺1人", ("zhao",), ()),
        ("court/morning", office.FIRST, "李强", ("li",), ("evil",)),
    ],
)
def test_a_changed_cell_of_the_table_is_the_only_change(
    key: str, day: str, typed: str | None, joined: tuple[str, ...], left: tuple[str, ...], tmp_path: Path
) -> None:
    book = sent()
    table_cell(book, key, day).value = typed
    post, shift_type = key.split("/")
    assert changes(back(book, tmp_path)) == [(f"{post}/{day}/{shift_type}", joined, left)]


def test_a_name_changed_in_the_list_counts_before_the_hidden_id(tmp_path: Path) -> None:
    book = sent()
    sheet, row, head = list_row(book, office.MORNING, "li")
    sheet.cell(row, head["姓名"]).value = "赵磊"
    assert changes(back(book, tmp_path)) == [(office.MORNING, ("zhao",), ("li",))]


def test_a_date_changed_in_the_list_moves_the_duty(tmp_path: Path) -> None:
    book = sent()
    sheet, row, head = list_row(book, office.MORNING, "li")
    sheet.cell(row, head["日期"]).value = "2020-04-26"
    assert changes(back(book, tmp_path)) == [
        (office.MORNING, (), ("li",)),
        (f"gate/{office.SECOND}/morning", ("li",), ()),
    ]


def test_rows_may_be_removed_added_sorted_and_filtered(tmp_path: Path) -> None:
    book = sent()
    sheet, row, _ = list_row(book, office.MORNING, "li")
    sheet.delete_rows(row)
    rows = sorted(sheet.iter_rows(min_row=2, values_only=True), key=lambda one: str(one[1]))
    for n, values in enumerate(rows, start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(n, column).value = value
        sheet.row_dimensions[n].hidden = True
    head = {cell.value: cell.column for cell in sheet[1]}
    added = {"日期": "2020-04-26", "岗位": "大门", "班次": "早班", "姓名": "李强"}
    for title, value in added.items():
        sheet.cell(len(rows) + 2, head[title]).value = value
    assert changes(back(book, tmp_path)) == [
        (office.MORNING, (), ("li",)),
        (f"gate/{office.SECOND}/morning", ("li",), ()),
    ]


def test_sheets_may_be_renamed_and_one_of_the_two_thrown_away(tmp_path: Path) -> None:
    book = sent()
    table_cell(book, "gate/morning", office.FIRST).value = "李强"
    book.worksheets[0].title = "四月"
    del book["明细"]
    assert changes(back(book, tmp_path)) == [(office.MORNING, (), ("w1",))]


def test_both_sheets_may_say_the_same_but_not_different_things(tmp_path: Path) -> None:
    book = sent()
    table_cell(book, "gate/morning", office.FIRST).value = "赵磊\n王芳（九三）"
    sheet, row, head = list_row(book, office.MORNING, "li")
    sheet.cell(row, head["姓名"]).value = "赵磊"
    assert changes(back(book, tmp_path)) == [(office.MORNING, ("zhao",), ("li",))]
    sheet.cell(row, head["姓名"]).value = "王芳（民建区委）"
    (fault,) = refused(book, tmp_path)
    assert fault.place == "back.xlsx[总表]:5 D"
    assert "不一致" in fault.text.zh


def test_every_unclear_name_is_listed_with_its_cell(tmp_path: Path) -> None:
    book = sent()
    table_cell(book, "gate/morning", office.FIRST).value = "王芳\n王芳（九三社）"
    sheet, row, head = list_row(book, office.EVENING, "w2")
    sheet.cell(row, head["姓名"]).value = "钱多"
    several, unknown, other = refused(book, tmp_path)
    assert (several.place, unknown.place) == ("back.xlsx[总表]:5 D", "back.xlsx[总表]:5 D")
    assert "3 人" in several.text.zh
    assert unknown.hint is not None
    assert "王芳（九三）" in unknown.hint.zh
    assert other.place.startswith(f"back.xlsx[明细]:{row} ")


def test_somebody_named_twice_and_somebody_where_no_shift_is_are_refused(tmp_path: Path) -> None:
    book = sent()
    table_cell(book, "gate/morning", office.FIRST).value = "李强、李强"
    table_cell(book, "court/morning", office.SECOND).value = "李强"
    twice, none = sorted(refused(book, tmp_path), key=lambda one: one.text.en, reverse=True)
    assert "没有此班次" in none.text.zh
    assert "重复" in twice.text.zh


def test_a_formula_without_a_result_is_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    book = sent()
    table_cell(book, "gate/morning", office.FIRST).value = "=B2"
    (fault,) = refused(book, tmp_path)
    assert fault.place == "back.xlsx[总表]:5 D"


def test_workbooks_of_others_are_refused(tmp_path: Path) -> None:
    masked = office.book(office.desk(PLAN, profile=Profile.PUBLIC))
    (fault,) = refused(masked, tmp_path)
    assert "读回" in fault.text.zh
    other = office.plan(id="other")
    with pytest.raises(InputError, match="of the plan"):
        read_roster_sheet(office.saved(sent(), tmp_path), other)
    path = tmp_path / "note.xlsx"
    path.write_text("name\n", encoding="utf-8")
    with pytest.raises(InputError, match="no workbook"):
        read_roster_sheet(path, PLAN)
