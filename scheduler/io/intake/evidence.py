"""What people wrote, kept beside the plan as evidence: one JSON object a line, long numbers masked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = "intake"
"""The folder of a plan in which evidence is kept."""

_LONG = re.compile(r"(?<!\d)(\d{3})(\d{4,})([\dXx]{4})(?![\dXx])")

Record = Mapping[str, object]


def masked(text: str) -> str:
    """A text in which numbers of eleven digits and more show their first three and last four only."""
    return _LONG.sub(lambda match: f"{match[1]}{'*' * len(match[2])}{match[3]}", text)


def evidence_path(plan: Path, name: str) -> Path:
    """Where evidence of a kind is kept."""
    return plan.parent / FOLDER / f"{name}.jsonl"


def read_evidence(path: Path) -> list[dict[str, object]]:
    """The records of earlier imports; lines that are none are passed over."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [record for line in lines if isinstance(record := _parsed(line), dict)]


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


def evidence_bytes(records: Iterable[Record]) -> bytes:
    """Records as a file holds them; the same records give the same bytes."""
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    return "".join(f"{line}\n" for line in lines).encode()
