"""Requests against small servers that misbehave in one way each."""

from __future__ import annotations

import base64
import hashlib
import http.server
import logging
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from scheduler.caldav.address import collection_address
from scheduler.caldav.credentials import Credentials
from scheduler.caldav.transport import ATTEMPTS, ServerGoneError, Transport
from scheduler.errors import PublishError
from scheduler.text import Language

SECRET = "s3cret-值班"  # noqa: S105
WHO = Credentials("office", SECRET)
Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Misbehaving:
    """A server that answers as told; keeps what it was asked."""

    port: int = 0
    answer: Callable[[int, str, dict[str, str]], Reply | None] = lambda number, path, headers: (200, {}, b"")
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with _serving() as made:
        yield made


@pytest.fixture
def other() -> Iterator[Misbehaving]:
    with _serving() as made:
        yield made


class _serving:  # noqa: N801 - reads as a function
    def __enter__(self) -> Misbehaving:
        made = Misbehaving()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.rfile.read(int(headers.get("content-length", 0)))
                made.asked.append((self.command, self.path, headers))
                reply = made.answer(len(made.asked), self.path, headers)
                if reply is None:
                    self.close_connection = True
                    return
                self.send_response(reply[0])
                for name, value in reply[1].items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply[2])))
                self.end_headers()
                self.wfile.write(reply[2])

            do_GET = do_PUT = do_PROPFIND = handle_one  # noqa: N815

            def log_message(self, *arguments: object) -> None: ...

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        made.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return made

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def ask(server: Misbehaving, who: Credentials | None = WHO, waits: list[float] | None = None) -> int:
    waited = [] if waits is None else waits
    address = collection_address(f"{server.origin}/duty/")
    with Transport(address, who, waited.append) as transport:
        return transport.ask("PUT", address.of("a.ics"), b"content", if_match='"1"').status


def said(error: PublishError) -> str:
    return "".join(error.say(language) for language in Language)


@pytest.mark.parametrize("failures", [ATTEMPTS - 1, ATTEMPTS])
@pytest.mark.parametrize("how", [503, 429, None])
def test_a_server_in_trouble_is_asked_again_a_few_times(
    server: Misbehaving, failures: int, how: int | None
) -> None:
    reply = None if how is None else (how, {}, b"")
    server.answer = lambda number, path, headers: reply if number <= failures else (204, {}, b"")
    waits: list[float] = []
    if failures < ATTEMPTS:
        assert ask(server, waits=waits) == 204
    else:
        with pytest.raises(ServerGoneError):
            ask(server, waits=waits)
    assert waits == [0.5, 2.0, 8.0]
    assert len(server.asked) == ATTEMPTS
    assert {headers["if-match"] for _, _, headers in server.asked} == {'"1"'}


@pytest.mark.parametrize(("header", "waited"), [("7", 7.0), ("99999", 60.0), ("0", 0.5), ("soon", 0.5)])
def test_a_server_may_ask_for_patience_within_reason(server: Misbehaving, header: str, waited: float) -> None:
    server.answer = lambda number, path, headers: (
        (503, {"Retry-After": header}, b"") if number == 1 else (204, {}, b"")
    )
    waits: list[float] = []
    assert ask(server, waits=waits) == 204
    assert waits == [waited]


def test_what_is_no_trouble_is_not_asked_again(server: Misbehaving) -> None:
    server.answer = lambda number, path, headers: (412, {}, b"")
    assert ask(server) == 412
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_same_server_may_send_us_on_and_still_knows_us(server: Misbehaving, status: int) -> None:
    def answer(number: int, path: str, headers: dict[str, str]) -> Reply:
        if path == "/duty/a.ics":
            return status, {"Location": "/moved/a.ics"}, b""
        return (204, {}, b"") if "authorization" in headers else (401, {"WWW-Authenticate": "Basic"}, b"")

    server.answer = answer
    assert ask(server) == 204
    assert {method for method, _, _ in server.asked} == {"PUT"}


def test_another_server_never_hears_of_us(server: Misbehaving, other: Misbehaving) -> None:
    server.answer = lambda number, path, headers: (
        (307, {"Location": f"{other.origin}/duty/a.ics"}, b"")
        if "authorization" in headers
        else (401, {"WWW-Authenticate": "Basic"}, b"")
    )
    with pytest.raises(PublishError, match="another one") as refused:
        ask(server)
    assert other.asked == []
    assert f"{other.origin}/duty/a.ics" in said(refused.value)


def test_circles_end(server: Misbehaving) -> None:
    server.answer = lambda number, path, headers: (307, {"Location": path}, b"")
    with pytest.raises(PublishError, match="again and again"):
        ask(server)
    assert len(server.asked) == 5


def test_who_we_are_is_said_only_when_asked(server: Misbehaving) -> None:
    assert ask(server) == 200
    assert all("authorization" not in headers for _, _, headers in server.asked)


def test_digest_is_answered_without_sending_the_password(server: Misbehaving) -> None:
    challenge = 'Digest realm="dav", nonce="n1", algorithm=MD5, qop="auth"'

    def answer(number: int, path: str, headers: dict[str, str]) -> Reply:
        given = dict(re.findall(r'(\w+)="?([^",]*)"?', headers.get("authorization", "")))
        if not given:
            return 401, {"WWW-Authenticate": challenge}, b""
        secret = hashlib.md5(f"office:dav:{SECRET}".encode(), usedforsecurity=False).hexdigest()
        what = hashlib.md5(f"PUT:{path}".encode(), usedforsecurity=False).hexdigest()
        text = f"{secret}:n1:{given['nc']}:{given['cnonce']}:auth:{what}"
        right = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest() == given["response"]
        return (204, {}, b"") if right else (401, {"WWW-Authenticate": challenge}, b"")

    server.answer = answer
    assert ask(server) == 204
    assert not any("Basic" in headers.get("authorization", "") for _, _, headers in server.asked)


def test_a_refusal_repeats_no_secret_even_if_the_server_does(
    server: Misbehaving, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def answer(number: int, path: str, headers: dict[str, str]) -> Reply:
        echo = f"{headers.get('authorization', '')} {SECRET}".encode()
        return 401, {"WWW-Authenticate": "Basic realm=x"}, echo

    server.answer = answer
    with pytest.raises(PublishError, match="refuses user and password") as refused:
        ask(server)
    basic = base64.b64encode(f"office:{SECRET}".encode()).decode()
    kept = said(refused.value) + repr(refused.value) + caplog.text
    assert "HTTP/1.1 401" in caplog.text
    assert SECRET not in kept
    assert basic not in kept


def test_nobody_there(server: Misbehaving) -> None:
    gone = Misbehaving(port=1)
    with pytest.raises(ServerGoneError, match="no server can be reached"):
        ask(gone)
    assert server.asked == []
