"""Whatever is sent, there is no 5xx, no secret and no file in an answer that was not asked for by its link."""

from __future__ import annotations

import logging

import pytest

from tests.serve.conftest import Served
from tests.serve.fuzz import attack, exchange

REQUESTS = 1000


def test_hostile_requests_get_nothing(site: Served, caplog: pytest.LogCaptureFixture) -> None:
    living = [*site.token.values()]
    secrets = [
        *(token.encode() for token in living),
        b"BEGIN:VEVENT",
        "王秀英".encode(),
        str(site.folder).encode(),
    ]
    with caplog.at_level(logging.DEBUG):
        heard = [*attack(site.port, living, REQUESTS, seed=1)]
    statuses = {one.status for one in heard}
    assert not {one.sent for one in heard if one.status >= 500}
    assert not {one.sent for one in heard if not one.knew and any(secret in one.got for secret in secrets)}
    assert not {
        one.sent
        for one in heard
        if not one.knew and one.status in (200, 304, 405) and b"/f/" in one.sent[:40]
    }
    assert {200, 400, 404, 405} <= statuses, "every kind of answer was met"
    assert not any(token in caplog.text for token in living)
    assert "Traceback" not in caplog.text
    assert site.feed("volunteer:wang").status_code == 200


@pytest.mark.parametrize("head", [b"GET /" + b"a" * 400_000, b"GET /health HTTP/1.1\r\nX: " + b"a" * 400_000])
def test_a_head_without_end_is_refused(site: Served, head: bytes) -> None:
    got = exchange(site.port, head + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert got[:12] in (b"HTTP/1.1 400", b""), (
        "or the connection was closed on the sender, whose bytes nobody read"
    )
    assert site.client.get("/health").status_code == 200
