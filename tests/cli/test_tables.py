"""Tables on the screen and for machines."""

import datetime as dt
import json

import pytest

from scheduler.cli import tables
from scheduler.cli.speech import speaker
from scheduler.report.grid import Grid
from scheduler.text import Language, Text, same

GRID = Grid(
    Text("Load", "工作量"),
    (Text("Who", "姓名"), Text("Shifts", "班次"), Text("Day", "日期")),
    ((same("王秀英"), 3, dt.date(2020, 3, 1)), (same("=cmd|' /C calc'!A0"), -1, None)),
)


@pytest.mark.parametrize(
    ("language", "head"), [(Language.EN, "Who,Shifts,Day"), (Language.ZH, "姓名,班次,日期")]
)
def test_csv_speaks_the_language_and_disarms_formulas(
    language: Language, head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker, "language", language)
    lines = tables.as_csv(GRID).splitlines()
    assert lines[0] == head
    assert lines[2] == "'=cmd|' /C calc'!A0,-1,"


def test_json_has_both_languages() -> None:
    (table,) = json.loads(tables.as_json([GRID]))
    assert table["title"] == {"en": "Load", "zh": "工作量"}
    assert table["rows"][0] == [{"en": "王秀英", "zh": "王秀英"}, 3, "2020-03-01"]


def test_a_name_with_markup_is_drawn_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    tables.show(Grid(same("[b]T"), (same("[red]N"),), ((same("[link=x]王"),),)))
    shown = capsys.readouterr().out
    assert "[b]T" in shown
    assert "[red]N" in shown
    assert "[link=x]王" in shown
