"""What was handed over by mail, remembered in the plan's ledger file in a table of its own."""

from __future__ import annotations

import datetime as dt
import sqlite3

from scheduler.mail.invitation import Addressee, Channel, Handed, Invitation, Method
from scheduler.text import Text

_TABLE = """
CREATE TABLE IF NOT EXISTS mails (
    number INTEGER PRIMARY KEY, uid TEXT NOT NULL, sequence INTEGER NOT NULL, method TEXT NOT NULL,
    volunteer TEXT NOT NULL, name_en TEXT NOT NULL, name_zh TEXT NOT NULL, email TEXT NOT NULL,
    channel TEXT NOT NULL, handed INTEGER NOT NULL
)
"""
_COLUMNS = "uid, sequence, method, volunteer, name_en, name_zh, email, channel"


class Outbox:
    """The mails of a ledger, over its open database; what is remembered is on the disk at once."""

    def __init__(self, database: sqlite3.Connection, now: dt.datetime) -> None:
        self._database = database
        self._now = int(now.timestamp())
        with database:
            database.execute(_TABLE)

    def handed(self) -> tuple[Handed, ...]:
        """All that was handed over, oldest first."""
        rows = self._database.execute(f"SELECT {_COLUMNS} FROM mails ORDER BY number")  # noqa: S608
        return tuple(_handed(row) for row in rows)

    def remember(self, invitation: Invitation, channel: Channel) -> None:
        """Note that a message was handed over."""
        one = invitation.handed(channel)
        values = (one.uid, one.sequence, one.method, one.to.id, one.to.name.en, one.to.name.zh, one.to.email)
        with self._database:
            self._database.execute(
                f"INSERT INTO mails ({_COLUMNS}, handed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                (*values, channel, self._now),
            )


def _handed(row: tuple[str, int, str, str, str, str, str, str]) -> Handed:
    uid, sequence, method, volunteer, english, chinese, email, channel = row
    to = Addressee(volunteer, Text(english, chinese), email)
    return Handed(uid, sequence, Method(method), to, Channel(channel))
