"""scheduler schema: the JSON Schema of a plan."""

from __future__ import annotations

from scheduler.cli.speech import words


def schema() -> None:
    import json

    import typer

    from scheduler.io.schema import plan_schema

    typer.echo(json.dumps(plan_schema(), ensure_ascii=False, indent=2))


schema.__doc__ = words(
    "Print the JSON Schema of a plan, for editors that check while typing.\n\n"
    "Example:  scheduler schema > plan.schema.json",
    "输出计划的 JSON Schema，供编辑器在输入时校验。\n\n示例：  scheduler schema > plan.schema.json",
)
