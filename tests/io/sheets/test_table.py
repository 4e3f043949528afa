"""The table in a sheet: the header is found by its words, what is no data is put aside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from scheduler.errors import InputError
from scheduler.io.sheets.sheet import Cell, Row, Sheet, letter
from scheduler.io.sheets.table import SheetTable, find_table
from scheduler.io.sheets.words import key_of, read_words

WANTED = ("name", "phone", "email", "organisation", "availability", "emergency", "id_number")


def sheet(*rows: Sequence[str]) -> Sheet:
    found = []
    for number, texts in enumerate(rows, start=1):
        cells = {n: Cell(text, "s", number, letter(n)) for n, text in enumerate(texts) if text}
        if cells:
            found.append(Row(number, cells))
    return Sheet("s", "s", tuple(found))


def table(*rows: Sequence[str]) -> SheetTable:
    found = find_table(sheet(*rows), read_words(Path("/nowhere")), WANTED, "name")
    assert found is not None
    return found


def columns(found: SheetTable) -> dict[str, str]:
    return {column.meaning: column.title for column in found.columns if column.meaning}


def test_the_best_row_is_the_header() -> None:
    found = table(("姓名说明",), ("姓名", "请填写"), ("姓名", "手机", "所属支部"), ("张三", "138", "一支部"))
    assert [record.number for record in found.records] == [4]
    assert columns(found) == {"name": "姓名", "phone": "手机", "organisation": "所属支部"}


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("姓 名", "name"),
        ("联系电话（必填）", "phone"),
        ("手机/电话", "phone"),
        ("* 手机号码：", "phone"),
        ("Ｐｈｏｎｅ", "phone"),
        ("身份证号\n(18位)", "id_number"),
        ("姓名/手机", None),
        ("座右铭", None),
    ],
)
def test_titles_are_known_in_many_forms(title: str, meaning: str | None) -> None:
    assert read_words(Path("/nowhere")).column(title) == meaning


def test_a_header_of_two_rows_with_merged_cells() -> None:
    found = table(
        ("姓名", "联系方式", "联系方式", "紧急联系人", "紧急联系人", "可服务时间", "可服务时间"),
        ("姓名", "手机", "邮箱", "姓名", "电话", "上午", "下午"),
        ("张三", "1", "a@b.cn", "李四", "2", "√", ""),
    )
    assert columns(found) == {
        "name": "姓名",
        "phone": "联系方式 手机",
        "email": "联系方式 邮箱",
        "emergency": "紧急联系人 电话",
    }
    assert [record.text("phone") for record in found.records] == ["1"]


def test_a_row_of_data_under_a_header_is_no_second_header() -> None:
    found = table(("姓名", "手机", "备注", ""), ("张三", "1", "", ""))
    assert [record.text("name") for record in found.records] == ["张三"]


def test_footers_titles_examples_and_repeated_headers_are_no_data() -> None:
    found = table(
        ("单位：民建一支部", "", "填表日期：3月1日"),
        ("姓名", "手机", "支部"),
        ("示例：王小明", "13900000000", "一支部"),
        ("张三", "1", ""),
        ("姓名", "手机", "支部"),
        ("第二组", "第二组", "第二组"),
        ("李四", "2", ""),
        ("小计", "2人", ""),
        ("备注：王主任汇总", "", ""),
    )
    assert [(record.text("name"), record.group and record.group.text) for record in found.records] == [
        ("张三", None),
        ("李四", "第二组"),
    ]
    assert found.owner is not None
    assert found.owner.text == "民建一支部"
    assert [note.en for note in found.notes] == [
        "s: rows 8, 9 were left out as footers",
        "s: rows 3 were left out as examples",
    ]


def test_what_stands_in_the_column_of_numbers_is_not_lost() -> None:
    found = table(
        ("序号", "姓名", "手机"),
        ("第一支部",),
        ("1", "张三", "1"),
        ("2",),
        ("十一",),
        ("注：节假日每班加1人",),
        ("请于周五前报送",),
    )
    assert [(one.text("name"), one.group and one.group.text) for one in found.records] == [
        ("张三", "第一支部")
    ]
    assert [note.en for note in found.notes] == ["s: rows 6, 7 were left out as footers"]


def test_the_owner_may_stand_in_the_next_cell() -> None:
    found = table(("填报单位", "民建一支部"), ("姓名", "手机"), ("张三", "1"))
    assert found.owner is not None
    assert (found.owner.text, found.owner.column) == ("民建一支部", "B")


def test_words_of_a_plan_are_added(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text(
        "headers: {phone: [微信号]}\nvalues: {skills: {medical: [军医]}}\nfooters: [以上属实]\n", "utf-8"
    )
    words = read_words(tmp_path)
    assert words.column("微信号") == "phone"
    assert words.column("手机") == "phone"
    assert words.value("skills", "军医") == "medical"
    assert words.is_footer("以上属实：")


def test_words_of_another_form_are_refused(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("header: {phone: [微信号]}\n", "utf-8")
    with pytest.raises(InputError, match="expected the keys"):
        read_words(tmp_path)


def test_keys_of_words_ignore_what_does_not_matter() -> None:
    assert key_of("＊联系电话（手机，必填）： ") == key_of("联系 电话")
