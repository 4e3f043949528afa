"""check --leaks, as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Runner


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text("姓名,电话\n王,13812341234\n李,138****1234\n", encoding="utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def test_a_leak_is_named_masked_and_is_a_failure(run: Runner, folder: Path) -> None:
    found = run("--lang", "zh", "check", "--leaks", folder)
    assert found.status == 1
    assert f"{folder.as_posix()}/list.csv:2：手机号 138****1234 未遮挡" in found.out
    assert "检索 2 个文件，发现 1 处未遮挡的号码" in found.out
    assert "scan.pdf: 无法检索 PDF 中的文字" in found.err
    assert "13812341234" not in found.out + found.err


def test_leaks_as_json(run: Runner, folder: Path) -> None:
    found = json.loads(run("check", "--leaks", folder, "--json").out)
    assert [one["kind"] for one in found["leaks"]] == ["mobile"]
    assert [Path(one["place"]).name for one in found["not_searched"]] == ["scan.pdf"]


def test_a_clean_file_is_clean_and_a_missing_one_is_an_error(run: Runner, plan_file: Path) -> None:
    clean = run("check", "--leaks", plan_file)
    assert (clean.status, clean.out) == (0, "No unmasked mobile or identity number in 1 files.\n")
    assert run("check", "--leaks", plan_file.parent / "none").status == 3


def test_check_wants_something_to_check(run: Runner) -> None:
    nothing = run("--lang", "zh", "check")
    assert nothing.status == 2
    assert "请指定计划、排班，或 --leaks 文件夹" in nothing.err


@pytest.fixture
def leaking(run: Runner, plan_file: Path, tmp_path: Path) -> Path:
    """The roster of a plan in which somebody's phone stands in their name."""
    text = plan_file.read_text("utf-8")
    plan_file.with_name("sound.yaml").write_text(text, encoding="utf-8")
    plan_file.write_text(text.replace("name: 王波", "name: 王波 138-1234-1234"), encoding="utf-8")
    assert run("solve", plan_file, "--out", tmp_path / "out").status == 0
    return tmp_path / "out" / "roster.json"


def test_exported_calendars_that_show_a_number_are_told_and_a_failure(
    run: Runner, leaking: Path, plan_file: Path, tmp_path: Path
) -> None:
    said = run("--lang", "zh", "export", "ics", leaking, "--out", tmp_path / "calendars")
    assert said.status == 6
    assert "请修改计划后重新生成，勿分发" in said.err
    assert "calendars/posts/post-gate.ics:" in said.err
    assert "手机号 138****1234 未遮挡" in said.err
    sound = ("--plan", plan_file.with_name("sound.yaml"))
    assert run("export", "ics", leaking, "--out", tmp_path / "calendars", *sound).status == 0


def test_calendars_that_would_show_a_number_are_not_published_however_often_one_tries(
    run: Runner, leaking: Path, plan_file: Path, tmp_path: Path
) -> None:
    for more in (("--dry-run",), (), ("--json",)):
        said = run("--lang", "zh", "publish", leaking, "--out", tmp_path / "published", *more)
        assert (said.status, said.out) == (6, "")
        assert "其中有未遮挡的手机号或身份证号" in said.err
        assert "published/posts/post-gate.ics:" in said.err
        assert "手机号 138****1234 未遮挡" in said.err
        assert list((tmp_path / "published").glob("**/*.ics")) == []
    sound = ("--plan", plan_file.with_name("sound.yaml"))
    assert run("publish", leaking, "--out", tmp_path / "published", *sound).status == 0
    assert len(list((tmp_path / "published").glob("volunteers/*.ics"))) == 3


def test_a_leaders_phone_may_be_read_where_the_plan_says_so(
    run: Runner, plan_file: Path, tmp_path: Path
) -> None:
    text = plan_file.read_text("utf-8").replace(
        "place: town,", "place: town, leader: 陈, phone: '13812341234',"
    )
    plan_file.write_text(f"{text}publish: {{show: {{volunteer: {{leader: full}}}}}}\n", encoding="utf-8")
    assert run("solve", plan_file, "--out", tmp_path / "out").status == 0
    assert run("publish", tmp_path / "out" / "roster.json", "--out", tmp_path / "published").status == 0
    assert run("check", "--leaks", tmp_path / "published").status == 1
    assert run("check", plan_file, "--leaks", tmp_path / "published").status == 0
