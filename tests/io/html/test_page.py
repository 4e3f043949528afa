"""The page as a file: whole, the same, and nothing in it that its reader may not see."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from scheduler.domain.profile import Profile
from scheduler.io.html.page import html_page
from scheduler.text import Languages
from tests.io.html.pages import MIDDAY, PEOPLE, empty, record


class Seen(HTMLParser):
    """The elements of a page with their attributes, and the texts of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.raw:
            self.raw[self._inside].append(data)


def page(profile: Profile = Profile.PUBLIC, languages: Languages = Languages.BOTH, **more: object) -> str:
    return html_page(record(**more), MIDDAY, profile, languages).decode()  # type: ignore[arg-type]


def test_the_same_roster_has_the_same_bytes() -> None:
    assert page() == page()


def test_the_policy_allows_its_own_style_and_script_only() -> None:
    seen = Seen(page())
    policy = next(
        one["content"] for tag, one in seen.elements if one.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    for name, text in (("script", seen.raw["script"][-1]), ("style", seen.raw["style"][0])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_nothing_comes_from_elsewhere() -> None:
    seen = Seen(page(Profile.COORDINATOR))
    assert not [
        one for tag, one in seen.elements if tag in ("link", "img", "iframe", "object") or "src" in one
    ]
    assert all((one["href"] or "").startswith("#") for _, one in seen.elements if "href" in one)
    assert not [one for _, one in seen.elements if "style" in one or any(key.startswith("on") for key in one)]


def test_ids_are_unique() -> None:
    ids = [one["id"] for _, one in Seen(page()).elements if "id" in one]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("hidden", ["林安然", "Lin An", "王博文", "13812341234", "1234", "赵站长", "1111"])
def test_the_public_page_holds_no_full_name_and_no_part_of_a_phone(hidden: str) -> None:
    text = re.sub(r"sha256-[^']+", "", page())
    assert hidden not in text


def test_a_liaison_sees_names_but_no_whole_phone() -> None:
    text = page(Profile.LIAISON)
    assert "林安然" in text
    assert "138****1234" in text
    assert "13812341234" not in text


@pytest.mark.parametrize(
    "name", ["</script><script>hit()</script>", "<img src=x onerror=hit()>", "\" onclick='hit()", "{{ 7*7 }}"]
)
def test_a_name_with_markup_stays_a_name(name: str) -> None:
    people = ({**PEOPLE[0], "name": name}, *PEOPLE[1:])
    bodies = [{"id": "first", "name": name}, {"id": "second", "name": "b"}]
    posts = [{"id": "gate", "name": name, "tasks": name, "leader": name}, {"id": "hall"}]
    wild = page(Profile.COORDINATOR, people=people, organisations=bodies, posts=tuple(posts), name=name)
    tame = page(Profile.COORDINATOR)
    assert "{{ 7*7 }}" in wild or name != "{{ 7*7 }}"
    tags = {tag for tag, _ in Seen(wild).elements}
    assert tags <= {tag for tag, _ in Seen(tame).elements}
    assert not [one for _, one in Seen(wild).elements if any(key.startswith("on") for key in one)]


def test_one_language_is_written_alone() -> None:
    english, chinese = page(languages=Languages.EN), page(languages=Languages.ZH)
    assert "东门岗" not in re.sub(
        r'<script type="application/json".*?</script>', "", english, flags=re.DOTALL
    )
    assert "<span lang=" not in english + chinese
    assert '<html lang="en">' in english
    assert '<html lang="zh">' in chinese


def test_the_page_says_as_of_when_in_the_zone_of_the_plan() -> None:
    text = page()
    assert "截至 2024-03-05 12:00" in text
    assert "As of 2024-03-05 12:00" in text


def test_holidays_and_makeup_workdays_are_marked() -> None:
    text = page(calendar={"overrides": {"2024-03-04": "holiday", "2024-03-05": "makeup-workday"}})
    marks = re.findall(r'<h3 class="(\S+)">.*?<i>(.*?)</i>', text)
    assert [(kind, "休" in mark, "班" in mark) for kind, mark in marks] == [
        ("holiday", True, False),
        ("makeup-workday", False, True),
    ]


def test_gaps_are_counted_and_listed() -> None:
    text = page()
    assert text.count('<td class="gap">') == 6
    listed = text.partition('<section id="gaps"')[2].partition("</section>")[0]
    assert listed.count("<tr><td>") == 6


def test_a_roster_without_anybody_is_a_page() -> None:
    assert html_page(empty(), MIDDAY).decode().count('<td class="gap">') == 12
