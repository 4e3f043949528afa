"""scheduler export html and chat, as a person runs them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from scheduler.domain.roster import Roster
from scheduler.io.read import read_plan
from scheduler.io.roster_file import RosterRecord, write_roster
from tests.cli.conftest import Runner


@pytest.fixture
def roster(plan_file: Path, tmp_path: Path) -> Path:
    """Anna and Bo serve on the first day, Anna alone on the second."""
    served = [
        ("anna", "gate/2024-03-04/morning"),
        ("bo", "gate/2024-03-04/morning"),
        ("anna", "gate/2024-03-05/morning"),
    ]
    return written(plan_file, tmp_path / "roster.json", served)


def written(plan_file: Path, path: Path, served: list[tuple[str, str]]) -> Path:
    plan = read_plan(plan_file)
    write_roster(path, RosterRecord(Roster.named(plan.problem.instance(), served), plan))
    return path


def test_html_writes_a_page_for_the_public_by_default(run: Runner, roster: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ran = run("export", "html", roster, "--out", page, "--now", "2024-03-04 09:30")
    assert ran.status == 0
    assert str(page) in ran.out
    text = page.read_text("utf-8")
    assert "林*" in text
    assert "林安" not in text
    assert "截至 2024-03-04 09:30" in text


def test_html_does_not_overwrite_unless_told_to(run: Runner, roster: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("mine")
    assert run("export", "html", roster, "--out", page).status == 6
    assert page.read_text() == "mine"
    assert run("export", "html", roster, "--out", page, "--force").status == 0
    assert "林*" in page.read_text("utf-8")


def test_the_clock_of_a_repeatable_run_is_in_the_page(
    run: Runner, roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709512200")
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for page in pages:
        run("export", "html", roster, "--out", page)
    assert pages[0].read_bytes() == pages[1].read_bytes()
    assert "截至 2024-03-04 08:30" in pages[0].read_text("utf-8")


def test_html_says_what_to_install_where_its_libraries_are_missing(
    run: Runner, roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    ran = run("--lang", "en", "export", "html", roster, "--out", tmp_path / "page.html")
    assert ran.status == 6
    assert "pip install 'duty-scheduler[html]'" in ran.err


@pytest.mark.parametrize("command", ["html", "chat"])
def test_a_time_that_is_none_is_refused(run: Runner, roster: Path, tmp_path: Path, command: str) -> None:
    ran = run("export", command, roster, "--out", tmp_path / "out", "--now", "yesterday")
    assert ran.status == 3
    assert "yesterday" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["html", "chat"])
def test_a_number_in_a_name_is_not_handed_out(
    run: Runner, plan_file: Path, tmp_path: Path, command: str
) -> None:
    text = plan_file.read_text("utf-8").replace("zh: 大门}", "zh: 大门13812341234}")
    plan_file.write_text(text, "utf-8")
    roster = written(plan_file, tmp_path / "r.json", [("anna", "gate/2024-03-04/morning")])
    ran = run("--lang", "zh", "export", command, roster, "--language", "zh", "--out", tmp_path / "out")
    assert ran.status == 6
    assert "138****1234" in ran.err
    assert "13812341234" not in ran.err
    assert not (tmp_path / "out").exists()


def test_chat_tells_a_day_in_the_language_of_the_person(run: Runner, roster: Path) -> None:
    ran = run("--lang", "zh", "export", "chat", roster, "--day", "2024-03-05")
    assert ran.out == "【小世界】值班安排\n■ 3月5日 周二\n· 大门\n早班 08:00–12:00：林安（缺1人）\n"
    assert "Gate" in run("--lang", "en", "export", "chat", roster).out


def test_chat_in_both_languages_is_two_messages(run: Runner, roster: Path, tmp_path: Path) -> None:
    ran = run("export", "chat", roster, "--language", "both", "--json")
    assert [one[0] for one in json.loads(ran.out)["messages"]] == ["【", "["]
    run("export", "chat", roster, "--language", "both", "--out", tmp_path / "chat.txt")
    assert (tmp_path / "chat.txt").read_text("utf-8").count("----------") == 1


def test_chat_tells_changes_against_the_roster_before(
    run: Runner, roster: Path, plan_file: Path, tmp_path: Path
) -> None:
    before = written(plan_file, tmp_path / "before.json", [("bo", "gate/2024-03-04/morning")])
    ran = run("--lang", "zh", "export", "chat", roster, "--by", "changes", "--previous", before)
    assert "请以下人员留意：@林安" in ran.out
    assert "王波" not in ran.out
    none = run("--lang", "zh", "export", "chat", roster, "--by", "changes", "--previous", roster)
    assert (none.out, none.err.strip()) == ("", "没有需要发布的内容。")


def test_chat_changes_need_the_roster_before(run: Runner, roster: Path) -> None:
    assert run("export", "chat", roster, "--by", "changes").status == 2


def test_chat_says_from_when_on_nobody_is_missing(run: Runner, roster: Path) -> None:
    ran = run("--lang", "zh", "export", "chat", roster, "--by", "calls", "--now", "2030-01-02 07:00")
    assert (ran.status, ran.out) == (0, "")
    assert "2030-01-02 07:00 之后开始的班次均不缺人" in ran.err


def test_chat_calls_for_people(run: Runner, roster: Path) -> None:
    ran = run(
        "--lang",
        "zh",
        "export",
        "chat",
        roster,
        "--by",
        "calls",
        "--now",
        "2024-03-04 07:00",
        "--contact",
        "小林",
    )
    assert "缺1人：早班 08:00–12:00 大门" in ran.out
    assert "请联系小林" in ran.out


def test_chat_names_every_word_it_does_not_know(run: Runner, roster: Path) -> None:
    ran = run(
        "export", "chat", roster, "--day", "2024-04-01", "--day", "x", "--post", "gat", "--organisation", "y"
    )
    assert ran.status == 3
    assert len(ran.err.strip().splitlines()) == 4
    assert 'did you mean "gate"?' in ran.err
