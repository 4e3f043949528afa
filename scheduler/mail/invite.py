"""Invite: what is due by the ledger, written as .eml files, handed to a server if there is one, remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scheduler.domain.publishing import Organiser
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import PublishError
from scheduler.io.calendars import slugs
from scheduler.io.files import expect_writable, refuse_to_overwrite, write_bytes
from scheduler.mail.invitation import Channel, Invitation, due, mailable
from scheduler.mail.message import message
from scheduler.mail.outbox import Outbox
from scheduler.mail.send import Letter, Sent, send
from scheduler.mail.server import MailServer
from scheduler.problem import Problem
from scheduler.publish.changes import beginning
from scheduler.publish.event import Audience, Calendar, Status
from scheduler.publish.ledger import Ledger, open_ledger
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Invited:
    """The letters that were due with their files, who cannot be reached, what became of those sent, if any."""

    letters: tuple[Letter, ...]
    files: tuple[Path, ...]
    unreachable: tuple[Volunteer, ...]
    sent: Sent | None = None


def invite(
    problem: Problem,
    roster: Roster,
    folder: Path,
    ledger: Path,
    now: dt.datetime,
    server: MailServer | None = None,
    *,
    dry: bool = False,
    force: bool = False,
) -> Invited:
    """Write the mails that are due into a folder, and hand them to a server if there is one.

    Without a server a mail counts as handed over once its file is written; with one, once it is accepted.
    A file that is there and no such mail is in the way unless ``force``.

    Raises:
        PublishError: the plan has no organiser, the roster was not published whole, or files cannot be written.
    """
    organiser = _organiser(problem)
    if not ledger.is_file():
        raise PublishError(_NOT_PUBLISHED, ledger.as_posix(), _PUBLISH)
    channel = Channel.SMTP if server else Channel.FILE
    with open_ledger(ledger, problem.id, now, dry=dry) as held:
        if held.edition > held.finished:
            raise PublishError(_HALF_PUBLISHED, ledger.as_posix(), _PUBLISH)
        outbox = Outbox(held.database, now)
        calendars = _calendars(held)
        _expect_published(calendars, roster, beginning(problem), now, ledger)
        found = due(calendars, problem.volunteers, outbox.handed(), channel, now)
        letters = tuple(_letter(one, organiser, held) for one in found.invitations)
        files = tuple(folder / file_name(letter.invitation) for letter in letters)
        if dry:
            return Invited(letters, files, found.unreachable)
        _write(letters, files, folder, None if server else outbox, force=force)
        if server is None or not letters:
            return Invited(letters, files, found.unreachable)
        sent = send(letters, organiser.email, server, lambda one: outbox.remember(one, Channel.SMTP))
        return Invited(letters, files, found.unreachable, sent)


def file_name(invitation: Invitation) -> str:
    """The file of a mail: when, whom, what, which revision: ``20200305-1800-anna-request-0-1a2b3c4d.eml``.

    The last part tells calendars, and addresses of one person, apart.
    """
    entry, revision = invitation.event.entry, invitation.event.revision
    key = "\n".join((entry.uid, invitation.to.email, str(invitation.turn)))
    who = slugs([invitation.to.id])[invitation.to.id]
    start = f"{entry.start:%Y%m%d-%H%M}"
    return f"{start}-{who}-{invitation.method.lower()}-{revision.sequence}-{sha256(key.encode()).hexdigest()[:8]}.eml"


def _organiser(problem: Problem) -> Organiser:
    organiser = problem.publish.organiser
    if organiser is None:
        raise PublishError(_NO_ORGANISER, "publish.organiser", _NAME_ONE)
    if not mailable(organiser.email):
        raise PublishError(_NOT_ASCII, "publish.organiser.email")
    return organiser


def _calendars(ledger: Ledger) -> list[Calendar]:
    feeds = (feed for feed in ledger.feeds() if feed.audience is Audience.VOLUNTEER)
    return [ledger.calendar(feed) for feed in feeds]


def _expect_published(
    calendars: Sequence[Calendar], roster: Roster, begins: dt.datetime, now: dt.datetime, ledger: Path
) -> None:
    """See that the ledger's duties ahead in the plan's days are the roster's: mails and feeds must not disagree."""
    published = {
        (entry.shift, entry.volunteer, entry.start.timestamp(), entry.end.timestamp())
        for calendar in calendars
        for entry, revision in ((event.entry, event.revision) for event in calendar.events)
        if revision.status is not Status.CANCELLED and entry.start >= begins and entry.end > now
    }
    volunteers, shifts = roster.instance.volunteers, roster.instance.shifts
    pairs = ((shifts[s], volunteers[v].id) for v, s in roster.pairs)
    wanted = {
        (shift.id, volunteer, shift.start.timestamp(), shift.end.timestamp())
        for shift, volunteer in pairs
        if shift.end > now
    }
    if published != wanted:
        raise PublishError(_OTHER_ROSTER, ledger.as_posix(), _PUBLISH)


def _letter(invitation: Invitation, organiser: Organiser, ledger: Ledger) -> Letter:
    dress = ledger.dress
    return Letter(invitation, message(invitation, organiser, dress.languages, utc=dress.utc).as_bytes())


def _write(
    letters: Sequence[Letter], files: Sequence[Path], folder: Path, outbox: Outbox | None, *, force: bool
) -> None:
    """Write the files; each is remembered before the next if there is an outbox."""
    expect_writable(folder)
    others = (path for letter, path in zip(letters, files) if _is_other(path, letter.mail))
    refuse_to_overwrite(others, force=force)
    for letter, path in zip(letters, files):
        write_bytes(path, letter.mail)
        if outbox is not None:
            outbox.remember(letter.invitation, Channel.FILE)


def _is_other(path: Path, mail: bytes) -> bool:
    """Whether a file is something else than this mail, perhaps in earlier words: that has the same id."""
    (ours,) = (line for line in mail.split(b"\r\n") if line.startswith(b"Message-ID:"))
    return path.exists() and not (path.is_file() and ours in path.read_bytes().split(b"\r\n"))


_NO_ORGANISER = Text("the plan does not say who invites", "计划中没有写明由谁发出邀请")
_NAME_ONE = Text(
    "add to the plan: publish: {organiser: {name: Duty office, email: duty@example.org}}",
    "请在计划中加入：publish: {organiser: {name: 值守办公室, email: duty@example.org}}",
)
_NOT_ASCII = Text(
    "not every mail server takes this address: only Latin letters, digits and signs work everywhere",
    "并非所有邮件服务器都支持该地址：只有英文字母、数字和符号处处可用",
)
_NOT_PUBLISHED = Text("this plan was not published yet", "该计划尚未发布")
_HALF_PUBLISHED = Text("what was to be published last is not written yet", "最近一次发布尚未完成")
_OTHER_ROSTER = Text(
    "what was published last is another roster: mails and calendars would disagree",
    "最近发布的不是这份排班：邮件与日历会不一致",
)
_PUBLISH = Text("run scheduler publish with this roster first", "请先用 scheduler publish 发布这份排班")
