"""Windows as a plan's file holds them: in their short form."""

from __future__ import annotations

from scheduler.domain import shorthand
from scheduler.domain.request import TimeWindow


def short(window: TimeWindow) -> str:
    """A window's short form: ``mon-fri 19:00-24:00``; midnight as an end is written so."""
    return shorthand.contract(window.model_dump(exclude_none=True))
