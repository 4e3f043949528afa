"""The server: a socket, the application, and a stop that lets running requests end."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
from collections.abc import Sequence
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from scheduler.errors import Fault, InputError, PublishError
from scheduler.serve.connection import PatientProtocol
from scheduler.text import Text

MOST_CONNECTIONS = 800
"""Beyond them a request is answered 503: fewer than the open files a process may usually have."""

_LONGEST_HEAD = 16 * 1024
_GRACE = 15
_BACKLOG = 1024
_KEEP_ALIVE = 15


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 is any free one.

    Raises:
        PublishError: the address is taken or not of this computer.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(_BACKLOG)
        except OSError:
            listener.close()
            raise
    except (OSError, OverflowError, UnicodeError) as wrong:
        text = Text(
            f"cannot listen at {host}, port {port}: {wrong}", f"无法监听 {host} 的端口 {port}：{wrong}"
        )
        hint = Text("choose another --port or --host", "请另选 --port 或 --host")
        raise PublishError(text, "", hint) from wrong
    return listener


def server(app: ASGIApp, proxies: Sequence[str] = ()) -> uvicorn.Server:
    """A server for the application.

    Args:
        app: the application.
        proxies: addresses or networks whose ``X-Forwarded-For`` is believed; by default nobody's.
    """
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
    )
    return uvicorn.Server(config)


def run(app: ASGIApp, listener: socket.socket, proxies: Sequence[str] = ()) -> None:
    """Serve until SIGINT or SIGTERM; running requests end first."""
    told = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, _quietly) for number in told}
    try:
        server(app, proxies).run(sockets=[listener])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def expect_networks(words: Sequence[str]) -> None:
    """See that every word is an address or a network of addresses.

    Raises:
        InputError: one is not.
    """
    text = Text(
        "no address or network like 127.0.0.1 or 10.0.0.0/8", "不是 127.0.0.1 或 10.0.0.0/8 这样的地址或网段"
    )
    faults = [Fault(f"--behind {word}", text) for word in words if not _is_network(word)]
    if faults:
        raise InputError(faults)


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this computer alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_network(word: str) -> bool:
    try:
        ipaddress.ip_network(word)
    except ValueError:
        return False
    return True


def _quietly(number: int, frame: FrameType | None) -> None:
    """The server has taken the signal and gives it back at its end: the stop was asked for and is done."""
