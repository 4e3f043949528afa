"""The commands around workbooks, as a person runs them."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.io.xlsx.signin import read_signin
from tests.cli.conftest import PLAN, Runner

ROSTER = (
    "shift,volunteer\ngate/2024-03-04/morning,anna\ngate/2024-03-04/morning,bo\ngate/2024-03-05/morning,bo\n"
)


@pytest.fixture
def roster_file(plan_file: Path) -> Path:
    path = plan_file.parent / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def export(run: Runner, plan: Path, roster: Path, *more: object) -> Path:
    out = plan.parent / "roster.xlsx"
    ran = run("--lang", "zh", "export", "xlsx", roster, "--plan", plan, "--out", out, *more)
    assert ran.status == 0, ran.err
    assert "工作簿已写入" in ran.out
    return out


def test_a_roster_goes_out_is_changed_and_comes_back(run: Runner, plan_file: Path, roster_file: Path) -> None:
    book = export(run, plan_file, roster_file)
    changed = load_workbook(book)
    changed["总表"]["D5"].value = "林安、蔡青"
    changed.save(book)
    out = plan_file.parent / "new.json"
    ran = run("--lang", "en", "import", "roster", plan_file, book, "--out", out)
    assert ran.status == 0
    assert "蔡青" in ran.out
    assert "Shifts changed: 1." in ran.out
    pairs = {(one["shift"], one["volunteer"]) for one in json.loads(out.read_bytes())["assignments"]}
    assert pairs == {
        ("gate/2024-03-04/morning", "anna"),
        ("gate/2024-03-04/morning", "cai"),
        ("gate/2024-03-05/morning", "bo"),
    }
    assert "hard rules" in ran.err


def test_a_roster_is_compared_with_another_and_nothing_is_written_in_a_dry_run(
    run: Runner, plan_file: Path, roster_file: Path
) -> None:
    book = export(run, plan_file, roster_file)
    other, out = plan_file.parent / "other.csv", plan_file.parent / "new.json"
    other.write_text("shift,volunteer\ngate/2024-03-04/morning,anna\n", encoding="utf-8")
    ran = run("import", "roster", plan_file, book, "--roster", other, "--out", out, "--dry-run", "--json")
    assert ran.status == 0
    (table,) = json.loads(ran.out)
    assert len(table["rows"]) == 2
    assert not out.exists()


def test_unclear_names_leave_nothing_written(run: Runner, plan_file: Path, roster_file: Path) -> None:
    book = export(run, plan_file, roster_file)
    changed = load_workbook(book)
    changed["总表"]["D5"].value = "林安、某某"
    changed.save(book)
    ran = run("--lang", "zh", "import", "roster", plan_file, book, "--out", plan_file.parent / "new.json")
    assert ran.status == 3
    assert "roster.xlsx[总表]:5 D" in ran.err
    assert "某某" in ran.err
    assert not (plan_file.parent / "new.json").exists()


def test_files_are_not_overwritten_without_force(run: Runner, plan_file: Path, roster_file: Path) -> None:
    book = export(run, plan_file, roster_file)
    before = book.read_bytes()
    ran = run("export", "xlsx", roster_file, "--plan", plan_file, "--out", book)
    assert ran.status == 6
    assert export(run, plan_file, roster_file, "--force").read_bytes() == before


def test_a_phone_in_a_name_is_not_handed_out(run: Runner, plan_file: Path, roster_file: Path) -> None:
    plan_file.write_text(PLAN.replace("林安", "林安13812341234"), encoding="utf-8")
    out = plan_file.parent / "roster.xlsx"
    ran = run("--lang", "zh", "export", "xlsx", roster_file, "--plan", plan_file, "--out", out)
    assert ran.status == 6
    assert "138****1234" in ran.err
    assert "13812341234" not in ran.err
    assert not out.exists()


def test_sign_in_sheets_for_some_days(run: Runner, plan_file: Path, roster_file: Path) -> None:
    out = plan_file.parent / "signin.xlsx"
    ran = run("export", "signin", roster_file, "--plan", plan_file, "--out", out, "--days", "2024-03-05")
    assert ran.status == 0
    assert [(row.shift, row.volunteer) for row in read_signin(out)] == [("gate/2024-03-05/morning", "bo")]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--days", "someday", "无法识别的日期"),
        ("--days", "2025-01-01", "不含计划中的任何一天"),
        ("--post", "gat", "是否想写“gate”"),
    ],
)
def test_days_and_posts_that_are_not_there_are_named(
    option: str, value: str, said: str, run: Runner, plan_file: Path, roster_file: Path
) -> None:
    out = plan_file.parent / "signin.xlsx"
    ran = run(
        "--lang", "zh", "export", "signin", roster_file, "--plan", plan_file, "--out", out, option, value
    )
    assert ran.status == 3
    assert said in ran.err
    assert not out.exists()
