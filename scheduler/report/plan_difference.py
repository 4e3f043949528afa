"""Two versions of a plan side by side: what was added, taken away or changed, by section, id and field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from scheduler.problem import Problem
from scheduler.report.grid import Grid
from scheduler.text import Text

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
    before: str
    after: str

    @property
    def sign(self) -> str:
        """``+`` for what is new, ``-`` for what is gone, ``~`` for what changed."""
        return "+" if not self.before else "-" if not self.after else "~"


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
    for name in PLAIN:
        old, new = _plain(getattr(before, name)), _plain(getattr(after, name))
        if old != new:
            yield PlanChange(name, "", "", _words(old), _words(new))
    for section in SECTIONS:
        yield from _entries(section, getattr(before, section), getattr(after, section))
    yield from _rules(before, after)


def _entries(section: str, before: Sequence[BaseModel], after: Sequence[BaseModel]) -> Iterator[PlanChange]:
    old, new = _by_id(before), _by_id(after)
    for entry in (*old, *(one for one in new if one not in old)):
        if entry not in new:
            yield PlanChange(section, entry, "", _words(old[entry].get("name", entry)), "")
        elif entry not in old:
            yield PlanChange(section, entry, "", "", _words(new[entry].get("name", entry)))
        else:
            yield from _fields(section, entry, old[entry], new[entry])


def _fields(
    section: str, entry: str, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[PlanChange]:
    for field in old:
        if old[field] != new[field]:
            secret = field in ("phone", "email", "id_number")
            words = ("…", "…") if secret else (_words(old[field]), _words(new[field]))
            yield PlanChange(section, entry, field, *words)


def _rules(before: Problem, after: Problem) -> Iterator[PlanChange]:
    """Rules that stand in one plan only; a rule that changed is one gone and one new."""
    old, new = ([_plain(rule) for rule in plan.rules] for plan in (before, after))
    for rule, plan in zip(old, before.rules):
        if rule not in new:
            yield PlanChange("rules", plan.rule, "", _words(_short(plan)), "")
    for rule, plan in zip(new, after.rules):
        if rule not in old:
            yield PlanChange("rules", plan.rule, "", "", _words(_short(plan)))


def _by_id(entries: Sequence[BaseModel]) -> dict[str, dict[str, object]]:
    found = {}
    for entry in entries:
        plain = _plain(entry)
        assert isinstance(plain, dict)
        found[str(plain["id"])] = plain
    return found


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
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
