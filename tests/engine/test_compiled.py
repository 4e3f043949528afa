"""Compiled functions where nothing can be kept."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.engine import compiled


@pytest.mark.parametrize("writable", [True, False])
def test_a_function_is_compiled_whether_or_not_it_can_be_kept(
    writable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_it = compiled.njit

    def njit(**options: Any) -> Any:
        if options.get("cache") and not writable:
            raise RuntimeError("cannot cache function: no locator available")
        return compile_it(**(options | {"cache": False} if "cache" in options else options))

    monkeypatch.setattr(compiled, "njit", njit)

    @compiled.kept()
    def twice(number: int) -> int:
        return 2 * number

    assert twice(21) == 42
    assert hasattr(twice, "py_func")


def test_what_is_kept_is_found_by_the_constants_compiled_in() -> None:
    name = compiled._constants({"LEVELS": 6, "other": [1]})
    assert name == compiled._constants({"LEVELS": 6})
    assert name != compiled._constants({"LEVELS": 7})
