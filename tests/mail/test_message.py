"""Mails as other programs read them."""

from __future__ import annotations

import email
import email.policy
import email.utils
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from scheduler.domain.publishing import Organiser
from scheduler.mail.invitation import Invitation
from scheduler.mail.message import message
from scheduler.publish.event import Status
from scheduler.text import Language
from tests.mail.worlds import ORGANISER, PEOPLE, asked, calendars, plan, remembered, revised

ZH, EN = Language.ZH, Language.EN


def first(given: list[Calendar] | None = None) -> Invitation:
    return asked(given or calendars()).invitations[0]


def cancelled() -> Invitation:
    handed = remembered(asked(calendars()).invitations)
    return asked(revised(calendars(), 0, Status.CANCELLED, hours=0), handed).invitations[0]


def read(invitation: Invitation, *languages: Language, organiser: Organiser = ORGANISER) -> EmailMessage:
    data = message(invitation, organiser, languages or (ZH,)).as_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    assert [part.defects for part in parsed.walk()] == [[] for _ in parsed.walk()]
    return parsed


def test_the_parts_stand_as_mail_programs_want_them() -> None:
    mail = read(first())
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics")
    ]
    calendar, attached = [*mail.walk()][3:]
    assert calendar["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
    assert attached.get_filename() == "invite.ics"
    assert calendar.get_payload(decode=True) == attached.get_payload(decode=True)


@pytest.mark.parametrize(("invitation", "method"), [(first(), "REQUEST"), (cancelled(), "CANCEL")])
def test_the_calendar_says_the_same_method_uid_and_people_as_the_mail(
    invitation: Invitation, method: str
) -> None:
    mail = read(invitation)
    part = [*mail.walk()][3]
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    assert data.count(b"\n") == data.count(b"\r\n")
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == part["Content-Type"].params["method"] == method
    assert event["UID"] == invitation.event.entry.uid
    assert event["SEQUENCE"] == invitation.event.revision.sequence
    assert event["STATUS"] == ("CANCELLED" if method == "CANCEL" else "CONFIRMED")
    assert event["DTSTART"].dt == invitation.event.entry.start
    assert event["ORGANIZER"] == f"mailto:{mail['From'].addresses[0].addr_spec}" == "mailto:duty@example.org"
    assert event["ATTENDEE"] == f"mailto:{mail['To'].addresses[0].addr_spec}" == "mailto:anna@example.org"
    assert ("RSVP" in event["ATTENDEE"].params) is (method == "REQUEST")
    assert bool(event.walk("VALARM")) is (method == "REQUEST")


def test_the_letter_is_in_the_languages_asked_for() -> None:
    chinese, english, both = read(first()), read(first(), EN), read(first(), ZH, EN)
    assert chinese["Subject"] == "值班邀请：2024年3月4日（周一）08:00–12:00 福光路西口"
    assert english["Subject"] == "Duty: Mon 4 Mar 2024 08:00–12:00, West gate"
    assert both["Subject"] == f"{chinese['Subject']} / {english['Subject']}"
    letters = [[*mail.walk()][2].get_content() for mail in (chinese, english, both)]
    assert letters[0].startswith("林安，您好！")
    assert letters[1].startswith("Dear Lin An,")
    assert [line for line in letters[2].splitlines() if line] == [
        line for letter in letters[:2] for line in letter.splitlines() if line
    ]
    assert [mail["Content-Language"] for mail in (chinese, english, both)] == ["zh", "en", "zh, en"]
    assert read(cancelled())["Subject"].startswith("值班取消：")


def test_a_duty_that_ends_the_next_day_says_so() -> None:
    night = asked(calendars()).invitations[1]
    assert "22:00–次日06:00" in read(night)["Subject"]
    assert "22:00–06:00 the next day" in read(night, EN)["Subject"]


def test_the_same_revision_gives_the_same_bytes_and_another_one_another_id() -> None:
    once, twice = (message(first(), ORGANISER, [ZH]).as_bytes() for _ in range(2))
    assert once == twice
    handed = remembered(asked(calendars()).invitations)
    moved = asked(revised(calendars(), 0), handed).invitations[0]
    assert read(moved)["Message-ID"] != read(first())["Message-ID"]
    assert read(moved)["Subject"].startswith("值班变更：")


def display_name(mail: EmailMessage, header: str) -> str:
    """By the older reader of headers: the newer one puts blanks between encoded words."""
    parsed = email.message_from_bytes(mail.as_bytes(policy=email.policy.SMTP), policy=email.policy.compat32)
    name, _ = email.utils.parseaddr(parsed[header])
    return str(make_header(decode_header(name)))


@pytest.mark.parametrize(
    "name",
    [
        'Lin "An", O\'Neil; <x@y>',
        "𠮷田 😀, 后勤",
        "很长的名字" * 30,
        "line\r\nBcc: all@example.org",
        "a" * 300,
        "\u202eright to left",
    ],
)
def test_names_of_any_kind_come_through(name: str) -> None:
    given = plan({**PEOPLE[0], "name": name}, PEOPLE[1])
    invitation = asked(calendars(given=given), given=given).invitations[0]
    organiser = Organiser.model_validate({"name": name, "email": "duty@example.org"})
    mail = read(invitation, organiser=organiser)
    assert mail["Bcc"] is None
    assert [one.addr_spec for one in mail["To"].addresses] == ["anna@example.org"]
    shown = " ".join(name.split())
    assert display_name(mail, "To") == display_name(mail, "From") == shown
    event = Calendar.from_ical([*mail.walk()][4].get_payload(decode=True)).walk("VEVENT")[0]
    assert event["ATTENDEE"].params["CN"] == event["ORGANIZER"].params["CN"] == shown
