"""Person-times as people read them: the sentence, the row that is meant, the table."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.errors import InputError
from scheduler.report.by import By
from scheduler.report.person_times_words import (
    basis,
    find_row,
    sentence,
    sentences,
    table_grid,
)
from scheduler.text import Text, same
from tests.report.served import CAME, report


def test_the_ready_sentence_in_both_languages() -> None:
    found = report(By.ORGANISATION, as_of=dt.date(2024, 3, 9))
    party, all_of_them = sentences(found, Text("community control", "社区联防联控"))[:2][0], found.total
    assert party.zh == "民建东城区委：参与社区联防联控6人次，涉及2人，累计30小时（截至2024年3月9日）"
    assert (
        party.en
        == "Party: 6 person-times in community control, by 2 people, 30 hours in all (as of 9 March 2024)"
    )
    assert "7人次，涉及3人，累计34小时" in sentence(found, all_of_them, same("x")).zh
    assert "未据考勤" in basis(found).zh


def test_the_sentence_rests_on_attendance_where_it_is_given() -> None:
    found = report(By.ORGANISATION, came=CAME)
    assert "5人次，涉及3人，累计18.8小时" in sentences(found, same("x"))[0].zh
    assert "按实际到岗统计" in basis(found).zh


@pytest.mark.parametrize(
    ("word", "key"),
    [("party", "party"), ("民建", "party"), ("Co", "company"), ("total", "total"), ("支部", "branch")],
)
def test_a_row_is_found_by_id_name_short_name_or_part(word: str, key: str) -> None:
    assert find_row(report(By.ORGANISATION), word).key == key


@pytest.mark.parametrize(("word", "says"), [("partei", "no row"), ("2024", "may be")])
def test_a_row_that_is_not_there_or_not_one_is_an_error(word: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        find_row(report(By.ORGANISATION, By.DAY), word)


def test_the_grid_indents_and_ends_with_the_total() -> None:
    found = report(By.ORGANISATION, came=CAME)
    grid = table_grid(found, found.tables[0], minutes=True)
    assert [column.zh for column in grid.columns] == [
        "组织",
        *("计划人数", "计划人次", "计划时数", "计划分钟"),
        *("实到人数", "实到人次", "实到时数", "实到分钟"),
    ]
    assert grid.rows[1][0] == Text("  Branch", "  第一支部")
    assert grid.rows[-1] == (Text("Total", "合计"), 4, 8, 42.0, 2520, 4, 6, 22.8, 1370)
