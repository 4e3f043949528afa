"""Assignments by name as a roster; what the plan does not have is a fault with its row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain.instance import Instance
from scheduler.domain.refusal import did_you_mean
from scheduler.domain.roster import Roster
from scheduler.errors import Fault, InputError
from scheduler.text import Text

_GUESSES = 40
"""How many unknown volunteers get a guess; guessing is slow."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a roster: where it stands, the shift and the volunteer."""

    place: str
    shift: str
    volunteer: str


def named_roster(instance: Instance, entries: Sequence[Entry], faults: Iterable[Fault] = ()) -> Roster:
    """The roster of the entries.

    Raises:
        InputError: the faults there were already, and every entry that is unknown or stands twice.
    """
    found = list(faults)
    first: dict[tuple[str, str], str] = {}
    guesses: dict[str, Text | None] = {}
    for entry in entries:
        if entry.shift not in instance.shift_index:
            found.append(Fault(entry.place, *_no_shift(instance, entry.shift)))
        if entry.volunteer not in instance.volunteer_index:
            found.append(_no_volunteer(instance, entry, guesses))
        if (pair := (entry.volunteer, entry.shift)) in first:
            found.append(_twice(entry, first[pair]))
        first.setdefault(pair, entry.place)
    if found:
        raise InputError(found)
    return Roster.named(instance, first)


def _no_volunteer(instance: Instance, entry: Entry, guesses: dict[str, Text | None]) -> Fault:
    name = entry.volunteer
    if not name:
        return Fault(entry.place, Text("the volunteer is missing", "缺少志愿者"))
    if name not in guesses:
        guesses[name] = did_you_mean(name, instance.volunteer_index) if len(guesses) < _GUESSES else None
    return Fault(entry.place, Text(f'no volunteer "{name}"', f"没有志愿者“{name}”"), guesses[name])


def _twice(entry: Entry, first: str) -> Fault:
    text = Text(f"{entry.volunteer} is on {entry.shift} already", f"{entry.volunteer} 已在 {entry.shift} 中")
    return Fault(entry.place, text, Text(f"first in {first}", f"首次出现于 {first}"))


def _no_shift(instance: Instance, name: str) -> tuple[Text, Text | None]:
    """Why there is no shift of that name: its form, post, type, day, or no demand for it."""
    if not name:
        return Text("the shift is missing", "缺少班次"), None
    text = Text(f'no shift "{name}"', f"没有班次“{name}”")
    parts = name.split("/")
    if len(parts) != 3:
        return text, Text(
            "write post/day/shift type: gate/2020-03-02/morning",
            "请写成 岗位/日期/班型：gate/2020-03-02/morning",
        )
    post, day, kind = parts
    if post not in instance.posts:
        return text, did_you_mean(post, instance.posts) or Text("no such post", "没有该岗位")
    if kind not in instance.shift_types:
        return text, did_you_mean(kind, instance.shift_types) or Text("no such shift type", "没有该班型")
    if not _in_horizon(instance, day):
        first, last = instance.horizon.first, instance.horizon.last
        return text, Text(
            f"the days are {first} to {last}, written 2020-03-02",
            f"日期为 {first} 至 {last}，写法如 2020-03-02",
        )
    return text, Text("the post has no such shift on that day", "该岗位当天没有此班次")


def _in_horizon(instance: Instance, day: str) -> bool:
    try:
        return instance.horizon.first <= dt.date.fromisoformat(day) <= instance.horizon.last
    except ValueError:
        return False
