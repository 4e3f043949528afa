"""Connections that end: whoever never finishes a request or never takes the answer is let go."""

from __future__ import annotations

import contextlib
import http.client
import socket
from pathlib import Path

import pytest

from scheduler.serve.connection import PatientProtocol
from tests.serve.conftest import running
from tests.serve.world import write_folder


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "patience", 0.05)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /health",
        b"GET /health HTTP/1.1\r\nHost: x\r\n",
        b"POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
        b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /hea",
    ],
)
def test_a_request_that_never_ends_is_cut_off(tmp_path: Path, sent: bytes) -> None:
    with (
        running(write_folder(tmp_path / "published")) as site,
        socket.create_connection(("127.0.0.1", site.port), timeout=20) as client,
    ):
        client.sendall(sent)
        got = b""
        try:
            while more := client.recv(65536):
                got += more
        except ConnectionResetError:
            pass
        assert got.startswith(b"HTTP/1.1 ") is (b"\r\n\r\n" in sent)
        assert site.client.get("/health").status_code == 200


@pytest.mark.usefixtures("impatient")
def test_an_answer_nobody_takes_is_dropped(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "published")
    (folder / "all.ics").write_bytes(b"x" * 30_000_000)
    with running(folder) as site, socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(20)
        client.connect(("127.0.0.1", site.port))
        client.sendall(f"GET /f/{site.token['all']}/duty.ics HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while site.client.get("/health").status_code == 200 and site.open_connections() > 1:
            pass
        assert site.open_connections() == 1


def test_a_client_that_goes_on_asking_is_kept(tmp_path: Path) -> None:
    with running(write_folder(tmp_path / "published")) as site:
        client = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        client.connect()
        opened = client.sock
        for _ in range(20):
            client.request("GET", "/health")
            assert client.getresponse().read()
            (connection,) = site.serving.server_state.connections
            assert isinstance(connection, PatientProtocol)
            connection.loop.call_soon_threadsafe(connection.look)
        assert client.sock is opened
        assert isinstance(connection, PatientProtocol)
        connection.loop.call_soon_threadsafe(connection.look)
        with contextlib.suppress(ConnectionResetError):
            assert opened.recv(1) == b"", "nothing was asked between two looks"
        client.close()
