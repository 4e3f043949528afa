import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from scheduler.io.content_line import (
    clean_text,
    duration_line,
    geo_line,
    lines_line,
    list_line,
    text_line,
    time_line,
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b;c:d"e\\f', 'SUMMARY:a\\,b\\;c:d"e\\\\f'),
        ("a\r\nb\nc\rd\u2028e\x0bf\x85g", "SUMMARY:a b c d e f g"),
        ("a\tb\x00\x1b\x7f c", "SUMMARY:a b c"),
        ("e\u0301", "SUMMARY:é"),
        ("e\x00\u0301", "SUMMARY:é"),
        ("\ud800x", "SUMMARY:x"),
        (" \u200f \n ", "SUMMARY:\u200f"),
    ],
)
def test_a_text_is_cleaned_and_escaped(text: str, line: str) -> None:
    assert text_line("SUMMARY", text).decode() == line + "\r\n"


def test_line_breaks_are_kept_where_they_may_be_and_empty_lines_left_out() -> None:
    assert lines_line("DESCRIPTION", "a \r\n\r\n b;\x0c\n") == b"DESCRIPTION:a\\nb\\;\r\n"


def test_list_items_are_escaped_one_by_one() -> None:
    assert list_line("CATEGORIES", "a,b", "c") == b"CATEGORIES:a\\,b,c\r\n"


def test_a_long_line_is_folded_by_octets_between_characters() -> None:
    lines = text_line("SUMMARY", "龙潭𠮷😀" * 50).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])
    assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode() == "SUMMARY:" + "龙潭𠮷😀" * 50


def test_times_carry_their_zone_in_every_form() -> None:
    moment = dt.datetime(2024, 2, 29, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert time_line("DTSTART", moment) == b"DTSTART;TZID=Asia/Shanghai:20240229T080000\r\n"
    assert time_line("DTSTART", moment.astimezone(dt.UTC)) == b"DTSTART:20240229T000000Z\r\n"


def test_durations_are_exact() -> None:
    assert duration_line("TRIGGER", -dt.timedelta(days=1)) == b"TRIGGER:-P1D\r\n"
    assert duration_line("TRIGGER", -dt.timedelta(minutes=90)) == b"TRIGGER:-PT1H30M\r\n"
    typed = duration_line("REFRESH-INTERVAL", dt.timedelta(hours=6), typed=True)
    assert typed == b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"


def test_a_position_near_zero_is_not_written_with_an_exponent() -> None:
    assert geo_line(0.00001, -116.4171234567) == b"GEO:0.000010;-116.417123\r\n"


def test_cleaning_twice_changes_nothing() -> None:
    once = clean_text(" a\x00\n\ne\u0301 ", "\n")
    assert clean_text(once, "\n") == once == "a\né"
