"""scheduler rules: the list of rules, or one rule's manual."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ARGUMENTS, OPTIONS, Json
from scheduler.cli.speech import speaker, words
from scheduler.errors import Fault, InputError
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.rules.base import Rule

RuleName = Annotated[
    str | None,
    typer.Argument(
        metavar="RULE",
        help=words("a rule's name, for its manual", "规则名，显示其说明"),
        rich_help_panel=ARGUMENTS,
    ),
]


Markdown = Annotated[
    bool,
    typer.Option(
        "--markdown",
        help=words("list as a Markdown table in both languages", "输出中英文 Markdown 表格"),
        rich_help_panel=OPTIONS,
    ),
]


def rules(rule: RuleName = None, as_json: Json = False, markdown: Markdown = False) -> None:
    from scheduler.rules import RULES

    if rule is not None and rule not in RULES:
        raise _unknown(rule, list(RULES))
    if as_json:
        chosen = RULES.values() if rule is None else [RULES[rule]]
        typer.echo(json.dumps([_facts(kind) for kind in chosen], ensure_ascii=False, indent=2))
    elif markdown:
        typer.echo(markdown_table())
    elif rule is None:
        _list(list(RULES.values()))
    else:
        _manual(RULES[rule])


rules.__doc__ = words(
    "List the rules, or show one rule's manual.\n\nExample:  scheduler rules min-rest",
    "列出全部规则，或显示某条规则的说明。\n\n示例：  scheduler rules min-rest",
)


def _unknown(rule: str, known: list[str]) -> InputError:
    from difflib import get_close_matches

    near = ", ".join(get_close_matches(rule, known)) or ", ".join(known)
    return InputError(
        [
            Fault(
                "",
                Text(f"there is no rule {rule!r}", f"没有规则“{rule}”"),
                Text(f"did you mean: {near}", f"可用规则：{near}"),
            )
        ]
    )


def _list(kinds: list[type[Rule]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in (
        words("rule", "规则"),
        words("level", "级别"),
        words("laid on", "作用对象"),
        words("what", "内容"),
    ):
        table.add_column(heading)
    for kind in kinds:
        level = kind.model_fields["level"].default
        table.add_row(kind.key(), level, speaker.say(kind.laid_on), speaker.say(kind.title))
    speaker.out.print(table)


def markdown_table() -> str:
    """All rules as a Markdown table in both languages; a star marks those that hold in every plan."""
    from scheduler.rules import RULES, STANDARD

    standard = {rule.rule for rule in STANDARD}
    lines = ["| rule | level | what it asks | 内容 |", "|---|---|---|---|"]
    for kind in RULES.values():
        star = " ★" if kind.key() in standard else ""
        level = kind.model_fields["level"].default
        order = kind.manual().en.partition("\n")[0]
        lines.append(f"| `{kind.key()}`{star} | {level} | {order} | {kind.title.zh} |")
    return "\n".join(lines)


def _manual(kind: type[Rule]) -> None:
    out = speaker.out
    out.print(f"{kind.key()} – {speaker.say(kind.title)}", style="bold", markup=False)
    out.print(f"\n{speaker.say(kind.manual())}\n", markup=False)
    out.print(words("Example:", "示例："), style="bold")
    out.print(_indented(kind.example()), markup=False)
    out.print("\n" + words("Parameters:", "参数："), style="bold")
    for name, meaning, default in _parameters(kind):
        out.print(f"  {name}{default}  {speaker.say(meaning)}", markup=False)


def _indented(text: str) -> str:
    return "\n".join("  " + line for line in text.splitlines())


def _parameters(kind: type[Rule]) -> list[tuple[str, Text, str]]:
    found = []
    for name, field in kind.model_fields.items():
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        meaning = Text(field.description or "", str(extra.get("zh", field.description or "")))
        plain = isinstance(field.default, str | int | float | bool) and name != "rule"
        if name != "rule":
            found.append((name, meaning, f" = {_plain(field.default)}" if plain else ""))
    return found


def _plain(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _facts(kind: type[Rule]) -> dict[str, object]:
    return {
        "rule": kind.key(),
        "category": kind.category,
        "level": str(kind.model_fields["level"].default),
        "laid_on": speaker.say(kind.laid_on),
        "title": speaker.say(kind.title),
        "manual": speaker.say(kind.manual()),
        "example": kind.example(),
        "parameters": [{"name": n, "meaning": speaker.say(m)} for n, m, _ in _parameters(kind)],
    }
