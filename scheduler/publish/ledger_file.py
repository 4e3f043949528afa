"""The ledger's file: an SQLite database that one run at a time holds, and that no other program's file is taken for.

The lock is SQLite's own, held from the first look to the last write; a killed run's lock is gone with it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from scheduler.errors import PublishError
from scheduler.text import Text

APPLICATION = 0x44555459
"""Marks the file as ours (``DUTY``)."""

VERSION = 1
"""The number of the tables' form; it changes when an older program could not read them."""

_DISK = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
)
_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE editions (
    number INTEGER PRIMARY KEY, issued INTEGER NOT NULL, finished INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE calendars (
    audience TEXT NOT NULL, owner TEXT NOT NULL, path TEXT NOT NULL UNIQUE COLLATE NOCASE,
    label_en TEXT NOT NULL, label_zh TEXT NOT NULL, name_en TEXT NOT NULL, name_zh TEXT NOT NULL,
    zone TEXT NOT NULL, state TEXT NOT NULL, written TEXT, digest TEXT, modified INTEGER NOT NULL,
    PRIMARY KEY (audience, owner)
);
CREATE TABLE events (
    uid TEXT PRIMARY KEY, audience TEXT NOT NULL, owner TEXT NOT NULL, shift TEXT NOT NULL, volunteer TEXT NOT NULL,
    starts INTEGER NOT NULL, ends INTEGER NOT NULL, digest TEXT NOT NULL, rings TEXT NOT NULL, status TEXT NOT NULL,
    sequence INTEGER NOT NULL, created INTEGER NOT NULL, stamp INTEGER NOT NULL, live INTEGER NOT NULL,
    entry TEXT NOT NULL, edition INTEGER NOT NULL, before TEXT
);
CREATE INDEX events_of ON events (audience, owner);
CREATE TABLE handed_out (
    audience TEXT NOT NULL, owner TEXT NOT NULL, edition INTEGER NOT NULL, digest TEXT NOT NULL,
    issued INTEGER NOT NULL, PRIMARY KEY (audience, owner, edition)
);
"""


def connect(path: Path) -> sqlite3.Connection:
    """The database of a ledger, made if it is not there, locked until it is closed.

    Raises:
        PublishError: another run holds it, it is another program's or a newer version's, or it cannot be read.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as wrong:
        raise unreadable(path) from wrong
    with _closed_on_error(database):
        _run(database, path, "PRAGMA locking_mode=EXCLUSIVE")
        _run(database, path, "BEGIN EXCLUSIVE")
        _prepare(database, path)
        _run(database, path, "COMMIT")
    return database


def copy(path: Path) -> sqlite3.Connection:
    """A copy of a ledger in memory, for trying out; empty if there is none. Nothing on disk changes.

    Raises:
        PublishError: as ``connect``.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    with _closed_on_error(database):
        if path.exists() and path.stat().st_size:
            held = connect(path)
            try:
                held.backup(database)
            finally:
                held.close()
        else:
            _prepare(database, path)
    return database


def is_no_fault_of_ours(error: sqlite3.DatabaseError) -> bool:
    """Whether it is the disk or the file that failed."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DISK


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    """See whose file it is; make the tables of an empty one."""
    application = _number(database, path, "application_id")
    version = _number(database, path, "user_version")
    empty = not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if empty and not application:
        for statement in filter(str.strip, _TABLES.split(";")):
            database.execute(statement)
        database.execute(f"PRAGMA application_id={APPLICATION}")
        database.execute(f"PRAGMA user_version={VERSION}")
    elif application != APPLICATION:
        raise _foreign(path)
    elif version > VERSION:
        text = Text(
            "the ledger was written by a newer version of this program", "该发布台账由本程序的更新版本写入"
        )
        raise PublishError(text, path.as_posix(), Text("install that version", "请安装该版本后再用"))


def _number(database: sqlite3.Connection, path: Path, name: str) -> int:
    return int(_run(database, path, f"PRAGMA {name}").fetchone()[0])


def _run(database: sqlite3.Connection, path: Path, statement: str) -> sqlite3.Cursor:
    try:
        return database.execute(statement)
    except sqlite3.DatabaseError as wrong:
        code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _busy(path) from wrong
        raise (_foreign(path) if code == sqlite3.SQLITE_NOTADB else unreadable(path)) from wrong


@contextlib.contextmanager
def _closed_on_error(database: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


def _busy(path: Path) -> PublishError:
    text = Text("somebody else is publishing with this ledger right now", "此刻另有人正在用该台账发布")
    hint = Text("wait until that is done, then publish again", "请等对方完成后再次发布")
    return PublishError(text, path.as_posix(), hint)


def _foreign(path: Path) -> PublishError:
    text = Text("this file is not a ledger of publications", "该文件不是发布台账")
    hint = Text("name another file with --ledger", "请用 --ledger 指定另一个文件")
    return PublishError(text, path.as_posix(), hint)


def unreadable(path: Path) -> PublishError:
    """What is raised when the database fails: a full disk, a broken file."""
    text = Text("the ledger cannot be read or written", "无法读写发布台账")
    hint = Text("see that the file is there, whole and writable", "请检查该文件是否存在、完好且可写")
    return PublishError(text, path.as_posix(), hint)
