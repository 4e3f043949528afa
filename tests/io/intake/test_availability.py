"""Free text and ticks become availability; what is not certain is listed and not taken."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from scheduler.errors import InputError
from scheduler.io.intake.availability import Answers, take_availability
from tests.io.intake.circle import after, edit_in, entry, file_in, said
from tests.io.intake.worlds import saved, workbook

TEXTS = "序号,姓名,所属支部,联系电话,可服务时间\n"


def take(
    folder: Path, content: str | bytes, name: str = "时间.csv", **more: str
) -> tuple[Answers, dict[str, object]]:
    edit = edit_in(folder)
    encoding = more.pop("encoding", "utf-8")
    answers = take_availability(edit, [file_in(folder, name, content, encoding)], more.get("symbols", ""))
    edit.check()
    return answers, {one["id"]: one.get("availability") for one in edit.entries("volunteers")}


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("utf-16", "\t"), ("gb18030", "，")],
)
def test_text_in_any_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = (TEXTS + "1,王芳,,,工作日晚上\n2,刘 娜,,,周末全天；除16日外\n").replace(",", delimiter)
    answers, found = take(tmp_path, text, encoding=encoding)
    assert answers.unsettled == ()
    assert found["wang"] == {"only": ["workday 18:00-22:00"]}
    assert found["liu"] == {"only": ["weekend"], "unavailable": ["2020-02-16"]}


def test_the_sentence_and_the_number_of_shifts_show_how_a_text_was_understood(tmp_path: Path) -> None:
    answers, _ = take(tmp_path, TEXTS + "1,王芳,,,周六日上午，每周三次以内\n")
    row = answers.grid().rows[0]
    assert [getattr(cell, "zh", cell) for cell in row] == [
        "王芳",
        "周六日上午，每周三次以内",
        "周六、周日 08:00-12:00；每周最多3班",
        8,
        "时间.csv:2",
    ]


def test_limits_are_put_beside_and_others_stay(tmp_path: Path) -> None:
    edit = edit_in(tmp_path)
    edit.put("volunteers", "wang", {"contract.per_horizon": 5, "contract.per_week": 1})
    take_availability(edit, [file_in(tmp_path, "a.csv", TEXTS + "1,王芳,,,周末，每周三次\n")])
    assert entry(edit, "wang")["contract"] == {"per_horizon": 5, "per_week": 3}


def test_limits_alone_leave_the_times_as_they_are(tmp_path: Path) -> None:
    _, found = take(tmp_path, TEXTS + "1,刘娜,,,每周三次以内\n")
    assert found["liu"] == "always"


def test_what_another_import_added_stays(tmp_path: Path) -> None:
    _, found = take(tmp_path, TEXTS + "1,陈静,,,周末全天\n")
    assert found["chen"] == {
        "only": ["weekend"],
        "unavailable": ["2020-02-16 18:00-22:00 from chen-calendar"],
    }


def test_what_cannot_be_read_is_listed_with_its_place_and_nothing_of_its_row_is_taken(tmp_path: Path) -> None:
    rows = "1,王芳,,,隔天，每周三次\n2,刘娜,,,周三次\n3,陈静,,,\n4,陈静静,,,随时\n5,张伟,,,随时\n"
    answers, found = take(tmp_path, TEXTS + rows)
    assert said(answers.unsettled) == [
        "时间.csv:2 E “隔天，每周三次”中的“隔天”：没有说明具体是哪几天",
        "时间.csv:3 E “周三次”中的“周”：是每周还是总共？请写“每周三次”或“总共三次”",
        "时间.csv:4 陈静没有填写时间",
        "时间.csv:5 没有名为“陈静静”的志愿者",
        "时间.csv:6 有多人名为“张伟”：zhang-1（民建一支部）、zhang-2（民建二支部）",
    ]
    assert answers.understood == ()
    assert found["wang"] is None


@pytest.mark.parametrize(
    ("row", "who"),
    [
        ("1,张伟,一支部,,随时", "zhang-1"),
        ("1,张伟,民建二支部,,随时", "zhang-2"),
        ("1,张伟,,3333,随时", "zhang-2"),
        ("1,张伟,,138 0000 2222,随时", "zhang-1"),
    ],
)
def test_people_of_one_name_are_told_apart(tmp_path: Path, row: str, who: str) -> None:
    answers, found = take(tmp_path, TEXTS + row + "\n")
    assert answers.unsettled == ()
    assert found[who] == {"always": True}


def test_an_organisation_or_phone_that_does_not_fit_is_listed(tmp_path: Path) -> None:
    answers, _ = take(tmp_path, TEXTS + "1,王芳,二支部,,随时\n2,王芳,,9999,随时\n3,王芳,三支部,,随时\n")
    assert said(answers.unsettled) == [
        "时间.csv:2 民建二支部中没有名为“王芳”的志愿者",
        "时间.csv:3 电话与wang（民建一支部）不符",
        "时间.csv:4 没有组织“三支部”",
    ]


def test_an_id_decides_but_must_not_contradict_the_name(tmp_path: Path) -> None:
    answers, found = take(tmp_path, "志愿者编号,姓名,可服务时间\nzhang-2,张伟,随时\nwang,张伟,随时\n")
    assert found["zhang-2"] == {"always": True}
    assert said(answers.unsettled) == ["时间.csv:3 编号 wang 是王芳，不是张伟"]


def test_who_stands_there_twice_with_different_times_is_listed(tmp_path: Path) -> None:
    answers, found = take(tmp_path, TEXTS + "1,王芳,,,随时\n2,王芳,,,周末\n3,刘娜,,,周末\n4,刘娜,,,周末\n")
    assert said(answers.unsettled) == ["时间.csv:3 王芳在此处与 时间.csv:2 填写的时间不一致"]
    assert (found["wang"], found["liu"]) == (None, {"only": ["weekend"]})


GRID = """\
2020年2月值守时间勾选表,,,,,,
图例：√可服务 ×不可 △待定,,,,,,
姓名,2月15日,,2月16日,,17日(周一),
,上午,晚上,上午,晚上,上午,18:00-22:00
王芳,√,,√,,,✓
张伟（二支部）,,,,,,
刘娜,△,,,,,
陈静,×,×,×,,×,
欧阳小雨,1,1.0,●,值,上,Y
李建国,可,?,,,,
合计,4,,,,,
"""


def test_a_tick_grid_in_csv_with_carried_titles_and_a_legend(tmp_path: Path) -> None:
    answers, found = take(tmp_path, GRID)
    assert found["wang"] == {"only": ["2020-02-15 2020-02-16 08:00-12:00", "2020-02-17 18:00-22:00"]}
    assert found["ouyang"] == {"only": ["2020-02-15 2020-02-16 2020-02-17 08:00-12:00 18:00-22:00"]}
    assert found["chen"] == {"unavailable": ["mon-sun", "2020-02-16 18:00-22:00 from chen-calendar"]}
    assert said(answers.unsettled) == [
        "时间.csv:6 张伟没有填写时间",
        "时间.csv:7 B 符号“△”表示待定",
        "时间.csv:10 C 符号“?”表示待定",
    ]
    assert found["li"] == {"only": ["2020-02-15 08:00-12:00"]}
    assert found["liu"] == "always"


def test_a_blank_in_a_grid_is_not_available(tmp_path: Path) -> None:
    answers, _ = take(tmp_path, "姓名,2月15日,2月16日\n王芳,√,\n")
    assert answers.understood[0].shifts == 6


def test_symbols_of_the_person_come_before_the_legend_and_the_legend_before_the_map(tmp_path: Path) -> None:
    grid = "图例：△可服务；○=不可,,\n姓名,2月15日,2月16日\n王芳,△,○\n"
    assert take(tmp_path, grid)[1]["wang"] == {"only": ["2020-02-15"]}
    assert take(tmp_path, grid, symbols="△=no，○=yes")[1]["wang"] == {"only": ["2020-02-16"]}
    assert take(tmp_path, grid, symbols="△=上午,○=no")[1]["wang"] == {"only": ["2020-02-15 08:00-12:00"]}


def test_an_unknown_symbol_is_listed_and_symbols_must_be_pairs(tmp_path: Path) -> None:
    answers, found = take(tmp_path, "姓名,15日,16日\n王芳,√,囧\n")
    assert said(answers.unsettled) == ["时间.csv:2 C 不认识符号“囧”"]
    assert found["wang"] is None
    with pytest.raises(InputError) as wrong:
        take(tmp_path, "姓名,15日,16日\n王芳,√,囧\n", symbols="囧")
    assert said(list(wrong.value.faults)) == ["--symbols 无法理解“囧”"]


def test_a_cell_left_open_is_listed_and_the_other_cells_of_its_row_are_taken(tmp_path: Path) -> None:
    answers, found = take(tmp_path, "姓名,15日,16日,17日\n王芳,√,待定,√\n刘娜,×,待定,\n陈静,待定,,\n")
    assert found["wang"] == {"only": ["2020-02-15 2020-02-17"]}
    assert found["liu"] == {"unavailable": ["mon-sun"]}
    assert [one.shifts for one in answers.understood] == [12, 0]
    assert said(answers.unsettled) == [f"时间.csv:{row} C 符号“待定”表示待定" for row in (2, 3)] + [
        "时间.csv:4 B 符号“待定”表示待定"
    ]


def test_cells_may_name_the_part_of_the_day(tmp_path: Path) -> None:
    _, found = take(tmp_path, "姓名,15日,16日,17日\n王芳,上午,全天,9:00-18:00\n")
    assert found["wang"] == {"only": ["2020-02-15 08:00-12:00", "2020-02-16", "2020-02-17 09:00-18:00"]}


def test_days_above_weekdays_above_parts(tmp_path: Path) -> None:
    grid = ",2月15日,,2月16日,\n姓名,周六,,周日,\n,上午,下午,上午,下午\n王芳,√,,,√\n"
    _, found = take(tmp_path, grid)
    assert found["wang"] == {"only": ["2020-02-15 08:00-12:00", "2020-02-16 13:00-17:00"]}


def test_a_column_on_no_day_of_the_plan_is_said(tmp_path: Path) -> None:
    answers, found = take(tmp_path, "姓名,2月15日,2月16日,3月20日\n王芳,√,,√\n")
    assert [note.zh for note in answers.notes] == ["时间.csv：以下列不是本计划的时间，未导入：3月20日"]
    assert found["wang"] == {"only": ["2020-02-15"]}


def _merged_grid() -> Workbook:
    """A title over all columns, dates as real dates over three parts each, names merged over two rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = "一支部"
    sheet.append(["志愿者可值守时间统计表"])
    sheet.append(["填报单位：民建一支部", None, None, None, "填报人：略"])
    sheet.append(["序号", "姓名", dt.date(2020, 2, 15), None, None, dt.date(2020, 2, 16), None, None])
    sheet.append([None, None, *2 * ("上午", "下午", "晚上")])
    sheet.append([1, "张伟", "√", None, "√", None, None, None])
    sheet.append([2, "王　芳", None, 1, None, None, "√", None])
    sheet.append(["合计", None, 1, 1, 1, None, 1, None])
    for area in ("A1:H1", "A3:A4", "B3:B4", "C3:E3", "F3:H3"):
        sheet.merge_cells(area)
    return book


