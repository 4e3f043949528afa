"""Histories at random: whatever is published after whatever, these things hold."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from icalendar import Event as ParsedEvent

from scheduler.domain.roster import Roster
from scheduler.io.publication import publish
from scheduler.text import Language
from tests.io.desk import Desk, changed, plan

PATHS = ["volunteers/duty-anna.ics", "volunteers/duty-bo.ics", "volunteers/duty-cy.ics"]
STEPS = 12


def at_random(rng: random.Random, desk: Desk) -> Roster:
    """A roster a few changes away from nothing, sometimes of a plan with other times or another place."""
    types = [
        {"id": name, "start": f"{8 + n * 5:02}:{rng.choice(['00', '00', '30'])}", "end": f"{12 + n * 5}:00"}
        for n, name in enumerate(("m", "n"))
    ]
    name = rng.choice(["西口", "西口", "西门"])
    desk.plan = plan(
        days=4, shift_types=types, posts=[{"id": "gate", "name": name}], publish={"draft": rng.random() < 0.2}
    )
    instance = desk.plan.instance()
    pairs = [(v, s) for v in range(3) for s in range(len(instance.shifts)) if rng.random() < 0.3]
    return Roster(instance, pairs)


def told(event: ParsedEvent) -> tuple[object, ...]:
    """What must raise the number if it differs."""
    return event.start, event.end, str(event["LOCATION"]), str(event["STATUS"])


@pytest.mark.parametrize("seed", range(2))
def test_files_say_the_roster_and_numbers_only_rise(tmp_path: Path, seed: int) -> None:
    rng, desk = random.Random(seed), Desk(tmp_path)
    last: dict[str, ParsedEvent] = {}
    for _ in range(STEPS):
        desk.now += dt.timedelta(hours=rng.choice([1, 1, 6, 12]))
        given = at_random(rng, desk)
        before = desk.tree() if desk.folder.exists() else {}
        made = publish(desk.plan, given, desk.folder, desk.ledger, desk.now, Language.ZH)
        assert changed(before, desk.tree()) == set(made.written)
        for path, volunteer in zip(PATHS, given.instance.volunteers):
            events = desk.events(path)
            standing = [event for event in events if str(event["STATUS"]) != "CANCELLED"]
            assert [(event.start, event.end) for event in standing] == [
                (shift.start, shift.end) for shift in given.shifts_of(volunteer)
            ]
            assert all(event.end > desk.now for event in events if event not in standing)
            for event in events:
                check(event, last.get(str(event["UID"])), desk.now)
                last[str(event["UID"])] = event
        again = publish(desk.plan, given, desk.folder, desk.ledger, desk.now, Language.ZH)
        assert again.written == ()


def check(event: ParsedEvent, earlier: ParsedEvent | None, now: dt.datetime) -> None:
    """An event against the same event as last published."""
    if earlier is None:
        assert event["SEQUENCE"] == 0
        assert event["CREATED"].dt == event["DTSTAMP"].dt == now
        return
    assert event["CREATED"].dt == earlier["CREATED"].dt
    if told(event) != told(earlier):
        assert event["SEQUENCE"] > earlier["SEQUENCE"]
        assert event["LAST-MODIFIED"].dt == now
    else:
        assert event["SEQUENCE"] >= earlier["SEQUENCE"]
        same = event.to_ical() == earlier.to_ical()
        assert same == (event["LAST-MODIFIED"].dt == earlier["LAST-MODIFIED"].dt)
