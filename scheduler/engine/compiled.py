"""Compiled functions, kept on disk between runs; only the kernels import this, as numba takes half a second."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def kept(**options: object) -> Callable[[Function], Function]:
    """A decorator: compiled without the interpreter's lock, and kept on disk where a folder may be written.

    Numba looks up what it kept by the function's own file and name. Constants that come from other files are
    compiled in, so the name tells which they were. Functions that call each other share a file.
    """

    def compiled(function: Function) -> Function:
        function.__qualname__ = f"{function.__qualname__}-{_constants(function.__globals__)}"
        try:
            return cast("Function", njit(cache=True, nogil=True, **options)(function))
        except RuntimeError:
            return cast("Function", njit(nogil=True, **options)(function))

    return compiled


def _constants(names: Mapping[str, object]) -> str:
    """A digest of the numbers that a module's functions see."""
    numbers = sorted((name, value) for name, value in names.items() if isinstance(value, bool | int | float))
    return hashlib.sha256(repr(numbers).encode()).hexdigest()[:12]
