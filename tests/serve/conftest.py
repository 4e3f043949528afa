"""A published folder with links, served by the real server on loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn

from scheduler.publish.event import Audience
from scheduler.serve.app import Clocks, application
from scheduler.serve.folder import Holder, Published
from scheduler.serve.limits import RateLimit
from scheduler.serve.run import listen, server
from scheduler.serve.tokens import Tokens, tokens_file
from tests.cli.conftest import run  # noqa: F401 - a fixture
from tests.serve.world import NOW, write_folder

BASE = "https://duty.example.org"


@dataclass(frozen=True)
class Served:
    """A running server: its client, its port, its folder, its links and the token of each holder's word."""

    client: httpx.Client
    port: int
    folder: Path
    tokens: Tokens
    token: dict[str, str]
    serving: uvicorn.Server

    def open_connections(self) -> int:
        return len(self.serving.server_state.connections)

    def feed(self, word: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(f"/f/{self.token[word]}/duty.ics", headers=named)


Serving = Callable[..., Served]


@contextmanager
def running(folder: Path, limit: RateLimit | None = None, proxies: tuple[str, ...] = ()) -> Iterator[Served]:
    published = Published(folder)
    gone = Holder(Audience.VOLUNTEER, "gone")
    with Tokens(tokens_file(folder), make=True) as tokens, listen("127.0.0.1", 0) as listener:
        with tokens.change():
            made = tokens.issue([gone, *(feed.holder for feed in published.feeds())], NOW)
        clocks = Clocks(lambda: NOW, time.monotonic)
        serving = server(application(published, tokens, BASE, clocks, limit), proxies)
        port = listener.getsockname()[1]
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Accept-Encoding": ""}) as client:
                yield Served(
                    client, port, folder, tokens, {who.word: one for who, one in made.items()}, serving
                )
        finally:
            serving.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that all tests of a module share and leave as it is."""
    with running(write_folder(tmp_path_factory.mktemp("site") / "published")) as served:
        yield served


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Served]:
    """A server of a test's own, whose folder and links it may change."""
    with running(write_folder(tmp_path / "published")) as served:
        yield served
