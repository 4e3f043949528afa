from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.caldav.servers import Proxy, Server, radicale, xandikos

_numbers = itertools.count(1)
SERVERS = {"radicale": radicale, "xandikos": xandikos}


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with SERVERS[request.param](tmp_path_factory.mktemp("caldav") / request.param) as running:
        yield running


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    made = Proxy(server.base)
    yield made
    made.close()


@pytest.fixture
def calendar() -> str:
    """The name of a calendar that is not there yet."""
    return f"duty-{next(_numbers)}"
