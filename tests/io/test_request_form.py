"""The liaison's round trip: a form goes out, comes back filled in, and gives exactly what was written into it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.errors import InputError, PublishError
from scheduler.io.edit import PlanEdit
from scheduler.io.intake.people import PeopleOptions, import_people
from scheduler.io.read import read_plan
from scheduler.io.request_facts import requests
from scheduler.io.request_form import form, write_requests
from scheduler.io.request_words import COLUMNS
from scheduler.text import Language
from tests.io.intake.worlds import plan_in, saved

ZH = Language.ZH
AT = {column.meaning: n for n, column in enumerate(COLUMNS, start=1)}


def sent(plan: Path, organisation: str = "first", language: Language = ZH) -> Workbook:
    problem = read_plan(plan).problem
    request = next(one for one in requests(problem) if one.organisation.id == organisation)
    return load_workbook(io.BytesIO(form(problem, request, language, blank=3)))


def header(sheet: Worksheet) -> int:
    return next(row for row in range(1, 20) if sheet.cell(row, AT["name"]).value in ("姓名", "name"))


def returned(plan: Path, book: Workbook) -> PlanEdit:
    path = plan.parent / "back.xlsx"
    path.write_bytes(saved(book))
    edit = PlanEdit(plan)
    import_people(edit, [path], PeopleOptions())
    path.unlink()
    return edit


@pytest.mark.parametrize("language", list(Language))
def test_a_form_that_comes_back_as_it_was_changes_nothing(tmp_path: Path, language: Language) -> None:
    plan = plan_in(tmp_path)
    assert returned(plan, sent(plan, language=language)).changes() == ()


def test_a_form_shows_what_is_asked_and_what_is_known(tmp_path: Path) -> None:
    book = sent(plan_in(tmp_path))
    sheet, hidden, posts = book.worksheets
    assert sheet["B1"].value == "大门值守：第一支社"
    top = header(sheet)
    assert [sheet.cell(top + 1, AT[key]).value for key in ("id", "name", "phone", "availability")] == [
        *("first-01", "林安", "138****0001", "周末全天"),
    ]
    assert sheet.column_dimensions["A"].hidden
    assert hidden.sheet_state == "hidden"
    assert posts["A2"].value == "福光路西口"
    asked = sent(plan_in(tmp_path), "jiusan").worksheets[0]
    lines = [asked.cell(row, 2).value for row in range(1, 5)]
    assert lines[2:] == ["承诺人次：40", "定额：每周5～20 人次"]


def test_drop_downs_offer_what_the_plan_knows(tmp_path: Path) -> None:
    book = sent(plan_in(tmp_path))
    sheet, hidden, _ = book.worksheets
    offered = {}
    for choice in sheet.data_validations.dataValidation:
        column = str(choice.sqref).partition(":")[0].rstrip("0123456789")
        area = choice.formula1.partition("!")[2].replace("$", "")
        offered[column] = [row[0].value for row in hidden[area]] if ":" in area else []
    assert offered["F"] == ["医务", "驾驶"]
    assert {"随时", "工作日晚班"} <= set(offered["G"])
    assert offered["H"][:2] == ["2020-03-02", "2020-03-03"]
    assert offered["K"] == ["是", "否"]


def test_a_filled_in_form_gives_what_was_written(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    book = sent(plan)
    sheet = book.worksheets[0]
    top = header(sheet)
    written = {"name": "张 三", "phone": "13800000001", "skills": "医务、驾驶", "availability": "工作日晚班"}
    for key, value in (written | {"away": "3月5日、3月8日", "per_week": "2", "wishes": "福光路西口"}).items():
        sheet.cell(top + 3, AT[key]).value = value
    sheet.cell(top + 1, AT["serves"]).value = "否"
    sheet.cell(top + 2, AT["phone"]).value = 13811110002
    sheet.title = "第一支社（已填）"
    edit = returned(plan, book)
    edit.commit()
    anna, bo, new = read_plan(plan).problem.volunteers
    assert anna.contract.per_horizon == 0
    assert bo.phone == "13811110002"
    assert (new.id, new.name and new.name.zh, new.organisation) == ("first-03", "张三", "first")
    assert [own.skill for own in new.skills] == ["medical", "driving"]
    assert len(new.availability.only) == 1
    assert new.availability.unavailable
    assert (new.contract.per_week, [one.posts for one in new.requests]) == (2, [("gate",)])
    again = sent(plan)
    assert returned(plan, again).changes() == ()


def test_rows_may_be_sorted_anew(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    book = sent(plan)
    sheet = book.worksheets[0]
    top = header(sheet)
    first, second = ([cell.value for cell in sheet[row]] for row in (top + 1, top + 2))
    for row, values in ((top + 1, second), (top + 2, first)):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value
    sheet.cell(top + 1, AT["per_week"]).value = 1
    assert [(one.id, one.key, one.after) for one in returned(plan, book).changes()] == [
        ("first-02", "contract.per_week", "1")
    ]


def test_somebody_written_over_another_is_refused(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    book = sent(plan)
    sheet = book.worksheets[0]
    sheet.cell(header(sheet) + 1, AT["name"]).value = "赵六"
    with pytest.raises(InputError, match='the id first-01 of "林安", but the name "赵六"'):
        returned(plan, book)


def test_the_form_of_another_plan_is_refused(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    book = sent(plan)
    plan.write_text(plan.read_text("utf-8").replace("gate-2020", "gate-2021"), "utf-8")
    with pytest.raises(InputError, match='belongs to the plan "gate-2020"'):
        returned(plan, book)


def test_forms_are_the_same_bytes_and_never_written_over(tmp_path: Path) -> None:
    problem = read_plan(plan_in(tmp_path)).problem
    files = write_requests(problem, tmp_path / "a", ZH)
    assert [file.name for file in files] == ["first.xlsx", "jiusan.xlsx", "second.xlsx"]
    others = write_requests(problem, tmp_path / "b", ZH)
    assert [file.read_bytes() for file in files] == [file.read_bytes() for file in others]
    with pytest.raises(PublishError):
        write_requests(problem, tmp_path / "a", ZH)
    with pytest.raises(InputError, match="did you mean"):
        write_requests(problem, tmp_path / "c", ZH, only=["frist"])


def test_names_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    plan.write_text(plan.read_text("utf-8").replace("name: 林安", 'name: "=1+1"'), "utf-8")
    book = sent(plan)
    sheet = book.worksheets[0]
    cell = sheet.cell(header(sheet) + 1, AT["name"])
    assert (cell.value, cell.data_type) == ("=1+1", "s")
