"""People and posts from the offices' sheets, and forms for them, as a person runs the commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Runner
from tests.io.intake.make_files import CASES
from tests.io.intake.worlds import plan_in


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plan_in(tmp_path / "plan")


def sheet(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(next(case.data for case in CASES if case.name == name))
    return path


def test_a_dry_run_shows_and_writes_nothing(run: Runner, plan: Path, tmp_path: Path) -> None:
    before = plan.read_bytes()
    ran = run("import", "people", plan, sheet(tmp_path, "two-row-header.xlsx"), "--dry-run", "--lang", "zh")
    assert ran.status == 0
    assert "张三 (first-03)" in ran.out
    assert "138****0001" in ran.out
    assert "13800000001" not in ran.out + ran.err
    assert "未写入任何文件" in ran.out
    assert "以下列未导入：备注" in ran.err
    assert plan.read_bytes() == before


def test_people_are_written_and_told_as_json(run: Runner, plan: Path, tmp_path: Path) -> None:
    ran = run("import", "people", plan, sheet(tmp_path, "plain.xlsx"), "--json")
    data = json.loads(ran.out)
    assert data["added"] == ["first-03", "second-01"]
    assert data["written"] == [plan.as_posix()]
    assert {one["key"] for one in data["changes"]} >= {"name", "organisation", "phone"}
    assert "# no phone" in plan.read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "odd-phones.xlsx[Sheet1]:2 C: 手机号应为 11 位，此处为 10 位"),
        ("en", "[Sheet1]:3 C: there are two numbers"),
    ],
)
def test_all_faults_are_said_at_once(
    run: Runner, plan: Path, tmp_path: Path, language: str, said: str
) -> None:
    before = plan.read_bytes()
    ran = run("import", "people", plan, sheet(tmp_path, "odd-phones.xlsx"), "--lang", language)
    assert (ran.status, ran.out) == (3, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 3
    assert plan.read_bytes() == before


UNCLEAR = "姓名,支社,联系电话,可服务时间\n张三,第一支社,13800000001,看情况\n赵六,第一支社,,周末\n李四,第一支社,,再说\n"


def test_times_that_are_not_clear_are_listed_and_all_else_is_taken(
    run: Runner, plan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "报名表.csv"
    path.write_text(UNCLEAR, "utf-8")
    ran = run("import", "people", plan, path, "--lang", "zh")
    assert ran.status == 0
    assert "以下 2 条须人工确认，均未导入：\n  报名表.csv:2 D: “看情况”：没有说明具体时间" in ran.err
    assert "报名表.csv:4 D: “再说”" in ran.err
    assert ran.err.count("重新导入") == 1
    assert "新增 3" in ran.out
    text = plan.read_text("utf-8")
    assert "availability: weekend" in text
    assert "13800000001" in text
    assert "李四" in text
    path.write_text(UNCLEAR.replace("看情况", "工作日").replace("再说", "周六"), "utf-8")
    assert "更新 2，未变 1" in run("import", "people", plan, path, "--lang", "zh").out


def test_unclear_times_are_told_as_json_and_strict_takes_nothing(
    run: Runner, plan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(UNCLEAR, "utf-8")
    before = plan.read_bytes()
    ran = run("import", "people", plan, path, "--strict", "--lang", "en")
    assert (ran.status, ran.out) == (3, "")
    assert len(ran.err.splitlines()) == 2
    assert plan.read_bytes() == before
    data = json.loads(run("import", "people", plan, path, "--json").out)
    assert [one["place"] for one in data["to_settle"]] == ["a.csv:2 D", "a.csv:4 D"]


def test_unclear_days_away_leave_the_times_of_before(run: Runner, plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,支社,可服务时间,不能参加的日期\n赵六,第一支社,周末,\n", "utf-8")
    assert run("import", "people", plan, path).status == 0
    path.write_text("姓名,支社,可服务时间,不能参加的日期\n赵六,第一支社,随时,看情况\n", "utf-8")
    ran = run("import", "people", plan, path, "--lang", "zh")
    assert "“看情况”无法理解为日期" in ran.err
    assert "availability: weekend" in plan.read_text("utf-8")


def test_a_column_can_be_ignored(run: Runner, plan: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, "odd-phones.xlsx")
    assert run("import", "people", plan, path, "--ignore", "联系电话").status == 0


def test_posts_bring_places_and_shift_types(run: Runner, plan: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, "posts-new-hours.csv")
    refused = run("import", "posts", plan, path)
    assert refused.status == 3
    assert "--add-places" in refused.err
    assert "--add-shift-types" in refused.err
    assert run("import", "posts", plan, path, "--add-places", "--add-shift-types").status == 0
    assert run("check", plan).status == 0


def test_forms_go_out_and_come_back(run: Runner, plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "forms"
    ran = run("request", plan, "--out", out, "--organisation", "first", "--lang", "zh")
    assert "已写入 1 份表格" in ran.out
    back = run("import", "people", plan, out / "first.xlsx")
    assert "Nothing changed" in back.out
    assert run("request", plan, "--out", out, "--organisation", "first").status == 6
