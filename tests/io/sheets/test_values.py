"""What a cell holds as text: as it was typed, or marked as doubtful."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.io.sheets.sheet import Doubt, letter
from scheduler.io.sheets.values import read_value


@pytest.mark.parametrize(
    ("value", "text", "doubt"),
    [
        (None, "", None),
        ("  王　芳 ", "王 芳", None),
        ("'13800000001", "13800000001", None),
        ("'", "'", None),
        ('="0138"', "0138", None),
        ("\ufeff张三\u200b", "张三", None),
        (13800000001.0, "13800000001", None),
        (0.1 + 0.2, "0.3", None),
        (999_999_999_999_999, "999999999999999", None),
        (1_000_000_000_000_000, "1000000000000000", Doubt.DIGITS),
        (1.10101198003070e17, "110101198003070000", Doubt.DIGITS),
        ("1.38E+10", "1.38E+10", Doubt.DIGITS),
        ("13800000001.0", "13800000001", None),
        ("3.5", "3.5", None),
        (float("nan"), "nan", Doubt.ERROR),
        ("#N/A", "#N/A", Doubt.ERROR),
        (True, "true", None),
        (dt.datetime(2020, 3, 5), "2020-03-05", None),  # noqa: DTZ001 - sheets know no zone
        (dt.datetime(2020, 3, 5, 8), "2020-03-05 08:00", None),  # noqa: DTZ001
        (dt.date(2020, 3, 5), "2020-03-05", None),
        (dt.time(8), "08:00", None),
        (dt.timedelta(hours=26), "26:00", None),
    ],
)
def test_a_value_reads_as_it_was_typed(value: object, text: str, doubt: Doubt | None) -> None:
    assert read_value(value) == (text, doubt)


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column: int, name: str) -> None:
    assert letter(column) == name
