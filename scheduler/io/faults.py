"""Validation errors as faults: the place in the file, both languages, one fault a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scheduler.domain.annotations import fields_at
from scheduler.domain.refusal import did_you_mean, near
from scheduler.errors import Fault
from scheduler.io.marked import Keys, Marked
from scheduler.io.translations import translated
from scheduler.text import Text, joined

_NOWHERE = object()


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A validation error and the keys it concerns; in a union's branch if its location has more."""

    error: ErrorDetails
    keys: Keys
    branch: bool

    @property
    def kind(self) -> str:
        return self.error["type"]


def validation_faults(error: ValidationError, model: type[BaseModel], marked: Marked) -> list[Fault]:
    """What a validation of marked data found, in order."""
    every = [_wrong(one, marked.data) for one in error.errors(include_url=False)]
    strange = dict(_strange(every, model, marked.data))
    meant = {(*keys[:-1], name) for keys, known in strange.items() for name in near(str(keys[-1]), known)}
    groups: dict[tuple[Keys, str], list[_Wrong]] = {}
    for wrong in every:
        deeper = wrong.branch and any(_inside(other.keys, wrong.keys) for other in every)
        if not deeper and not (wrong.kind == "missing" and wrong.keys in meant):
            groups.setdefault((wrong.keys, _sort(wrong)), []).append(wrong)
    return [_fault(group, strange, marked) for group in groups.values()]


def _fault(group: list[_Wrong], strange: dict[Keys, list[str]], marked: Marked) -> Fault:
    said = [translated(wrong.error) for wrong in group]
    texts = list(dict.fromkeys(text for text, _ in said))
    hint = next((hint for _, hint in said if hint), None)
    keys = group[0].keys
    if known := strange.get(keys):
        every = Text(f"keys: {', '.join(known)}", f"可用的键：{'、'.join(known)}")
        hint = did_you_mean(str(keys[-1]), known) or every
    return Fault(marked.marks.place(keys), _either(texts), hint)


def _either(texts: list[Text]) -> Text:
    """What the branches of a union say, as one sentence: what was found is said once."""
    if len(texts) == 1:
        return texts[0]
    heads = [Text(text.en.partition(", found ")[0], text.zh.partition("，实为")[0]) for text in texts]
    either, last = joined(heads, en=", or ", zh="，或"), texts[-1]
    return Text(
        either.en + last.en.removeprefix(heads[-1].en), either.zh + last.zh.removeprefix(heads[-1].zh)
    )


def _wrong(error: ErrorDetails, data: object) -> _Wrong:
    """Find the data an error's location means; locations also hold the names of union branches."""
    keys: list[str | int] = []
    location = error["loc"]
    for key in location:
        if (inner := _step(data, key)) is not _NOWHERE:
            data = inner
            keys.append(key)
    branch = len(keys) < len(location)
    if error["type"] == "missing":
        return _Wrong(error, (*keys, location[-1]), branch=False)
    if error["type"] == "union_tag_invalid":
        return _Wrong(error, (*keys, error["ctx"]["discriminator"].strip("'")), branch=False)
    return _Wrong(error, tuple(keys), branch)


def _step(data: object, key: str | int) -> object:
    if isinstance(data, dict):
        return data.get(key, _NOWHERE)
    return data[key] if isinstance(data, list) and isinstance(key, int) and key < len(data) else _NOWHERE


def _strange(every: list[_Wrong], model: type[BaseModel], data: object) -> Iterator[tuple[Keys, list[str]]]:
    """The unknown keys, and for each the known ones that are not given beside it."""
    for wrong in every:
        if wrong.kind == "extra_forbidden":
            present = _at(data, wrong.keys[:-1])
            known = [name for name in fields_at(model, wrong.error["loc"][:-1]) if name not in present]
            yield wrong.keys, known


def _at(data: object, keys: Keys) -> dict[str, object]:
    for key in keys:
        data = _step(data, key)
    return data if isinstance(data, dict) else {}


def _inside(keys: Keys, around: Keys) -> bool:
    return len(keys) > len(around) and keys[: len(around)] == around


def _sort(wrong: _Wrong) -> str:
    """Errors of one place and sort are the branches of one union; those of a key and its value are two."""
    return "key" if wrong.error["loc"][-1:] == ("[key]",) else "value"
