"""The ledger: what was handed out, to whom, under which number, and what is due now.

An edition is taken in whole, in one transaction; files are then written from the ledger alone, and the edition
is finished when all are. A run that is killed leaves the ledger before or after the first step; the next run
writes what is missing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from scheduler.errors import PublishError
from scheduler.publish import ledger_file
from scheduler.publish import ledger_rows as rows
from scheduler.publish.changes import Change, change, in_order
from scheduler.publish.event import Audience, Calendar, Page
from scheduler.publish.taking import Dress, Taking
from scheduler.text import Text

LEDGER = "publication.sqlite"
"""The name of a plan's ledger beside the plan."""

NamePath = Callable[[Audience, str, bool], str]
"""Gives a calendar's path by audience and owner; if the last is true, one that no other calendar can have."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as the ledger keeps it: what its file must say now (``state``) and last said (``written``).

    ``digest`` is that of the bytes written then, ``modified`` the last change of the state.
    """

    audience: Audience
    owner: str
    path: str
    label: Text
    name: Text
    zone: ZoneInfo
    state: str
    written: str | None
    digest: str | None
    modified: dt.datetime


def open_ledger(path: Path, plan: str, now: dt.datetime, *, dry: bool = False) -> Ledger:
    """The ledger of a plan, made if it is not there, locked until it is closed; ``dry`` works on a copy.

    Raises:
        PublishError: it cannot be used, another run holds it, or it belongs to another plan.
    """
    database = ledger_file.copy(path) if dry else ledger_file.connect(path)
    try:
        return Ledger(database, path, plan, now)
    except BaseException:
        database.close()
        raise


