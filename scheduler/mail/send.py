"""Hand mails in to a server, remember each before the next, and tell what became of every one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.errors import Fault
from scheduler.mail.invitation import Invitation
from scheduler.mail.server import GoneError, Mailbox, MailServer, RefusedError
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation and its mail as bytes."""

    invitation: Invitation
    mail: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """What was accepted, what was refused and why, what is left because the server was gone."""

    accepted: tuple[Letter, ...]
    refused: tuple[tuple[Letter, Fault], ...] = ()
    left: tuple[Letter, ...] = ()
    gone: Fault | None = None

    @property
    def faults(self) -> list[Fault]:
        """What went wrong, mail by mail, the server last."""
        found = [Fault(letter.invitation.to.email, fault.text, fault.hint) for letter, fault in self.refused]
        if self.gone:
            text = _LEFT.format(why=self.gone.text, done=len(self.accepted), left=len(self.left))
            found.append(Fault(self.gone.place, text, self.gone.hint or _GO_ON))
        return found


def send(
    letters: Sequence[Letter], sender: str, server: MailServer, accepted: Callable[[Invitation], None]
) -> Sent:
    """Hand in the letters in order; ``accepted`` is called with each that the server took, before the next.

    A letter that is refused is left out; when the server is gone, that letter and the rest are left.
    """
    done: list[Letter] = []
    refused: list[tuple[Letter, Fault]] = []
    try:
        with Mailbox(server) as box:
            for letter in letters:
                try:
                    box.hand_in(letter.mail, sender, letter.invitation.to.email)
                except RefusedError as error:
                    refused.append((letter, error.faults[0]))
                else:
                    accepted(letter.invitation)
                    done.append(letter)
    except GoneError as error:
        left = tuple(letters[len(done) + len(refused) :])
        return Sent(tuple(done), tuple(refused), left, error.faults[0])
    return Sent(tuple(done), tuple(refused))


_LEFT = Text("{why}; {done} mails were sent, {left} are left", "{why}；已发送 {done} 封，剩余 {left} 封")
_GO_ON = Text("run the command again, it goes on from there", "请重新运行，程序会从中断处继续")
