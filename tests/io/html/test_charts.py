"""The charts of a page: what they count."""

from __future__ import annotations

from xml.etree import ElementTree

from scheduler.domain.profile import Profile
from scheduler.io.html.charts import SHADES, Chart, charts
from scheduler.io.html.facts import page_facts
from scheduler.io.roster_file import RosterRecord
from scheduler.text import Language
from tests.io.html.pages import empty, record


def drawn(made: RosterRecord) -> list[Chart]:
    facts = page_facts(made.plan.problem, made.roster, Profile.PUBLIC)
    return charts(facts, made.roster, (Language.ZH, Language.EN))


def test_the_heat_map_has_a_cell_a_post_and_day_with_what_is_missing() -> None:
    cover = drawn(record())[0]
    root = ElementTree.fromstring(str(cover.picture))  # noqa: S314
    titled = {
        one.findtext("title"): one.get("fill") for one in root.iter("path") if one.find("title") is not None
    }
    assert len(titled) == 6
    assert titled["03-04 东门岗 已排满 / 03-04 East gate covered"] == SHADES[1][1]
    assert titled["03-04 大厅 缺2人 / 03-04 Hall 2 missing"] == SHADES[3][1]
    assert cover.text.zh == "2个岗位、3天，应到12人次，已安排6人次，缺6人次。"


def test_shifts_per_person_are_counted_over_those_who_can_serve() -> None:
    people = drawn(record())[1]
    assert people.text.en == "3 people: 1 to 3 shifts each, median 2, mean 2.0."


def test_organisations_are_by_person_times() -> None:
    bodies = drawn(record())[2]
    assert bodies.text.zh == "人次最多：第一支部4人次、第二支部2人次。"


def test_a_roster_without_anybody_has_only_its_cover() -> None:
    assert [one.title.en for one in drawn(empty())] == ["Cover by day and post"]


def test_no_name_of_a_person_is_in_a_chart() -> None:
    assert not any("林" in str(one.picture) for one in drawn(record()))
