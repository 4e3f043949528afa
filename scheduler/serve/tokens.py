"""Secret links: who holds one, kept as hashes only.

A token is 24 bytes from the operating system's random source (192 bits). The store keeps the SHA-256 of it and
never the token, so neither the file nor a copy of it opens a feed; a plain hash is enough because nobody can run
through 2^192 values, unlike passwords. A token is looked up by its hash in an index: how long that takes tells
at most something about the hash of a guess, which the guesser knows anyway and cannot steer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from scheduler.errors import PublishError
from scheduler.publish.event import Audience
from scheduler.serve.folder import Holder
from scheduler.text import Text

TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
"""What a token looks like."""

_BYTES = 24
_VERSION = 1
_APPLICATION = 0x64757479  # "duty": tells the file from other SQLite files
_TABLES = """
CREATE TABLE link (
    audience TEXT NOT NULL, owner TEXT NOT NULL, digest BLOB UNIQUE, made TEXT, revoked TEXT,
    PRIMARY KEY (audience, owner)
) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that lives (``revoked`` is None) or lived: whose, made and revoked when (UTC)."""

    holder: Holder
    made: dt.datetime
    revoked: dt.datetime | None = None


def tokens_file(folder: Path) -> Path:
    """Where the links of a published folder are kept unless told otherwise: beside it, never in it."""
    absolute = folder.absolute()
    return absolute.with_name(f"{absolute.name}.tokens.sqlite")


def digest(token: str) -> bytes:
    """The hash under which a token is kept."""
    return hashlib.sha256(token.encode()).digest()


class Tokens:
    """The store of links: a SQLite file that only its owner may read (mode 0600)."""

    def __init__(self, path: Path, *, make: bool = False) -> None:
        """Open a store, or make one.

        Raises:
            PublishError: there is none, or the file is another program's or a newer version's.
        """
        self.path = path
        if make:
            _private(path)
        elif not path.is_file():
            missing = Text("there are no links yet", "还没有任何订阅链接")
            hint = Text("make them with: scheduler tokens new", "请先生成：scheduler tokens new")
            raise PublishError(missing, path.as_posix(), hint)
        self._store = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(make=make)
        except sqlite3.DatabaseError as wrong:
            self.close()
            raise _foreign(path) from wrong
        except PublishError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def holder(self, token: str) -> Holder | None:
        """Whose living link a token is; None for any other string."""
        if not TOKEN.fullmatch(token):
            return None
        found = self._store.execute("SELECT audience, owner FROM link WHERE digest = ?", (digest(token),))
        with closing(found):
            row = found.fetchone()
        return Holder(Audience(row[0]), row[1]) if row else None

    def links(self) -> tuple[Link, ...]:
        """All links, revoked ones too, by audience and owner."""
        rows = self._store.execute("SELECT audience, owner, made, revoked FROM link ORDER BY audience, owner")
        return tuple(
            Link(
                Holder(Audience(audience), owner),
                dt.datetime.fromisoformat(made),
                None if revoked is None else dt.datetime.fromisoformat(revoked),
            )
            for audience, owner, made, revoked in rows
        )

    @contextmanager
    def change(self) -> Iterator[None]:
        """All changes inside are kept together, or none; another process that changes waits."""
        self._store.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._store.execute("ROLLBACK")
            raise
        self._store.execute("COMMIT")

    def issue(self, holders: Iterable[Holder], now: dt.datetime) -> dict[Holder, str]:
        """New tokens; a link that somebody had stops working. Only this answer knows the tokens."""
        made = {holder: secrets.token_urlsafe(_BYTES) for holder in holders}
        self._store.executemany(
            "INSERT INTO link VALUES (?, ?, ?, ?, NULL) ON CONFLICT (audience, owner)"
            " DO UPDATE SET digest = excluded.digest, made = excluded.made, revoked = NULL",
            [(who.audience, who.owner, digest(token), now.isoformat()) for who, token in made.items()],
        )
        return made

    def revoke(self, holders: Iterable[Holder], now: dt.datetime) -> None:
        """Let links stop working; the hash is forgotten."""
        self._store.executemany(
            "UPDATE link SET digest = NULL, revoked = ?"
            " WHERE audience = ? AND owner = ? AND digest IS NOT NULL",
            [(now.isoformat(), who.audience, who.owner) for who in holders],
        )

    @property
    def base_url(self) -> str | None:
        """The address before ``/f/…`` that was given last; None if none was."""
        row = self._store.execute("SELECT value FROM setting WHERE name = 'base_url'").fetchone()
        return str(row[0]) if row else None

    @base_url.setter
    def base_url(self, address: str) -> None:
        self._store.execute("INSERT OR REPLACE INTO setting VALUES ('base_url', ?)", (address,))

    def _prepare(self, *, make: bool) -> None:
        with self.change():
            (version,) = self._store.execute("PRAGMA user_version").fetchone()
            (application,) = self._store.execute("PRAGMA application_id").fetchone()
            tables = self._store.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if make and not tables:
                for statement in _TABLES.split(";"):
                    self._store.execute(statement)
                self._store.execute(f"PRAGMA user_version = {_VERSION}")
                self._store.execute(f"PRAGMA application_id = {_APPLICATION}")
            elif (version, application) != (_VERSION, _APPLICATION):
                raise _foreign(self.path)


def _private(path: Path) -> None:
    """See that a file is there and readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as wrong:
        text = Text(f"the file cannot be written: {wrong.strerror}", f"无法写入文件：{wrong.strerror}")
        raise PublishError(text, path.as_posix()) from wrong


def _foreign(path: Path) -> PublishError:
    text = Text(
        "this file does not hold links, or a newer version of the program wrote it",
        "该文件不是订阅链接库，或由更新版本的程序写入",
    )
    hint = Text("name the right file with --tokens", "请用 --tokens 指定正确的文件")
    return PublishError(text, path.as_posix(), hint)
