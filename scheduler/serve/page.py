"""The page of a link: one file without anything from elsewhere, in both languages, for a phone."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from functools import cache
from importlib.resources import files

import segno
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from scheduler.serve import wording
from scheduler.serve.address import feed_link, page_link, webcal_link
from scheduler.serve.duties import Duty, next_duties
from scheduler.text import Language, Text

STYLE = files("scheduler.serve").joinpath("page.css").read_text("utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_IN_PAGE = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
POLICY = f"{_IN_PAGE}; frame-ancestors 'none'"
"""The Content-Security-Policy of a page: its one style and nothing else."""


def page(
    base: str,
    token: str,
    name: Text | None,
    language: Language = Language.ZH,
    data: bytes = b"",
    now: dt.datetime | None = None,
) -> bytes:
    """The page as HTML.

    Args:
        base: the address before ``/f/…``.
        token: the link's secret.
        name: whose calendar it is; None if that is not known any more.
        language: the one shown first; a reader can switch.
        data: the calendar file, for the next duties.
        now: aware; without it no duties are shown, as on a page that is written once and read for months.
    """
    duties: tuple[Duty, ...] | None = None if now is None else next_duties(data, now)
    title = wording.TITLE if name is None else wording.WHOSE.format(name=name)
    return (
        _template()
        .render(
            lang=str(language),
            titles={str(one): title.say(one) for one in Language},
            say=lambda text, code: text.say(Language(code)),
            words=wording,
            policy=_IN_PAGE,
            style=Markup(STYLE),  # noqa: S704 - a file of this package
            feed=feed_link(base, token),
            webcal=webcal_link(base, token),
            code=Markup(qr_code(page_link(base, token))),  # noqa: S704 - drawn here
            duties=duties,
        )
        .encode()
    )


def qr_code(address: str) -> str:
    """An address as a QR code, an SVG element to stand in HTML."""
    return segno.make(address, error="m", micro=False).svg_inline(
        scale=4, border=4, light="#fff", omitsize=True
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files("scheduler.serve").joinpath("page.html").read_text("utf-8"))
