"""Looking into the types of facts: what a field may hold, and where a path of keys leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import UnionType
from typing import Annotated, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel


def options(annotation: object) -> Iterator[object]:
    """The alternatives of a type, without their annotations: ``A | None`` gives A and NoneType."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from options(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for option in get_args(annotation):
            yield from options(option)
    else:
        yield annotation


def fields_at(model: type[BaseModel], way: Iterable[str | int]) -> tuple[str, ...]:
    """The keys known where a validation error's location leads, in order; none if it leads nowhere."""
    here: list[object] = [model]
    for key in way:
        here = [inner for one in here for option in options(one) for inner in _into(option, key)] or _chosen(
            here, key
        )
    models = [option for one in here for option in options(one) if _is_model(option)]
    return tuple(dict.fromkeys(name for one in models for name in one.model_fields))


def _is_model(option: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(option, type) and issubclass(option, BaseModel)


def _into(option: object, key: str | int) -> Iterator[object]:
    """The types one key further."""
    if _is_model(option):
        if isinstance(key, str) and key in option.model_fields:
            yield option.model_fields[key].annotation
        return
    inner = get_args(option)
    if get_origin(option) is dict:
        yield inner[1]
    elif isinstance(key, int) and inner:
        yield inner[0] if len(inner) == 1 or inner[-1] is Ellipsis else inner[min(key, len(inner) - 1)]


def _chosen(here: list[object], tag: str | int) -> list[object]:
    """The alternative that a union's tag names; all if none is named so."""
    every = [option for one in here for option in options(one)]
    return [option for option in every if _is_model(option) and tag in _tags(option)] or every


def _tags(model: type[BaseModel]) -> list[object]:
    fields = model.model_fields.values()
    return [
        value
        for field in fields
        if get_origin(field.annotation) is Literal
        for value in get_args(field.annotation)
    ]