def test_a_merged_two_row_grid_in_a_workbook_of_a_branch(tmp_path: Path) -> None:
    book = _merged_grid()
    copy = book.copy_worksheet(book.active)
    copy.title = "二支部"
    copy["A2"], copy["B6"] = "填报单位：民建二支部", "刘娜"
    answers, found = take(tmp_path, saved(book), name="时间.xlsx")
    assert answers.unsettled == ()
    assert found["zhang-1"] == found["zhang-2"] == {"only": ["2020-02-15 08:00-12:00 18:00-22:00"]}
    assert found["wang"] == {"only": ["2020-02-15 2020-02-16 13:00-17:00"]}


def test_text_and_ticks_in_one_row_are_listed(tmp_path: Path) -> None:
    rows = [["姓名", "可服务时间", "15日", "16日"], ["王芳", "周末", "√", None], ["刘娜", None, "√", None]]
    answers, found = take(tmp_path, saved(workbook(甲=rows)), name="a.xlsx")
    assert said(answers.unsettled) == ["a.xlsx[甲]:2 既有文字说明又有勾选"]
    assert found["liu"] == {"only": ["2020-02-15"]}


def test_files_without_a_table_are_all_named(tmp_path: Path) -> None:
    edit = edit_in(tmp_path)
    files = [file_in(tmp_path, "a.csv", "姓名,性别\n王芳,女\n"), tmp_path / "b.csv"]
    with pytest.raises(InputError) as wrong:
        take_availability(edit, files)
    assert [Path(fault.place).name for fault in wrong.value.faults] == ["a.csv", "b.csv"]


def test_the_words_are_kept_as_evidence_without_long_numbers_and_a_later_import_replaces_them(
    tmp_path: Path,
) -> None:
    edit = edit_in(tmp_path)
    first = file_in(tmp_path, "a.csv", TEXTS + "1,王芳,,,周末\n2,刘娜,,,随时\n")
    edit.commit(take_availability(edit, [first]).evidence)
    edit = edit_in(tmp_path)
    second = file_in(tmp_path, "b.csv", TEXTS + "1,王芳,,,工作日\n")
    answers = take_availability(edit, [second])
    edit.commit(answers.evidence)
    lines = (tmp_path / "intake" / "availability.jsonl").read_text(encoding="utf-8").splitlines()
    assert [(one["volunteer"], one["text"], one["place"]) for one in map(json.loads, lines)] == [
        ("liu", "随时", "a.csv:3"),
        ("wang", "工作日", "b.csv:2"),
    ]
    assert after(edit_in(tmp_path), "wang").availability.only[0].classes == ("workday",)
    assert "# keeps a calendar" in (tmp_path / "plan.yaml").read_text(encoding="utf-8")
