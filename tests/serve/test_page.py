"""The page of a link: right links, nothing foreign, nothing executable, both languages, the next duties."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import re
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from scheduler.errors import PublishError
from scheduler.serve import wording
from scheduler.serve.address import base_address
from scheduler.serve.duties import next_duties
from scheduler.serve.page import POLICY, STYLE, page, qr_code
from scheduler.text import Language, Text
from tests.serve.conftest import Served
from tests.serve.world import NOW, PEOPLE, calendar, event

TOKEN = "0123456789abcdefghijklmnopqrs_-X"  # noqa: S105 - of no link
BASE = "https://duty.example.org/x"
FEED = f"{BASE}/f/{TOKEN}/duty.ics"
AHEAD = ("20240305T080000", "20240305T120000")


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))
        if tag not in ("meta", "input", "br", "path", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "path":
            assert self.open.pop() == tag


def shown(name: Text | None = PEOPLE["wang"], data: bytes = b"", now: dt.datetime | None = NOW) -> str:
    return page(BASE, TOKEN, name, Language.ZH, data, now).decode()


def test_links_lead_to_the_feed() -> None:
    elements = Elements(shown()).found
    links = {attributes["href"] for tag, attributes in elements if tag == "a"}
    assert links == {FEED, FEED.replace("https:", "webcal:")}
    assert f"<code>{FEED}</code>" in shown()


def test_the_qr_code_is_of_the_page_and_drawn_in_it() -> None:
    assert qr_code(f"{BASE}/f/{TOKEN}/") in shown()
    assert qr_code(f"{BASE}/f/{TOKEN}/") != qr_code(f"{BASE}/f/{TOKEN[::-1]}/")


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    elements = Elements(shown(data=calendar(event(1, "值班", *AHEAD)))).found
    assert not {tag for tag, _ in elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "form",
        "object",
        "embed",
        "base",
    }
    for _, attributes in elements:
        assert not {"src", "style", "action"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert not re.search(r"url\(|@import", STYLE)


def test_the_policy_allows_the_one_style_and_nothing_else() -> None:
    style = re.search(r"<style>(.*?)</style>", shown(), re.DOTALL)
    assert style
    allowed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert (
        f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ) == POLICY
    assert html.unescape(shown()).count("default-src 'none'") == 1


def test_names_and_titles_are_text() -> None:
    name, title = PEOPLE["odd"], '"><img src=x onerror=alert(1)> &amp; {{ 7*7 }}'
    text = shown(name, calendar(event(1, title, *AHEAD)))
    assert {"script", "img", "b"}.isdisjoint(tag for tag, _ in Elements(text).found)
    assert html.escape(title).replace("&quot;", "&#34;") in text
    assert "49" not in re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("guide", wording.GUIDES, ids=lambda guide: guide.title.en)
def test_every_phone_has_a_way_in_both_languages(guide: wording.Guide) -> None:
    text = html.unescape(shown())
    for line in (guide.title, *guide.steps):
        assert line.en in text
        assert line.zh in text


def test_the_language_shown_first_is_the_one_asked_for(site: Served) -> None:
    path = f"/f/{site.token['volunteer:wang']}/"
    for wanted, first in [
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,en", "zh"),
        ("", "zh"),
        ("*", "zh"),
        ("de", "en"),
    ]:
        answer = site.client.get(path, headers={"Accept-Language": wanted})
        assert f'id="{first}" checked' in answer.text
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "private, no-cache"
    assert site.client.get(path.rstrip("/")).text == site.client.get(path).text
    assert (
        "2024年3月4日（周一）08:00–12:00" not in site.client.get(f"/f/{site.token['volunteer:gone']}/").text
    )


def test_next_duties_are_those_not_over_and_not_cancelled_by_time() -> None:
    cancelled = event(4, "cancelled").replace("CONFIRMED", "CANCELLED")
    data = calendar(
        event(1, "later", "20240305T220000", "20240306T020000"),
        event(2, "over", "20240304T080000", "20240304T140000"),
        event(3, "now", "20240304T080000", "20240304T140001"),
        cancelled,
    )
    assert [duty.title for duty in next_duties(data, NOW)] == ["now", "later"], "it is 14:00 in Shanghai"
    assert [duty.title for duty in next_duties(data, NOW, most=1)] == ["now"]
    later = next_duties(data, NOW)[1]
    assert later.when == Text("Tue 5 Mar 2024, 22:00–02:00 (+1 d)", "2024年3月5日（周二）22:00–次日02:00")


def test_times_in_utc_are_shown_in_the_calendars_zone() -> None:
    data = calendar(event(1, "x")).replace(b";TZID=Asia/Shanghai:20240304T080000", b":20240304T230000Z")
    data = data.replace(b";TZID=Asia/Shanghai:20240304T120000", b":20240305T030000Z")
    (duty,) = next_duties(data, NOW)
    assert duty.start == dt.datetime(2024, 3, 5, 7, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert duty.when.zh == "2024年3月5日（周二）07:00–11:00"


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"BEGIN:VCALENDAR", b"hello", calendar(event(1, "x", "2024"))]
)
def test_a_file_that_cannot_be_read_has_no_next_duties(data: bytes) -> None:
    assert next_duties(data, NOW) == ()


@pytest.mark.parametrize(("status", "marked"), [("TENTATIVE", True), ("CONFIRMED", False)])
def test_a_duty_that_may_still_change_is_marked_in_both_languages(status: str, marked: bool) -> None:
    data = calendar(event(1, "x", *AHEAD).replace("CONFIRMED", status))
    text = shown(data=data)
    assert [duty.tentative for duty in next_duties(data, NOW)] == [marked]
    assert [f"<em>{word}</em>" in text for word in ("（待定）", "(tentative)")] == [marked, marked]


def test_without_a_time_no_duties_are_listed_which_could_grow_old() -> None:
    assert wording.NEXT.zh in shown()
    assert wording.NONE.zh in shown()
    assert wording.NEXT.zh not in re.sub(r"<details>.*?</details>", "", shown(now=None), flags=re.DOTALL)


@pytest.mark.parametrize(
    "word", ["https://a.example", "http://10.0.0.1:8000/", "https://a.example/x/y", "http://[::1]:8"]
)
def test_addresses_that_links_may_begin_with(word: str) -> None:
    assert base_address(word) == word.rstrip("/")


@pytest.mark.parametrize(
    "word",
    [
        "a.example",
        "ftp://a.example",
        "https://",
        "https://a.example?x",
        "https://a.example/#x",
        "javascript:alert(1)",
        "https://user@a.example",
        'https://a.example/"><script>',
        "https://a b.example",
        "https://[::1",
        "",
        "https://a\n",
    ],
)
def test_other_addresses_are_refused(word: str) -> None:
    with pytest.raises(PublishError, match="no address"):
        base_address(word)
