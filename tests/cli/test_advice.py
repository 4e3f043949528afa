"""Questions at the command line: why, who instead, what clashes, what differs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, Runner

MORE = """\
  - {rule: one-per-day}
  - {rule: fair-load}
"""
DUTY = "bo@gate 3-4 morning"


@pytest.fixture
def roster_file(run: Runner, plan_file: Path, tmp_path: Path) -> Path:
    """Anna and Bo, or Cai, on two mornings; Bo is pinned to the first."""
    plan_file.write_text(PLAN + MORE, encoding="utf-8")
    table = tmp_path / "hand.csv"
    rows = ["shift,volunteer", "gate/2024-03-04/morning,bo", "gate/2024-03-04/morning,anna"]
    table.write_text("\n".join([*rows, "gate/2024-03-05/morning,bo"]) + "\n", encoding="utf-8")
    return table


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Others who could serve instead: 1"), ("zh", "可替换的其他人：1 人")]
)
def test_why_speaks_both_languages(
    run: Runner, roster_file: Path, plan_file: Path, lang: str, said: str
) -> None:
    ran = run("--lang", lang, "explain", "why", roster_file, "林安", "gate 4日 morning", "--plan", plan_file)
    assert ran.status == 0
    assert said in ran.out
    assert "蔡青" in ran.out


def test_why_not_names_the_rule(run: Runner, roster_file: Path, plan_file: Path) -> None:
    ran = run("explain", "why-not", roster_file, "cai", "gate 3-5 morning", "--plan", plan_file, "--json")
    data = json.loads(ran.out)
    assert [one["rule"] for one in data["alone"]["breaches"]] == ["availability"]


def test_why_empty_counts_everybody(run: Runner, roster_file: Path, plan_file: Path) -> None:
    ran = run("explain", "why-empty", roster_file, "gate 3-5 morning", "--plan", plan_file, "--json")
    data = json.loads(ran.out)
    assert (data["missing"], data["serving"], data["people"]) == (1, 1, 3)
    assert data["barred"] == {"availability": 1}
    assert [one["add"][0]["volunteer"] for one in data["able"]] == ["anna"]


def test_the_score_is_the_referees(run: Runner, roster_file: Path, plan_file: Path) -> None:
    parts = run("explain", "score", roster_file, "--plan", plan_file, "--json")
    checked = run("check", plan_file, "--roster", roster_file, "--json")
    score = json.loads(checked.out)["score"]
    assert {level: json.loads(parts.out)["score"][level] for level in score} == score


def test_rules_that_can_hold_are_said_to(run: Runner, plan_file: Path) -> None:
    ran = run("explain", "conflict", plan_file)
    assert ran.status == 0
    assert "can hold together" in ran.out


@pytest.mark.parametrize(("lang", "said"), [("en", "None of these can be left out"), ("zh", "缺一不可")])
def test_a_conflict_has_an_exit_status_of_its_own(run: Runner, plan_file: Path, lang: str, said: str) -> None:
    least = "  - {rule: max-load, volunteers: [cai], per: horizon, least: 2}\n"
    plan_file.write_text(PLAN + MORE + least, encoding="utf-8")
    ran = run("--lang", lang, "explain", "conflict", plan_file)
    assert ran.status == 4
    assert said in ran.out
    assert "蔡青" in ran.out
    assert "林安" not in ran.out
    data = json.loads(run("explain", "conflict", plan_file, "--json").out)
    assert data["holds"] is False
    assert data["conflicts"][0]["minimal"] is True


def test_no_time_is_no_answer(run: Runner, plan_file: Path) -> None:
    assert run("explain", "conflict", plan_file, "--seconds", "0").status == 5


def test_suggestions_are_ranked(run: Runner, roster_file: Path, plan_file: Path) -> None:
    ran = run("suggest", roster_file, "gate 3-4 morning", "--without", "anna", "--plan", plan_file, "--json")
    data = json.loads(ran.out)
    assert [one["add"][0]["volunteer"] for one in data["substitutes"]] == ["cai"]
    assert data["without"] == "anna"


def test_a_duty_is_handed_on_into_a_new_file(
    run: Runner, roster_file: Path, plan_file: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.json"
    arguments = ("swap", roster_file, "anna@gate 3-4 morning", "cai", "--plan", plan_file, "--out", new)
    assert run(*arguments).status == 0
    crew = {(one["volunteer"], one["shift"]) for one in json.loads(new.read_text("utf-8"))["assignments"]}
    assert ("cai", "gate/2024-03-04/morning") in crew
    assert ("anna", "gate/2024-03-04/morning") not in crew
    before = new.read_bytes()
    assert run(*arguments).status != 0, "nothing is overwritten"
    assert new.read_bytes() == before
    assert run(*arguments, "--force").status == 0
    assert run("check", new).status == 0


def test_a_pinned_duty_is_not_handed_on(
    run: Runner, roster_file: Path, plan_file: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.json"
    ran = run("--lang", "zh", "swap", roster_file, DUTY, "cai", "--plan", plan_file, "--out", new)
    assert ran.status == 1
    assert "未按指定值守" in ran.err
    assert not new.exists()


def test_nobody_of_that_name_is_an_input_error(run: Runner, roster_file: Path, plan_file: Path) -> None:
    ran = run("explain", "why", roster_file, "anne", "--plan", plan_file)
    assert ran.status == 3
    assert 'did you mean "anna"' in ran.err


def test_two_versions_of_a_plan_are_compared(run: Runner, plan_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(PLAN.replace("least: 2", "least: 1"), encoding="utf-8")
    assert "2 people" in run("compare", plan_file, other).out
    assert "两者相同" in run("--lang", "zh", "compare", plan_file, plan_file).out


def test_two_rosters_are_compared(run: Runner, roster_file: Path, plan_file: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    swap = ("swap", roster_file, "anna@gate 3-4 morning", "cai", "--plan", plan_file, "--out", one)
    back = ("swap", one, "cai@gate 3-4 morning", "anna", "--out", other)
    assert run(*swap).status == run(*back).status == 0
    ran = run("compare", one, other)
    assert ran.status == 0
    assert "林安" in ran.out
