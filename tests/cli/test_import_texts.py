"""scheduler import availability, history and chat, as a person runs them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Runner
from tests.io.intake.circle import PLAN, file_in


@pytest.fixture
def circle(tmp_path: Path) -> Path:
    return file_in(tmp_path, "plan.yaml", PLAN)


TIMES = "姓名,可服务时间\n王芳,工作日晚上，每周三次以内\n刘娜,隔天\n"


def test_a_dry_run_shows_how_words_were_understood_and_writes_nothing(circle: Path, run: Runner) -> None:
    times = file_in(circle.parent, "a.csv", TIMES)
    ran = run("--lang", "zh", "import", "availability", circle, times, "--dry-run")
    assert ran.status == 0
    assert "工作日18:00-22:00；每周最多3班" in _together(ran.out)
    assert "以下 1 条须人工确认，均未导入：\n  a.csv:3 B: “隔天”：没有说明具体是哪几天" in ran.err
    assert circle.read_text(encoding="utf-8") == PLAN
    assert not (circle.parent / "intake").exists()


def test_words_are_taken_and_a_second_time_nothing_changes(circle: Path, run: Runner) -> None:
    times = file_in(circle.parent, "a.csv", TIMES)
    first = run("--lang", "en", "import", "availability", circle, times)
    assert "availability.jsonl" in first.out
    assert "workday 18:00-22:00" in circle.read_text(encoding="utf-8")
    again = run("--lang", "en", "import", "availability", circle, times)
    assert "The plan says so already; nothing to write." in again.out


def test_strict_takes_nothing_if_anything_must_be_settled(circle: Path, run: Runner) -> None:
    times = file_in(circle.parent, "a.csv", TIMES)
    ran = run("--lang", "en", "import", "availability", circle, times, "--strict")
    assert ran.status == 3
    assert 'a.csv:3 B: "隔天": which days these are is not said' in ran.err
    assert circle.read_text(encoding="utf-8") == PLAN


def test_what_to_do_about_a_symbol_is_said_once_and_both_symbols_count(circle: Path, run: Runner) -> None:
    grid = circle.parent / "grid.csv"
    grid.write_text("姓名,15日,16日\n王芳,待定,√\n李建国,待定,乙\n刘娜,√,待定\n", encoding="utf-8")
    ran = run("--lang", "zh", "import", "availability", circle, grid, "--dry-run")
    assert "以下 4 条须人工确认" in ran.err
    assert ran.err.count("待定=no") == ran.err.count("乙=no") == 1
    settled = ("--symbols", "待定=no", "--symbols", "乙=yes")
    ran = run("--lang", "zh", "import", "availability", circle, grid, *settled)
    assert "须人工确认" not in ran.err
    assert ran.status == 0


def test_symbols_may_be_given(circle: Path, run: Runner) -> None:
    grid = file_in(circle.parent, "a.csv", "姓名,15日,16日\n王芳,早,○\n")
    ran = run("import", "availability", circle, grid, "--symbols", "早=上午,○=yes")
    assert ran.status == 0
    assert "2020-02-15 08:00-12:00" in circle.read_text(encoding="utf-8")


def test_json_holds_tables_notes_and_what_is_to_be_settled(circle: Path, run: Runner) -> None:
    times = file_in(circle.parent, "a.csv", TIMES)
    data = json.loads(run("import", "availability", circle, times, "--json", "--dry-run").out)
    assert [table["title"]["en"] for table in data["tables"]] == ["Available times", "Changes"]
    assert [one["place"] for one in data["to_settle"]] == ["a.csv:3 B"]


def test_a_chat_from_standard_input(circle: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = "#接龙\n1. 王芳 15日上午 福光路西口\n2. 张伟 13800009999 16日\n".encode("gb18030")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(chat)))
    ran = run("--lang", "zh", "import", "chat", circle, "-", "--group", "一支部群")
    assert ran.status == 0
    assert "from chat-一支部群" in circle.read_text(encoding="utf-8")
    assert "电话与zhang-1（民建一支部）、zhang-2（民建二支部）不符" in ran.err
    assert "13800009999" not in ran.out + ran.err


def test_an_old_roster_becomes_history(circle: Path, run: Runner) -> None:
    roster = file_in(circle.parent, "二月.csv", "日期,上午班,晚班\n2月10日,王芳,刘娜\n2月11日,王芳,某某\n")
    ran = run("--lang", "en", "import", "history", circle, roster)
    assert ran.status == 0
    assert "{shifts: 2, burden: 2" in circle.read_text(encoding="utf-8")
    assert '二月.csv:3 C: no volunteer "某某" (1 shift)' in ran.err


@pytest.mark.parametrize("command", ["availability", "history", "chat"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_is_there(command: str, language: str, run: Runner) -> None:
    assert run("--lang", language, "import", command, "--help").status == 0


@pytest.mark.parametrize("command", ["availability", "history", "chat"])
def test_a_file_that_is_not_there_is_named(command: str, circle: Path, run: Runner) -> None:
    ran = run("--lang", "zh", "import", command, circle, circle.parent / "没有.csv")
    assert ran.status == 3
    assert "没有文件“没有.csv”" in ran.err


def _together(text: str) -> str:
    """What a table shows, without frames and the breaks within cells."""
    rows = [row.split("│") for row in text.splitlines() if "│" in row]
    columns = ["".join(row[n].strip() for row in rows if len(row) > n) for n in range(max(map(len, rows)))]
    return "\n".join(columns)
