"""Conditional requests and compression, header by header."""

from __future__ import annotations

import gzip

import pytest

from scheduler.serve.conditional import entity_tag, has_it, http_date, takes_gzip, zipped
from tests.serve.world import CHANGED

DIGEST = "0123456789abcdef" * 4
TAG = '"0123456789abcdef0123456789abcdef"'


def test_tags_are_strong_and_differ_by_form() -> None:
    assert entity_tag(DIGEST) == TAG
    assert entity_tag(DIGEST, zipped=True) == TAG[:-1] + '-gzip"'


@pytest.mark.parametrize(
    ("tags", "has"),
    [
        (TAG, True),
        (f"W/{TAG}", True),
        (f'"a", {TAG} , "b"', True),
        (TAG[:-1] + '-gzip"', True),
        ("*", True),
        (TAG.strip('"'), False),
        (TAG.upper(), False),
        ('"a","b"', False),
        ("", False),
        (",,,", False),
    ],
)
def test_if_none_match(tags: str, has: bool) -> None:
    assert has_it({"if-none-match": tags}, DIGEST, CHANGED) is has


@pytest.mark.parametrize(
    "date",
    ["", "yesterday", "0", "Fri, 99 Mar 2024 09:30:00 GMT", "Fri, 01 Mar 99999999 09:30:00 GMT", "\x00" * 9],
)
def test_a_date_that_is_none_is_ignored(date: str) -> None:
    assert not has_it({"if-modified-since": date}, DIGEST, CHANGED)


def test_dates_need_a_known_change() -> None:
    headers = {"if-modified-since": http_date(CHANGED)}
    assert http_date(CHANGED) == "Fri, 01 Mar 2024 09:30:00 GMT"
    assert has_it(headers, DIGEST, CHANGED)
    assert has_it(headers, DIGEST, CHANGED.replace(microsecond=999_999)), "HTTP knows whole seconds"
    assert not has_it(headers, DIGEST, None)
    assert has_it({"if-modified-since": "Fri, 01 Mar 2024 09:30:00 -0000"}, DIGEST, CHANGED)


@pytest.mark.parametrize(
    ("accept", "takes"),
    [
        ("gzip", True),
        ("deflate, GZip", True),
        ("x-gzip", True),
        ("gzip;q=0.1", True),
        ("gzip; q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("br, identity", False),
        ("gzipped", False),
        ("*", False),
        ("", False),
    ],
)
def test_accept_encoding(accept: str, takes: bool) -> None:
    assert takes_gzip({"accept-encoding": accept}) is takes
    assert not takes_gzip({})


def test_the_same_bytes_compress_to_the_same_bytes() -> None:
    assert zipped(b"duty" * 99) == zipped(b"duty" * 99)
    assert gzip.decompress(zipped(b"duty")) == b"duty"
