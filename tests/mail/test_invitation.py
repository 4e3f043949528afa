"""Who is to be written to, and who was already."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.mail.invitation import Channel, Due, Method, mailable
from scheduler.mail.message import message_id
from scheduler.problem import Problem
from scheduler.publish.event import Status
from tests.mail.worlds import ORGANISER, PEOPLE, asked, calendars, plan, remembered, revised


def said(found: Due) -> list[tuple[str, int, bool]]:
    return [(one.method.value, one.event.revision.sequence, one.again) for one in found.invitations]


def test_every_duty_of_somebody_with_an_address_is_a_request() -> None:
    found = asked(calendars())
    assert said(found) == [("REQUEST", 0, False)] * 2
    assert {one.to.email for one in found.invitations} == {"anna@example.org"}
    assert [one.id for one in found.unreachable] == ["bo"]


def test_what_was_handed_over_is_not_due_again() -> None:
    first = asked(calendars())
    assert asked(calendars(), remembered(first.invitations)).invitations == ()
    assert len(asked(calendars(), remembered(first.invitations[:1])).invitations) == 1


def test_a_higher_number_is_a_request_again_and_a_cancellation_cancels() -> None:
    handed = remembered(asked(calendars()).invitations)
    moved = revised(calendars(), 0)
    assert said(asked(moved, handed)) == [("REQUEST", 1, True)]
    handed += remembered(asked(moved, handed).invitations)
    gone = revised(moved, 0, Status.CANCELLED)
    assert said(asked(gone, handed)) == [("CANCEL", 2, True)]
    handed += remembered(asked(gone, handed).invitations)
    assert said(asked(gone, handed)) == []
    back = revised(gone, 0)
    assert said(asked(back, handed)) == [("REQUEST", 3, False)]


def test_nobody_is_told_of_the_end_of_a_duty_they_never_heard_of() -> None:
    assert said(asked(revised(calendars(), 0, Status.CANCELLED))) == [("REQUEST", 0, False)]


@pytest.mark.parametrize(("minutes", "count"), [(-1, 2), (0, 1), (1, 1)])
def test_a_duty_that_is_over_needs_no_mail(minutes: int, count: int) -> None:
    end = calendars()[0].events[0].entry.end
    assert len(asked(calendars(), now=end + dt.timedelta(minutes=minutes)).invitations) == count


def test_what_was_only_written_is_still_to_be_sent_and_what_was_sent_needs_no_file() -> None:
    first = asked(calendars()).invitations
    written, sent = remembered(first), remembered(first, Channel.SMTP)
    assert len(asked(calendars(), written, Channel.SMTP).invitations) == 2
    assert asked(calendars(), [*written, *sent], Channel.SMTP).invitations == ()
    assert asked(calendars(), sent).invitations == ()
    gone = revised(calendars(), 0, Status.CANCELLED)
    assert said(asked(gone, written, Channel.SMTP)) == [("CANCEL", 1, True), ("REQUEST", 0, False)]


def at(email: str | None) -> Problem:
    return plan({**PEOPLE[0], "email": email}, PEOPLE[1])


def told(found: Due) -> list[tuple[str, str]]:
    return [(one.method.value, one.to.email) for one in found.invitations]


def test_a_new_address_is_invited_once_the_old_one_was_told_that_it_no_longer_counts() -> None:
    handed = remembered(asked(calendars()).invitations)
    given = at("an@example.net")
    found = asked(calendars(given=given), handed, given=given)
    assert told(found) == 2 * [("CANCEL", "anna@example.org"), ("REQUEST", "an@example.net")]
    assert [one.again for one in found.invitations] == 2 * [True, False]
    assert [one.event.revision.status for one in found.invitations] == 2 * [
        Status.CANCELLED,
        Status.CONFIRMED,
    ]
    now = calendars()[0].events[0].entry.start - dt.timedelta(minutes=1)
    later = asked(calendars(given=given), handed, now=now, given=given).invitations
    assert {one.event.revision.stamp for one in later} == {now}
    handed += remembered(found.invitations)
    assert told(asked(calendars(given=given), handed, given=given)) == []
    gone = revised(calendars(given=given), 0, Status.CANCELLED)
    assert told(asked(gone, handed, given=given)) == [("CANCEL", "an@example.net")]


def test_an_address_that_is_taken_up_again_is_invited_again_by_another_mail() -> None:
    first = asked(calendars()).invitations
    handed = remembered(first)
    for email in ("an@example.net", "anna@example.org"):
        given = at(email)
        found = asked(calendars(given=given), handed, given=given)
        assert told(found)[:2] == [("CANCEL", handed[-1].to.email), ("REQUEST", email)]
        handed += remembered(found.invitations)
        assert told(asked(calendars(given=given), handed, given=given)) == []
    again = found.invitations[1]
    assert (again.to, again.event.revision.sequence) == (first[0].to, first[0].event.revision.sequence)
    assert message_id(again, ORGANISER) != message_id(first[0], ORGANISER)


@pytest.mark.parametrize(
    ("email", "expected"),
    [(None, "anna@example.org"), ("安@例子.cn", "anna@example.org"), ("Anna@Example.org", None)],
)
def test_an_address_given_up_is_told_and_capitals_make_no_other_address(
    email: str | None, expected: str | None
) -> None:
    handed = remembered(asked(calendars()).invitations)
    given = at(email)
    found = asked(calendars(given=given), handed, given=given)
    assert told(found) == ([("CANCEL", expected)] * 2 if expected else [])


def test_what_an_old_address_was_only_written_about_is_still_to_be_sent() -> None:
    handed = remembered(asked(calendars()).invitations)
    given = at("an@example.net")
    handed += remembered(asked(calendars(given=given), handed, given=given).invitations)
    found = asked(calendars(given=given), handed, Channel.SMTP, given=given)
    assert told(found) == 2 * [("CANCEL", "anna@example.org"), ("REQUEST", "an@example.net")]


def test_a_cancellation_goes_where_the_invitation_went() -> None:
    handed = remembered(asked(calendars()).invitations)
    left = plan(PEOPLE[1], {"id": "cai"})
    (one,) = asked(revised(calendars(), 0, Status.CANCELLED), handed, given=left).invitations
    assert (one.method, one.to.email, one.to.name.zh) == (Method.CANCEL, "anna@example.org", "林安")


@pytest.mark.parametrize(("email", "works"), [(None, False), ("a@b.cn", True), ("安@例子.cn", False)])
def test_addresses_every_server_takes(email: str | None, works: bool) -> None:
    assert mailable(email) is works
