"""Imports mutated sheets into a plan: python -m tests.benchmarks.fuzz_import [cases] [seed]."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.io.intake.fuzz import run


def main(cases: int = 2_000, seed: int = 1) -> None:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run(Path(folder), cases, seed)
    shown = ", ".join(f"{name} {count}" for name, count in sorted(outcomes.items()))
    print(
        f"{cases} files in {time.perf_counter() - began:.0f} s: {shown}; no traceback, no half-written plan"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
