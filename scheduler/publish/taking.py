"""Taking an edition into the ledger: calendar by calendar, event by event, inside one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.publish import ledger_rows as rows
from scheduler.publish.event import Audience, Entry, Event, Page, Revision, Status
from scheduler.publish.packed import rings, words_digest
from scheduler.publish.revise import KEPT, Fate, Known, again, cancelled, fate, first
from scheduler.text import Language, Text

_FORM = 1
"""The number of the form that files have; it changes when the same events would give other bytes."""


@dataclass(frozen=True, slots=True)
class Dress:
    """How files say things: in these languages, one after the other, and with times in UTC or the plan's zone."""

    languages: tuple[Language, ...]
    utc: bool

    def __str__(self) -> str:
        return " ".join([*self.languages, *(["utc"] if self.utc else [])])

    @classmethod
    def read(cls, text: str) -> Dress:
        """The dress that ``str`` gave."""
        words = text.split()
        return cls(tuple(Language(word) for word in words if word != "utc"), "utc" in words)


class Taking:
    """One edition on its way into the ledger."""

    def __init__(
        self,
        database: sqlite3.Connection,
        issued: dt.datetime,
        edition: int,
        finished: int,
        begins: dt.datetime,
        dress: Dress,
        name: Callable[[Audience, str, bool], str],
    ) -> None:
        self.edition = edition
        self.changed = False
        self._database = database
        self._issued = issued
        self._finished = finished
        self._begins = rows.seconds(begins)
        self._dress = dress
        self._name = name
        self._seen: set[tuple[str, str]] = set()
        self._ends: int | None = None

    @property
    def runs_out(self) -> str:
        """When an event next has to go though nothing changed, in seconds since 1970; empty if none has to."""
        return "" if self._ends is None else str(self._ends)

    def page(self, page: Page) -> None:
        """Take in what one reader is to see now."""
        self._seen.add(rows.key(page))
        known = {one.uid: one for one in map(rows.known, self._known(page))}
        written, lines = [], []
        for entry in page.entries:
            held, digest = known.pop(entry.uid, None), words_digest(entry, self._dress.languages)
            if page.audience is Audience.OPEN:
                self._runs_out(rows.seconds(entry.end))
            if held and self._is_same(held, entry, digest):
                lines.append(_line(held.start, held.uid, held.digest, held.rings, held.revision))
                continue
            made, before = self._made(page, entry, held)
            written.append(rows.row(page, made, digest, self.edition, before))
            lines.append(
                _line(rows.seconds(entry.start), entry.uid, digest, rings(made.entry), made.revision)
            )
            if page.audience is Audience.OPEN:
                self._runs_out(rows.seconds(entry.end))
        self._database.executemany(rows.EVENTS_ROW, written)
        lines += self._left(page, [one for one in known.values() if one.live])
        self.changed |= bool(written)
        self._settle(page, lines)

    def rest(self) -> None:
        """Take in the calendars of those who are not in the plan any more: they keep what was called off."""
        query = "SELECT audience, owner, label_en, label_zh, name_en, name_zh, zone FROM calendars"
        for audience, owner, label_en, label_zh, name_en, name_zh, zone in self._database.execute(
            query
        ).fetchall():
            if (audience, owner) not in self._seen:
                label, name = Text(label_en, label_zh), Text(name_en, name_zh)
                self.page(Page(Audience(audience), owner, label, name, zone, ()))

    def _known(self, page: Page) -> Iterator[tuple[object, ...]]:
        query = f"SELECT {rows.KNOWN} FROM events WHERE audience = ? AND owner = ?"  # noqa: S608
        return self._database.execute(query, rows.key(page))

    def _is_same(self, held: Known, entry: Entry, digest: str) -> bool:
        """Whether an event is as it was; reminders of what has begun do not count."""
        if not held.live or held.digest != digest or held.revision.status is not entry.status:
            return False
        return entry.start <= self._issued or held.rings == rings(entry)

    def _made(self, page: Page, entry: Entry, held: Known | None) -> tuple[Event, str | None]:
        """The event that is due, and the duty people were told of before."""
        if held is None:
            return first(entry, self._issued), None
        old, before = self._old(page, held)
        return again(old, entry, self._dress.languages, self._issued), before

    def _old(self, page: Page, held: Known) -> tuple[Event, str | None]:
        """An event as it was, and the duty people were told of when an edition was last finished."""
        query = f"SELECT edition, before, {rows.EVENT} FROM events WHERE uid = ?"  # noqa: S608
        edition, before, *row = self._database.execute(query, (held.uid,)).fetchone()
        old = rows.event(tuple(row), ZoneInfo(page.time_zone))
        if edition > self._finished:
            return old, before
        return old, rows.kept(rows.duty(old, held.digest)) if held.live else None

    def _left(self, page: Page, left: list[Known]) -> Iterator[str]:
        """What becomes of events that are not in the roster any more."""
        kept = dt.timedelta() if page.audience is Audience.OPEN else KEPT
        for held in left:
            what = fate(held, self._issued, self._begins, kept)
            revision = held.revision
            if what is Fate.CANCELLED:
                revision = cancelled(held.revision, self._issued)
                self._call_off(page, held, revision)
            elif what is Fate.GOES:
                self._let_go(page, held)
                continue
            stays = dt.timedelta() if revision.status is Status.CANCELLED else kept
            self._runs_out(held.end + int(stays.total_seconds()))
            yield _line(held.start, held.uid, held.digest, held.rings, revision)

    def _call_off(self, page: Page, held: Known, revision: Revision) -> None:
        _, before = self._old(page, held)
        self._database.execute(
            "UPDATE events SET status = ?, sequence = ?, stamp = ?, edition = ?, before = ? WHERE uid = ?",
            (
                revision.status,
                revision.sequence,
                rows.seconds(revision.stamp),
                self.edition,
                before,
                held.uid,
            ),
        )
        self.changed = True

    def _let_go(self, page: Page, held: Known) -> None:
        """Drop an event that is over; its number stays, so that it can never be given out lower.

        People are told if the plan takes back what it has said of its own days, not if it has moved on since.
        """
        taken_back = held.revision.status is not Status.CANCELLED and held.start >= self._begins
        if taken_back and page.audience is not Audience.OPEN:
            _, before = self._old(page, held)
            values = (self.edition, before, held.uid)
            self._database.execute("UPDATE events SET edition = ?, before = ? WHERE uid = ?", values)
        self._database.execute("UPDATE events SET live = 0 WHERE uid = ?", (held.uid,))
        self.changed = True

    def _settle(self, page: Page, lines: list[str]) -> None:
        """Note what a calendar's file must say now."""
        said = [page.name.say(language) for language in self._dress.languages]
        head = "\n".join([str(_FORM), str(self._dress), page.time_zone, *said])
        state = hashlib.sha256("\n".join([head, *sorted(lines)]).encode()).hexdigest()[:32]
        texts = (page.label.en, page.label.zh, page.name.en, page.name.zh, page.time_zone)
        held = rows.one(
            self._database, "SELECT state FROM calendars WHERE audience = ? AND owner = ?", *rows.key(page)
        )
        moment = rows.seconds(self._issued)
        if held is None:
            values = (*rows.key(page), self._path(page), *texts, state, None, None, moment)
            self._database.execute(
                "INSERT INTO calendars VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
            )
        else:
            self._database.execute(
                "UPDATE calendars SET label_en = ?, label_zh = ?, name_en = ?, name_zh = ?, zone = ?, "
                "modified = iif(state = ?, modified, max(modified + 1, ?)), state = ? WHERE audience = ? AND owner = ?",
                (*texts, state, moment, state, *rows.key(page)),
            )
        self.changed |= held != state

    def _path(self, page: Page) -> str:
        """The path of a new calendar; one that another has, whoever left included, is not given again."""
        plain = self._name(page.audience, page.owner, False)
        taken = rows.one(self._database, "SELECT 1 FROM calendars WHERE path = ?", plain)
        return plain if taken is None else self._name(page.audience, page.owner, True)

    def _runs_out(self, moment: int) -> None:
        self._ends = moment if self._ends is None else min(self._ends, moment)


def _line(start: int, uid: str, digest: str, rung: str, revision: Revision) -> str:
    stamps = f"{rows.seconds(revision.created)} {rows.seconds(revision.stamp)}"
    return f"{start:012} {uid} {digest} {rung} {revision.sequence} {stamps} {revision.status}"
