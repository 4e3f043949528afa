"""Two versions of a plan side by side: what was added, taken away or changed, by section, id and field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from scheduler.domain.entity import Named
from scheduler.domain.request import Availability, Request
from scheduler.domain.shift import Demand
from scheduler.problem import Problem
from scheduler.report.grid import Grid
from scheduler.report.plan_words import PlanWords
from scheduler.text import Text, same

SECTIONS = ("places", "organisations", "skills", "teams", "shift_types", "posts", "volunteers")
"""The parts of a plan whose entries have ids."""

PLAIN = ("name", "time_zone", "issued", "horizon", "calendar", "demand", "travel", "pairings", "publish")
"""The parts that are compared whole."""

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference: the section, the entry's id (empty for the section itself), the field, and both values."""

    section: str
    entry: str
    field: str
    before: Text
    after: Text

    @property
    def sign(self) -> str:
        """``+`` for what is new, ``-`` for what is gone, ``~`` for what changed."""
        return "+" if not self.before.en else "-" if not self.after.en else "~"


def plan_difference(before: Problem, after: Problem) -> tuple[PlanChange, ...]:
    """What differs between two plans, in the order of a plan's sections."""
    return tuple(_changes(before, after))


def plan_grid(found: Sequence[PlanChange]) -> Grid:
    """One row a change."""
    columns = (
        Text("", ""),
        Text("Section", "部分"),
        Text("Entry", "条目"),
        Text("Field", "字段"),
        Text("Before", "原来"),
        Text("After", "现在"),
    )
    rows = tuple((one.sign, one.section, one.entry, one.field, one.before, one.after) for one in found)
    return Grid(Text("What differs in the plan", "计划的差异"), columns, rows)


def _changes(before: Problem, after: Problem) -> Iterator[PlanChange]:
    words = _plan_words(before, after)
    for name in PLAIN:
        yield from _field(name, "", "", (getattr(before, name), getattr(after, name)), words)
    for section in SECTIONS:
        yield from _entries(section, getattr(before, section), getattr(after, section), words)
    yield from _rules(before, after)


def _plan_words(before: Problem, after: Problem) -> PlanWords:
    """The words of two plans; what both have is called as in the later one."""
    names: dict[str, dict[str, Text]] = {
        section: {one.id: one.label for plan in (before, after) for one in getattr(plan, section)}
        for section in SECTIONS
    }
    return PlanWords(names, after.horizon.day_starts)


def _entries(
    section: str, before: Sequence[Named], after: Sequence[Named], words: PlanWords
) -> Iterator[PlanChange]:
    old, new = ({one.id: one for one in entries} for entries in (before, after))
    for entry in (*old, *(one for one in new if one not in old)):
        if entry not in new:
            yield PlanChange(section, entry, "", old[entry].label, same(""))
        elif entry not in old:
            yield PlanChange(section, entry, "", same(""), new[entry].label)
        else:
            for field in type(old[entry]).model_fields:
                both = getattr(old[entry], field), getattr(new[entry], field)
                yield from _field(section, entry, "" if field == "id" else field, both, words)


def _field(
    section: str, entry: str, field: str, both: tuple[object, object], words: PlanWords
) -> Iterator[PlanChange]:
    old, new = both
    if old == new:
        return
    if field in ("phone", "email", "id_number"):
        yield PlanChange(section, entry, field, same("…"), same("…"))
    else:
        yield PlanChange(section, entry, field, _told(old, words), _told(new, words))


def _told(value: object, words: PlanWords) -> Text:
    """A value in words where it has some; nothing for an empty list."""
    match value:
        case ():
            return same("")
        case (Demand(), *_):
            return _cut(words.demand([one for one in value if isinstance(one, Demand)]))
        case (Request(), *_):
            return _cut(words.requests([one for one in value if isinstance(one, Request)]))
        case Availability():
            return _cut(words.availability(value))
    return same(_words(_plain(value)))


def _rules(before: Problem, after: Problem) -> Iterator[PlanChange]:
    """Rules that stand in one plan only; a rule that changed is one gone and one new."""
    old, new = ([_plain(rule) for rule in plan.rules] for plan in (before, after))
    for rule, plan in zip(old, before.rules):
        if rule not in new:
            yield PlanChange("rules", plan.rule, "", same(_words(_short(plan)) or plan.rule), same(""))
    for rule, plan in zip(new, after.rules):
        if rule not in old:
            yield PlanChange("rules", plan.rule, "", same(""), same(_words(_short(plan)) or plan.rule))


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Text):
        return value.zh if value.zh == value.en else {"en": value.en, "zh": value.zh}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return value if isinstance(value, bool | int | float | str | None) else str(value)


def _short(rule: BaseModel) -> dict[str, object]:
    """A rule's own settings: what it does not leave at the default."""
    return {name: _plain(getattr(rule, name)) for name in sorted(rule.model_fields_set - {"rule"})}


def _words(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return _short_of(text)


def _cut(text: Text) -> Text:
    return Text(_short_of(text.en), _short_of(text.zh))


def _short_of(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
