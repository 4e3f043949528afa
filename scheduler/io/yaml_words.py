"""Plain data as YAML text."""

from __future__ import annotations

import json
import re

from scheduler.io.yaml_marked import plain_value

_PLAIN = re.compile(r"[^\W_][\w.+~/@()（）、，；;:。·-]*( [\w.+~/@()（）、，；;:。·-]+)*")


def flow(value: object) -> str:
    """Data on one line, as YAML reads it back: ``{id: anna, name: 林安}``."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if isinstance(value, str):
        return _scalar(value)
    return json.dumps(value)


def block(value: object, indent: str) -> str:
    """An item of a list with one line a key; ``indent`` is that of the list."""
    if not isinstance(value, dict) or not value:
        return flow(value)
    return f"\n{indent}  ".join(f"{flow(str(key))}: {flow(inner)}" for key, inner in value.items())


def _scalar(word: str) -> str:
    safe = _PLAIN.fullmatch(word) and not word.endswith(":") and ": " not in word and " #" not in word
    return word if safe and plain_value(word) == word else json.dumps(word, ensure_ascii=False)
