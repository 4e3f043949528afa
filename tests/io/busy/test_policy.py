"""What counts as busy and what does not, and that all of it is counted."""

from pathlib import Path

import pytest

from scheduler.io.busy.policy import Counts, Ignored, Policy
from tests.io.busy.worlds import BUSY, calendar, event, ignored, read

TIMED = ("DTSTART:20260907T010000Z", "DTEND:20260907T020000Z")
DAY = ("DTSTART;VALUE=DATE:20260907",)
ALL_FREE = Policy(all_day=Counts.FREE)
DECLINED = "ATTENDEE;CN=Wang;PARTSTAT=DECLINED;ROLE=REQ-PARTICIPANT:MAILTO:Wang@Example.org"
WANG = Policy(addresses=frozenset({"wang@example.org"}))
LI = Policy(addresses=frozenset({"li@example.org"}))


@pytest.mark.parametrize(
    ("lines", "policy", "expected"),
    [
        (TIMED, Policy(), None),
        (DAY, Policy(), None),
        (DAY, ALL_FREE, "all-day"),
        (TIMED, ALL_FREE, None),
        ((*TIMED, "TRANSP:TRANSPARENT"), Policy(), "free-timed"),
        ((*TIMED, "transp:transparent"), Policy(), "free-timed"),
        ((*TIMED, "TRANSP:TRANSPARENT"), BUSY, None),
        ((*DAY, "TRANSP:TRANSPARENT"), BUSY, "free-all-day"),
        ((*TIMED, "TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), Policy(), None),
        ((*DAY, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), Policy(), "free-all-day"),
        ((*DAY, "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), Policy(), None),
        ((*TIMED, "STATUS:CANCELLED"), BUSY, "cancelled"),
        ((*TIMED, "STATUS:TENTATIVE"), Policy(), None),
        ((*TIMED, DECLINED), Policy(), None),
        ((*TIMED, DECLINED), WANG, "declined"),
        ((*TIMED, DECLINED), LI, None),
        ((*TIMED, DECLINED.replace("DECLINED", "ACCEPTED")), WANG, None),
        (TIMED[:1], Policy(), "no-length"),
        ((*TIMED, "UID:1@Duty-Scheduler"), Policy(own=frozenset({"1@duty-scheduler"})), "own-duty"),
        ((*TIMED, "UID:2@duty-scheduler"), Policy(own=frozenset({"1@duty-scheduler"})), None),
    ],
)
def test_verdicts(tmp_path: Path, lines: tuple[str, ...], policy: Policy, expected: str | None) -> None:
    busy = read(tmp_path, calendar(event(*lines)), policy)
    assert ignored(busy) == ({expected: 1} if expected else {})
    assert busy.taken == (expected is None)


def test_a_calendar_that_cancels_makes_nobody_busy(tmp_path: Path) -> None:
    assert ignored(read(tmp_path, calendar("METHOD:CANCEL", event(*TIMED)))) == {"cancelled": 1}


def test_a_calendar_named_after_an_address_is_that_persons(tmp_path: Path) -> None:
    busy = read(tmp_path, calendar("X-WR-CALNAME:wang@example.org", event(*TIMED, DECLINED)))
    assert ignored(busy) == {"declined": 1}


def test_invitations_that_somebody_declined_are_counted_while_it_is_not_known_who(tmp_path: Path) -> None:
    assert [read(tmp_path, calendar(event(*TIMED, DECLINED)), one).doubtful for one in (Policy(), WANG)] == [
        1,
        0,
    ]


def test_every_reason_has_words_in_both_languages() -> None:
    assert all(reason.label.en != reason.label.zh for reason in Ignored)
