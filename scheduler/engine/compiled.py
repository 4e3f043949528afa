"""Compiled functions, kept on disk between runs; only the kernels import this, as numba takes half a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def kept(**options: object) -> Callable[[Function], Function]:
    """A decorator: compiled without the interpreter's lock, and kept on disk where a folder may be written.

    What is kept is looked up by the file of the function alone, so functions that call each other share a file.
    """

    def compiled(function: Function) -> Function:
        try:
            return cast("Function", njit(cache=True, nogil=True, **options)(function))
        except RuntimeError:
            return cast("Function", njit(nogil=True, **options)(function))

    return compiled
