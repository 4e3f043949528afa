"""What is known of a plan that is not valid as a whole, so that its other faults can be found too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from scheduler.domain.refusal import near
from scheduler.domain.uses import Keys
from scheduler.problem import Problem
from scheduler.references import SECTIONS, Facts


def partial_facts(plan: dict[str, object], unread: Iterable[str]) -> Facts:
    """The parts of a plan's data that are good in themselves, and the ids that are given anyway."""
    entries = [
        ((section, n), entry)
        for section, field in Problem.model_fields.items()
        if get_origin(field.annotation) is tuple and isinstance(listed := plan.get(section), list)
        for n, entry in enumerate(listed)
    ]
    parts = tuple((keys, part) for keys, entry in entries if (part := _part(str(keys[0]), entry)))
    given = tuple((str(keys[0]), name, keys) for keys, entry in entries if (name := _id(keys, entry)))
    return Facts(parts, given, bool(plan.get("demand")), frozenset({*unread, *_unread(plan)}))


def _part(section: str, entry: object) -> BaseModel | None:
    try:
        return _adapter(section).validate_python(entry)
    except ValidationError:
        return None


@cache
def _adapter(section: str) -> TypeAdapter[BaseModel]:
    return TypeAdapter(get_args(Problem.model_fields[section].annotation)[0])


def _id(keys: Keys, entry: object) -> str:
    name = entry.get("id") if isinstance(entry, dict) and keys[0] in SECTIONS else None
    return name.strip() if isinstance(name, str) else ""


def _unread(plan: dict[str, object]) -> Iterator[str]:
    """Sections that are there in some way, but not as lists under their name."""
    for section in SECTIONS:
        field = Problem.model_fields[section]
        if not isinstance(plan.get(section), list) and (section in plan or field.is_required()):
            yield section
    for key in plan.keys() - Problem.model_fields.keys():
        yield from near(str(key), SECTIONS)
