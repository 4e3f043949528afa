"""Messages hold what a message holds and lose nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.io.chat.blocks import Section, blocks, size
from scheduler.text import Language

NAMES = st.text(alphabet="张王李赵伟芳娜ab 𠮷", min_size=1, max_size=4).map(str.strip).filter(bool)
LINES = st.lists(NAMES, min_size=1, max_size=80).map("、".join)
SECTIONS = st.lists(st.builds(Section, NAMES, st.lists(LINES, max_size=4).map(tuple)), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(SECTIONS, st.integers(200, 400))
def test_no_message_is_too_long_and_every_name_is_there(sections: list[Section], limit: int) -> None:
    made = blocks("【计划】", sections, Language.ZH, limit)
    assert all(size(message) <= limit for message in made)
    said = re.sub(r"\s", "", "".join(made))
    for section in sections:
        for line in section.lines:
            for name in line.split("、"):
                assert re.sub(r"\s", "", name) in said


@pytest.mark.parametrize(("limit", "count"), [(213, 1), (212, 2)])
def test_sections_stay_whole_where_they_can(limit: int, count: int) -> None:
    one, other = Section("周一", ("人" * 90,)), Section("周二", ("人" * 100,))
    made = blocks("计划", [one, other], Language.ZH, limit)
    assert len(made) == count
    if count == 2:
        assert made == ["计划（1/2）\n周一\n" + "人" * 90, "计划（2/2）\n周二\n" + "人" * 100]
    else:
        assert made[0].startswith("计划\n周一\n")


def test_a_section_that_is_too_long_goes_on_under_its_heading() -> None:
    made = blocks("Plan", [Section("Mon", ("a" * 120, "b" * 120))], Language.EN, 200)
    assert made == ["Plan (1/2)\nMon\n" + "a" * 120, "Plan (2/2)\nMon (continued)\n" + "b" * 120]


def test_a_line_that_is_too_long_is_cut_between_names() -> None:
    line = "早班：" + "、".join(["张三丰"] * 80)
    made = blocks("计划", [Section("周一", (line,))], Language.ZH, 200)
    assert len(made) == 2
    assert made[0].endswith("张三丰、")
    assert made[1].splitlines()[:2] == ["计划（2/2）", "周一（续）"]


def test_characters_beyond_the_basic_plane_count_twice() -> None:
    assert size("𠮷a") == 3
