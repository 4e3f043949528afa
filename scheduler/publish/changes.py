"""What changed for whom between two publications, in a sentence a person can read aloud."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from scheduler.domain.roster import Roster
from scheduler.problem import Problem
from scheduler.publish.event import Audience, Entry, Page, Status
from scheduler.publish.packed import words_digest
from scheduler.publish.wording import location
from scheduler.text import WEEKDAYS, Language, Text, joined, same

_NAMED = 6
"""So many changes of one person are named in their sentence."""


class Kind(StrEnum):
    """What sort of change."""

    ADDED = "added"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    REWORDED = "reworded"
    CANCELLED = "cancelled"

    @property
    def sign(self) -> str:
        """``+``, ``~`` or ``-``."""
        return {Kind.ADDED: "+", Kind.CANCELLED: "-"}.get(self, "~")


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as a change tells of it; ``words`` is a digest of all that its event says."""

    start: dt.datetime
    end: dt.datetime
    post: Text
    location: Text
    status: Status
    words: str = ""

    @classmethod
    def of(cls, entry: Entry, words: str) -> Duty:
        """The duty of an entry."""
        return cls(entry.start, entry.end, entry.post, entry.location, entry.status, words)


Duties = Mapping[tuple[str, str], Duty]
"""Duties by the ids of volunteer and shift."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one duty of one volunteer: before and after, None where there is none."""

    kind: Kind
    volunteer: str
    before: Duty | None
    after: Duty | None

    @property
    def sentence(self) -> Text:
        """What changed: ``新增 3月5日 周四 18:00–22:00 福光路西口``."""
        return _SENTENCES[self.kind](self)

    @property
    def start(self) -> dt.datetime:
        """When the duty is, or was to be."""
        return self._duty.start

    @property
    def _duty(self) -> Duty:
        duty = self.after or self.before
        assert duty is not None, "a change of nothing"
        return duty


def change(volunteer: str, before: Duty | None, after: Duty | None) -> Change | None:
    """The change between a duty then and now; None if there is none."""
    if before is None or after is None:
        if before is after:
            return None
        return Change(Kind.CANCELLED if before else Kind.ADDED, volunteer, before, after)
    if (before.start, before.end, before.location) != (after.start, after.end, after.location):
        return Change(Kind.MOVED, volunteer, before, after)
    if before.status is not after.status:
        kind = Kind.CONFIRMED if after.status is Status.CONFIRMED else Kind.TENTATIVE
        return Change(kind, volunteer, before, after)
    return None if before.words == after.words else Change(Kind.REWORDED, volunteer, before, after)


def between(old: Duties, new: Duties, begins: dt.datetime) -> list[Change]:
    """What changes for volunteers from some duties to others, by person and time.

    The new plan ``begins`` then: duties of the days before stay as they are, as they do when it is published.
    """
    before = {key: duty for key, duty in old.items() if key in new or duty.start >= begins}
    found = (change(key[0], before.get(key), new.get(key)) for key in before.keys() | new.keys())
    return in_order(one for one in found if one)


def beginning(problem: Problem) -> dt.datetime:
    """When the plan's first duty day begins; what is before is not for the plan to say any more."""
    horizon = problem.horizon
    return horizon.starting(horizon.first, horizon.day_starts).replace(tzinfo=problem.zone)


def duties_of_pages(pages: Iterable[Page]) -> Duties:
    """The duties of volunteers in an edition's pages, with all that their events say."""
    return {
        (page.owner, entry.shift): Duty.of(entry, words_digest(entry, tuple(Language)))
        for page in pages
        if page.audience is Audience.VOLUNTEER
        for entry in page.entries
    }


