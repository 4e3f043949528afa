"""scheduler attend as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Runner


@pytest.fixture
def roster(run: Runner, plan_file: Path, tmp_path: Path) -> Path:
    table = tmp_path / "roster.csv"
    table.write_text("shift,volunteer\ngate/2024-03-04/morning,anna\ngate/2024-03-04/morning,bo\n", "utf-8")
    return table


def sheet(folder: Path, *lines: str) -> Path:
    path = folder / "sheet.csv"
    path.write_text("\n".join(["姓名,日期,班次,签到,备注", *lines]), "utf-8")
    return path


def test_a_sheet_is_recorded_beside_the_roster(
    run: Runner, plan_file: Path, roster: Path, tmp_path: Path
) -> None:
    came = sheet(tmp_path, "林安,3月4日,早班,08:10,", "王波,3月4日,早班,,")
    ran = run("attend", roster, "--plan", plan_file, "--sheet", came, "--lang", "zh")
    assert ran.status == 0
    assert "读入 1 个班次" in ran.out
    written = (tmp_path / "attendance.json").read_bytes()
    assert [one["presence"] for one in json.loads(written)["records"]] == ["late", "absent"]
    assert run("attend", roster, "--plan", plan_file, "--sheet", came, "--grace", "10").status == 0
    records = json.loads((tmp_path / "attendance.json").read_bytes())["records"]
    assert [one["presence"] for one in records] == ["attended", "absent"]
    run("attend", roster, "--plan", plan_file, "--sheet", came)
    assert (tmp_path / "attendance.json").read_bytes() == written


def test_a_dry_run_and_a_faulty_sheet_write_nothing(
    run: Runner, plan_file: Path, roster: Path, tmp_path: Path
) -> None:
    came = sheet(tmp_path, "林安,3月4日,早班,√,")
    ran = run("attend", roster, "--plan", plan_file, "--sheet", came, "--dry-run", "--json")
    assert json.loads(ran.out)[0]["rows"][0][1:4] == [1, 2, 1]
    ran = run("attend", roster, "--plan", plan_file, "--sheet", sheet(tmp_path, "林安,3月4日,早班,abc,"))
    assert ran.status == 3
    assert "sheet.csv:2 D" in ran.err
    assert not (tmp_path / "attendance.json").exists()
