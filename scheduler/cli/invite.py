"""scheduler invite: mails that put duties into people's calendars, change them and take them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scheduler.cli.export_options import PlanOption
from scheduler.cli.options import DryRun, Force, Json, LedgerFile, RosterFile, option
from scheduler.cli.speech import speaker, words

if TYPE_CHECKING:
    from scheduler.mail.invite import Invited
    from scheduler.mail.server import MailServer

MailFolder = Annotated[
    Path,
    option("--out", "FOLDER", "folder for the mails (.eml)", "存放邮件（.eml）的文件夹"),
]
Smtp = Annotated[
    str | None,
    option(
        "--smtp",
        "HOST:PORT",
        "also send them by this mail server; user and password: SCHEDULER_SMTP_USER, SCHEDULER_SMTP_PASSWORD",
        "同时通过此邮件服务器发送；用户名和密码取自环境变量 SCHEDULER_SMTP_USER、SCHEDULER_SMTP_PASSWORD",
    ),
]
SmtpPlain = Annotated[
    bool,
    option(
        "--smtp-plain",
        None,
        "no encryption, for a server in a network of your own",
        "不加密，仅用于自有网络中的服务器",
    ),
]


def invite(
    roster: RosterFile,
    out: MailFolder = Path("mails"),
    ledger: LedgerFile = None,
    plan: PlanOption = None,
    smtp: Smtp = None,
    smtp_plain: SmtpPlain = False,
    dry_run: DryRun = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    from scheduler.cli.clock import now
    from scheduler.cli.invite_report import show_invited
    from scheduler.io.read import read_plan
    from scheduler.io.roster_file import read_roster
    from scheduler.mail.invite import invite as hand_over

    server = _server(smtp, plain=smtp_plain)
    record = read_roster(roster, None if plan is None else read_plan(plan))
    for note in record.notes:
        speaker.err.print(speaker.say(note), markup=False)
    beside = ledger or record.plan.path.parent / "publication.sqlite"
    problem = record.plan.problem
    made = hand_over(problem, record.roster, out, beside, now(), server, dry=dry_run, force=force)
    show_invited(made, out, dry=dry_run, as_json=as_json)
    _refuse_unsent(made)


invite.__doc__ = words(
    "Write a mail for every published duty that is new, changed or cancelled since the last run; calendar programs "
    "take it in at a click. Publish first.\n\n"
    "Example:  scheduler invite out/roster.json --out mails",
    "为已发布的每一次新增、变更或取消的值班各写一封邮件，收件人一点即可加入或更新日历。请先发布。\n\n"
    "示例：  scheduler invite out/roster.json --out mails",
)


def _server(smtp: str | None, *, plain: bool) -> MailServer | None:
    import os

    from scheduler.mail.server import mail_server

    return None if smtp is None else mail_server(smtp, os.environ, plain=plain)


def _refuse_unsent(made: Invited) -> None:
    from scheduler.errors import PublishError
    from scheduler.text import Text

    if made.sent is not None and made.sent.faults:
        error = PublishError(Text("some mails were not sent", "部分邮件未能发送"))
        error.faults = tuple(made.sent.faults)
        raise error
