"""The commands, end to end on a small plan."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scheduler.io.starter import examples
from scheduler.rules import RULES
from scheduler.version import VERSION
from tests.cli.conftest import Runner


def test_solve_writes_a_roster_the_referee_confirms(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    solved = run("solve", plan_file, "--out", out)
    assert solved.status == 0
    assert "Heads filled: 4 of 4" in solved.out
    assert "proven optimal" in solved.out
    assert (out / "calendars" / "all.ics").is_file()
    checked = run("check", out / "roster.json", "--json")
    assert checked.status == 0
    facts = json.loads(checked.out)
    assert facts["legal"]
    levels = json.loads((out / "roster.json").read_text("utf-8"))["levels"]
    assert facts["score"] == {name: level["score"] for name, level in levels.items()}


def test_solve_speaks_chinese(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    solved = run("--lang", "zh", "solve", plan_file, "--out", tmp_path / "out")
    assert "小世界" in solved.out
    assert "到位人次：4/4" in solved.out
    assert "值班" in (tmp_path / "out" / "calendars" / "all.ics").read_text("utf-8")


def test_solve_names_open_shifts(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    plan_file.write_text(plan_file.read_text("utf-8").replace("least: 2", "least: 3"), encoding="utf-8")
    solved = run("solve", plan_file, "--out", tmp_path / "out")
    assert solved.status == 0
    assert "Heads filled: 5 of 6" in solved.out
    assert "Gate, 2024-03-05 morning 08:00–12:00  1 missing" in solved.out


def test_solve_does_not_overwrite_unless_forced(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("solve", plan_file, "--out", out).status == 0
    before = (out / "roster.json").read_bytes()
    refused = run("solve", plan_file, "--out", out, "--seed", 5)
    assert refused.status == 6
    assert "roster.json" in refused.err
    assert (out / "roster.json").read_bytes() == before
    assert run("solve", plan_file, "--out", out, "--force").status == 0


def test_same_plan_gives_the_same_bytes(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("solve", plan_file, "--out", tmp_path / name).status == 0
    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")}
        for n in ("one", "two")
    )
    assert one == two
    assert len(one) > 5


def test_solve_prints_json(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    facts = json.loads(run("solve", plan_file, "--out", tmp_path / "out", "--json").out)
    assert facts["status"] == "optimal"
    assert facts["heads"] == {"demanded": 4, "filled": 4, "serving": 4}


def test_impossible_pins_name_rule_and_person(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    text = plan_file.read_text("utf-8").replace(
        "volunteer: bo, post: gate, day: 2024-03-04", "volunteer: cai, post: gate, day: 2024-03-05"
    )
    plan_file.write_text(text, encoding="utf-8")
    solved = run("solve", plan_file, "--out", tmp_path / "out")
    assert solved.status == 4
    assert "蔡青" in solved.err
    assert "pinned" in solved.err
    assert not (tmp_path / "out").exists()


def test_check_of_a_plan_says_what_is_in_it(run: Runner, plan_file: Path) -> None:
    assert "Volunteers: 3, posts: 1, days: 2, shifts: 2, heads: 4" in run("check", plan_file).out
    assert json.loads(run("check", plan_file, "--json").out)["heads"] == 4


def test_check_of_a_handwritten_roster_finds_what_is_broken(
    run: Runner, plan_file: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "by-hand.csv"
    sheet.write_text(
        "shift,volunteer\ngate/2024-03-05/morning,cai\ngate/2024-03-04/morning,bo\n", encoding="utf-8"
    )
    checked = run("check", plan_file, "--roster", sheet)
    assert checked.status == 1
    assert "availability" in checked.out
    assert "蔡青" in checked.out


def test_bad_plan_names_file_row_and_key(run: Runner, plan_file: Path) -> None:
    plan_file.write_text(plan_file.read_text("utf-8").replace("place: town", "place: twon"), encoding="utf-8")
    for command in (("check", plan_file), ("solve", plan_file)):
        said = run(*command)
        assert said.status == 3
        assert "plan.yaml:8" in said.err
        assert "town" in said.err
        assert "Traceback" not in said.err


def test_a_roster_given_as_a_plan_is_said(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    run("solve", plan_file, "--out", tmp_path / "out")
    said = run("solve", tmp_path / "out" / "roster.json", "--out", tmp_path / "again")
    assert said.status == 3
    assert "this is a roster, not a plan" in said.err
    assert len(said.err.splitlines()) == 1


def test_export_ics_of_a_roster(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    run("solve", plan_file, "--out", tmp_path / "out")
    exported = run("export", "ics", tmp_path / "out" / "roster.json", "--out", tmp_path / "again", "--utc")
    assert exported.status == 0
    assert "20240304T000000Z" in (tmp_path / "again" / "all.ics").read_text("utf-8")


def test_init_writes_a_plan_that_solves(run: Runner, tmp_path: Path) -> None:
    started = run("init", tmp_path / "mine")
    assert started.status == 0
    assert run("check", tmp_path / "mine" / "plan.yaml").status == 0
    assert run("init", tmp_path / "mine").status == 6
    assert run("init", tmp_path / "mine", "--force").status == 0
    assert run("init", tmp_path / "other", "--example", "beijing").status == 3


@pytest.mark.parametrize("example", sorted(examples()))
def test_every_example_comes_with_the_program_and_is_a_sound_plan(
    run: Runner, tmp_path: Path, example: str
) -> None:
    assert run("init", tmp_path / example, "--example", example).status == 0
    assert run("check", tmp_path / example / "plan.yaml").status == 0
    assert example in run("init", "--help").out
    project = Path(__file__).parents[2] / "pyproject.toml"
    packages = tomllib.loads(project.read_text("utf-8"))["tool"]["setuptools"]["packages"]
    assert f"scheduler.examples.{example}" in packages


def test_a_blank_plan_is_filled_from_sheets_and_solved(run: Runner, tmp_path: Path) -> None:
    started = run("--lang", "en", "init", tmp_path / "mine", "--example", "blank")
    plan, posts, people = (tmp_path / "mine" / name for name in ("plan.yaml", "posts.csv", "people.csv"))
    assert f"scheduler import posts {plan}" in started.err
    assert run("check", plan).status == 0
    posts.write_text("点位名称,所属社区,值守时段,每班人数\n西口,幸福社区,上午班,1\n", "utf-8")
    people.write_text("姓名,所属支部,技能,可服务时间\n王芳,一支部,医务,每天上午\n", "utf-8")
    assert run("import", "posts", plan, posts, "--add-places").status == 0
    assert run("import", "people", plan, people, "--add-organisations").status == 0
    solved = run("--lang", "zh", "solve", plan, "--out", tmp_path / "out")
    assert solved.status == 0
    assert "到位人次：14/14" in solved.out + solved.err


def test_rules_lists_every_rule_and_shows_manuals(run: Runner) -> None:
    listed = run("rules").out
    assert all(name in listed for name in RULES)
    assert len(json.loads(run("rules", "--json").out)) == len(RULES)
    manual = run("--lang", "zh", "rules", "min-rest").out
    assert "min-rest" in manual
    assert "参数" in manual
    assert run("rules", "min-rst").status == 3


@pytest.mark.parametrize("name", RULES)
def test_every_manual_has_words_and_an_example_in_both_languages(run: Runner, name: str) -> None:
    english, chinese = run("rules", name).out, run("--lang", "zh", "rules", name).out
    assert f"rule: {name}" in english
    assert f"rule: {name}" in chinese
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


def test_schema_is_json(run: Runner) -> None:
    assert "properties" in json.loads(run("schema").out)


def test_version(run: Runner) -> None:
    assert run("--version").out.strip() == f"scheduler {VERSION}"


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["solve"], "PLAN is missing", "缺少 PLAN"),
        (["sovle", "x"], "No such command", "没有命令 sovle"),
        (["solve", "x", "--secnds", "3"], "no option --secnds", "没有选项 --secnds"),
        (["solve", "x", "--seconds", "soon"], "--seconds", "--seconds 的取值不正确"),
    ],
)
def test_wrong_usage_is_said_in_one_line(
    run: Runner, arguments: list[str], english: str, chinese: str
) -> None:
    for words, expected in (([], english), (["--lang", "zh"], chinese)):
        said = run(*words, *arguments)
        assert said.status == 2
        assert expected in said.err
        assert "Traceback" not in said.err


def test_language_may_stand_after_the_command(run: Runner, plan_file: Path) -> None:
    assert "计划无误" in run("check", plan_file, "--lang", "zh").out


def test_a_folder_that_cannot_be_written_is_refused_before_the_search(
    run: Runner, plan_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    refused = run("solve", plan_file, "--out", tmp_path / "taken")
    assert refused.status == 6
    assert "heads" not in refused.err


def test_export_finds_a_plan_that_has_moved(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    run("solve", plan_file, "--out", tmp_path / "out")
    moved = plan_file.rename(tmp_path / "renamed.yaml")
    roster = tmp_path / "out" / "roster.json"
    assert run("export", "ics", roster, "--out", tmp_path / "a").status == 3
    assert run("export", "ics", roster, "--plan", moved, "--out", tmp_path / "b").status == 0


def test_no_command_shows_help_and_no_empty_message(run: Runner) -> None:
    said = run()
    assert said.status == 2
    assert "Try" not in said.err


def test_help_of_export_is_chinese() -> None:
    command = [sys.executable, "-m", "scheduler", "--lang", "zh", "export", "--help"]
    root = Path(__file__).resolve().parents[2]
    env = os.environ | {"PYTHONUTF8": "1"}
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=root, env=env)
    assert "命令" in said.stdout
    assert "显示本帮助并退出" in said.stdout


def test_a_narrow_encoding_loses_letters_not_the_answer(plan_file: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "scheduler", "--lang", "zh", "check", str(plan_file)]
    env = os.environ | {"PYTHONIOENCODING": "ascii"}
    said = subprocess.run(command, check=False, capture_output=True, cwd=root, env=env)
    assert said.returncode == 0
    assert b"Traceback" not in said.stderr
