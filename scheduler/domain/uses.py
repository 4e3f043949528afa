"""Finds every use of an id in facts and rules: fields marked with ``Ref``, however deep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel

from scheduler.domain.entity import Ref

Keys = tuple[str | int, ...]
"""The way to a value in nested data: keys, and positions in lists counted from 0."""


@dataclass(frozen=True, slots=True)
class Use:
    """An id that is used: where, and what it may name."""

    keys: Keys
    ref: Ref
    id: str


_Reader = Callable[[object, Keys], Iterator[Use]]


def uses(model: BaseModel, keys: Keys = ()) -> Iterator[Use]:
    """Every use of an id in a model, in the order of its fields."""
    for name, read in _readers(type(model)):
        yield from read(getattr(model, name), (*keys, name))


@cache
def _readers(model: type[BaseModel]) -> tuple[tuple[str, _Reader], ...]:
    """The fields of a model that may use ids."""
    every = (
        (name, _reader(field.annotation, tuple(field.metadata))) for name, field in model.model_fields.items()
    )
    return tuple((name, read) for name, read in every if read)


def _reader(annotation: object, metadata: tuple[object, ...] = ()) -> _Reader | None:
    """What finds the uses in a value of a type; None if there can be none."""
    for mark in metadata:
        if isinstance(mark, Ref):
            return _of_ref(mark)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _reader(inner[0], inner[1:])
    if origin in (Union, UnionType):
        return _of_any([read for option in inner if (read := _reader(option))])
    if origin in (tuple, list, set, frozenset):
        return _of_items([_reader(option) for option in inner if option is not Ellipsis])
    if origin is dict:
        return _of_mapping(_reader(inner[0]), _reader(inner[1]))
    return _of_model if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _of_ref(ref: Ref) -> _Reader:
    def read(value: object, keys: Keys) -> Iterator[Use]:
        if isinstance(value, str):
            yield Use(keys, ref, value)

    return read


def _of_model(value: object, keys: Keys) -> Iterator[Use]:
    if isinstance(value, BaseModel):
        yield from uses(value, keys)


def _of_any(options: list[_Reader]) -> _Reader | None:
    def read(value: object, keys: Keys) -> Iterator[Use]:
        for option in options:
            yield from option(value, keys)

    return read if options else None


def _of_items(items: list[_Reader | None]) -> _Reader | None:
    def read(value: object, keys: Keys) -> Iterator[Use]:
        if isinstance(value, set | frozenset):
            value = sorted(value, key=str)
        if isinstance(value, tuple | list):
            for n, item in enumerate(value):
                if one := items[min(n, len(items) - 1)]:
                    yield from one(item, (*keys, n))

    return read if any(items) else None


def _of_mapping(key: _Reader | None, inner: _Reader | None) -> _Reader | None:
    def read(value: object, keys: Keys) -> Iterator[Use]:
        if isinstance(value, Mapping):
            for name, item in value.items():
                for one, held in ((key, name), (inner, item)):
                    if one:
                        yield from one(held, (*keys, str(name)))

    return read if key or inner else None
