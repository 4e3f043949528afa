"""What became of invitations, as people and machines read it."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from scheduler.cli.speech import speaker
from scheduler.cli.tables import show
from scheduler.mail.invitation import Invitation, Method
from scheduler.mail.invite import Invited
from scheduler.mail.wording import subject
from scheduler.report.grid import Grid
from scheduler.text import Text, joined


def show_invited(made: Invited, out: Path, *, dry: bool, as_json: bool) -> None:
    """Print how many mails there are, of a trial each of them, and who has no address; or JSON."""
    if as_json:
        typer.echo(json.dumps(_data(made), ensure_ascii=False, indent=2))
        return
    if dry:
        show(_grid(made))
    signs = [_sign(letter.invitation) for letter in made.letters]
    counts = {"new": signs.count("+"), "changed": signs.count("~"), "cancelled": signs.count("-")}
    text = _summary(made, dry=dry).format(count=len(signs), out=out, **counts)
    speaker.out.print(speaker.say(text), markup=False)
    if made.sent is not None:
        speaker.out.print(
            speaker.say(_SENT.format(sent=len(made.sent.accepted), count=len(signs))), markup=False
        )
    if made.unreachable:
        names = joined([volunteer.label for volunteer in made.unreachable])
        text = _UNREACHABLE.format(names=names, count=len(made.unreachable))
        speaker.out.print(speaker.say(text), markup=False)


def _summary(made: Invited, *, dry: bool) -> Text:
    if not made.letters:
        return _NOTHING
    return _WOULD if dry else _WRITTEN


def _grid(made: Invited) -> Grid:
    columns = (Text("", ""), Text("to", "收件人"), Text("address", "邮箱"), Text("mail", "邮件"))
    rows = tuple(
        (_sign(one), one.to.name, one.to.email, subject(one))
        for one in (letter.invitation for letter in made.letters)
    )
    return Grid(Text("Mails that are due", "应发邮件"), columns, rows)


def _sign(invitation: Invitation) -> str:
    if invitation.method is Method.CANCEL:
        return "-"
    return "~" if invitation.again else "+"


def _data(made: Invited) -> dict[str, object]:
    accepted = set(made.sent.accepted) if made.sent else set()
    return {
        "mails": [
            {
                "path": path.as_posix(),
                "method": str(one.method),
                "uid": one.event.entry.uid,
                "sequence": one.event.revision.sequence,
                "volunteer": one.to.id,
                "email": one.to.email,
                "subject": {"en": subject(one).en, "zh": subject(one).zh},
                "sent": letter in accepted,
            }
            for letter, path, one in (
                (letter, path, letter.invitation) for letter, path in zip(made.letters, made.files)
            )
        ],
        "unreachable": [volunteer.id for volunteer in made.unreachable],
        "faults": [
            {"place": fault.place, "en": fault.text.en, "zh": fault.text.zh}
            for fault in (made.sent.faults if made.sent else ())
        ],
    }


_NOTHING = Text("No mail is due.", "没有应发的邮件。")
_WOULD = Text(
    "{count} mails would be written: {new} new, {changed} changed, {cancelled} cancelled; none was",
    "将写入 {count} 封邮件：新增 {new} 封，变更 {changed} 封，取消 {cancelled} 封；尚未写入",
)
_WRITTEN = Text(
    "{count} mails written in {out}: {new} new, {changed} changed, {cancelled} cancelled",
    "已写入 {count} 封邮件，位于 {out}：新增 {new} 封，变更 {changed} 封，取消 {cancelled} 封",
)
_SENT = Text("Sent: {sent} of {count}", "已发送：{count} 封中的 {sent} 封")
_UNREACHABLE = Text(
    "Have duties and no e-mail address to write to ({count}): {names}",
    "有值班但没有可用邮箱的志愿者（{count} 人）：{names}",
)
