"""Entries as the ledger keeps them: enough to write an event again after the plan forgot it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from scheduler.publish.event import Alarm, Entry, Status
from scheduler.text import Language, Text

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(entry: Entry) -> str:
    """An entry without its UID, times and status, as JSON."""
    fields = (
        *(_pair(text) for text in (entry.summary, entry.location, entry.description, entry.post)),
        [_pair(text) for text in entry.categories],
        entry.geo,
        [[round(alarm.before.total_seconds()), _pair(alarm.text)] for alarm in entry.alarms],
        entry.busy,
        entry.private,
        entry.shift,
        entry.volunteer,
    )
    return _encode(fields)


def unpacked(text: str, uid: str, start: dt.datetime, end: dt.datetime, status: Status) -> Entry:
    """The entry again."""
    summary, location, description, post, categories, geo, alarms, busy, private, shift, person = json.loads(
        text
    )
    return Entry(
        uid=uid,
        start=start,
        end=end,
        summary=_text(summary),
        location=_text(location),
        description=_text(description),
        categories=tuple(map(_text, categories)),
        geo=(geo[0], geo[1]) if geo else None,
        alarms=tuple(Alarm(dt.timedelta(seconds=before), _text(words)) for before, words in alarms),
        busy=busy,
        private=private,
        status=status,
        shift=shift,
        volunteer=person,
        post=_text(post),
    )


def words_digest(entry: Entry, languages: Sequence[Language]) -> str:
    """A digest of what an event says in these languages; status and reminders aside, which have rules of their own."""
    texts = (entry.summary, entry.location, entry.description, *entry.categories)
    said = [text.say(language) for language in languages for text in texts]
    facts = f"{entry.start.isoformat()} {entry.end.isoformat()} {entry.geo} {entry.busy} {entry.private}"
    return hashlib.sha256("\0".join([facts, *said]).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def rings(entry: Entry) -> str:
    """When an event rings: seconds before the start."""
    return ",".join(str(round(alarm.before.total_seconds())) for alarm in entry.alarms)


def pair(text: Text) -> list[str]:
    """A text as the ledger keeps it: English, Chinese."""
    return [text.en, text.zh]


def unpaired(pair: Any) -> Text:
    """The text again."""
    return Text(en=pair[0], zh=pair[1])


_pair, _text = pair, unpaired
