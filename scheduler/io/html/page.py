"""The page of a roster: one HTML file, the same bytes for the same roster, reader, languages and time."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from scheduler.domain.calendar import DayClass
from scheduler.domain.profile import Profile
from scheduler.io.html import wording
from scheduler.io.html.charts import SHADES, charts
from scheduler.io.html.data import page_data
from scheduler.io.html.facts import Duty, Facts, page_facts
from scheduler.io.roster_file import RosterRecord
from scheduler.text import WEEKDAYS, Language, Languages, Text, day_text

_PACKAGE = files("scheduler.io.html")
STYLE = _PACKAGE.joinpath("page.css").read_text("utf-8")
_SCRIPTS = ("script_base.js", "script_views.js", "script_ways.js")
SCRIPT = "\n".join(
    [
        "(function () {",
        '"use strict";',
        *(_PACKAGE.joinpath(one).read_text("utf-8") for one in _SCRIPTS),
        "})();",
    ]
)


@dataclass(frozen=True, slots=True)
class Row:
    """A post on one day: what its shifts say, by column; None where it has none."""

    post: int
    cells: tuple[Duty | None, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A duty day as a table: shift types across, posts down."""

    date: dt.date
    label: Text
    short: Text
    weekday: Text
    mark: Text | None
    kind: DayClass
    missing: int
    types: tuple[int, ...]
    rows: tuple[Row, ...]


def html_page(
    record: RosterRecord,
    now: dt.datetime,
    profile: Profile = Profile.PUBLIC,
    languages: Languages = Languages.BOTH,
) -> bytes:
    """The page as UTF-8.

    Args:
        record: the roster and its plan.
        now: what "as of" says; the page itself asks the clock of whoever looks at it.
        profile: who reads; names and numbers they may not see are not in the file.
        languages: what it is written in; the first is shown first.
    """
    problem = record.plan.problem
    facts = page_facts(problem, record.roster, profile, record.plan.digest)
    spoken = languages.spoken
    days = _days(facts)
    made = _template().render(
        lang=str(spoken[0]),
        languages=[str(one) for one in spoken],
        facts=facts,
        days=days,
        gaps=[duty for duty in facts.duties if duty.missing],
        charts=charts(facts, record.roster, spoken),
        shades=SHADES,
        words=wording,
        policy=policy(),
        style=Markup(STYLE),  # noqa: S704 - a file of this package
        script=Markup(SCRIPT),  # noqa: S704 - a file of this package
        data=page_data(facts, wording.SCRIPT, [str(one) for one in spoken]),
        as_of=wording.AS_OF.format(when=now.astimezone(problem.zone)),
        version=wording.VERSION.format(digest=facts.digest),
        totals=wording.TOTALS.format(
            shifts=len(facts.duties),
            heads=sum(duty.heads for duty in facts.duties),
        ),
        lacking=sum(duty.missing for duty in facts.duties),
        span=_span(facts),
        legend=_legend(facts),
        t=_Speech(spoken),
        names=_Names(facts, spoken),
        line=lambda text: " / ".join(dict.fromkeys(text.say(one) for one in spoken)),
        when=lambda duty: day_text(facts.days[duty.day][0]),
    )
    return made.encode()


def policy() -> str:
    """The Content-Security-Policy of a page: its one style, its one script, and nothing else."""
    style, script = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (STYLE, SCRIPT)
    )
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


class _Speech:
    """A text as HTML: in the one language, or in both where they differ."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._languages = languages

    def __call__(self, text: Text, **values: object) -> Markup:
        text = text.format(**values) if values else text
        parts = {language: text.say(language) for language in self._languages}
        if len(set(parts.values())) == 1:
            return escape(next(iter(parts.values())))
        return Markup("").join(
            Markup('<span lang="{}">{}</span>').format(str(one), part) for one, part in parts.items()
        )


class _Names:
    """The people of a shift as HTML, each name made once."""

    def __init__(self, facts: Facts, languages: Sequence[Language]) -> None:
        speech = _Speech(languages)
        self._named = facts.named
        self._speech = speech
        colours = [one.colour for one in facts.organisations]
        self._made = [
            Markup('<b class="c{}">{}</b>').format(
                "n" if one.organisation is None else colours[one.organisation], speech(one.name)
            )
            for one in facts.people
        ]

    def __call__(self, duty: Duty) -> Markup:
        if not self._named and duty.heads:
            return self._speech(wording.HEADS, count=duty.heads)
        return Markup(" ").join(self._made[person] for person in duty.crew)


def _days(facts: Facts) -> list[Day]:
    found: dict[int, dict[int, list[Duty]]] = defaultdict(lambda: defaultdict(list))
    for duty in facts.duties:
        found[duty.day][duty.post].append(duty)
    return [_day(facts, n, found[n]) for n in range(len(facts.days))]


def _day(facts: Facts, number: int, at: dict[int, list[Duty]]) -> Day:
    date, kind = facts.days[number]
    duties = [duty for some in at.values() for duty in some]
    types = tuple(sorted({duty.type for duty in duties}))
    return Day(
        date=date,
        label=day_text(date),
        short=Text(f"{date.day} {date:%b}", f"{date.month}月{date.day}日"),
        weekday=WEEKDAYS[date.weekday()],
        mark=wording.DAY_MARKS.get(kind),
        kind=kind,
        missing=sum(duty.missing for duty in duties),
        types=types,
        rows=tuple(Row(post, _cells(at[post], types)) for post in sorted(at)),
    )


def _cells(duties: Iterable[Duty], types: Sequence[int]) -> tuple[Duty | None, ...]:
    by_type = {duty.type: duty for duty in duties}
    return tuple(by_type.get(one) for one in types)


def _span(facts: Facts) -> Text:
    first, last = facts.days[0][0], facts.days[-1][0]
    end = (
        f"{last.month}月{last.day}日"
        if first.year == last.year
        else f"{last.year}年{last.month}月{last.day}日"
    )
    return Text(
        f"{day_text(first).en} – {day_text(last).en}", f"{first.year}年{first.month}月{first.day}日至{end}"
    )


def _legend(facts: Facts) -> list[tuple[int, Text]]:
    """A colour and the organisations it stands for: those whose own colour no organisation above them has."""
    serving = {person.organisation for person in facts.people}
    colours: dict[int, list[Text]] = defaultdict(list)
    for n, one in enumerate(facts.organisations):
        above = None if one.within is None else facts.organisations[one.within]
        if _serves(facts, n, serving) and (above is None or above.colour != one.colour):
            colours[one.colour].append(one.label)
    if len(colours) < 2:
        return []
    return [(colour, label) for colour, labels in sorted(colours.items()) for label in labels]


def _serves(facts: Facts, body: int, serving: Iterable[int | None]) -> bool:
    for one in serving:
        while one is not None:
            if one == body:
                return True
            one = facts.organisations[one].within  # noqa: PLW2901 - up the tree
    return False


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_PACKAGE.joinpath("page.html").read_text("utf-8"))
