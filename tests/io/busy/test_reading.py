"""What calendars of real programs look like, one peculiarity a test."""

import codecs
from pathlib import Path

import pytest

from tests.io.busy.worlds import calendar, event, ignored, read, times, unread

MEETING = event("UID:m", "DTSTART:20260907T010000Z", "DTEND:20260907T020000Z")
ODD = "GEO:broken\nno colon here\nX;=:;\nBEGIN:VALARM\nDTSTART:1\nEND:VALARM"
ANSWER = ["0907 0900-1000"]


def test_a_meeting_makes_busy(tmp_path: Path) -> None:
    busy = read(tmp_path, calendar(MEETING))
    assert (times(busy), busy.taken, busy.ignored, busy.unreadable) == (ANSWER, 1, (), ())


@pytest.mark.parametrize(
    "data",
    [
        calendar(MEETING).replace("\n", "\r\n").encode(),
        calendar(MEETING).replace("\n", "\r").encode(),
        codecs.BOM_UTF8 + calendar(MEETING).encode(),
        calendar(MEETING).encode("utf-16"),
        calendar(MEETING).encode("utf-16-le"),
        calendar(MEETING).encode("utf-16-be"),
        calendar(MEETING).lower().encode(),
        calendar(MEETING, "X-WR-CALNAME:值班表").encode("gb18030"),
        calendar(MEETING, "X-WR-CALNAME:Fête").encode("latin-1"),
        calendar(MEETING.replace("DTSTART:2026", "DTSTART:20\n 26")).encode(),
        calendar(MEETING.replace("DTSTART:", "DTSTART\n\n :")).encode(),
        MEETING.encode(),
        (calendar() + calendar(MEETING)).encode(),
        calendar(MEETING.replace("UID:m\n", "")).encode(),
        calendar(MEETING.replace("UID:m", f"UID:m\n{ODD}")).encode(),
    ],
    ids=[
        "CRLF", "CR", "BOM", "UTF-16", "UTF-16 little", "UTF-16 big", "lower case", "GB18030", "Latin-1", "folded",
        "folded behind the name", "no VCALENDAR", "several VCALENDARs", "no UID", "odd lines",
    ],
)  # fmt: skip
def test_it_reads_the_same_in_every_form(tmp_path: Path, data: bytes) -> None:
    busy = read(tmp_path, data)
    assert (times(busy), busy.unreadable) == (ANSWER, ())


def test_events_without_uid_or_with_the_same_one_are_all_there(tmp_path: Path) -> None:
    other = MEETING.replace("0907T", "0908T")
    assert times(read(tmp_path, calendar(MEETING, other))) == ["0907 0900-1000", "0908 0900-1000"]
    plain = calendar(MEETING, other).replace("UID:m\n", "")
    assert times(read(tmp_path, plain)) == ["0907 0900-1000", "0908 0900-1000"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261004"), ["1001 0000-1004 0000"]),
        (("DTSTART;VALUE=DATE:20261001",), ["1001 0000-1002 0000"]),
        (("DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261001"), ["1001 0000-1002 0000"]),
        (("DTSTART:20261001", "DURATION:P2D"), ["1001 0000-1003 0000"]),
        (("DTSTART;VALUE=DATE:20261001T000000", "DTEND;VALUE=DATE:20261002T000000"), ["1001 0000-1002 0000"]),
        (("DTSTART;VALUE=DATE:20260930", "RRULE:FREQ=MONTHLY;COUNT=2"), ["0930 0000-1001 0000", "1030 0000-1031 0000"]),
        (("DTSTART:20260907T010000Z", "DURATION:PT1H30M"), ["0907 0900-1030"]),
        (("DTSTART:20260907T010000Z", "DURATION:P1W"), ["0907 0900-0914 0900"]),
        (("DTSTART:20260907T010000", "DTEND:20260907T240000"), ["0907 0100-0908 0000"]),
    ],
)  # fmt: skip
def test_starts_and_ends(tmp_path: Path, lines: tuple[str, ...], expected: list[str]) -> None:
    busy = read(tmp_path, calendar(event(*lines)))
    assert (times(busy), busy.unreadable) == (expected, ())


def test_whole_days_are_days_of_the_plan(tmp_path: Path) -> None:
    busy = read(tmp_path, calendar("X-WR-TIMEZONE:America/New_York", event("DTSTART;VALUE=DATE:20261001")))
    assert times(busy) == ["1001 0000-1002 0000"]
    assert busy.days == busy.stretches


