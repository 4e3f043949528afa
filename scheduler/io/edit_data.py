"""Plain data being changed: values by dotted key, and when two ways of writing say the same."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from enum import Enum

from pydantic import BaseModel

from scheduler.domain import shorthand
from scheduler.domain.calendar import DaySelector
from scheduler.io import cells
from scheduler.text import Text

Entry = dict[str, object]
"""A part of a plan as its file says it."""

_NUMBER = re.compile(r"-?(0|[1-9]\d*)\.\d+")
_WINDOW_KEYS = {"dates", "weekdays", "classes", "hours", "start", "end", "source"}


def plain(value: object) -> object:
    """A value as a plan's file holds it: dates and times as texts, facts as mappings of what is given."""
    if isinstance(value, Text):
        return value.en if value.en == value.zh else {"en": value.en, "zh": value.zh}
    if isinstance(value, DaySelector):
        dumped = json.loads(value.model_dump_json(exclude_defaults=True))
        return shorthand.contract(dumped) or dumped
    if isinstance(value, BaseModel):
        return {key: plain(inner) for key, inner in value if inner != _default(value, key)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return _plain_scalar(value)


def _default(value: BaseModel, key: str) -> object:
    return type(value).model_fields[key].get_default(call_default_factory=True)


def _plain_scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def follow(entry: Entry, key: str) -> object:
    """The value at a dotted key; None if there is none."""
    value: object = entry
    for n, part in enumerate(key.split(".")):
        value = (_long(value, n, key) or {}).get(part)
    return value


def put_at(entry: Entry, key: str, value: object) -> None:
    """Set the value at a dotted key, None to take it away; one that says the same already stays as it is."""
    if _told(key, follow(entry, key)) == _told(key, value):
        return
    *around, last = key.split(".")
    for n, part in enumerate(around):
        inner = _long(entry.get(part), n + 1, key)
        if inner is None:
            inner = {}
        entry[part] = inner
        entry = inner
    if value is None:
        entry.pop(last, None)
    else:
        entry[last] = value


def canonical(value: object) -> str:
    """A value in words that are the same for all ways of writing it: windows short, numbers without zeros."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str):
        return canonical(float(value)) if _NUMBER.fullmatch(value.strip()) else value.strip()
    if isinstance(value, list):
        return "; ".join(map(canonical, value))
    if not isinstance(value, dict):
        return cells.word(value) or ""
    if value and set(value) <= _WINDOW_KEYS:
        return shorthand.contract(value)
    return "{" + ", ".join(f"{key}: {canonical(inner)}" for key, inner in value.items()) + "}"


def _told(key: str, value: object) -> str:
    """What a value says, whatever form it is written in."""
    return canonical(long_availability(value) if key == "availability" else value)


def _long(value: object, depth: int, key: str) -> Entry | None:
    """A mapping, or the mapping that a short form of availability stands for."""
    if value is None or isinstance(value, dict):
        return value
    assert (depth, key.partition(".")[0]) == (1, "availability"), f"{key} leads through a plain value"
    long = long_availability(value)
    assert isinstance(long, dict)
    return long


def long_availability(value: object) -> object:
    """Availability as a mapping, whatever form it is written in; None if nothing was said."""
    if isinstance(value, str) and value.strip().casefold() == "always":
        return {"always": True}
    if isinstance(value, str | list):
        return {"only": value if isinstance(value, list) else shorthand.split(value)}
    return value
