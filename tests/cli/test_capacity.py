"""scheduler capacity as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Runner


def test_it_says_from_when_and_whom_to_ask_for(run: Runner, plan_file: Path) -> None:
    plan_file.write_text(plan_file.read_text("utf-8").replace("least: 2", "least: 3"), "utf-8")
    ran = run("capacity", plan_file, "--share", "1", "--lang", "zh")
    assert ran.status == 0
    assert "自2024年3月5日（周二）起" in ran.out
    assert "1. 志愿者（早班 08:00–12:00） 1 名" in ran.out
    assert "任一类少一人都不够" in ran.out
    data = json.loads(run("capacity", plan_file, "--share", "1", "--json").out)
    assert (data["first_day_below"], data["helpers"]["verified_by"]) == ("2024-03-05", "roster")


def test_enough_is_said_and_nobody_is_asked(run: Runner, plan_file: Path) -> None:
    ran = run("capacity", plan_file, "--lang", "en")
    assert "can cover at least 90% of every day" in ran.out
    assert "We ask for" not in ran.out
