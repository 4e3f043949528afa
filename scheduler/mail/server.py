"""A mail server (RFC 5321): how it is reached, and handing it one mail after the other."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Self

from scheduler.errors import PublishError
from scheduler.io.content_line import clean_text
from scheduler.io.hosts import is_loopback
from scheduler.text import Text

USER = "SCHEDULER_SMTP_USER"
PASSWORD = "SCHEDULER_SMTP_PASSWORD"  # noqa: S105 - the name of a variable

_SUBMISSION, _IMPLICIT_TLS = 587, 465
_TIMEOUT_SECONDS = 60.0
_LONGEST_REPLY = 200
_CLOSING = 421


class Encryption(Enum):
    """How a connection is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in, and who we are there; no user: the server asks for none."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """Host and port, for messages."""
        return f"{self.host}:{self.port}"


class GoneError(PublishError):
    """The server is gone, or does not want anything of us; ``maybe`` if the last mail may have arrived."""

    maybe = False


class RefusedError(PublishError):
    """The server does not take this mail; the next one may be fine."""


def mail_server(given: str, environment: Mapping[str, str], *, plain: bool = False) -> MailServer:
    """The server at ``HOST:PORT`` with the user and password of the environment.

    Port 465 is encrypted from the start, any other after STARTTLS, this computer's own not at all; neither is
    another with ``plain``.

    Raises:
        PublishError: it is no such address, or a password would be sent in the clear.
    """
    host, separator, port = given.strip().rpartition(":")
    if not separator or given.endswith("]"):
        host, port = given.strip(), str(_SUBMISSION)
    host = host.strip("[]")
    if not host or "@" in host or "/" in host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise PublishError(_NO_ADDRESS, "--smtp", _EXPECTED)
    user = environment.get(USER, "")
    loopback = is_loopback(host)
    if int(port) == _IMPLICIT_TLS:
        encryption = Encryption.TLS
    else:
        encryption = Encryption.NONE if loopback or plain else Encryption.STARTTLS
    if encryption is Encryption.NONE and user and not loopback:
        raise PublishError(_IN_THE_CLEAR, "--smtp", _ENCRYPT)
    password = environment.get(PASSWORD, "") if user else ""
    if not (user + password).isascii():
        raise PublishError(_NOT_ASCII, PASSWORD, _CHECK_USER)
    return MailServer(host, int(port), encryption, user, password)


class Mailbox:
    """An open connection to a mail server, within ``with``; it is opened anew when the server closes it."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._open = self._connected()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def hand_in(self, mail: bytes, sender: str, to: str) -> None:
        """Give the server a mail (all ASCII, CRLF); returns when it has taken responsibility for it.

        Raises:
            RefusedError: it does not take this one.
            GoneError: it is gone; a mail that was not wholly handed in is tried on a new connection before.
        """
        try:
            self._announce(sender, to)
        except GoneError:
            self._close()
            self._open = self._connected()
            self._announce(sender, to)
        assert self._open, "announced without a connection"
        try:
            code, reply = self._open.data(mail)
        except smtplib.SMTPDataError as wrong:
            code, reply = wrong.smtp_code, _bytes(wrong.smtp_error)
        except (OSError, smtplib.SMTPException) as wrong:
            gone = GoneError(_BROKE_OFF, self._server.place, _MAYBE)
            gone.maybe = True
            raise gone from wrong
        self._expect(code, reply)

    def _announce(self, sender: str, to: str) -> None:
        """Say who writes to whom."""
        assert self._open, "no connection"
        try:
            code, reply = self._open.mail(sender)
            if code != 250:
                raise GoneError(_SENDER.format(code=code, said=_said(reply)), self._server.place)
            code, reply = self._open.rcpt(to)
            if code not in {250, 251, _CLOSING}:
                self._open.rset()
        except (OSError, smtplib.SMTPException) as wrong:
            raise GoneError(_GONE, self._server.place) from wrong
        self._expect(code, reply)

    def _expect(self, code: int, reply: bytes) -> None:
        if code == _CLOSING:
            raise GoneError(_GONE, self._server.place)
        if not 200 <= code < 300:
            raise RefusedError(_REFUSED.format(code=code, said=_said(reply)), self._server.place)

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        try:
            return self._greeted(server)
        except smtplib.SMTPAuthenticationError:
            raise GoneError(_UNKNOWN_USER, server.place, _CHECK_USER) from None
        except ssl.SSLCertVerificationError:
            raise GoneError(_CERTIFICATE, server.place) from None
        except smtplib.SMTPNotSupportedError:
            raise GoneError(_NO_TLS, server.place, _OTHER_PORT) from None
        except (OSError, smtplib.SMTPException):
            raise GoneError(_NOBODY, server.place) from None

    def _greeted(self, server: MailServer) -> smtplib.SMTP:
        context = ssl.create_default_context() if server.encryption is not Encryption.NONE else None
        if server.encryption is Encryption.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=_TIMEOUT_SECONDS, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_SECONDS)
        try:
            if server.encryption is Encryption.STARTTLS:
                connection.starttls(context=context)
            connection.ehlo_or_helo_if_needed()
            if server.user:
                connection.login(server.user, server.password)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection

    def _close(self) -> None:
        if self._open is not None:
            try:
                self._open.quit()
            except (OSError, smtplib.SMTPException):
                self._open.close()
            self._open = None


