"""The values of a plan's entries in words, as a table of changes shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from scheduler.domain.calendar import Horizon
from scheduler.domain.moment import as_clock
from scheduler.domain.request import Request, TimeWindow
from scheduler.domain.shift import Demand
from scheduler.domain.volunteer import Tier
from scheduler.io.edit_data import Entry
from scheduler.references import SECTIONS
from scheduler.report.plan_words import PlanWords
from scheduler.text import Text, joined, same

_REFERENCES = {
    "place": ("places",),
    "home": ("places",),
    "within": ("places", "organisations"),
    "organisation": ("organisations",),
    "skills": ("skills",),
    "teams": ("teams",),
}
Part = TypeVar("Part", bound=BaseModel)
_WINDOWS = ("availability.only", "availability.unavailable")


class EntryWords:
    """Says values by their dotted key, with the names of one or more versions of a plan's data."""

    def __init__(self, *versions: Entry) -> None:
        names = {section: _names(section, versions) for section in SECTIONS}
        self._words = PlanWords(names, _day_starts(versions[-1]))

    def told(self, key: str, shown: str | None, raw: object) -> Text:
        """A value in words; as it is written (``shown``) if it has none.

        Args:
            key: the dotted key.
            shown: the value as a table's cell holds it, numbers masked; None if there is none.
            raw: the value as the plan's data has it.
        """
        if shown is None:
            return same("")
        words = self._words
        parts = {
            "demand": partial(_said, Demand, words.demand),
            "requests": partial(_said, Request, words.requests),
            **dict.fromkeys(_WINDOWS, partial(_said, TimeWindow, words.windows)),
        }
        if key in parts:
            return parts[key](raw) or same(shown)
        if key == "tier" and shown in list(Tier):
            return Tier(shown).label
        if sections := _REFERENCES.get(key):
            return joined([words.name(one, *sections) for one in shown.split("; ")], en="; ", zh="；")
        return same(shown)


def _said(kind: type[Part], say: Callable[[list[Part]], Text], raw: object) -> Text | None:
    """A list of parts in words; None if the data is no such list."""
    try:
        return say([kind.model_validate(one) for one in (raw if isinstance(raw, list) else [raw])])
    except ValidationError:
        return None


def _names(section: str, versions: tuple[Entry, ...]) -> dict[str, Text]:
    return {
        str(entry["id"]): called(entry)
        for data in versions
        for entry in _entries(data, section)
        if isinstance(entry, dict) and "id" in entry
    }


def _entries(data: Entry, section: str) -> list[object]:
    found = data.get(section)
    return found if isinstance(found, list) else []


def called(entry: Entry) -> Text:
    """What an entry is called, in both languages."""
    name = entry.get("name", entry["id"])
    if isinstance(name, dict):
        return Text(*(str(name.get(one) or entry["id"]) for one in ("en", "zh")))
    return same(str(name))


def _day_starts(data: Entry) -> dt.time:
    horizon = data.get("horizon")
    starts = horizon.get("day_starts") if isinstance(horizon, dict) else None
    default: dt.time = Horizon.model_fields["day_starts"].default
    return default if starts is None else as_clock(starts)
