"""Mutated texts end in words, never in a traceback or a half-written plan."""

from __future__ import annotations

from pathlib import Path

from tests.io.phrases.fuzz import run


def test_mutated_texts_are_read_or_refused(tmp_path: Path) -> None:
    outcomes = run(tmp_path, 200, seed=11)
    assert sum(outcomes.values()) == 200
    assert all(outcomes[one] for one in ("understood", "unclear", "imported"))
