"""The words of an invitation: subject and letter, in one language."""

from __future__ import annotations

import datetime as dt

from scheduler.mail.invitation import Invitation, Method
from scheduler.publish.event import Entry, Status
from scheduler.text import Text, day_text, joined

_SUBJECTS = {
    (Method.REQUEST, False): Text("Duty: {when}, {where}", "值班邀请：{when} {where}"),
    (Method.REQUEST, True): Text("Duty changed: {when}, {where}", "值班变更：{when} {where}"),
    (Method.CANCEL, True): Text("Duty cancelled: {when}, {where}", "值班取消：{when} {where}"),
}
_OPENINGS = {
    (Method.REQUEST, False): Text("You are down for this duty:", "为您安排了一次值班："),
    (Method.REQUEST, True): Text("One of your duties has changed. It is now:", "您的一次值班有变更，现为："),
    (Method.CANCEL, True): Text("This duty of yours is cancelled:", "您的这次值班已取消："),
}
_MOVED_SUBJECT = Text("No longer sent to this address: {when}, {where}", "不再发往本邮箱：{when} {where}")
_MOVED = Text(
    "Mails about this duty no longer go to this address. The duty itself stands:",
    "这次值班的邮件不再发往本邮箱，值班安排本身不变：",
)
_DRAFT = Text("The plan is still a draft and may change.", "排班尚为草案，可能调整。")
_GREETING = Text("Dear {name},", "{name}，您好！")
_WHEN = Text("When: {when}", "时间：{when}")
_WHERE = Text("Where: {where}", "地点：{where}")
_ACCEPT = Text(
    "Accept the invitation in your calendar program, or open the attachment invite.ics.",
    "请在日历软件中接受邀请，或打开附件 invite.ics 加入日历。",
)
_REMOVE = Text(
    "Your calendar program removes the entry; if it does not, open the attachment invite.ics.",
    "日历软件会移除该日程；如未移除，请打开附件 invite.ics。",
)
_NEXT_DAY = Text("{time} the next day", "次日{time}")
_LATER = Text("{time} on {day}", "{day}{time}")


def subject(invitation: Invitation) -> Text:
    """What the mail is about: ``值班邀请：2020年3月5日（周四）18:00–22:00 福光路西口``."""
    entry = invitation.event.entry
    text = _MOVED_SUBJECT if invitation.moved else _SUBJECTS[invitation.method, invitation.again]
    return text.format(when=when(entry), where=_place(entry))


def letter(invitation: Invitation, sender: Text) -> Text:
    """The text of the mail, paragraphs apart by an empty line."""
    entry, method = invitation.event.entry, invitation.method
    opening = [_MOVED if invitation.moved else _OPENINGS[method, invitation.again]]
    if invitation.event.revision.status is Status.TENTATIVE:
        opening.append(_DRAFT)
    facts = [_WHEN.format(when=when(entry)), _WHERE.format(where=entry.location)]
    if method is Method.REQUEST:
        facts.append(entry.description)
    paragraphs = [
        _GREETING.format(name=invitation.to.name),
        joined(opening, en="\n", zh="\n"),
        joined(facts, en="\n", zh="\n"),
        _ACCEPT if method is Method.REQUEST else _REMOVE,
        sender,
    ]
    return joined(paragraphs, en="\n\n", zh="\n\n")


def when(entry: Entry) -> Text:
    """Day and times of a duty, a later day of its end said."""
    return Text("{day} {start}–{end}", "{day}{start}–{end}").format(
        day=entry.start.date(), start=f"{entry.start:%H:%M}", end=_end(entry)
    )


def _end(entry: Entry) -> Text:
    days = (entry.end.date() - entry.start.date()) // dt.timedelta(days=1)
    time = f"{entry.end:%H:%M}"
    if days == 0:
        return Text(time, time)
    if days == 1:
        return _NEXT_DAY.format(time=time)
    return _LATER.format(time=time, day=day_text(entry.end.date()))


def _place(entry: Entry) -> Text:
    """The post's name if it is known, else the whole place."""
    return entry.post if entry.post.en else entry.location
