"""The short form of windows, days, availability and skills."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from scheduler.domain import shorthand
from scheduler.domain.calendar import DateRange, DayClass, DaySelector, Weekday
from scheduler.domain.request import Availability, TimesOfDay, TimeWindow
from scheduler.domain.volunteer import OwnSkill

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


@pytest.mark.parametrize(
    ("written", "weekdays"),
    [
        ("mon", (MON,)),
        ("mon-fri", (MON, TUE, WED, THU, FRI)),
        ("sat-mon", (SAT, SUN, MON)),
        ("Mon WED", (MON, WED)),
        ("mon,wed", (MON, WED)),
        ("thu-thu", (THU,)),
    ],
)
def test_weekdays(written: str, weekdays: tuple[Weekday, ...]) -> None:
    assert TimeWindow.model_validate(written) == TimeWindow(weekdays=weekdays)


@pytest.mark.parametrize("day_class", list(DayClass))
def test_day_classes(day_class: DayClass) -> None:
    assert DaySelector.model_validate(str(day_class)) == DaySelector(classes=(day_class,))


def test_dates_and_ranges() -> None:
    first, last = dt.date(2020, 3, 1), dt.date(2020, 3, 5)
    assert TimeWindow.model_validate("2020-03-01") == TimeWindow(dates=(first,))
    assert TimeWindow.model_validate("2020-03-01..2020-03-05") == TimeWindow(
        dates=(DateRange(first=first, last=last),)
    )
    assert TimeWindow.model_validate("2020-03-01..") == TimeWindow(dates=(DateRange(first=first),))
    assert TimeWindow.model_validate("..2020-03-05") == TimeWindow(dates=(DateRange(last=last),))
    assert DaySelector.model_validate({"dates": ["2020-03-01..2020-03-05", first]}) == DaySelector(
        dates=(DateRange(first=first, last=last), first)
    )


def test_hours_restrict_the_days() -> None:
    window = TimeWindow.model_validate("workday 17:30-01:00 8:00～9:00")
    assert window.classes == (DayClass.WORKDAY,)
    assert window.hours == (
        TimesOfDay(start=dt.time(17, 30), end=dt.time(1)),
        TimesOfDay(start=dt.time(8), end=dt.time(9)),
    )


def test_sorts_of_words_restrict_each_other() -> None:
    window = TimeWindow.model_validate("mon holiday")
    assert window.picks(dt.date(2020, 4, 6), DayClass.HOLIDAY)
    assert not window.picks(dt.date(2020, 4, 13), DayClass.WORKDAY)
    assert not window.picks(dt.date(2020, 4, 5), DayClass.HOLIDAY)


@pytest.mark.parametrize("written", ["weekend", "fri-sat", "2020-03-01..2020-03-05", "holiday 2020-04-04"])
def test_days_alone_have_the_same_form(written: str) -> None:
    chosen = DaySelector.model_validate(written).model_dump(exclude_none=True)
    assert chosen == TimeWindow.model_validate(written).model_dump(exclude_none=True)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "without a word"),
        ("   ", "without a word"),
        ("weekent", "cannot hold"),
        ("monday", "cannot hold"),
        ("mon-fri-sat", "cannot hold"),
        ("2020-02-30", "no date 2020-02-30"),
        ("20200301", "expected a date"),
        ("..", "without a date"),
        ("2020-03-05..2020-03-01", "before they begin"),
        ("18:00", "expected hours"),
        ("18:00-25:00", "no time 25:00"),
        ("18:00-19:00-20:00", "expected hours"),
    ],
)
def test_what_cannot_be_read_is_refused(written: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        TimeWindow.model_validate(written)


def test_days_take_no_hours() -> None:
    with pytest.raises(ValidationError, match="not hours"):
        DaySelector.model_validate("mon 18:00-22:00")


@pytest.mark.parametrize(
    ("written", "long"),
    [
        ("always", {"always": True}),
        ("Always", {"always": True}),
        ("workday 17:30-01:00; weekend", {"only": ["workday 17:30-01:00", "weekend"]}),
        ("workday；weekend", {"only": ["workday", "weekend"]}),
        (["workday 17:30-01:00", {"weekdays": ["sat"]}], {"only": ["workday 17:30-01:00", "sat"]}),
        ([], {}),
    ],
)
def test_availability_in_short(written: Any, long: dict[str, Any]) -> None:
    assert Availability.model_validate(written) == Availability.model_validate(long)


@pytest.mark.parametrize(
    ("written", "until"),
    [("medical", None), ("medical until 2020-04-01", dt.date(2020, 4, 1)), (" medical ", None)],
)
def test_skill_in_short(written: str, until: dt.date | None) -> None:
    assert OwnSkill.model_validate(written) == OwnSkill(skill="medical", until=until)


def test_skill_until_no_date_is_refused() -> None:
    with pytest.raises(ValidationError, match="expected a date"):
        OwnSkill.model_validate("medical until spring")


@pytest.mark.parametrize(
    ("stretch", "said"),
    [
        ({"start": "2020-03-02 08:00"}, "both start and end"),
        ({"end": "2020-03-02 08:00"}, "both start and end"),
        ({"start": "2020-03-02 08:00", "end": "2020-03-02 08:00"}, "not after its start"),
        ({"start": "2020-03-02 08:00", "end": "2020-03-03 08:00", "weekdays": ["mon"]}, "takes no dates"),
        ({"start": "2020-03-02 08:00+08:00", "end": "2020-03-03 08:00"}, "expected a date and time"),
    ],
)
def test_a_stretch_has_a_local_start_and_a_later_end(stretch: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        TimeWindow.model_validate(stretch)


@pytest.mark.parametrize(
    "words", ["2026-09-07 18:30..2026-09-07 21:00 from anna", "mon-fri 18:00-22:00 from 王芳-日历"]
)
def test_a_window_may_say_which_import_wrote_it(words: str) -> None:
    long = shorthand.expand(words)
    assert long["source"] == words.rpartition(" ")[2]
    assert shorthand.contract(long) == words


@pytest.mark.parametrize("words", ["from anna", "mon from", "mon from a from b"])
def test_a_source_stands_behind_a_window_alone(words: str) -> None:
    with pytest.raises(PydanticCustomError):
        shorthand.expand(words)
