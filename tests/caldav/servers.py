"""Real servers in processes of their own on loopback, and a proxy that lets them die."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

USER, PASSWORD = "office", "s3cret-值班-p@ss"


@dataclass(frozen=True)
class Server:
    """A running CalDAV server: where calendars can be made, and who may."""

    kind: str
    base: str
    user: str = ""
    password: str = ""

    def client(self) -> httpx.Client:
        """Somebody else's program, logged in."""
        auth = httpx.BasicAuth(self.user, self.password) if self.user else None
        return httpx.Client(auth=auth, trust_env=False, verify=False, timeout=10)  # noqa: S501 - loopback, no TLS


@contextlib.contextmanager
def radicale(folder: Path) -> Iterator[Server]:
    """Radicale with a password."""
    folder.mkdir()
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", "utf-8")
    port = _free_port()
    config = folder / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\nhtpasswd_encryption = plain\ndelay = 0\n"
        f"[storage]\nfilesystem_folder = {folder / 'data'}\n",
        "utf-8",
    )
    with _running([sys.executable, "-m", "radicale", "--config", str(config)], port, folder):
        yield Server("radicale", f"http://127.0.0.1:{port}/{USER}/", USER, PASSWORD)


@contextlib.contextmanager
def xandikos(folder: Path) -> Iterator[Server]:
    """Xandikos without one."""
    folder.mkdir()
    port = _free_port()
    command = [
        *(sys.executable, "-m", "xandikos", "serve", "--directory", str(folder / "data"), "--autocreate"),
        *("--current-user-principal", "/office", "--defaults", "--listen-address", "127.0.0.1"),
        *("--port", str(port)),
    ]
    with _running(command, port, folder):
        yield Server("xandikos", f"http://127.0.0.1:{port}/office/calendars/")


@contextlib.contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            _wait_for(port, process, folder / "log")
            yield
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


class Proxy:
    """Passes requests on to a server, counts the writing ones and dies after some of them."""

    def __init__(self, target: str) -> None:
        self.target = httpx.URL(target)
        self.lives = 10**9
        self.rewrite: Callable[[bytes], bytes] | None = None
        self.requests: list[str] = []
        self._counting = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def base(self) -> str:
        """The address of the server behind, through this proxy."""
        return f"{self.origin}{self.target.path}"

    @property
    def writes(self) -> list[str]:
        """The methods of requests that change something."""
        return [method for method in self.requests if method in {"PUT", "DELETE", "MKCALENDAR"}]

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._one, args=(client,), daemon=True).start()

    def _one(self, client: socket.socket) -> None:
        """One connection, one request after the other; each is passed on by a connection of its own."""
        with client, contextlib.suppress(OSError, httpx.HTTPError):
            stream = client.makefile("rb")
            while line := stream.readline():
                method, path, _ = line.decode().split(" ", 2)
                headers = {}
                while (header := stream.readline().decode().strip()) != "":
                    name, _, value = header.partition(":")
                    headers[name.lower()] = value.strip()
                body = stream.read(int(headers.pop("content-length", 0)))
                if method in {"PUT", "DELETE", "MKCALENDAR"}:
                    with self._counting:
                        self.lives -= 1
                        if self.lives < 0:
                            return
                self.requests.append(method)
                if method == "PUT" and self.rewrite:
                    body = self.rewrite(body)
                client.sendall(self._passed_on(method, path, headers, body))

    def _passed_on(self, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
        kept = {name: value for name, value in headers.items() if name not in {"host", "connection"}}
        with httpx.Client(trust_env=False, verify=False, timeout=10) as onward:  # noqa: S501 - loopback, no TLS
            url = self.target.copy_with(raw_path=path.encode())
            answer = onward.request(method, url, content=body, headers=kept | {"accept-encoding": "identity"})
        if method == "PUT" and self.rewrite:
            answer.headers.pop("etag", None)  # RFC 4791, 5.3.4: the stored object is not the one sent
        lines = [f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}"]
        skipped = {"content-length", "transfer-encoding", "connection", "content-encoding"}
        lines += [f"{name}: {value}" for name, value in answer.headers.multi_items() if name not in skipped]
        lines += [f"content-length: {len(answer.content)}", "", ""]
        return "\r\n".join(lines).encode("latin-1") + answer.content
