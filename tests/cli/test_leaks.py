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
