"""The data of a page: JSON that no name can end."""

from __future__ import annotations

import json

import pytest

from scheduler.domain.profile import Profile
from scheduler.io.html.data import harmless, page_data
from scheduler.io.html.facts import page_facts
from tests.io.html.pages import record


@pytest.mark.parametrize("name", ["</script>", "<!--", "]]>", "&amp;", "a\u2028b\u2029c", "'\"\\"])
def test_whatever_a_name_holds_the_json_is_one_value_without_markup(name: str) -> None:
    written = str(harmless(json.dumps([name], ensure_ascii=False)))
    assert json.loads(written) == [name]
    assert not set(written) & set("<>&\u2028\u2029")


def test_a_duty_is_numbers_and_times_are_minutes_after_the_first_day_begins() -> None:
    made = record()
    facts = page_facts(made.plan.problem, made.roster, Profile.LIAISON)
    data = json.loads(page_data(facts, {}, ["zh"]))
    assert data["duties"][0] == [0, 0, 0, 120, 360, 1, 1, 0]  # the day begins at six, the shift at eight
    assert data["people"][0] == ["林安然", "Lin An", 0, "138****1234"]
    assert data["days"][1] == ["2024-03-05", "workday", 1440]
    assert data["base"] * 60 == facts.begins[0].timestamp()
