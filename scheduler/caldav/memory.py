"""What was pushed where, remembered in the plan's ledger file in a table of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from scheduler.caldav.difference import Mark

_TABLE = """
CREATE TABLE IF NOT EXISTS pushed (
    url TEXT NOT NULL, name TEXT NOT NULL, uid TEXT NOT NULL, etag TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (url, name)
)
"""


def pushed_to(database: sqlite3.Connection, url: str) -> dict[str, Mark]:
    """What earlier pushes left at an address, by name."""
    database.execute(_TABLE)
    rows = database.execute("SELECT name, uid, etag, digest FROM pushed WHERE url = ?", (url,))
    return {name: Mark(uid, etag, digest) for name, uid, etag, digest in rows}


def remember_pushed(database: sqlite3.Connection, url: str, marks: Mapping[str, Mark]) -> None:
    """Note what a push left at an address, in one transaction."""
    rows = [(url, name, mark.uid, mark.etag, mark.digest) for name, mark in marks.items()]
    database.execute("BEGIN")
    database.execute(_TABLE)
    database.executemany("INSERT OR REPLACE INTO pushed VALUES (?, ?, ?, ?, ?)", rows)
    database.execute("COMMIT")
