"""scheduler repair and disrupt, as a person at a desk uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Runner

ROSTER = {
    "gate/2024-03-04/morning": ("bo", "cai"),
    "gate/2024-03-05/morning": ("anna", "bo"),
}
NOW = ("--now", "2024-03-02 08:00", "--seconds", "20", "--jobs", "1")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "published.csv"
    rows = [f"{shift},{who}" for shift, crew in ROSTER.items() for who in crew]
    path.write_text("\n".join(["shift,volunteer", *rows, ""]), encoding="utf-8")
    return path


def test_an_illness_is_repaired_and_says_whom_to_call(
    run: Runner, plan_file: Path, published: Path, tmp_path: Path
) -> None:
    assert run("disrupt", "ill", plan_file, "蔡青", "--from", "2024-03-04").status == 0
    done = run("repair", plan_file, published, "--out", tmp_path / "new", *NOW)
    assert done.status == 0
    assert "People whose duties change: 2; duties that change: 2" in done.out
    assert (
        "Proven: nobody can cover the posts better, nor as well with fewer people or fewer changes"
        in done.out
    )
    chinese = run("--lang", "zh", "repair", plan_file, published, "--out", tmp_path / "zh", *NOW)
    assert "共影响2人，变动2个班次" in chinese.out
    assert "现已无法履行的已发布班次：1个" in chinese.out
    rows = (tmp_path / "zh" / "changes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "联系,原因,不再值守,改为值守"
    assert "林安,请其补位,,大门 3月4日早班 08:00–12:00" in rows
    assert "蔡青,无法值守,大门 3月4日早班 08:00–12:00," in rows
    kept = json.loads((tmp_path / "new" / "roster.json").read_text(encoding="utf-8"))
    assert {"shift": "gate/2024-03-04/morning", "volunteer": "anna"} in kept["assignments"]
    assert run("check", tmp_path / "new" / "roster.json").status == 0


def test_frozen_time_and_its_gap_are_said(
    run: Runner, plan_file: Path, published: Path, tmp_path: Path
) -> None:
    run("disrupt", "ill", plan_file, "cai", "--from", "2024-03-04")
    soon = ("--now", "2024-03-03 12:00", "--seconds", "20")
    done = run("repair", plan_file, published, "--out", tmp_path / "a", "--json", *soon)
    found = json.loads(done.out)
    assert found["frozen"] == [{"volunteer": "cai", "shift": "gate/2024-03-04/morning"}]
    assert found["open_shifts"] == [{"shift": "gate/2024-03-04/morning", "missing": 1}]
    said = run("repair", plan_file, published, "--out", tmp_path / "b", *soon)
    assert "before 2024-03-04 12:00, in frozen time: 1" in said.out
    now = run("repair", plan_file, published, "--out", tmp_path / "c", "--json", "--freeze-hours", "0", *soon)
    assert json.loads(now.out)["open_shifts"] == []


def test_a_budget_that_costs_cover_says_what_more_would_do(
    run: Runner, plan_file: Path, published: Path, tmp_path: Path
) -> None:
    run("disrupt", "ill", plan_file, "cai", "--from", "2024-03-04")
    done = run("repair", plan_file, published, "--out", tmp_path / "a", "--max-people", "0", *NOW)
    assert done.status == 0
    assert "costs cover (proven): without it 1 people (fewer people do not: proven) and 1 changes" in done.out
    assert "Proven: within the budget nobody can cover the posts better" in done.out
    assert "open shifts: 1" in done.out


def test_files_that_are_there_and_moments_that_are_none_are_refused(
    run: Runner, plan_file: Path, published: Path, tmp_path: Path
) -> None:
    assert run("repair", plan_file, published, "--out", tmp_path / "a", *NOW).status == 0
    assert run("repair", plan_file, published, "--out", tmp_path / "a", *NOW).status == 6
    wrong = run("repair", plan_file, published, "--out", tmp_path / "b", "--now", "tomorrow")
    assert wrong.status == 2
    assert "2020-03-05 18:00" in wrong.err


def test_a_trial_of_a_disruption_writes_nothing(run: Runner, plan_file: Path) -> None:
    before = plan_file.read_bytes()
    shown = run("disrupt", "close-post", plan_file, "Gate", "--from", "2024-03-05", "--dry-run")
    assert shown.status == 0
    assert "2024-03-05: 0" in shown.out
    assert plan_file.read_bytes() == before


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2024-03-05", "2024-03-05", 0),
        ("2024-03-01", "2024-03-04", 0),
        ("2024-03-06", "2024-03-09", 2),
        ("2024-03-05", "2024-03-04", 2),
        ("2024-03-01", "2024-03-03", 2),
        ("5 March", "2024-03-05", 2),
    ],
)
def test_days_must_meet_the_plan(run: Runner, plan_file: Path, first: str, last: str, status: int) -> None:
    done = run("disrupt", "ill", plan_file, "anna", "--from", first, "--to", last)
    assert done.status == status


def test_whom_nobody_knows_is_an_error_with_a_guess(run: Runner, plan_file: Path) -> None:
    done = run("disrupt", "leave", plan_file, "ana")
    assert done.status == 3
    assert 'did you mean "anna"' in done.err
