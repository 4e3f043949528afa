"""Finding people, posts and shifts by what a person types."""

import pytest

from scheduler.advice.find import find_post, find_shift, find_volunteer
from scheduler.errors import InputError
from tests.builders import world

PEOPLE = (
    {"id": "w1", "name": {"en": "Wang Fang", "zh": "王芳"}},
    {"id": "w2", "name": {"en": "Wang Fang", "zh": "王芳"}},
    {"id": "l1", "name": {"en": "Li Na", "zh": "李娜"}},
)
POSTS = ({"id": "gate", "name": {"en": "West gate", "zh": "福光路西口"}}, {"id": "hall", "name": "Hall"})
WORLD = world(PEOPLE, posts=POSTS)


@pytest.mark.parametrize("word", ["l1", "李娜", "李 娜", "Li Na", "li na", "李　娜"])
def test_a_volunteer_is_found_by_id_or_a_name_of_one(word: str) -> None:
    assert find_volunteer(WORLD, word).id == "l1"


def test_people_of_one_name_are_told_apart_by_id() -> None:
    with pytest.raises(InputError) as wrong:
        find_volunteer(WORLD, "王芳")
    hint = wrong.value.faults[0].hint
    assert hint is not None
    assert "w1" in hint.zh
    assert "w2" in hint.en


@pytest.mark.parametrize("word", ["李", "l2", ""])
def test_nobody_is_guessed(word: str) -> None:
    with pytest.raises(InputError):
        find_volunteer(WORLD, word)


@pytest.mark.parametrize(
    "word",
    [
        "gate/2024-03-05/morning",
        "福光路西口 3月5日 morning",
        "西口 5日 morning",
        "morning 2024.3.5 West gate".replace("West gate", "gate"),
        "西口，3-5，morning",
        "西口 2024年3月5日 morning",
    ],
)
def test_a_shift_is_found_by_post_day_and_type_in_any_order(word: str) -> None:
    assert find_shift(WORLD, word).id == "gate/2024-03-05/morning"


@pytest.mark.parametrize("word", ["gate 5日", "", "morning"])
def test_words_that_fit_several_shifts_name_some(word: str) -> None:
    with pytest.raises(InputError) as wrong:
        find_shift(WORLD, word)
    hint = wrong.value.faults[0].hint
    assert hint is not None
    assert "2024-03-0" in hint.en


@pytest.mark.parametrize("word", ["gate 15日 morning", "gate 5日 dawn", "moon 5日 morning"])
def test_words_that_fit_no_shift_are_named(word: str) -> None:
    odd = {"15日", "dawn", "moon"}
    with pytest.raises(InputError) as wrong:
        find_shift(WORLD, word)
    assert any(one in wrong.value.faults[0].text.en for one in odd)


@pytest.mark.parametrize(
    ("word", "post"), [("gate", "gate"), ("西口", "gate"), ("hall", "hall"), ("Hall", "hall")]
)
def test_a_post_is_found_by_part_of_its_name(word: str, post: str) -> None:
    assert find_post(WORLD, word).id == post
