"""How a plan is handed out: reminders, times, languages, who sees what."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator

from scheduler.domain.contact import Email
from scheduler.domain.entity import Entity, Words
from scheduler.domain.profile import Profile
from scheduler.domain.refusal import found, refused
from scheduler.text import Languages, Text

_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_DURATION = re.compile(r"(?:\d{1,4}[dhm])+", re.ASCII)
_URL = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
_LONGEST = dt.timedelta(days=28)


def as_duration(value: object) -> dt.timedelta:
    """A length of time, or a text like ``1d``, ``12h``, ``90m``, ``1d12h``; at most four weeks."""
    if isinstance(value, dt.timedelta):
        duration = value
    else:
        word = unicodedata.normalize("NFKC", value).strip().lower() if isinstance(value, str) else ""
        if not _DURATION.fullmatch(word):
            raise _no_duration(value)
        parts = re.findall(r"(\d+)([dhm])", word)
        duration = sum((dt.timedelta(**{_UNITS[unit]: int(n)}) for n, unit in parts), dt.timedelta())
    if not dt.timedelta(0) <= duration <= _LONGEST:
        raise refused(Text("a reminder is at most 28 days before", "提醒最多可提前 28 天"))
    return duration


def as_alarms(value: object) -> object:
    """Several lengths of time: a list, or a text like ``1d,1h``; ``none`` for none."""
    if not isinstance(value, str):
        return value
    words = [word.strip() for word in re.split("[,;\\s，；、]+", value) if word.strip()]
    return [] if [word.lower() for word in words] == ["none"] else words


def _no_duration(value: object) -> Exception:
    what = found(value)
    hint = Text("write 1d, 12h, 90m or none", "请写 1d（天）、12h（小时）、90m（分钟）或 none（不提醒）")
    return refused(
        Text(f"expected a length of time like 1d, found {what.en}", f"应为形如 1d 的时长，实为{what.zh}"),
        hint,
    )


Duration = Annotated[
    dt.timedelta,
    BeforeValidator(as_duration),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{1,4}[dhm])+$", "examples": ["1d", "90m"]}),
]
"""A length of time in days, hours and minutes."""

ALARMS = (dt.timedelta(hours=1), dt.timedelta(days=1))
"""When volunteers are reminded; the most important first, for programs that keep only one."""


class Times(StrEnum):
    """How calendar files write times: in the plan's zone with its definition, or in UTC."""

    LOCAL = "local"
    UTC = "utc"


class Detail(StrEnum):
    """How much of a name or number is shown."""

    HIDDEN = "hidden"
    MASKED = "masked"
    FULL = "full"


class Show(Entity):
    """What one sort of reader sees; what is not given stays as it is by default."""

    names: Detail | None = Field(default=None, description="names of volunteers; masked: 张*")
    phones: Detail | None = Field(default=None, description="phones of volunteers; at most masked")
    leader: Detail | None = Field(default=None, description="the phone of a post's leader")
    partners: bool | None = Field(default=None, description="who else serves on a shift")

    @field_validator("phones")
    @classmethod
    def _never_full(cls, value: Detail | None) -> Detail | None:
        if value is Detail.FULL:
            raise refused(
                Text("phones of volunteers are never handed out in full", "志愿者的电话号码不会完整公开"),
                Text("write masked or hidden", "请写 masked（打码）或 hidden（不显示）"),
            )
        return value


class Organiser(Entity):
    """Who invites: the name and the address that invitations come from."""

    name: Words
    email: Email


def _as_url(value: Any) -> Any:
    if isinstance(value, str) and _URL.fullmatch(value.strip()):
        return value.strip().rstrip("/")
    what = found(value)
    raise refused(
        Text(
            f"expected an address like https://example.org/duty, found {what.en}",
            f"应为形如 https://example.org/duty 的网址，实为{what.zh}",
        )
    )


class Publishing(Entity):
    """How the plan is handed out."""

    alarms: Annotated[tuple[Duration, ...], BeforeValidator(as_alarms)] = Field(
        default=ALARMS, max_length=5, description="reminders before a duty: [1h, 1d]; none: []"
    )
    times: Times = Times.LOCAL
    languages: Languages | None = Field(default=None, description="zh, en or both; default: the program's")
    organiser: Organiser | None = None
    url: Annotated[str, BeforeValidator(_as_url)] | None = Field(
        default=None, description="what the secret links to calendars begin with"
    )
    show: dict[Profile, Show] = Field(default_factory=dict, description="who sees what, by reader")
    draft: bool = Field(default=False, description="events are tentative until this is false")
