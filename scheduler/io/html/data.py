"""The facts of a page as JSON for its script: names once, times in minutes, nothing that could end the script."""

from __future__ import annotations

import datetime as dt
import json

from markupsafe import Markup

from scheduler.io.html.facts import Duty, Facts
from scheduler.text import Text

_HARMLESS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def page_data(facts: Facts, strings: dict[str, Text], languages: list[str]) -> Markup:
    """The JSON of a page; it stands in a ``<script type="application/json">`` whatever names hold.

    A duty is [day, post, type, start, end, least, heads, person…]; times are minutes after ``base``, which
    is in minutes since 1970.
    """
    base = _minutes(facts.begins[0])
    data = {
        "languages": languages,
        "zone": facts.time_zone,
        "base": base,
        "masked": facts.masked,
        "words": {key: _pair(text) for key, text in strings.items()},
        "days": [
            [day.isoformat(), str(kind), _minutes(begins) - base]
            for (day, kind), begins in zip(facts.days, facts.begins)
        ],
        "types": [[*_pair(label), hours] for label, hours in facts.types],
        "posts": [
            [one.id, *_pair(one.label), *_pair(one.location), *_pair(one.tasks), *_pair(one.leader)]
            for one in facts.posts
        ],
        "bodies": [[one.id, *_pair(one.label), one.within, one.colour] for one in facts.organisations],
        "people": [[*_pair(one.name), one.organisation, one.phone] for one in facts.people],
        "duties": [_row(duty, base) for duty in facts.duties],
    }
    return harmless(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def harmless(text: str) -> Markup:
    """JSON that can stand in HTML: what could end a script or a line is written as escapes."""
    for character, escape in _HARMLESS.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - escaped above


def _row(duty: Duty, base: int) -> list[int]:
    times = (_minutes(duty.start) - base, _minutes(duty.end) - base)
    return [duty.day, duty.post, duty.type, *times, duty.least, duty.heads, *duty.crew]


def _minutes(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // 60


def _pair(text: Text) -> list[str]:
    return [text.zh, text.en]
