"""Options of a push into a CalDAV calendar."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli.speech import words

PANEL = words("CalDAV", "CalDAV 推送")

Url = Annotated[
    str | None,
    typer.Option(
        "--caldav",
        metavar="URL",
        help=words(
            "also push into this calendar of a CalDAV server (made if missing); user and password: "
            "SCHEDULER_CALDAV_USER, SCHEDULER_CALDAV_PASSWORD",
            "同时推送到 CalDAV 服务器上的这个日历（不存在则新建）；用户名和密码取自环境变量 "
            "SCHEDULER_CALDAV_USER、SCHEDULER_CALDAV_PASSWORD",
        ),
        rich_help_panel=PANEL,
    ),
]
Which = Annotated[
    str,
    typer.Option(
        "--calendar",
        metavar="WHICH",
        help=words(
            "which calendar is pushed: all, open, volunteer:ID, post:ID, organisation:ID",
            "推送哪个日历：all（总表）、open（空缺）、volunteer:编号、post:编号、organisation:编号",
        ),
        rich_help_panel=PANEL,
    ),
]
PasswordCommand = Annotated[
    str | None,
    typer.Option(
        "--password-command",
        metavar="COMMAND",
        help=words("a program that prints the password", "能输出密码的程序"),
        rich_help_panel=PANEL,
    ),
]
AllowHttp = Annotated[
    bool,
    typer.Option(
        "--allow-http",
        help=words("push without encryption to another computer", "允许以不加密的 http 推送到其他计算机"),
        rich_help_panel=PANEL,
    ),
]
ForceDeletes = Annotated[
    bool,
    typer.Option(
        "--force",
        help=words(
            "delete more than a fifth of the events on the server although still ahead",
            "允许删除服务器上超过五分之一的、尚未开始的日程",
        ),
        rich_help_panel=PANEL,
    ),
]