def test_floating_times_are_those_of_the_plan_unless_the_file_names_a_zone(tmp_path: Path) -> None:
    floating = event("DTSTART:20260910T183000", "DTEND:20260910T210000")
    assert times(read(tmp_path, calendar(floating))) == ["0910 1830-2100"]
    assert times(read(tmp_path, calendar("X-WR-TIMEZONE:Asia/Tokyo", floating))) == ["0910 1730-2000"]
    assert times(read(tmp_path, calendar("X-WR-TIMEZONE:Atlantis", floating))) == ["0910 1830-2100"]


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (("DTSTART:20260931T100000Z",), "DTSTART in row 4 is no valid time"),
        (("DTSTART:20260930T082000Z", "DTEND:20260931T100000Z"), "DTEND in row 5 is no valid time"),
        (("DTSTART:20260930T082000Z", "DURATION:-PT1H"), "DURATION in row 5 is no valid time"),
        (("DTSTART:20260930T082000Z", "DURATION:P"), "DURATION in row 5 is no valid time"),
        (("DTSTART:20260930T082000Z", "DTEND:20260930T081900Z"), "it ends before it begins"),
        (("DTSTART:20260930T082000Z", "EXDATE:nonsense"), "EXDATE in row 5 is no valid time"),
        (("DTSTART:20260930T082000Z", "RRULE FREQ=DAILY"), "row 5 cannot be read"),
        (("DTSTART:20260930T082000Z", "EXRULE:FREQ=DAILY"), "it has an old rule of exceptions (EXRULE)"),
        (("SUMMARY:nothing else",), "it has no start"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_taken(
    tmp_path: Path, lines: tuple[str, ...], wrong: str
) -> None:
    busy = read(tmp_path, calendar(event(*lines), MEETING))
    assert unread(busy) == [f"3 {wrong}"]
    assert times(busy) == ANSWER


def test_what_cannot_be_read_but_surely_comes_later_is_no_matter(tmp_path: Path) -> None:
    late = event("DTSTART:20261203T000000Z", "DTEND:bad"), event("DTSTART:20261202T000000Z", "DTEND:bad")
    assert [len(read(tmp_path, calendar(one)).unreadable) for one in late] == [0, 1]


@pytest.mark.parametrize(
    ("content", "wrong", "taken"),
    [
        (calendar(MEETING)[:-14], ["1 the file ends in the middle of an entry"], 1),
        (calendar(MEETING)[:-30], ["3 the file ends in the middle of an entry"], 0),
        (calendar("BEGIN:VEVENT", "DTSTART:20260907"), ["3 BEGIN and END do not match"], 0),
        (calendar("END:VEVENT", MEETING), ["3 BEGIN and END do not match"], 1),
    ],
    ids=["calendar cut off", "event cut off", "event not closed", "event not opened"],
)
def test_files_that_are_cut_off(tmp_path: Path, content: str, wrong: list[str], taken: int) -> None:
    busy = read(tmp_path, content)
    assert (unread(busy), busy.taken, busy.lost) == (wrong, taken, False)


@pytest.mark.parametrize(
    "content", [b"", b"not a calendar", b"<html>\n", bytes(range(256)) * 9, b"PK\x03\x04"]
)
def test_what_is_no_calendar_is_lost(tmp_path: Path, content: bytes) -> None:
    busy = read(tmp_path, content)
    assert (busy.lost, busy.unreadable[0].text.en) == (True, "this is not a calendar file")


def test_an_empty_calendar_says_that_nothing_is_on(tmp_path: Path) -> None:
    busy = read(tmp_path, calendar())
    assert (busy.taken, busy.unreadable, busy.lost) == (0, (), False)


FREE_BUSY = """BEGIN:VFREEBUSY
FREEBUSY;FBTYPE=BUSY:20261001T010000Z/20261001T040000Z,20261002T010000Z/PT3H
FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261003T010000Z/20261003T020000Z
FREEBUSY;FBTYPE=FREE:20261004T010000Z/20261004T020000Z
FREEBUSY;FBTYPE=X-ODD:20261005T010000Z/20261005T020000Z
FREEBUSY:20261006/20261007
END:VFREEBUSY"""


def test_free_busy_periods(tmp_path: Path) -> None:
    busy = read(tmp_path, calendar(FREE_BUSY))
    assert times(busy) == [
        "1001 0900-1200",
        "1002 0900-1200",
        "1003 0900-1000",
        "1005 0900-1000",
        "1006 0000-1007 0000",
    ]
    assert ignored(busy) == {"free-period": 1}


@pytest.mark.parametrize(
    "period", ["20261001T010000Z", "20261001T010000Z/", "20261002T0000Z/20261001T0000Z", "x/PT1H"]
)
def test_a_broken_period_is_said(tmp_path: Path, period: str) -> None:
    busy = read(tmp_path, calendar(f"BEGIN:VFREEBUSY\nFREEBUSY:{period}\nEND:VFREEBUSY"))
    assert len(busy.unreadable) == 1


@pytest.mark.parametrize(
    "content",
    [
        calendar(
            "BEGIN:VAVAILABILITY\nBEGIN:AVAILABLE\nDTSTART:20260901T000000Z\nEND:AVAILABLE\nEND:VAVAILABILITY"
        ),
        calendar("CALSCALE:CHINESE", MEETING),
    ],
)
def test_what_means_something_else_is_said_and_not_interpreted(tmp_path: Path, content: str) -> None:
    busy = read(tmp_path, content)
    assert (times(busy), len(busy.unreadable)) == ([], 1)


def test_tasks_and_notes_are_counted(tmp_path: Path) -> None:
    task = "BEGIN:VTODO\nDTSTART:20260907T010000Z\nDUE:20260907T030000Z\nEND:VTODO"
    assert ignored(read(tmp_path, calendar(task, task.replace("TODO", "JOURNAL")))) == {"not-an-event": 2}


def test_only_what_touches_the_days_of_the_plan_counts(tmp_path: Path) -> None:
    edges = [
        ("20260831T150000Z", "20260831T160000Z", "outside"),
        ("20260831T150000Z", "20260831T160001Z", "taken"),
        ("20261130T155959Z", "20261201T000000Z", "taken"),
        ("20261130T160000Z", "20261201T000000Z", "outside"),
    ]
    for start, end, expected in edges:
        busy = read(tmp_path, calendar(event(f"DTSTART:{start}", f"DTEND:{end}")))
        assert (busy.taken, ignored(busy)) == ((1, {}) if expected == "taken" else (0, {"outside": 1}))
