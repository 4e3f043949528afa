"""A plan on disk and a way to run the command line as a person does, in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from scheduler.cli import app
from scheduler.cli.speech import speaker

PLAN = """\
id: small
name: {en: Small world, zh: 小世界}
horizon: {first: 2024-03-04, last: 2024-03-05}
places: [{id: town}]
shift_types:
  - {id: morning, name: {en: morning, zh: 早班}, start: "08:00", end: "12:00"}
posts:
  - {id: gate, name: {en: Gate, zh: 大门}, place: town, demand: [{shifts: [morning], least: 2}]}
volunteers:
  - {id: anna, name: 林安, availability: always}
  - {id: bo, name: 王波, availability: always}
  - {id: cai, name: 蔡青, availability: 2024-03-04}
rules:
  - {rule: pinned, assignments: [{volunteer: bo, post: gate, day: 2024-03-04, shift_type: morning}]}
"""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str


Runner = Callable[..., Ran]


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    language = speaker.language

    def command(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["scheduler", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            app.main()
        speaker.language = language
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return command
