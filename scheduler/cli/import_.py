"""scheduler import: what others wrote becomes part of a plan; each command is in a file of its own."""

from __future__ import annotations

import typer

from scheduler.cli import (
    import_availability,
    import_chat,
    import_history,
    import_ics,
    import_people,
    import_posts,
    import_roster,
)
from scheduler.cli.speech import words
from scheduler.cli.usage import Command

app = typer.Typer(
    help=words("Take files of other programs into a plan.", "将其他程序的文件导入计划。"),
    no_args_is_help=True,
)

for command in (
    import_people.people,
    import_posts.posts,
    import_availability.availability,
    import_chat.chat,
    import_history.history,
    import_ics.ics,
    import_roster.roster,
):
    app.command(cls=Command, rich_help_panel=words("Commands", "命令"))(command)
