"""Certificates of service: one page of HTML a person, to be printed, signed and sealed.

The items are those of the Ministry of Civil Affairs' order No. 67 (in force 1 Feb 2021): who, service and hours,
issuer, responsible person, handler, contact, number and date. Who recorded the service certifies it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from scheduler.errors import PublishError
from scheduler.io.calendars import slugs
from scheduler.io.files import refuse_to_overwrite, write_together
from scheduler.publish.leaks import leaks_in
from scheduler.report.counting import hours
from scheduler.report.service import Credit, Record, Service
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who certifies; what is not given stays a line to be filled in by hand."""

    name: str = ""
    responsible: str = ""
    handler: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the service was for, by which rule it was credited, who certifies it, when, under which numbers."""

    activity: Text
    credit: Credit
    issuer: Issuer
    issued: dt.date
    prefix: str


def write_certificates(
    folder: Path, found: Sequence[Service], occasion: Occasion, *, force: bool = False
) -> tuple[Path, ...]:
    """Write a page for everybody, all of them or none.

    Raises:
        PublishError: a file is there already, cannot be written, or would show somebody's number.
    """
    names = slugs(_key(one) for one in found)
    pages = {folder / f"{names[_key(one)]}.html": certificate(one, occasion).encode() for one in found}
    refuse_to_overwrite(pages, force=force)
    if shown := leaks_in(pages, _digits(occasion.issuer.contact)):
        error = PublishError(shown[0].text, shown[0].place, shown[0].hint)
        error.faults = shown
        raise error
    write_together(pages)
    return tuple(pages)


def certificate(one: Service, occasion: Occasion) -> str:
    """One person's page, in Chinese and English; the same page for the same service and day."""
    issuer = occasion.issuer
    words = {
        "title": f"志愿服务记录证明 {one.person.label.zh}",
        "number": f"{occasion.prefix}-{_key(one)}",
        "sentence_zh": _sentence(one, occasion).zh,
        "sentence_en": _sentence(one, occasion).en,
        "rule_zh": occasion.credit.text.zh,
        "rule_en": occasion.credit.text.en,
        "issuer": issuer.name,
        "responsible": issuer.responsible,
        "handler": issuer.handler,
        "contact": issuer.contact,
        "issued": f"{occasion.issued.year}年{occasion.issued.month}月{occasion.issued.day}日 {occasion.issued}",
    }
    template = Template(files("scheduler.io").joinpath("certificate.html").read_text("utf-8"))
    rows = "\n".join(_row(record) for record in one.records)
    return template.substitute({key: html.escape(word) for key, word in words.items()}, rows=rows)


def _sentence(one: Service, occasion: Occasion) -> Text:
    member = Text(" ({of})", "（{of}）").format(of=one.organisation) if one.organisation else Text("", "")
    return Text(
        "{who}{member} took part in {what} {when}; duties served: {times}, hours of service credited: {hours}.",
        "兹证明{who}{member}于{when}参与{what}，服务{times}次，计入志愿服务时长{hours}小时。",
    ).format(
        who=one.person.label,
        member=member,
        what=occasion.activity,
        when=_when(one.days[0], one.days[-1]),
        times=len(one.records),
        hours=f"{hours(one.credited):g}",
    )


def _when(first: dt.date, last: dt.date) -> Text:
    start, end = (f"{day.year}年{day.month}月{day.day}日" for day in (first, last))
    if first == last:
        return Text(f"on {first}", start)
    return Text(f"from {first} to {last}", f"{start}至{end}")


def _row(record: Record) -> str:
    shift = record.shift
    tasks = shift.post.tasks
    cells = (
        f"{shift.day}",
        f"{shift.start:%H:%M}–{shift.end:%H:%M}",
        shift.post.label.zh,
        tasks.zh if tasks else "",
    )
    words = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
    return f'<tr>{words}<td class="n">{record.duty.minutes}</td><td class="n">{record.credited}</td></tr>'


def _key(one: Service) -> str:
    """A volunteer's id; for a walk-in, who has none, eight signs that stay the same."""
    if one.person.tier is not None:
        return one.person.key
    return f"w-{hashlib.sha256(one.person.key.encode()).hexdigest()[:8]}"


def _digits(contact: str) -> tuple[str, ...]:
    return ("".join(character for character in contact if character.isdecimal()),) if contact else ()
