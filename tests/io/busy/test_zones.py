"""Names of time zones as real programs write them."""

from pathlib import Path

import pytest

from scheduler.io.busy.zones import known_zone
from tests.io.busy.worlds import calendar, event, read, times, unread


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("/Asia/Shanghai", "Asia/Shanghai"),
        ("/tzurl.org/2025a/Asia/Shanghai", "Asia/Shanghai"),
        ("/freeassociation.sourceforge.net/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ('"China Standard Time"', "Asia/Shanghai"),
        ("china standard time", "Asia/Shanghai"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("PRC", "PRC"),
        ("Customized Time Zone", None),
        ("tzone://Microsoft/Custom", None),
        ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", None),
        ("UTC+8", None),
        ("../../etc/passwd", None),
        ("", None),
    ],
)
def test_a_name_is_known_or_not_guessed(name: str, zone: str | None) -> None:
    found = known_zone(name)
    assert (found and found.key) == zone


def at(zone: str, *definition: str) -> str:
    return calendar(*definition, event(f"DTSTART;TZID={zone}:20260907T080000", "DURATION:PT1H"))


def part(kind: str, start: str, before: str, after: str, *more: str) -> str:
    lines = (f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", *more)
    return "\n".join((f"BEGIN:{kind}", *lines, f"END:{kind}"))


def defined(name: str, *lines: str) -> str:
    return "\n".join(("BEGIN:VTIMEZONE", f"TZID:{name}", *lines, "END:VTIMEZONE"))


def test_no_name_at_all_is_floating_time(tmp_path: Path) -> None:
    assert times(read(tmp_path, at(""))) == ["0907 0800-0900"]


def test_an_unknown_zone_is_said(tmp_path: Path) -> None:
    busy = read(tmp_path, at("Customized Time Zone"))
    assert unread(busy) == ['3 its time zone "Customized Time Zone" is not known']


@pytest.mark.parametrize("offset", ["+5328", "nonsense", ""])
def test_a_known_name_is_believed_and_not_the_broken_block_beside_it(tmp_path: Path, offset: str) -> None:
    block = defined("Asia/Tokyo", part("STANDARD", "19000101T000000", offset, "+0900"))
    assert times(read(tmp_path, at("Asia/Tokyo", block))) == ["0907 0700-0800"]
    block = defined(
        "Customized", "X-LIC-LOCATION:Asia/Tokyo", part("STANDARD", "19000101T000000", offset, "+0900")
    )
    assert times(read(tmp_path, at("Customized", block))) == ["0907 0700-0800"]
    block = defined("Customized", part("STANDARD", "19000101T000000", offset, "+0900"))
    wrong = "11 the file's own definition of its time zone cannot be read"
    assert unread(read(tmp_path, at("Customized", block))) == [wrong]


def test_a_zone_that_the_file_defines_is_used(tmp_path: Path) -> None:
    name = "(UTC+09:30) Somewhere\\, Else"
    block = defined(name, part("STANDARD", "16010101T000000", "+0930", "+0930"))
    assert times(read(tmp_path, at('"(UTC+09:30) Somewhere, Else"', block))) == ["0907 0630-0730"]


EASTERN = defined(
    "Custom",
    part("DAYLIGHT", "16010311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
    part("STANDARD", "16011104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
)


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ("20261031T235900", "1101 0359-0400"),
        ("20261101T005900", "1101 0459-0500"),
        ("20261101T030000", "1101 0800-0801"),
        ("20261107T080000", "1107 1300-1301"),
    ],
)
def test_a_defined_zone_changes_when_the_known_one_does(tmp_path: Path, wall: str, utc: str) -> None:
    from zoneinfo import ZoneInfo

    for zone in ("Custom", "America/New_York"):
        content = calendar(EASTERN, event(f"DTSTART;TZID={zone}:{wall}", "DURATION:PT1M"))
        assert times(read(tmp_path, content), ZoneInfo("UTC")) == [utc]


def test_a_defined_zone_may_end_its_rules_and_list_its_changes(tmp_path: Path) -> None:
    block = defined(
        "Old",
        part("STANDARD", "19700101T000000", "+0800", "+0800"),
        part("DAYLIGHT", "20000101T000000", "+0800", "+0900", "RRULE:FREQ=YEARLY;UNTIL=20050101T000000Z"),
        part("STANDARD", "20000701T000000", "+0900", "+0800", "RRULE:FREQ=YEARLY;UNTIL=20050701T000000Z"),
        part("STANDARD", "20260901T000000", "+0800", "+0730", "RDATE:20260901T000000"),
    )
    assert times(read(tmp_path, at("Old", block))) == ["0907 0830-0930"]
