"""What commands that answer questions share: reading the roster, saying the answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.speech import speaker

if TYPE_CHECKING:
    from scheduler.advice.answer import Answer
    from scheduler.io.roster_file import RosterRecord


def read_record(roster: Path, plan: Path | None) -> RosterRecord:
    """A roster with its plan; what a person should know about them is said on the way."""
    from scheduler.io.read import read_plan
    from scheduler.io.roster_file import read_roster

    record = read_roster(roster, None if plan is None else read_plan(plan))
    for note in record.notes:
        speaker.err.print(speaker.say(note), markup=False)
    return record


def say(answer: Answer, *, as_json: bool) -> None:
    """Print an answer, to read or as JSON."""
    if as_json:
        typer.echo(json.dumps(dict(answer.data), ensure_ascii=False, indent=2))
        return
    speaker.out.print(speaker.say(answer.title), style="bold", markup=False)
    for line in answer.lines:
        speaker.out.print(speaker.say(line), markup=False)
