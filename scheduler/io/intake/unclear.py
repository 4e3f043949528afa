"""What is said of a text on times that could not be read."""

from __future__ import annotations

from scheduler.io.intake.evidence import masked
from scheduler.io.phrases.reading import Unclear
from scheduler.text import Text


def unclear(text: str, found: Unclear) -> Text:
    """The text, phones masked, the part of it that could not be read, and why."""
    shown = masked(" ".join(text.split()))
    if not found.part or found.part == text.strip():
        return Text(f'"{shown}": {found.reason.en}', f"“{shown}”：{found.reason.zh}")
    return Text(
        f'"{shown}": "{found.part}" – {found.reason.en}', f"“{shown}”中的“{found.part}”：{found.reason.zh}"
    )
