"""A reading is said back as a sentence that is read as the same."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.calendar import DateRange, DayClass, Weekday
from scheduler.domain.request import TimesOfDay, TimeWindow
from scheduler.domain.volunteer import Contract
from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading
from scheduler.io.phrases.render import said
from tests.io.phrases.settings import HORIZON, MARCH, PLAIN

DAYS = st.sampled_from(HORIZON.days)


def _subset(choice: type[Weekday] | type[DayClass]) -> st.SearchStrategy[tuple[Weekday | DayClass, ...]]:
    every = tuple(choice)
    return st.sets(st.sampled_from(every), min_size=1).map(lambda some: tuple(sorted(some, key=every.index)))


def _range(ends: tuple[dt.date, dt.date]) -> DateRange:
    return DateRange(first=min(ends), last=max(ends))


RANGES = st.one_of(
    st.tuples(DAYS, DAYS).map(_range),
    DAYS.map(lambda day: DateRange(first=day)),
    DAYS.map(lambda day: DateRange(last=day)),
)
DAYS_OFF = (DayClass.WEEKEND, DayClass.HOLIDAY)
CHOICES = st.one_of(
    st.just({}),
    _subset(Weekday).map(lambda some: {"weekdays": some}),
    _subset(DayClass).map(lambda some: {"classes": some}),
    st.lists(DAYS, min_size=1, max_size=3, unique=True).map(lambda some: {"dates": tuple(some)}),
    RANGES.map(lambda one: {"dates": (one,)}),
    st.tuples(RANGES, _subset(Weekday)).map(lambda two: {"dates": (two[0],), "weekdays": two[1]}),
    st.tuples(RANGES, st.sampled_from(DayClass)).map(lambda two: {"dates": (two[0],), "classes": (two[1],)}),
)


def _times(ends: tuple[int, int]) -> TimesOfDay:
    """Any hours of a duty day that begins at 06:30, in quarters: those after midnight end in the morning."""
    start, length = ends
    end = start + length
    return TimesOfDay(start=_clock(start), end=_clock(end))


def _clock(quarters: int) -> dt.time:
    return dt.time(quarters // 4 % 24, 15 * (quarters % 4))


HOURS = st.integers(26, 26 + 95).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(1, 26 + 96 - start)).map(_times)
)
WINDOWS = (
    st.tuples(CHOICES, st.lists(HOURS, max_size=2, unique=True))
    .map(lambda two: TimeWindow.model_validate({**two[0], "hours": tuple(two[1]) or None}))
    .filter(lambda one: not one.hours or len(one.classes or ()) < 2 or one.classes == DAYS_OFF)
)
COUNTS = st.none() | st.integers(0, 30)
LIMITS = st.builds(Contract, per_day=COUNTS, per_week=COUNTS, per_horizon=COUNTS)
SOME = st.lists(WINDOWS, max_size=3, unique=True).map(tuple)
READINGS = st.one_of(
    st.builds(Reading, only=SOME, unavailable=SOME, limits=LIMITS),
    st.builds(Reading, always=st.just(True), unavailable=SOME, limits=LIMITS),
).filter(lambda reading: reading != Reading())


@settings(max_examples=150, deadline=None)
@given(READINGS)
def test_said_and_read_again_is_the_same(reading: Reading) -> None:
    sentence = said(reading, MARCH)
    assert read_phrase(sentence.zh, MARCH) == reading
    assert read_phrase(sentence.en, MARCH) == reading


FRAGMENTS = st.sampled_from(
    (
        *(
            "周一",
            "周六",
            "至",
            "周五",
            "、",
            "，",
            "工作日",
            "周末",
            "节假日",
            "全天",
            "上午",
            "晚上",
            "晚7点后",
        ),
        *("下午2点到6点", "除", "外", "除外", "15日", "3月5日", "-", "8日", "每周", "三次", "以内", "最多"),
        *("都可以", "没空", "的", "每天", "一班", "下旬", "次日", "22:00", "06:30"),
        *("weekday", "evenings", "after", "7pm", "not", "on", "and", "Mon"),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=8), st.booleans())
def test_whatever_is_understood_reads_back_the_same(words: list[str], plain: bool) -> None:
    setting = PLAIN if plain else MARCH
    reading = read_phrase(" ".join(words) if plain else "".join(words), setting)
    if isinstance(reading, Reading):
        sentence = said(reading, setting)
        assert read_phrase(sentence.zh, setting) == reading
        assert read_phrase(sentence.en, setting) == reading


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("周一至周五晚7点后", "周一至周五 19:00-24:00", "Mon to Fri 19:00-24:00"),
        ("工作日晚上", "工作日 17:30-次日01:00", "workdays 17:30-next day 01:00"),
        (
            "除15日外，每周三次",
            "2020年3月15日全天除外；每周最多3班",
            "not 2020-03-15 all day; at most 3 shifts a week",
        ),
        ("凌晨班", "每天 次日01:00-06:30", "every day next day 01:00-06:30"),
    ],
)
def test_sentences(text: str, zh: str, en: str) -> None:
    reading = read_phrase(text, MARCH)
    assert isinstance(reading, Reading)
    assert (said(reading, MARCH).zh, said(reading, MARCH).en) == (zh, en)
