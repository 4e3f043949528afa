"""Old rosters become history: every shift once, certain names only, the last days one by one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from scheduler.errors import InputError
from scheduler.io.intake.history import Past, take_history
from tests.io.intake.circle import after, edit_in, file_in, said, written
from tests.io.intake.worlds import saved, workbook

TABLE = """\
2020年2月值班表,,,
日期,星期,上午班,晚班
2月10日,周一,王芳、刘娜,陈静
2月11日,周二,王 芳 刘　娜,陈静（组长）
12日,周三,李建国,—
2020/2/13,周四,王芳/李建国,缺1人
2月14日（周五）,,欧阳小雨,陈静；刘娜
备注：以上安排如有变动另行通知,,,
"""


def take(folder: Path, content: str | bytes, name: str = "二月.csv", encoding: str = "utf-8") -> Past:
    edit = edit_in(folder)
    past = take_history(edit, [file_in(folder, name, content, encoding)])
    edit.commit(past.evidence)
    return past


def figures(folder: Path, name: str) -> tuple[int, float]:
    history = written(folder, name).get("history") or {}
    return history.get("shifts", 0), float(history.get("burden", 0))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_dates_down_and_shifts_across(tmp_path: Path, encoding: str) -> None:
    past = take(tmp_path, TABLE, encoding=encoding)
    assert past.unsettled == []
    assert figures(tmp_path, "wang") == (3, 3.0)
    assert figures(tmp_path, "chen") == (3, 4.8)
    assert figures(tmp_path, "liu") == (3, 3.6)
    assert figures(tmp_path, "li") == (2, 2.0)
    recent = after(edit_in(tmp_path), "liu").history.recent
    assert [(one.day.day, one.shift_type) for one in recent] == [
        (10, "morning"),
        (11, "morning"),
        (14, "evening"),
    ]


def test_importing_again_replaces_and_never_adds_up(tmp_path: Path) -> None:
    take(tmp_path, TABLE)
    before = (tmp_path / "plan.yaml").read_bytes()
    take(tmp_path, TABLE)
    assert (tmp_path / "plan.yaml").read_bytes() == before
    take(tmp_path, TABLE, name="二月 - 副本.csv")
    assert figures(tmp_path, "wang") == (3, 3.0)


def test_a_corrected_file_takes_back_what_it_said(tmp_path: Path) -> None:
    take(tmp_path, TABLE)
    take(tmp_path, TABLE.replace("李建国", "王芳"))
    assert figures(tmp_path, "li") == (0, 0)
    assert figures(tmp_path, "wang") == (4, 4.0)


def test_another_month_adds_to_it_and_days_long_ago_are_not_recent(tmp_path: Path) -> None:
    take(tmp_path, TABLE)
    take(tmp_path, "日期,晚班\n1月31日,王芳\n2月1日,王芳\n", name="一月.csv")
    assert figures(tmp_path, "wang") == (5, 6.2)
    recent = after(edit_in(tmp_path), "wang").history.recent
    assert min(one.day for one in recent) == dt.date(2020, 2, 1)


def test_figures_written_by_hand_are_replaced_and_said(tmp_path: Path) -> None:
    past = take(tmp_path, TABLE)
    assert figures(tmp_path, "ouyang") == (1, 1.0)
    assert "以下人员手工填写的历史数据将被替换：欧阳小雨" in [note.zh for note in past.notes]
    assert figures(tmp_path, "zhang-1") == (0, 0)


def test_names_that_are_not_certain_are_listed_once_with_how_often(tmp_path: Path) -> None:
    past = take(tmp_path, "日期,上午班,晚班\n2月10日,张伟、王芳,陈静静\n2月11日,张伟,刘娜\n")
    assert said(past.unsettled) == [
        "二月.csv:2 B 有多人名为“张伟”：zhang-1（民建一支部）、zhang-2（民建二支部）（共 2 班）",
        "二月.csv:2 C 没有名为“陈静静”的志愿者（共 1 班）",
    ]
    assert figures(tmp_path, "wang") == (1, 1.0)


def test_a_date_that_contradicts_its_weekday_is_listed(tmp_path: Path) -> None:
    past = take(tmp_path, "日期,星期,晚班\n2月10日,周二,王芳\n2月30日,,王芳\n2月11日,周二,王芳\n")
    assert said(past.unsettled) == [
        "二月.csv:2 A 日期与星期不符（应为周一）",
        "二月.csv:3 A 不存在 2020年2月30日",
    ]
    assert figures(tmp_path, "wang") == (1, 1.6)


@pytest.mark.parametrize(("weekday", "fits"), [("四", True), ("周四", True), ("五", False), ("周五", False)])
def test_the_column_of_weekdays_may_leave_out_the_week(tmp_path: Path, weekday: str, fits: bool) -> None:
    past = take(tmp_path, f"日期,星期,晚班\n2月13日,{weekday},王芳\n")
    assert figures(tmp_path, "wang")[0] == (1 if fits else 0)
    assert len(past.unsettled) == (0 if fits else 1)


def test_a_column_that_may_be_several_shifts_is_listed(tmp_path: Path) -> None:
    edit_in(tmp_path)
    plan = tmp_path / "plan.yaml"
    late = "  - {id: late, name: 乙班, start: 13:30, end: 17:30}\n"
    text = plan.read_text("utf-8").replace("demand:", f"{late}demand:")
    plan.write_text(text.replace("{en: Afternoon, zh: 下午班}", "甲班"), encoding="utf-8")
    past = take(tmp_path, "日期,上午,下午\n2月13日,王芳,刘娜\n")
    assert figures(tmp_path, "wang")[0] == 1
    assert figures(tmp_path, "liu")[0] == 0
    assert said(past.unsettled) == ["二月.csv C “下午”列可能指以下班次：甲班、乙班"]


def test_the_plans_own_days_are_no_history(tmp_path: Path) -> None:
    past = take(tmp_path, "日期,晚班\n2月14日,王芳\n2月15日,王芳、刘娜\n")
    assert [note.zh for note in past.notes] == ["有 2 班不早于本计划首日，未计入"]
    assert (figures(tmp_path, "wang"), figures(tmp_path, "liu")) == ((1, 1.6), (0, 0))


def test_posts_above_shifts_and_dates_carried_down(tmp_path: Path) -> None:
    table = (
        "日期,福光路西口,,东河沿北门,\n,上午,晚上,上午,晚上\n2月10日,王芳,刘娜,李建国,陈静\n2月11日,,,王芳,\n"
    )
    past = take(tmp_path, table)
    assert past.unsettled == []
    assert (figures(tmp_path, "wang"), figures(tmp_path, "chen")) == ((2, 2.0), (1, 1.6))


def test_posts_across_and_the_shift_in_the_row(tmp_path: Path) -> None:
    rows = "2月10日,上午班,王芳,李建国,刘娜\n,8:00-12:00,王芳,,\n,晚班,刘娜,陈静,\n"
    table = "日期,班次,福光路西口,东河沿北门,带班领导\n" + rows
    past = take(tmp_path, table)
    assert [note.zh for note in past.notes][:1] == [
        "二月.csv：以下列不是本计划的班次或岗位，未导入：带班领导"
    ]
    assert (figures(tmp_path, "wang"), figures(tmp_path, "liu")) == ((1, 1.0), (1, 1.6))


def test_one_row_for_each_person_and_shift(tmp_path: Path) -> None:
    rows = "2020-02-09,福光路西口,上午班,王芳\n2020-02-09,福光路西口,通宵,王芳\n2020-02-10,东河沿北门,晚上,王芳\n"
    table = "日期,岗位,班次,姓名\n" + rows
    past = take(tmp_path, table, name="明细.csv")
    assert said(past.unsettled) == ["明细.csv:3 D 没有班次“通宵”"]
    assert figures(tmp_path, "wang") == (2, 2.6)


def _merged() -> Workbook:
    """Dates merged over two posts each, as real dates, under a title."""
    book = Workbook()
    sheet = book.active
    sheet.title = "2月"
    sheet.append(["东河沿社区值班表"])
    sheet.append(["日期", "岗位", "上午班", "下午班"])
    for day, first, second in ((10, "王芳\n刘娜", "陈静"), (11, "李建国", "王芳")):
        sheet.append([dt.date(2020, 2, day), "福光路西口", first, second])
        sheet.append([None, "东河沿北门", None, "欧阳小雨"])
    for area in ("A1:D1", "A3:A4", "A5:A6"):
        sheet.merge_cells(area)
    return book


def test_a_workbook_with_merged_real_dates(tmp_path: Path) -> None:
    past = take(tmp_path, saved(_merged()), name="二月.xlsx")
    assert past.unsettled == []
    assert (figures(tmp_path, "wang"), figures(tmp_path, "ouyang")) == ((2, 2.1), (2, 2.2))


def test_files_without_a_roster_are_refused(tmp_path: Path) -> None:
    edit = edit_in(tmp_path)
    files = [
        file_in(tmp_path, "a.csv", "姓名,性别\n王芳,女\n"),
        file_in(tmp_path, "b.xlsx", saved(workbook(甲=[["x"]]))),
    ]
    with pytest.raises(InputError) as wrong:
        take_history(edit, files)
    assert [fault.place for fault in wrong.value.faults] == ["a.csv", "b.xlsx"]
