import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain.profile import Profile
from scheduler.domain.publishing import Languages, Publishing, as_duration
from scheduler.text import Language


@pytest.mark.parametrize(
    ("word", "minutes"), [("1d", 1440), ("12h", 720), ("90m", 90), ("1d12h", 2160), ("28d", 40320), ("0m", 0)]
)
def test_a_duration_is_days_hours_minutes(word: str, minutes: int) -> None:
    assert as_duration(word) == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize("word", ["", "1", "1w", "d", "-1d", "29d", "28d1m", 60])
def test_what_is_no_duration_is_refused(word: object) -> None:
    with pytest.raises(ValidationError):
        Publishing(alarms=[word])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("words", "count"), [("1d,1h", 2), ("1d， 1h", 2), ("none", 0), ([], 0), (["2d"], 1)]
)
def test_alarms_are_a_list_or_a_text(words: Any, count: int) -> None:
    assert len(Publishing(alarms=words).alarms) == count


def test_by_default_people_are_reminded_an_hour_and_a_day_before() -> None:
    assert Publishing().alarms == (dt.timedelta(hours=1), dt.timedelta(days=1))


def test_both_languages_begin_with_chinese() -> None:
    assert Languages.BOTH.spoken == (Language.ZH, Language.EN)
    assert Languages.EN.spoken == (Language.EN,)


@pytest.mark.parametrize(
    "section",
    [
        {"url": "ftp://a"},
        {"url": "https://user@host/"},
        {"url": "https://host/?token=1"},
        {"show": {"stranger": {}}},
        {"show": {"post": {"phones": "full"}}},
        {"organiser": {"name": "A"}},
        {"languages": "fr"},
        {"alarms": ["1d"] * 6},
    ],
)
def test_what_cannot_be_meant_is_refused(section: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Publishing.model_validate(section)


def test_a_whole_section() -> None:
    section = Publishing.model_validate(
        {
            "alarms": "1d",
            "times": "utc",
            "languages": "both",
            "url": "https://example.org/duty/",
            "organiser": {"name": "办公室", "email": "office@example.org"},
            "show": {"volunteer": {"leader": "full"}},
            "draft": True,
        }
    )
    assert section.url == "https://example.org/duty"
    assert section.show[Profile.VOLUNTEER].leader == "full"
