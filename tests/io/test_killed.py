"""A publication that is killed, wherever that happens, is completed by the next."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked, or it would take minutes")
def test_a_killed_publication_is_completed_by_the_next_wherever_it_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.io.killed", str(tmp_path), "25"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["wrong"] == []
    assert found["points"] >= 50
