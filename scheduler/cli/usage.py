"""What the command line parser says, in both languages.

Typer carries the parser (click) inside in newer versions and beside itself in older ones, so its error
classes are told apart by name.
"""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from scheduler.cli.speech import words
from scheduler.text import Text

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""A command line that cannot be understood."""

_HELP = words("Show this message and exit.", "显示本帮助并退出。")
_COMPLETION = {
    "install_completion": words("Install completion for this shell.", "为当前命令行安装自动补全。"),
    "show_completion": words("Show the completion script.", "显示自动补全脚本。"),
}


class Command(TyperCommand):
    """A command whose help is in the person's language."""

    def get_help_option(self, ctx: Any) -> Any:
        """The help option, translated."""
        return _translated(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands whose help is in the person's language."""

    def get_help_option(self, ctx: Any) -> Any:
        """The help option, translated; the completion options too."""
        for parameter in self.params:
            if parameter.name in _COMPLETION:
                _translated(parameter, _COMPLETION[parameter.name])
        return _translated(super().get_help_option(ctx))


def _translated(option: Any, text: str = _HELP) -> Any:
    if option is not None:
        option.help = text
        option.rich_help_panel = words("Options", "选项")
    return option


def usage_text(error: Any) -> Text:
    """A sentence that names the word that is wrong and where help is."""
    context = error.ctx
    path = context.command_path if context else "scheduler"
    what = _what(error)
    stop = "" if what.en.endswith("?") else "."
    return Text(f"{what.en}{stop} Try: {path} --help", f"{what.zh}。请参考：{path} --help")


def _what(error: Any) -> Text:
    kind, message = type(error).__name__, str(error.format_message()).rstrip(".")
    if kind == "MissingParameter" and error.param is not None:
        name = error.param.metavar or error.param.human_readable_name
        return Text(f"{name} is missing", f"缺少 {name}")
    if kind == "NoSuchOption":
        near = ", ".join(error.possibilities or ())
        return Text(
            f"there is no option {error.option_name}" + (f" (did you mean {near}?)" if near else ""),
            f"没有选项 {error.option_name}" + (f"（是否指 {near}？）" if near else ""),
        )
    if kind == "BadParameter" and (error.param is not None or error.param_hint):
        name = error.param.opts[0] if error.param is not None else error.param_hint
        return Text(message, f"{name} 的取值不正确：{error.message.rstrip('.')}")
    if unknown := re.match(r"No such command '([^']*)'", message):
        return Text(message, f"没有命令 {unknown[1]}")
    return Text(message, f"命令有误：{message}")
