"""What counts as busy, and the reasons for which an entry does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.io.busy.lines import Component
from scheduler.text import Text


class Counts(StrEnum):
    """How a sort of entry is counted."""

    BUSY = "busy"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the person who imports decides.

    ``transparent_timed``: entries with hours that are marked as free; many timetables mark every class so.
    ``all_day``: whole days, unless they are marked as free. ``addresses``: whose invitations these are,
    in lower case, to know which ones this person declined. ``own`` are the UIDs of the plan's own duties, in
    lower case: they make nobody busy, those of other plans do.
    """

    transparent_timed: Counts = Counts.FREE
    all_day: Counts = Counts.BUSY
    addresses: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


class Ignored(StrEnum):
    """Why an entry does not make anybody busy."""

    OWN = "own-duty"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    FREE_DAY = "free-all-day"
    FREE_TIMED = "free-timed"
    FREE_PERIOD = "free-period"
    ALL_DAY = "all-day"
    NO_LENGTH = "no-length"
    OUTSIDE = "outside"
    OTHER = "not-an-event"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    Ignored.OWN: Text("duties of this plan", "本计划的值守安排"),
    Ignored.CANCELLED: Text("cancelled", "已取消"),
    Ignored.DECLINED: Text("invitations declined", "已谢绝的邀请"),
    Ignored.FREE_DAY: Text("whole days marked as free", "标为“空闲”的全天事项"),
    Ignored.FREE_TIMED: Text(
        "with hours, but marked as free (count them with --transparent-timed busy)",
        "有具体钟点但标为“空闲”（如需计入，请加 --transparent-timed busy）",
    ),
    Ignored.FREE_PERIOD: Text("periods stated as free", "注明空闲的时段"),
    Ignored.ALL_DAY: Text("whole days, left out by --all-day free", "全天事项（因 --all-day free 不计）"),
    Ignored.NO_LENGTH: Text("without a length: reminders", "没有时长（仅为提醒）"),
    Ignored.OUTSIDE: Text("outside the plan's days", "不在排班期内"),
    Ignored.OTHER: Text("tasks and notes", "任务和备注"),
}


def verdict(event: Component, *, all_day: bool, method: str, policy: Policy) -> Ignored | None:
    """Why an event does not count; None for one that does."""
    uid = event.one("UID")
    if uid and uid.value.strip().casefold() in policy.own:
        return Ignored.OWN
    if method == "CANCEL" or event.value("STATUS") in {"CANCELLED", "CANCELED"}:
        return Ignored.CANCELLED
    if _declined(event, policy.addresses):
        return Ignored.DECLINED
    if _transparent(event):
        if all_day:
            return Ignored.FREE_DAY
        return Ignored.FREE_TIMED if policy.transparent_timed is Counts.FREE else None
    return Ignored.ALL_DAY if all_day and policy.all_day is Counts.FREE else None


def _transparent(event: Component) -> bool:
    """TRANSP says it; where it is missing, Outlook's own word does."""
    transparency = event.value("TRANSP")
    if transparency in {"TRANSPARENT", "OPAQUE"}:
        return transparency == "TRANSPARENT"
    return event.value("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"


def _declined(event: Component, addresses: frozenset[str]) -> bool:
    """Whether one of the person's own addresses declined."""
    return any(
        line.parameter("PARTSTAT").upper() == "DECLINED"
        and line.value.strip().casefold().removeprefix("mailto:") in addresses
        for line in event.all("ATTENDEE")
    )