def _said(reply: bytes) -> str:
    return clean_text(reply.decode("utf-8", "replace"), " ")[:_LONGEST_REPLY]


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else reply.encode()


_NO_ADDRESS = Text("this is not the address of a mail server", "这不是邮件服务器的地址")
_EXPECTED = Text("expected HOST:PORT like smtp.example.org:587", "应为“主机:端口”，如 smtp.example.org:587")
_IN_THE_CLEAR = Text("the password would cross the network unencrypted", "密码会以明文在网络上传输")
_ENCRYPT = Text(f"leave --smtp-plain out, or unset {USER}", f"请去掉 --smtp-plain，或取消环境变量 {USER}")
_NOT_ASCII = Text(
    "mail servers take user and password in plain Latin letters, digits and signs only",
    "邮件服务器的用户名和密码只能由英文字母、数字和符号组成",
)
_NOBODY = Text("no mail server can be reached at this address", "无法连接到该地址的邮件服务器")
_GONE = Text("the mail server closed the connection", "邮件服务器关闭了连接")
_BROKE_OFF = Text("the mail server broke off while a mail was handed in", "邮件服务器在接收邮件时中断了连接")
_MAYBE = Text(
    "that mail may have arrived; it is sent again with the same Message-ID",
    "该邮件可能已送达；再次发送时会使用相同的 Message-ID",
)
_UNKNOWN_USER = Text("the mail server refuses user and password", "邮件服务器拒绝了用户名或密码")
_CHECK_USER = Text(
    f"check {USER} and {PASSWORD}; many providers want an authorisation code instead of the password",
    f"请检查 {USER} 和 {PASSWORD}；许多邮箱要求使用“授权码”而不是登录密码",
)
_CERTIFICATE = Text(
    "the mail server's certificate is not one this computer trusts", "本机不信任该邮件服务器的证书"
)
_NO_TLS = Text(
    "the mail server offers no encryption (STARTTLS) or no login", "邮件服务器不支持加密（STARTTLS）或登录"
)
_OTHER_PORT = Text(
    "try port 465, or --smtp-plain in a network of your own",
    "可尝试 465 端口；若为自有网络，可加 --smtp-plain",
)
_SENDER = Text(
    "the mail server takes no mails from the organiser: {code} {said}",
    "邮件服务器不接受以组织者名义发出的邮件：{code} {said}",
)
_REFUSED = Text("the mail server refuses it: {code} {said}", "邮件服务器拒收：{code} {said}")
