"""The page in a real browser: what a reader sees, finds and prints."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

pytest.importorskip("selenium", reason="selenium is not installed")

from scheduler.domain.profile import Profile
from scheduler.io.html.page import html_page
from scheduler.text import Languages
from tests.browser.chromium import DESK, PHONE, WALL, Browser, missing, started
from tests.io.html.pages import MIDDAY, PEOPLE, record

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")

VIEWS = ("now", "days", "posts", "organisations", "gaps", "charts")
Maker = Callable[..., Path]


def at(day: int, clock: str) -> dt.datetime:
    """A moment in the plan's zone."""
    hour, minute = map(int, clock.split(":"))
    return dt.datetime(2024, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with started(tmp_path_factory.mktemp("chromium")) as one:
        yield one


@pytest.fixture
def page(tmp_path: Path) -> Maker:
    def make(
        profile: Profile = Profile.COORDINATOR, languages: Languages = Languages.BOTH, **more: Any
    ) -> Path:
        path = tmp_path / f"{profile}-{languages}.html"
        path.write_bytes(html_page(record(**more), MIDDAY, profile, languages))
        return path

    return make


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_view_fits_the_width_in_both_languages(browser: Browser, page: Maker, size: Any) -> None:
    made = page(people=({**PEOPLE[0], "name": "Bartholomew Featherstonehaugh-Cholmondeley"}, *PEOPLE[1:]))
    for view in VIEWS:
        browser.open(made, view, at(5, "09:00"), size)
        assert browser.ask("document.body.dataset.view") == view
        for language in ("zh", "en"):
            browser.ask(f"document.getElementById('{language}').click()")
            wide = browser.ask("[document.scrollingElement.scrollWidth, innerWidth]")
            assert wide[0] <= wide[1], (view, language)


def test_a_finger_hits_every_target_on_a_phone(browser: Browser, page: Maker) -> None:
    made = page()
    for view in VIEWS:
        browser.open(made, view, at(5, "09:00"), PHONE)
        heights = browser.ask(
            "Array.from(document.querySelectorAll('a, button, select, input[type=search], body > label'))"
            ".filter(one => one.getClientRects().length && !one.classList.contains('skip'))"
            ".map(one => one.getBoundingClientRect().height)"
        )
        assert len(heights) > 8
        assert min(heights) >= 44, view


@pytest.mark.parametrize(
    ("clock", "now", "then"),
    [
        ("07:59", ["无班"], ["上午班 08:00–12:00", "晚班 18:00–22:00"]),
        ("08:00", ["上午班 08:00–12:00"], ["晚班 18:00–22:00"]),
        ("11:59", ["上午班 08:00–12:00"], ["晚班 18:00–22:00"]),
        ("12:00", ["无班"], ["晚班 18:00–22:00"]),
    ],
)
def test_who_is_on_duty_now_follows_the_clock(
    browser: Browser, page: Maker, clock: str, now: list[str], then: list[str]
) -> None:
    browser.open(page(), "now", at(5, clock))
    gate = browser.texts(".card")[0]
    assert "东门岗" in gate
    before, _, after = gate.partition("下一班")
    assert all(words in before for words in now)
    assert then[0] in after
    assert browser.texts("#clock") == [f"3月5日 周二 {clock}"]
    assert ("林安然" in before) == (clock in ("08:00", "11:59"))


@pytest.mark.parametrize("view", ["now", "wall"])
def test_who_is_on_duty_changes_by_itself_when_the_shift_does(
    browser: Browser, page: Maker, view: str
) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    shown = {"now": ".now", "wall": "#wall td.on b"}[view]
    browser.open(page(), view, at(5, "11:59"))
    assert "林安然" in "".join(browser.texts(shown))
    browser.move_clock(at(5, "12:00"))
    WebDriverWait(browser.driver, 20, poll_frequency=0.1).until(lambda _: not browser.texts(shown))


@pytest.mark.parametrize(
    ("moment", "view", "note"),
    [
        (at(4, "05:59"), "days", []),
        (at(4, "06:00"), "now", []),
        (at(7, "05:59"), "now", ["本排班已于3月6日 周三结束。"]),
        (at(7, "06:00"), "days", []),
    ],
)
def test_a_page_opens_where_its_time_is(
    browser: Browser, page: Maker, moment: dt.datetime, view: str, note: list[str]
) -> None:
    browser.open(page(), "", moment)
    assert browser.ask("document.body.dataset.view") == view
    assert browser.texts("#now .note") == note


@pytest.mark.parametrize(
    ("typed", "found"), [("安", ["林安然"]), ("lin a", ["林安然"]), ("青", ["蔡青"]), ("x", [])]
)
def test_a_part_of_a_name_finds_people_and_their_duties(
    browser: Browser, page: Maker, typed: str, found: list[str]
) -> None:
    browser.open(page(), "days", at(5, "09:00"))
    browser.driver.find_element("id", "find").send_keys(typed)
    assert browser.texts("#found h3") == found
    if "林安然" in found:
        assert browser.texts("#found .card > ul li") == [
            "3月5日 周二 上午班 08:00–12:00 东门岗",
            "3月5日 周二 晚班 18:00–22:00 大厅",
        ]
        browser.driver.find_element("css selector", "#found summary").click()
        assert browser.texts("#found details li") == ["3月4日 周一 上午班 08:00–12:00 东门岗"]
    assert not browser.ask("document.getElementById('days').getClientRects().length")


def test_a_whole_name_finds_the_family_where_names_are_masked(browser: Browser, page: Maker) -> None:
    browser.open(page(Profile.PUBLIC), "days", at(5, "09:00"))
    browser.driver.find_element("id", "find").send_keys("林安然")
    assert browser.texts("#found h3") == ["林*"]


def test_the_language_switches_at_once(browser: Browser, page: Maker) -> None:
    browser.open(page(), "days", at(5, "09:00"))
    browser.driver.find_element("css selector", "label[for=en]").click()
    shown = "".join(browser.texts("header, nav, main"))
    assert "East gate" in shown
    assert not re.search("[\u4e00-\u9fff]", re.sub("赵站长", "", shown))
    assert browser.ask("document.documentElement.lang") == "en"
    browser.driver.find_element("css selector", "label[for=zh]").click()
    assert "东门岗" in "".join(browser.texts("main"))
    assert "East gate" not in "".join(browser.texts("main"))


def test_a_link_leads_to_a_day_a_post_and_an_organisation(browser: Browser, page: Maker) -> None:
    made = page()
    browser.open(made, "day-2024-03-06", at(5, "09:00"))
    assert browser.texts(".day h3") == ["2024年3月6日（周三） 缺3人"]
    browser.open(made, "post=hall", at(5, "09:00"))
    assert browser.texts("#at-post .card")[0].startswith("大厅")
    assert "蔡青" in "".join(browser.texts("#at-post tbody"))
    browser.open(made, "organisation=second", at(5, "09:00"))
    assert [row.split("\t")[-1].strip() for row in browser.texts("#of-organisation tbody tr")] == [
        "王博文"
    ] * 2


def test_names_with_markup_do_nothing(browser: Browser, page: Maker) -> None:
    names = (
        "<img src=x onerror=document.title='hit'>",
        "</script><script>document.title='hit'</script>",
        "{{7*7}}",
    )
    people = tuple({**person, "name": name} for person, name in zip(PEOPLE, names))
    bodies = [{"id": "first", "name": names[0]}, {"id": "second", "name": names[1]}]
    posts = ({"id": "gate", "name": names[1], "tasks": names[0]}, {"id": "hall", "name": names[0]})
    browser.complaints()
    made = page(people=people, organisations=bodies, posts=posts, name="plan")
    for view in (*VIEWS, "wall"):
        browser.open(made, view, at(5, "09:00"))
        assert browser.ask("document.title") == "plan"
        assert browser.ask("document.querySelectorAll('img').length") == 0
    browser.open(made, "days", at(5, "09:00"))
    browser.driver.find_element("id", "find").send_keys("<img")
    assert browser.texts("#found h3") == [names[0]]
    assert browser.ask("document.title") == "plan"
    assert browser.complaints() == []


def test_the_page_asks_for_nothing_and_the_console_is_silent(browser: Browser, page: Maker) -> None:
    made = page()
    browser.requests(), browser.complaints()
    for view in (*VIEWS, "wall"):
        browser.open(made, view, at(5, "09:00"))
    assert {url.partition("#")[0] for url in browser.requests()} <= {made.as_uri(), "about:blank"}
    assert browser.complaints() == []


def test_the_wall_fills_the_screen_and_no_more(browser: Browser, page: Maker) -> None:
    posts = tuple({"id": f"p{n}", "name": f"第{n}号值守岗位"} for n in range(14))
    browser.open(page(posts=posts, served={}), "wall", at(5, "09:00"), WALL)
    assert len(browser.texts("#wall tbody tr")) == 14
    height = browser.ask("document.scrollingElement.scrollHeight")
    assert height <= WALL[1]
    assert browser.ask("document.querySelector('#wall table').getBoundingClientRect().bottom") > WALL[1] * 0.7
    assert browser.texts("#wall em")[0] == "缺1人"
    browser.ask("document.getElementById('en').click()")
    assert browser.ask("document.scrollingElement.scrollHeight") <= WALL[1]
    assert browser.texts("#wall em")[0] == "1 missing"
    assert browser.texts("#search") == []


def test_without_javascript_the_roster_can_be_read(browser: Browser, page: Maker) -> None:
    browser.open(page(), script=False, size=PHONE)
    shown = browser.driver.find_element("tag name", "body").text
    assert shown.count("东门岗") >= 3
    assert "启用 JavaScript" in shown
    assert "查找姓名" not in shown
    browser.driver.find_element("css selector", "label[for=en]").click()
    assert "East gate" in browser.driver.find_element("tag name", "main").text


@pytest.mark.parametrize(("choice", "days"), [("all", 3), ("a-page", 3), ("only", 1)])
def test_printing_makes_landscape_pages(browser: Browser, page: Maker, choice: str, days: int) -> None:
    browser.open(page(), "days", at(5, "09:00"))
    browser.ask(f"document.body.setAttribute('data-print', '{choice}')")
    printed = browser.pdf()
    sheets = len(re.findall(rb"/Type /Page\b", printed))
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[(.*?)\]", printed)}
    assert [(round(box[2]), round(box[3])) for box in boxes] == [(842, 595)]
    assert (sheets >= 3) if choice == "a-page" else sheets in (2, 3)
    browser.call("Emulation.setEmulatedMedia", media="print")
    assert len(browser.texts(".day")) == days
    assert browser.texts("#views a, #search, .paper") == []
    browser.call("Emulation.setEmulatedMedia", media="")


def test_the_keyboard_reaches_language_search_and_views(browser: Browser, page: Maker) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    browser.open(page(), "", at(5, "09:00"))
    reached = []
    for _ in range(5):
        ActionChains(browser.driver).send_keys(Keys.TAB).perform()
        reached.append(
            browser.ask("document.activeElement.id || document.activeElement.getAttribute('href')")
        )
    assert reached == ["zh", "#days", "find", "#now", "#days"]
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    assert browser.ask("document.body.dataset.view") == "days"
