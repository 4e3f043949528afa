"""A real mail server on loopback that can be told to refuse and to die."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

_GONE = "421 nobody hears this"
USER, PASSWORD = "office", "s3cret-Pass"


class Office:
    """What the server does: keeps mails, refuses some addressees, hangs up after so many mails."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.to: list[str] = []
        self.refused: set[str] = set()
        self.dies_at: str = ""
        self.lives = 10**9
        self.stop: Callable[[], None] = lambda: None
        self.logins: list[bytes] = []
        self.encrypted: list[bool] = []

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._dies("MAIL", server):
            return _GONE
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        self.encrypted.append(session.ssl is not None)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 没有这个用户"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self._dies("DATA", server):
            return _GONE
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        self.to += envelope.rcpt_tos
        return "250 kept"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.password)
        return AuthResult(success=data == LoginPassword(USER.encode(), PASSWORD.encode()), handled=False)

    def _dies(self, stage: str, server: SMTP) -> bool:
        if len(self.mails) < self.lives or stage != self.dies_at:
            return False
        self.stop()
        assert server.transport
        server.transport.abort()
        return True


async def _closed(server: asyncio.AbstractServer) -> None:
    server.close()


class Running(Controller):
    """The server in a thread of its own, on a free port."""

    def __init__(self, office: Office, **options: Any) -> None:
        super().__init__(office, hostname="127.0.0.1", port=0, **options)
        office.stop = self.stop_listening
        self.office = office
        self.authority = ""

    def stop_listening(self) -> None:
        """Take no more connections; asked from whatever thread, done in the server's own."""
        assert self.server
        if threading.current_thread() is self._thread:
            self.server.close()
        else:
            asyncio.run_coroutine_threadsafe(_closed(self.server), self.loop).result(10)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _trigger_server(self) -> None:
        """Called once the server is bound: go on with the port that was found free."""
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def office() -> Iterator[Running]:
    """A server that asks for nothing."""
    yield from _running(Running(Office()))


@pytest.fixture
def locked_office() -> Iterator[Running]:
    """A server that wants user and password."""
    kept = Office()
    options = {"authenticator": kept.authenticate, "auth_required": True, "auth_require_tls": False}
    yield from _running(Running(kept, **options))


@pytest.fixture
def encrypted_office(tmp_path: Path) -> Iterator[Running]:
    """A server that wants STARTTLS and shows a certificate that only its ``authority`` vouches for."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    running = Running(Office(), tls_context=context, require_starttls=True)
    running.authority = str(tmp_path / "authority.pem")
    yield from _running(running)


def _running(controller: Running) -> Iterator[Running]:
    controller.start()
    yield controller
    controller.stop()
