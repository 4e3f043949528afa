"""Arguments and options of the commands that work with links, and what they mean together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ARGUMENTS, option
from scheduler.cli.speech import words
from scheduler.cli.usage import UsageError
from scheduler.publish.event import Audience

if TYPE_CHECKING:
    from scheduler.serve.folder import Published
    from scheduler.serve.tokens import Tokens

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        help=words("folder that scheduler publish has written", "scheduler publish 写入的文件夹"),
        rich_help_panel=ARGUMENTS,
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME...",
        help=words(
            "whose: an id, or volunteer:ID, post:ID, organisation:ID; all is the full calendar, open the open shifts",
            "对象：编号，或 volunteer:编号、post:编号、organisation:编号；all 为总表，open 为缺人班次",
        ),
        rich_help_panel=ARGUMENTS,
    ),
]
Everyone = Annotated[
    bool,
    option("--all", None, "everybody", "所有对象"),
]
For = Annotated[
    list[Audience] | None,
    option(
        "--for", None, "with --all: only these (may be repeated)", "与 --all 合用：仅限这类对象（可重复）"
    ),
]
TokensFile = Annotated[
    Path | None,
    option(
        "--tokens",
        "FILE",
        "where links are kept, as hashes only (default: FOLDER.tokens.sqlite beside the folder)",
        "链接库文件，只存哈希（默认：与文件夹并列的 FOLDER.tokens.sqlite）",
    ),
]
BaseUrl = Annotated[
    str | None,
    option(
        "--base-url",
        "URL",
        "what links begin with, like https://duty.example.org; remembered",
        "链接的开头，如 https://duty.example.org；会记住，下次可省略",
    ),
]
ListFile = Annotated[
    Path | None,
    option(
        "--out",
        "FILE",
        "write the list to this CSV file, readable by you alone, not to the screen",
        "把链接清单写入此 CSV 文件（仅本人可读），而不显示在屏幕上",
    ),
]


def store_of(folder: Path, tokens: Path | None) -> Path:
    """The file that keeps the links of a folder; never one inside of it."""
    from scheduler.serve.handout import refuse_inside
    from scheduler.serve.tokens import tokens_file

    path = tokens or tokens_file(folder)
    refuse_inside(path, [folder])
    return path


def base_of(given: str | None, store: Tokens | None, published: Published) -> str | None:
    """What links begin with: as given, else as remembered, else as the plan says; None if nobody says.

    Raises:
        PublishError: it is no address.
    """
    from scheduler.serve.address import base_address

    found = given or (store.base_url if store is not None else None) or published.url
    return None if found is None else base_address(found)


def expect_base(given: str | None, store: Tokens, published: Published) -> str:
    """What links begin with.

    Raises:
        PublishError: nobody says, or it is no address.
    """
    from scheduler.errors import PublishError
    from scheduler.text import Text

    base = base_of(given, store, published)
    if base is None:
        text = Text("it is not known what links begin with", "不知道链接的开头是什么")
        hint = Text("give --base-url https://duty.example.org", "请加上 --base-url https://duty.example.org")
        raise PublishError(text, "", hint)
    return base


def expect_some(names: list[str] | None, *, everyone: bool) -> None:
    """Refuse a command that names nobody, or both somebody and everybody."""
    if bool(names) == everyone:
        raise UsageError(
            words("name somebody, or everybody with --all", "请指定对象，或用 --all 表示所有对象")
        )


def expect_extra() -> None:
    """Raise PublishError, which says what to install, if the extra ``serve`` is not there."""
    from importlib.util import find_spec

    from scheduler.errors import PublishError
    from scheduler.text import Text

    if any(find_spec(name) is None for name in ("jinja2", "segno", "starlette", "uvicorn")):
        text = Text("the parts that serve calendars are not installed", "尚未安装提供日历服务所需的组件")
        hint = Text(
            "install them: pip install 'duty-scheduler[serve]'", "请安装：pip install 'duty-scheduler[serve]'"
        )
        raise PublishError(text, "", hint)
