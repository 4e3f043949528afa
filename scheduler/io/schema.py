"""The JSON Schema of a plan file: the problem's own, and the sections that may stand in their own files."""

from __future__ import annotations

from scheduler.io.columns import COLUMNS
from scheduler.problem import Problem

_FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "minLength": 1}},
    "required": ["file"],
    "additionalProperties": False,
}


def plan_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) that every good plan file meets, for editors and other programs."""
    schema = Problem.model_json_schema()
    properties = {name: _section(name, section) for name, section in schema["properties"].items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Plan",
        "properties": properties,
    }


def _section(name: str, schema: dict[str, object]) -> dict[str, object]:
    if name not in COLUMNS:
        return schema
    columns = ", ".join(column.name for column in COLUMNS[name])
    about = {key: schema.pop(key) for key in ("title", "description", "default") if key in schema}
    file = _FILE | {"description": f"a CSV file beside the plan; columns: {columns}"}
    return about | {"anyOf": [schema, file]}