def duties_of_roster(roster: Roster) -> Duties:
    """The duties of volunteers in a roster: when and where alone."""
    instance = roster.instance
    places = {post.id: location(instance, post) for post in instance.posts.values()}
    found = {}
    for v, s in roster.pairs:
        shift = instance.shifts[s]
        duty = Duty(shift.start, shift.end, shift.post.label, places[shift.post.id], Status.CONFIRMED)
        found[instance.volunteers[v].id, shift.id] = duty
    return found


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Changes by volunteer and time."""
    return sorted(changes, key=lambda one: (one.volunteer, one.start, one.kind))


def sentences(changes: Iterable[Change], names: Mapping[str, Text]) -> list[tuple[str, Text]]:
    """One sentence for each person, with the person's id: what changed for them, in order of time."""
    found = []
    for volunteer, own in groupby(in_order(changes), key=lambda one: one.volunteer):
        found.append((volunteer, _sentence(names.get(volunteer, same(volunteer)), list(own))))
    return found


def first_sentence(name: Text, duties: int, first: Duty | None) -> Text:
    """What is said of somebody who gets a calendar for the first time."""
    if first is None:
        return Text(f"{name.en}: new calendar, no duty yet", f"{name.zh}：新日历，暂无值班")
    return Text(
        f"{name.en}: new calendar, {duties} {'duty' if duties == 1 else 'duties'}, the first on {_when(first).en}, "
        f"{first.post.en}",
        f"{name.zh}：新日历，共{duties}班，首班 {_when(first).zh} {first.post.zh}",
    )


def _sentence(name: Text, changes: list[Change]) -> Text:
    parts = [one.sentence for one in changes[:_NAMED]]
    if len(changes) > _NAMED:
        rest = len(changes) - _NAMED
        parts.append(Text(f"and {rest} more", f"另有{rest}处"))
    told = joined(parts, en="; ", zh="；")
    return Text(f"{name.en}: {told.en}", f"{name.zh}：{told.zh}")


def when_text(start: dt.datetime, end: dt.datetime) -> Text:
    """A time as people say it: ``Thu 5 Mar 18:00–22:00``, ``3月5日 周四 18:00–22:00``."""
    weekday = WEEKDAYS[start.weekday()]
    hours = f"{start:%H:%M}–{end:%H:%M}"
    return Text(
        f"{weekday.en} {start.day} {start:%b} {hours}", f"{start.month}月{start.day}日 {weekday.zh} {hours}"
    )


def _when(duty: Duty) -> Text:
    return when_text(duty.start, duty.end)


def _told(word: Text, duty: Duty | None) -> Text:
    assert duty is not None, "a change without its duty"
    when = _when(duty)
    return Text(f"{word.en} {when.en}, {duty.post.en}", f"{word.zh} {when.zh} {duty.post.zh}")


def _moved(one: Change) -> Text:
    before, after = one.before, one.after
    assert before is not None
    assert after is not None
    old, new = _when(before), _when(after)
    if (before.start, before.end) == (after.start, after.end):
        return Text(
            f"new place {new.en}: {before.location.en} → {after.location.en}",
            f"改地点 {new.zh}：{before.location.zh} → {after.location.zh}",
        )
    if before.location == after.location:
        return Text(
            f"new time {old.en} → {_later(before, after).en}, {after.post.en}",
            f"改时间 {old.zh} → {_later(before, after).zh} {after.post.zh}",
        )
    return Text(
        f"new time and place {old.en}, {before.post.en} → {new.en}, {after.location.en}",
        f"改时间和地点 {old.zh} {before.post.zh} → {new.zh} {after.location.zh}",
    )


def _later(before: Duty, after: Duty) -> Text:
    """The new time; its day only if that is another one."""
    same_day = before.start.date() == after.start.date()
    return same(f"{after.start:%H:%M}–{after.end:%H:%M}") if same_day else _when(after)


_SENTENCES = {
    Kind.ADDED: lambda one: _told(Text("new", "新增"), one.after),
    Kind.CANCELLED: lambda one: _told(Text("cancelled", "取消"), one.before),
    Kind.CONFIRMED: lambda one: _told(Text("confirmed", "确认"), one.after),
    Kind.TENTATIVE: lambda one: _told(Text("tentative again", "改为待定"), one.after),
    Kind.REWORDED: lambda one: _told(Text("details changed", "说明有更新"), one.after),
    Kind.MOVED: _moved,
}