class Ledger:
    """The ledger of one plan, open; for a ``with`` statement."""

    def __init__(self, database: sqlite3.Connection, path: Path, plan: str, now: dt.datetime) -> None:
        self.issued = now.replace(microsecond=0).astimezone(dt.UTC)
        self._database = database
        held = self._about("plan")
        if held not in (None, plan):
            raise _other_plan(path, str(held), plan)
        self.plan, self.path = plan, path
        self.id = self._about("id") or _name(plan, self.issued)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        if isinstance(error, sqlite3.DatabaseError) and ledger_file.is_no_fault_of_ours(error):
            raise ledger_file.unreadable(self.path) from error

    @property
    def database(self) -> sqlite3.Connection:
        """The open file; what else is to be remembered of a plan's publications has tables of its own there."""
        return self._database

    @property
    def edition(self) -> int:
        """The number of the newest edition taken in; 0 before the first."""
        return self._number("SELECT max(number) FROM editions")

    @property
    def finished(self) -> int:
        """The number of the newest edition that was written whole."""
        return self._number("SELECT max(number) FROM editions WHERE finished")

    def is_current(self, inputs: str) -> bool:
        """Whether an edition of the same inputs was taken in and no event has run out since."""
        runs_out = self._about("runs out")
        return self._about("inputs") == inputs and (not runs_out or rows.seconds(self.issued) < int(runs_out))

    def take(
        self,
        inputs: str,
        pages: Iterable[Page],
        begins: dt.datetime,
        dress: Dress,
        name: NamePath,
        accept: Callable[[list[Feed]], None],
    ) -> None:
        """Take in a roster's pages as a new edition, all or nothing; one that changes nothing leaves no trace.

        ``begins`` is when the plan's first duty day does; calendars without a page keep what was called off.
        ``accept`` looks at the calendars before it is settled, and may raise.
        """
        with self._transaction():
            taking = Taking(self._database, self.issued, self.edition + 1, self.finished, begins, dress, name)
            for page in pages:
                taking.page(page)
            taking.rest()
            if taking.changed:
                self._database.execute(
                    "INSERT INTO editions (number, issued) VALUES (?, ?)",
                    (taking.edition, rows.seconds(self.issued)),
                )
            accept(self.feeds())
            about = {"plan": self.plan, "id": self.id, "inputs": inputs, "dress": str(dress)}
            self._set_about(about | {"runs out": taking.runs_out})

    @property
    def dress(self) -> Dress:
        """In which languages and times the newest edition is written."""
        return Dress.read(self._about("dress") or "")

    def feeds(self) -> list[Feed]:
        """Every calendar, by path; those of people who left too."""
        query = (
            "SELECT audience, owner, path, label_en, label_zh, name_en, name_zh, zone, state, written, digest, "
            "modified FROM calendars ORDER BY path"
        )
        return [_feed(row) for row in self._database.execute(query)]

    def calendar(self, feed: Feed) -> Calendar:
        """A calendar with its events."""
        query = (
            f"SELECT {rows.EVENT} FROM events WHERE audience = ? AND owner = ? AND live ORDER BY starts, uid"  # noqa: S608
        )
        found = self._database.execute(query, (feed.audience, feed.owner))
        events = tuple(rows.event(row, feed.zone) for row in found)
        return Calendar(feed.audience, feed.owner, feed.name, feed.zone.key, events)

    def uids(self, feed: Feed) -> frozenset[str]:
        """The UIDs of all events that a calendar ever had."""
        query = "SELECT uid FROM events WHERE audience = ? AND owner = ?"
        return frozenset(uid for (uid,) in self._database.execute(query, (feed.audience, feed.owner)))

    def finish(self, written: Iterable[tuple[Feed, str]]) -> None:
        """Note the files that were written, with their digests, and that the edition is out."""
        with self._transaction():
            self._database.executemany(
                "UPDATE calendars SET written = ?, digest = ? WHERE audience = ? AND owner = ?",
                [(feed.state, digest, feed.audience, feed.owner) for feed, digest in written],
            )
            self._database.execute(
                "INSERT OR REPLACE INTO handed_out SELECT DISTINCT audience, owner, ?, calendars.digest, ? FROM events "
                "JOIN calendars USING (audience, owner) WHERE edition > ?",
                (self.edition, rows.seconds(self.issued), self.finished),
            )
            self._database.execute("UPDATE editions SET finished = 1")

    def recipients(self) -> list[tuple[Audience, str]]:
        """Whose calendars have other events than when an edition was last finished: whom to send to again."""
        query = "SELECT DISTINCT audience, owner FROM events WHERE edition > ? ORDER BY audience, owner"
        return [(Audience(a), owner) for a, owner in self._database.execute(query, (self.finished,))]

    def changes(self) -> list[Change]:
        """What changed for volunteers since an edition was last finished, by person and time."""
        query = (
            f"SELECT before, live, events.digest, owner, zone, {rows.EVENT} FROM events JOIN calendars "  # noqa: S608
            "USING (audience, owner) WHERE audience = ? AND edition > ?"
        )
        found = []
        for before, live, digest, owner, zone, *row in self._database.execute(
            query, (Audience.VOLUNTEER, self.finished)
        ):
            place = ZoneInfo(zone)
            after = rows.duty(rows.event(tuple(row), place), digest) if live else None
            found.append(change(owner, rows.unkept(before, place), after))
        return in_order(one for one in found if one)

    def newcomers(self) -> set[str]:
        """Volunteers whose calendar was never handed out."""
        query = (
            "SELECT owner FROM calendars WHERE audience = ? AND NOT EXISTS (SELECT 1 FROM handed_out h "
            "WHERE h.audience = calendars.audience AND h.owner = calendars.owner)"
        )
        return {owner for (owner,) in self._database.execute(query, (Audience.VOLUNTEER,))}

    def handed_out(self, audience: Audience, owner: str) -> list[tuple[dt.datetime, str]]:
        """When a calendar was handed out, and the digest of its file each time."""
        query = "SELECT issued, digest FROM handed_out WHERE audience = ? AND owner = ? ORDER BY edition"
        return [
            (rows.moment(when), digest) for when, digest in self._database.execute(query, (audience, owner))
        ]

    def _about(self, key: str) -> str | None:
        found = rows.one(self._database, "SELECT value FROM about WHERE key = ?", key)
        return None if found is None else str(found)

    def _set_about(self, values: dict[str, str]) -> None:
        self._database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", list(values.items()))

    def _number(self, query: str) -> int:
        return int(self._database.execute(query).fetchone()[0] or 0)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def _name(plan: str, issued: dt.datetime) -> str:
    """What tells a ledger from another one of the same plan."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:duty-scheduler:ledger:{plan}:{rows.seconds(issued)}"))


def _feed(row: tuple[object, ...]) -> Feed:
    audience, owner, path, label_en, label_zh, name_en, name_zh, zone, state, written, digest, modified = row
    return Feed(
        audience=Audience(str(audience)),
        owner=str(owner),
        path=str(path),
        label=Text(str(label_en), str(label_zh)),
        name=Text(str(name_en), str(name_zh)),
        zone=ZoneInfo(str(zone)),
        state=str(state),
        written=None if written is None else str(written),
        digest=None if digest is None else str(digest),
        modified=rows.moment(modified),
    )


def _other_plan(path: Path, held: str, plan: str) -> PublishError:
    text = Text(
        f'this ledger belongs to the plan "{held}", not to "{plan}"', f"该台账属于计划“{held}”，而非“{plan}”"
    )
    hint = Text(
        "a plan has a ledger and a folder of its own: name another file with --ledger and another --out",
        "每个计划各有台账和输出文件夹：请用 --ledger 和 --out 另行指定",
    )
    return PublishError(text, path.as_posix(), hint)
