"""Hostile requests: paths, tokens, methods and headers at random, well-formed or not, over raw sockets."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

_PIECES = (
    "f", "duty.ics", "health", "robots.txt", "index.json", "all.ics", "volunteers", "duty-wang.ics", "..", ".", "",
    "%2e%2e", "%2f", "%00", "%ff", "%", "%zz", "%c0%ae", "*", "?", "#", ";", "\\", "~", "etc", "passwd", "::", "@",
    "published.tokens.sqlite", "+", "%F0%9F%98%80", "%252e%252e", "x" * 300, "http://example.org", "a=b&c=d",
)  # fmt: skip
_SILENCE = 0.05
_METHODS = (
    "GET",
    "GET",
    "GET",
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "OPTIONS",
    "CONNECT",
    "TRACE",
    "get",
    "A" * 200,
)
_NO_METHODS = ("G\x00T", "", "GET GET", "\xffET", "G ET")
_NAMES = (
    "If-None-Match", "If-Modified-Since", "Accept-Encoding", "Accept-Language", "Range", "X-Forwarded-For", "Cookie",
    "Forwarded", "Referer", "User-Agent", "Accept", "Authorization", "Upgrade", "X" * 50, "If-Range",
)  # fmt: skip
_NO_NAMES = ("Host", "Content-Length", "Transfer-Encoding", "Connection", "Expect", "Bad Name", "", "\x01")
_VALUES = (
    "", "*", '"a"', 'W/"a", "b"', "gzip", "gzip;q=0", "gzip;q=x", "bytes=0-", "bytes=9-1", "-1", "0", "5", "websocket",
    "99999999999999999999", "h2c", "Fri, 01 Mar 2024 09:30:00 GMT", "NaN", "\xff\xfe", "zh", "a" * 4000, "\t", ",,,",
    "Fri, 99 Foo 99999 99:99:99 GMT", "Thu, 01 Jan 1 00:00:00 +9999", "Fri, 01 Mar 9999 23:59:59 -2359", "'\"<>&",
)  # fmt: skip
_NO_VALUES = ("\x00", "chunked", "100-continue", "close, x", "\x7f")
_NO_VERSIONS = ("HTTP/1.0", "HTTP/2.0", "HTTP/9", "http/1.1", "", "HTTP/1.1 x")


@dataclass(frozen=True)
class Heard:
    """A request as it was sent, whether it named a living link, and all that came back."""

    sent: bytes
    knew: bool
    got: bytes

    @property
    def status(self) -> int:
        """The status of the first answer; 0 if there was none."""
        head = self.got.split(b" ", 2)
        return int(head[1]) if len(head) > 1 and head[1].isdigit() else 0


def attack(port: int, living: Sequence[str], count: int, seed: int) -> Iterator[Heard]:
    """Send hostile requests one by one, each on a connection of its own."""
    rng = random.Random(seed)
    for _ in range(count):
        sent = request(rng, living)
        knew = any(token.encode() in sent for token in living)
        yield Heard(sent, knew, exchange(port, sent))


def request(rng: random.Random, living: Sequence[str]) -> bytes:
    """One request: three in four well-formed, the others broken in one of several ways."""
    broken = rng.choice(("", "", "", "", "", "", "", "", "", "version", "method", "name", "bytes", "noise"))
    if broken == "noise":
        return rng.randbytes(rng.randint(1, 3000))
    method = rng.choice(_NO_METHODS if broken == "method" else _METHODS)
    version = rng.choice(_NO_VERSIONS) if broken == "version" else "HTTP/1.1"
    lines = [f"{method} {_path(rng, living)} {version}", "Host: x", "Connection: close"]
    lines += [f"{rng.choice(_NAMES)}: {rng.choice(_VALUES)}" for _ in range(rng.choice((0, 0, 1, 2, 3, 60)))]
    if broken == "name":
        lines.append(f"{rng.choice(_NO_NAMES)}: {rng.choice(_VALUES + _NO_VALUES)}")
    whole = rng.choice(("\r\n", "\r\n", "\r\n", "\n")).join(lines).encode("latin-1") + b"\r\n\r\n"
    if broken == "bytes":
        place = rng.randrange(len(whole))
        whole = whole[:place] + rng.randbytes(rng.randint(0, 3)) + whole[place + rng.randint(0, 2) :]
    return whole + (rng.randbytes(20) if rng.random() < 0.1 else b"")


def exchange(port: int, sent: bytes) -> bytes:
    """Everything that comes back until the server closes; half a request is ended at once or after a moment."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=_SILENCE) as client, suppress(ConnectionError):
        client.sendall(sent)
        if b"\n\r\n" not in sent:
            client.shutdown(socket.SHUT_WR)
        while True:
            try:
                more = client.recv(65536)
            except TimeoutError:
                client.settimeout(60)
                with suppress(OSError):
                    client.shutdown(socket.SHUT_WR)
                continue
            if not more:
                break
            got += more
    return got


def _path(rng: random.Random, living: Sequence[str]) -> str:
    token = rng.choice(living)
    if rng.random() < 0.5:
        place = rng.randrange(len(token))
        other = rng.choice(
            (
                token[:place] + rng.choice("AZaz09-_%.") + token[place + 1 :],
                token[:-1],
                token + "A",
                token.swapcase(),
                "A" * 32,
                token[::-1],
            )
        )
        shown = token if rng.random() < 0.3 else other
        return f"/f/{shown}{rng.choice(('/duty.ics', '/duty.ics', '/', '', '/duty.ics/', '/..', '/duty.ics?x=1'))}"
    pieces = [token if rng.random() < 0.02 else rng.choice(_PIECES) for _ in range(rng.randint(0, 6))]
    return "/" + "/".join(pieces)
