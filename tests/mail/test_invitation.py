"""Who is to be written to, and who was already."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.mail.invitation import Channel, Due, Method, mailable
from scheduler.publish.event import Status
from tests.mail.worlds import PEOPLE, asked, calendars, plan, remembered, revised


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


def test_a_new_address_is_invited_and_a_cancellation_goes_where_the_invitation_went() -> None:
    handed = remembered(asked(calendars()).invitations)
    moved_house = plan({**PEOPLE[0], "email": "an@example.net"}, PEOPLE[1])
    found = asked(calendars(given=moved_house), handed, given=moved_house)
    assert [(one.to.email, one.again) for one in found.invitations] == [("an@example.net", False)] * 2
    left = plan(PEOPLE[1], {"id": "cai"})
    (one,) = asked(revised(calendars(), 0, Status.CANCELLED), handed, given=left).invitations
    assert (one.method, one.to.email, one.to.name.zh) == (Method.CANCEL, "anna@example.org", "林安")


@pytest.mark.parametrize(("email", "works"), [(None, False), ("a@b.cn", True), ("安@例子.cn", False)])
def test_addresses_every_server_takes(email: str | None, works: bool) -> None:
    assert mailable(email) is works
