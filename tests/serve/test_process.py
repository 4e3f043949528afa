"""scheduler serve as a process: it starts, answers, lets running requests end, and stops."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from scheduler.serve.folder import Published
from scheduler.serve.tokens import Tokens, tokens_file
from tests.serve.world import NOW, write_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
LARGE = b"BEGIN:VCALENDAR\r\n" + b"X-FILL:" + b"x" * 30_000_000 + b"\r\nEND:VCALENDAR\r\n"


@contextmanager
def process(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [
        sys.executable,
        "-m",
        "scheduler",
        "serve",
        str(folder),
        "--port",
        "0",
        "--lang",
        "en",
        *options,
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            said = running.stderr.readline()
            address = re.search(r"at http://127\.0\.0\.1:(\d+);", said)
            assert address, said
            yield running, int(address[1])
        finally:
            running.kill()


def link(folder: Path) -> str:
    with Tokens(tokens_file(folder), make=True) as store, store.change():
        (holder,) = [feed.holder for feed in Published(folder).feeds() if feed.holder.owner == "wang"]
        return store.issue([holder], NOW)[holder]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_running_answer_ends_before_the_server_does(tmp_path: Path, number: signal.Signals) -> None:
    folder = write_folder(tmp_path / "published")
    token = link(folder)
    (folder / "volunteers" / "duty-wang.ics").write_bytes(LARGE)
    with process(folder) as (running, port):
        assert httpx.get(f"http://127.0.0.1:{port}/health").json() == {"status": "ok"}
        with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
            client.sendall(
                f"GET /f/{token}/duty.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
            )
            got = client.recv(1000)
            running.send_signal(number)
            while more := client.recv(1 << 20):
                got += more
        assert got.endswith(LARGE)
        assert running.wait(timeout=30) == 0
        assert running.stderr is not None
        log = running.stderr.read()
    assert "stopped" in log.splitlines()[-1]
    assert "GET /f/{token}/duty.ics 200" in log
    assert token not in log
    assert "Traceback" not in log


def test_an_address_that_is_taken_is_said(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "published")
    link(folder)
    with process(folder) as (_, port):
        second = subprocess.run(
            [sys.executable, "-m", "scheduler", "serve", str(folder), "--port", str(port), "--lang", "zh"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 6
    assert f"无法监听 127.0.0.1 的端口 {port}" in second.stderr
    assert "Traceback" not in second.stderr
