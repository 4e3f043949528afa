"""Handing mails in to a real server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.errors import PublishError
from scheduler.mail.invitation import Invitation
from scheduler.mail.message import message
from scheduler.mail.send import Letter, Sent, send
from scheduler.mail.server import Encryption, MailServer, mail_server
from scheduler.text import Language
from tests.mail.conftest import PASSWORD, USER, Running
from tests.mail.worlds import ORGANISER, PEOPLE, asked, calendars, plan

LOGIN = {"SCHEDULER_SMTP_USER": USER, "SCHEDULER_SMTP_PASSWORD": PASSWORD}


def letters() -> list[Letter]:
    given = plan(PEOPLE[0], {**PEOPLE[1], "email": "bo@example.org"})
    invitations = asked(calendars(given=given), given=given).invitations
    return [Letter(one, message(one, ORGANISER, [Language.ZH]).as_bytes()) for one in invitations]


def sent(office: Running, accepted: list[Invitation] | None = None, **login: str) -> Sent:
    remembered = [] if accepted is None else accepted
    return send(letters(), "duty@example.org", mail_server(office.place, login), remembered.append)


def test_every_mail_arrives_as_it_was_written(office: Running) -> None:
    remembered: list[Invitation] = []
    found = sent(office, remembered)
    assert (len(found.accepted), found.refused, found.left, found.faults) == (3, (), (), [])
    assert office.office.mails == [letter.mail for letter in letters()]
    assert office.office.to == ["anna@example.org", "anna@example.org", "bo@example.org"]
    assert remembered == [letter.invitation for letter in letters()]


def test_a_refused_addressee_is_reported_and_the_others_get_theirs(office: Running) -> None:
    office.office.refused = {"anna@example.org"}
    found = sent(office)
    assert (len(found.accepted), len(found.refused), found.gone) == (1, 2, None)
    fault = found.faults[0]
    assert fault.place == "anna@example.org"
    assert "550 5.1.1 没有这个用户" in fault.text.zh


@pytest.mark.parametrize("stage", ["MAIL", "DATA"])
@pytest.mark.parametrize("lives", [0, 1, 2])
def test_a_server_that_dies_leaves_the_rest(office: Running, stage: str, lives: int) -> None:
    office.office.dies_at, office.office.lives = stage, lives
    remembered: list[Invitation] = []
    found = sent(office, remembered)
    assert (len(found.accepted), len(found.left)) == (lives, 3 - lives)
    assert len(remembered) == len(office.office.mails) == lives
    said = found.faults[-1].say(Language.EN)
    assert f"{lives} mails were sent, {3 - lives} are left" in said
    assert ("may have arrived" in said) is (stage == "DATA")


def test_a_connection_that_the_server_closes_between_mails_is_opened_again(office: Running) -> None:
    kept = office.office
    kept.dies_at, kept.lives = "MAIL", 1

    def only_once() -> None:
        kept.dies_at = ""

    kept.stop = only_once
    found = sent(office)
    assert (len(found.accepted), found.gone) == (3, None)
    assert len(kept.mails) == 3


def test_nobody_there(office: Running) -> None:
    office.office.stop()
    found = sent(office)
    assert (found.accepted, len(found.left)) == ((), 3)
    assert "no mail server" in found.faults[0].text.en


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_user_and_password_come_from_the_environment_and_are_never_said(locked_office: Running) -> None:
    assert len(sent(locked_office, **LOGIN).accepted) == 3
    assert locked_office.office.logins == [PASSWORD.encode()]
    wrong = sent(locked_office, **LOGIN | {"SCHEDULER_SMTP_PASSWORD": "wr0ng-pass"})
    assert (wrong.accepted, len(wrong.left)) == ((), 3)
    said = "".join(fault.say(language) for fault in wrong.faults for language in Language)
    assert "authorisation code" in said
    assert "授权码" in said
    for secret in (PASSWORD, "wr0ng-pass"):
        assert secret not in said + repr(wrong) + repr(mail_server(locked_office.place, LOGIN))


def test_starttls_needs_a_certificate_this_computer_trusts(
    encrypted_office: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = replace(mail_server(encrypted_office.place, {}), encryption=Encryption.STARTTLS)
    untrusted = send(letters(), "duty@example.org", server, lambda one: None)
    assert "certificate" in untrusted.faults[0].text.en
    monkeypatch.setenv("SSL_CERT_FILE", encrypted_office.authority)
    found = send(letters(), "duty@example.org", server, lambda one: None)
    assert (len(found.accepted), found.faults) == (3, [])
    assert encrypted_office.office.encrypted == [True] * 3


def test_a_server_without_encryption_gets_nothing_unless_it_is_this_computer(office: Running) -> None:
    server = replace(mail_server(office.place, {}), encryption=Encryption.STARTTLS)
    found = send(letters(), "duty@example.org", server, lambda one: None)
    assert (found.accepted, office.office.mails) == ((), [])
    assert "STARTTLS" in found.faults[0].text.en


@pytest.mark.parametrize(
    ("given", "plain", "server"),
    [
        ("smtp.example.org", False, MailServer("smtp.example.org", 587, Encryption.STARTTLS)),
        ("smtp.example.org:25", False, MailServer("smtp.example.org", 25, Encryption.STARTTLS)),
        ("smtp.example.org:25", True, MailServer("smtp.example.org", 25, Encryption.NONE)),
        ("smtp.example.org:465", False, MailServer("smtp.example.org", 465, Encryption.TLS)),
        ("localhost:1025", False, MailServer("localhost", 1025, Encryption.NONE)),
        ("[::1]:1025", False, MailServer("::1", 1025, Encryption.NONE)),
    ],
)
def test_addresses_of_servers(given: str, plain: bool, server: MailServer) -> None:
    assert mail_server(given, {}, plain=plain) == server


@pytest.mark.parametrize("given", ["", ":25", "a:b", "a:0", "a:65536", "user:pw@a:25", "smtp://a:25"])
def test_what_is_no_address_of_a_server(given: str) -> None:
    with pytest.raises(PublishError, match="not the address of a mail server"):
        mail_server(given, {})


def test_no_password_in_the_clear() -> None:
    with pytest.raises(PublishError, match="unencrypted"):
        mail_server("smtp.example.org:25", LOGIN, plain=True)
    assert mail_server("127.0.0.1:25", LOGIN).password == PASSWORD


def test_a_password_the_protocol_cannot_carry_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(PublishError, match="Latin letters") as refused:
        mail_server("127.0.0.1:25", LOGIN | {"SCHEDULER_SMTP_PASSWORD": "密码"})
    assert "密码" not in refused.value.say(Language.EN)
