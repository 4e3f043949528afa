"""Which publication of an event is due: of a first edition, every one is new."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from scheduler.problem import Problem
from scheduler.publish.event import Entry, Revision


class Ledger(Protocol):
    """Knows what was handed out before."""

    @property
    def issued(self) -> dt.datetime:
        """When this edition is handed out, in UTC."""

    def revision(self, entry: Entry) -> Revision:
        """The revision under which an entry is to be published now."""


@dataclass(frozen=True, slots=True)
class FirstEdition:
    """Nothing was handed out before: every event is new."""

    issued: dt.datetime

    @classmethod
    def of(cls, problem: Problem) -> FirstEdition:
        """The first edition of a plan: when it was given out, else at the start of its first duty day."""
        horizon = problem.horizon
        local = problem.issued or dt.datetime.combine(horizon.first, horizon.day_starts)
        return cls(local.replace(tzinfo=problem.zone, microsecond=0).astimezone(dt.UTC))

    def revision(self, entry: Entry) -> Revision:
        """The first, for every entry."""
        return Revision(sequence=0, created=self.issued, stamp=self.issued, status=entry.status)
