"""An invitation as a mail (RFC 5322, iMIP RFC 6047): the same bytes for the same revision.

Text first, calendar last in ``multipart/alternative``, the calendar once more as an attachment: so programs that
act on invitations and those that only show attachments both do what they can.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from icalendar import vCalAddress
from icalendar.parser import Contentline, Parameters

from scheduler.domain.publishing import Organiser
from scheduler.io.content_line import clean_text
from scheduler.io.ics import to_ics
from scheduler.io.ics_pieces import pieces
from scheduler.mail.invitation import Invitation, Method
from scheduler.mail.wording import letter, subject
from scheduler.publish.event import Audience, Calendar
from scheduler.text import Language, Text

ATTACHMENT = "invite.ics"


def message(
    invitation: Invitation, organiser: Organiser, languages: Sequence[Language], *, utc: bool = False
) -> EmailMessage:
    """The mail of an invitation, from the organiser to the addressee, in one or more languages."""
    calendar = calendar_object(invitation, organiser, languages, utc=utc)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _mailbox(organiser.name, organiser.email, languages)
    mail["To"] = _mailbox(invitation.to.name, invitation.to.email, languages)
    mail["Subject"] = clean_text(_in(subject(invitation), languages, " / "), " ")
    mail["Date"] = format_datetime(invitation.event.revision.stamp.astimezone(dt.UTC))
    mail["Message-ID"] = message_id(invitation, organiser)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_letter(invitation, organiser, languages), cte="base64")
    mail.add_alternative(
        calendar.decode(), subtype="calendar", cte="base64", params={"method": str(invitation.method)}
    )
    mail.add_attachment(calendar, maintype="application", subtype="ics", filename=ATTACHMENT)
    mail["Content-Language"] = ", ".join(languages)
    _mark_parts(mail)
    return mail


def message_id(invitation: Invitation, organiser: Organiser) -> str:
    """The Message-ID of a revision to an address; a mail that is sent again keeps it."""
    entry, revision = invitation.event.entry, invitation.event.revision
    turn = [str(invitation.turn)] if invitation.turn else []
    key = "\n".join((entry.uid, str(revision.sequence), invitation.method, invitation.to.email, *turn))
    domain = organiser.email.rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def calendar_object(
    invitation: Invitation, organiser: Organiser, languages: Sequence[Language], *, utc: bool = False
) -> bytes:
    """The iTIP message (RFC 5546): the event as the addressee's feed has it, who asks and who is asked."""
    name = Text("", "")
    calendar = Calendar(Audience.VOLUNTEER, invitation.to.id, name, invitation.time_zone, (invitation.event,))
    (piece,) = pieces(to_ics(calendar, *languages, utc=utc))
    more = _address("ORGANIZER", organiser.email, CN=_in(organiser.name, languages, " / "))
    more += _address(
        "ATTENDEE",
        invitation.to.email,
        CN=_in(invitation.to.name, languages, " / "),
        CUTYPE="INDIVIDUAL",
        ROLE="REQ-PARTICIPANT",
        **({"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"} if invitation.method is Method.REQUEST else {}),
    )
    return piece.alone(method=invitation.method, more=more)


def _address(name: str, email: str, **parameters: str) -> bytes:
    clean = Parameters({key: clean_text(value, " ") for key, value in parameters.items()})
    line: bytes = Contentline.from_parts(name, clean, vCalAddress(f"mailto:{email}")).to_ical()
    return line + b"\r\n"


def _mailbox(name: Text, email: str, languages: Sequence[Language]) -> Address:
    local, _, domain = email.rpartition("@")
    shown = clean_text(_in(name, languages, " / "), " ")
    return Address(shown, local, domain)


def _letter(invitation: Invitation, organiser: Organiser, languages: Sequence[Language]) -> str:
    text = letter(invitation, organiser.name)
    return "\n\n".join(text.say(language) for language in languages) + "\n"


def _in(text: Text, languages: Sequence[Language], between: str) -> str:
    """A text in every language, said once if they agree."""
    return between.join(dict.fromkeys(text.say(language) for language in languages))


def _mark_parts(mail: EmailMessage) -> None:
    """Give every multipart a boundary that follows from the mail, not from chance."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        key = f"{mail['Message-ID']}{number}"
        part.set_boundary(f"=_{hashlib.sha256(key.encode()).hexdigest()[:40]}")
