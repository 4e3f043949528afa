"""A coordinator's desk for tests: a small plan published again and again into one folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from icalendar import Calendar as Parsed
from icalendar import Event as ParsedEvent

from scheduler.io.publication import Publication, publish
from scheduler.problem import Problem
from scheduler.text import Language
from tests.builders import problem, roster

NOW = dt.datetime(2024, 3, 1, 1, tzinfo=dt.UTC)
"""Friday morning, three days before the plan begins."""

PEOPLE: tuple[dict[str, Any], ...] = (
    {"id": "anna", "name": {"en": "Anna Lin", "zh": "林安"}, "organisation": "club"},
    {"id": "bo", "name": {"en": "Bo Wang", "zh": "王波"}, "organisation": "club"},
    {"id": "cy", "name": {"en": "Cy Cai", "zh": "蔡茜"}},
)


def plan(**more: Any) -> Problem:
    facts: dict[str, Any] = {
        "people": PEOPLE,
        "posts": [{"id": "gate", "name": {"en": "West Gate", "zh": "西口"}}, {"id": "side", "name": "东口"}],
        "organisations": [{"id": "club", "name": "九三"}],
    }
    return problem(**(facts | more))


class Desk:
    """Publishes rosters of a plan; each publication is an hour after the one before."""

    def __init__(self, folder: Path, **more: Any) -> None:
        self.folder = folder / "published"
        self.ledger = folder / "publication.sqlite"
        self.now = NOW
        self.plan = plan(**more)

    def publish(self, language: Language = Language.ZH, *, dry: bool = False, **served: str) -> Publication:
        self.now += dt.timedelta(hours=1)
        given = roster(self.plan.instance(), **served)
        return publish(self.plan, given, self.folder, self.ledger, self.now, language, dry=dry)

    def tree(self) -> dict[str, bytes]:
        """Every file of the folder."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    def events(self, path: str) -> list[ParsedEvent]:
        """The events of a file, by start."""
        (calendar,) = Parsed.from_ical((self.folder / path).read_bytes(), multiple=True)
        return sorted(calendar.walk("VEVENT"), key=lambda event: event.start)

    def own(self, person: str) -> list[str]:
        """Somebody's events as status, number and start in local time."""
        return [
            f"{event['STATUS']} {event['SEQUENCE']} {event.start:%d %H:%M}"
            for event in self.events(f"volunteers/duty-{person}.ics")
        ]


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The calendar files that are not as before."""
    names = before.keys() | after.keys()
    return {name for name in names if before.get(name) != after.get(name)} - {"index.json"}
