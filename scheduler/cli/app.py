"""The typer app and the one place where errors are caught."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from scheduler.cli import (
    attend,
    capacity,
    check,
    compare,
    continue_,
    disrupt,
    explain,
    export,
    import_,
    init,
    invite,
    publish,
    repair,
    report,
    request,
    rules,
    schema,
    serve,
    solve,
    suggest,
    tokens,
)
from scheduler.cli.options import OPTIONS, Lang
from scheduler.cli.speech import detected, speaker, without_language, words
from scheduler.cli.usage import Command, Group, UsageError, usage_text
from scheduler.errors import ExitStatus, SchedulerError
from scheduler.version import VERSION

app = typer.Typer(
    name="scheduler",
    cls=Group,
    help=words(
        "Assigns volunteers to duty posts: legal, covered, fair, with a proof of how good the roster is.",
        "志愿者值守排班：合规、覆盖、公平，并证明排班有多好。",
    ),
    epilog=words(
        "Example:  scheduler solve examples/tiny/plan.yaml --out out",
        "示例：  scheduler solve examples/tiny/plan.yaml --out out",
    ),
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
COMMANDS = words("Commands", "命令")

for command in (
    init.init,
    check.check,
    solve.solve,
    suggest.suggest,
    suggest.swap,
    repair.repair,
    attend.attend,
    capacity.capacity,
    compare.compare,
    rules.rules,
    schema.schema,
    request.request,
    publish.publish,
    invite.invite,
    serve.serve,
):
    app.command(cls=Command, rich_help_panel=COMMANDS)(command)
app.command("continue", cls=Command, rich_help_panel=COMMANDS)(continue_.continue_)
app.add_typer(export.app, name="export", cls=Group, rich_help_panel=COMMANDS)
app.add_typer(disrupt.app, name="disrupt", cls=Group, rich_help_panel=COMMANDS)
app.add_typer(explain.app, name="explain", cls=Group, rich_help_panel=COMMANDS)
app.add_typer(report.app, name="report", cls=Group, rich_help_panel=COMMANDS)
app.add_typer(tokens.app, name="tokens", cls=Group, rich_help_panel=COMMANDS)
app.add_typer(import_.app, name="import", cls=Group, rich_help_panel=COMMANDS)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"scheduler {VERSION}")
        raise typer.Exit


@app.callback()
def options(
    lang: Lang = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help=words("show the version", "显示版本号"),
            rich_help_panel=OPTIONS,
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    del version
    if lang is not None:
        speaker.language = lang


def main() -> NoReturn:
    """Run the command line and leave with an exit status a caller can rely on."""
    speaker.language = detected(sys.argv[1:], os.environ)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = app(args=without_language(sys.argv[1:]), standalone_mode=False)
    except SchedulerError as error:
        speaker.err.print(error.say(speaker.language), style="red", markup=False)
        sys.exit(error.status)
    except UsageError as error:
        if not str(usage_text(error).en).partition(" Try:")[0].strip(". "):
            sys.exit(ExitStatus.USAGE)
        speaker.err.print(usage_text(error).say(speaker.language), style="red", markup=False)
        sys.exit(ExitStatus.USAGE)
    except (typer.Abort, KeyboardInterrupt):
        speaker.err.print(words("stopped", "已中止"))
        sys.exit(130)
    sys.exit(status or 0)
