"""Reads mutated phrases, grids, old rosters and chats: python -m tests.benchmarks.fuzz_phrases [cases] [seed]."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.io.phrases.fuzz import run


def main(cases: int = 2_000, seed: int = 1) -> None:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run(Path(folder), cases, seed)
    shown = ", ".join(f"{name} {count}" for name, count in sorted(outcomes.items()))
    print(
        f"{cases} texts in {time.perf_counter() - began:.0f} s: {shown}; no traceback, no half-written plan"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
