"""One calendar of a publication as its file says it, read from the ledger without changing anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.refusal import did_you_mean
from scheduler.domain.roster import Roster
from scheduler.errors import PublishError
from scheduler.io.ics import to_ics
from scheduler.io.publication import take_in
from scheduler.problem import Problem
from scheduler.publish.event import Audience
from scheduler.publish.ledger import open_ledger
from scheduler.text import Language, Text


@dataclass(frozen=True, slots=True)
class Choice:
    """Which calendar is meant: ``all``, ``open``, or ``volunteer:ID``, ``post:ID``, ``organisation:ID``."""

    audience: Audience
    owner: str

    def __str__(self) -> str:
        return f"{self.audience}:{self.owner}" if self.owner else str(self.audience)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A calendar: the bytes of its file, its name, and the UIDs of all events it ever had."""

    data: bytes
    name: Text
    known: frozenset[str]


def chosen(word: str) -> Choice | None:
    """The calendar that a word means; None if it means none."""
    kind, colon, owner = word.partition(":")
    if kind not in tuple(Audience):
        return None
    audience = Audience(kind)
    single = audience in {Audience.ALL, Audience.OPEN}
    return Choice(audience, owner) if single is not bool(colon and owner) else None


def rendered(
    problem: Problem, roster: Roster, ledger: Path, now: dt.datetime, language: Language, which: Choice
) -> Rendered:
    """The calendar that publishing the roster now makes, or has made.

    Raises:
        PublishError: there is no such calendar, or the ledger cannot be used.
    """
    with open_ledger(ledger, problem.id, now, dry=True) as held:
        take_in(held, problem, roster, language)
        feeds = {str(Choice(feed.audience, feed.owner)): feed for feed in held.feeds()}
        if str(which) not in feeds:
            text = Text(f'there is no calendar "{which}"', f"没有日历“{which}”")
            raise PublishError(text, "--calendar", did_you_mean(str(which), sorted(feeds)))
        feed, dress = feeds[str(which)], held.dress
        data = to_ics(held.calendar(feed), *dress.languages, utc=dress.utc)
        return Rendered(data, feed.name, held.uids(feed))
