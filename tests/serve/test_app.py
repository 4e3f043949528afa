"""What a client gets: feeds, 304, the one 404, methods, headers, changes while it runs."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import logging
import sqlite3
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar

from scheduler.io.published import INDEX
from scheduler.publish.event import Audience
from scheduler.serve.folder import Holder
from scheduler.serve.limits import RateLimit
from tests.serve.conftest import Served, running
from tests.serve.world import CHANGED, NOW, PEOPLE, write_folder

WANG = "volunteer:wang"
WANG_FILE = "volunteers/duty-wang.ics"
QUIET = {
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
    "x-content-type-options": "nosniff",
}


def constant(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """An answer without the only thing that may differ."""
    return answer.status_code, answer.content, [one for one in answer.headers.items() if one[0] != "date"]


def test_feed_is_the_file_with_the_right_headers(site: Served) -> None:
    answer = site.feed(WANG)
    data = (site.folder / WANG_FILE).read_bytes()
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=900"
    assert answer.headers["etag"] == f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    assert answer.headers["last-modified"] == "Fri, 01 Mar 2024 09:30:00 GMT"
    assert answer.headers["content-disposition"] == (
        "inline; filename=\"duty.ics\"; filename*=UTF-8''%E7%8E%8B%E7%A7%80%E8%8B%B1.ics"
    )
    assert "server" not in answer.headers
    assert QUIET.items() <= dict(answer.headers).items()


@pytest.mark.parametrize(
    ("word", "title"), [("all", "全部"), ("post:gate", "大门"), ("volunteer:chen", "chen")]
)
def test_each_link_opens_its_own_feed(site: Served, word: str, title: str) -> None:
    assert title in site.feed(word).text


def test_names_cannot_break_out_of_a_header(site: Served) -> None:
    name = site.feed("volunteer:odd").headers["content-disposition"].partition("filename*=UTF-8''")[2]
    assert not set("\"'<>&; ") & set(name)


def test_head_is_get_without_a_body(site: Served) -> None:
    full, head = site.feed(WANG), site.client.head(f"/f/{site.token[WANG]}/duty.ics")
    assert head.content == b""
    assert {**full.headers, "date": ""} == {**head.headers, "date": ""}


def test_gzip_only_when_asked_and_under_a_tag_of_its_own(site: Served) -> None:
    plain, packed = site.feed(WANG), site.feed(WANG, accept_encoding="br, gzip;q=0.5")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content, "httpx unpacks it"
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert site.feed(WANG, if_none_match=packed.headers["etag"]).status_code == 304


def test_large_files_are_served_whole(own_site: Served) -> None:
    data = b"BEGIN:VCALENDAR\r\n" + b"X-FILL:" + b"x" * 600_000 + b"\r\nEND:VCALENDAR\r\n"
    (own_site.folder / WANG_FILE).write_bytes(data)
    assert own_site.feed(WANG).content == data
    with own_site.client.stream(
        "GET", f"/f/{own_site.token[WANG]}/duty.ics", headers={"Accept-Encoding": "gzip"}
    ) as raw:
        packed = b"".join(raw.iter_raw())
    assert len(packed) < 10_000
    assert gzip.decompress(packed) == data


def test_unchanged_is_304_with_the_same_headers_and_no_body(site: Served) -> None:
    full = site.feed(WANG)
    same = site.feed(WANG, if_none_match=full.headers["etag"])
    assert (same.status_code, same.content) == (304, b"")
    for name in ("etag", "last-modified", "cache-control", "vary"):
        assert same.headers[name] == full.headers[name]
    assert site.feed(WANG, if_none_match='"other"').status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 304), (1, 304)])
def test_if_modified_since_counts_whole_seconds(site: Served, seconds: int, status: int) -> None:
    since = (CHANGED + dt.timedelta(seconds=seconds)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert site.feed(WANG, if_modified_since=since).status_code == status
    assert site.feed(WANG, if_modified_since=since, if_none_match='"other"').status_code == 200


def test_unknown_links_paths_and_revoked_links_are_one_answer(own_site: Served) -> None:
    client, token = own_site.client, own_site.token[WANG]
    with own_site.tokens.change():
        own_site.tokens.revoke([Holder(Audience.VOLUNTEER, "wang")], NOW)
    paths = [
        "/",
        "/f/",
        "/f",
        f"/f/{'A' * 32}/duty.ics",
        f"/f/{token}/duty.ics",
        f"/f/{token}/",
        "/index.json",
    ]
    paths += ["/all.ics", "/f/all/duty.ics", "/health/", "//health", "/volunteers/duty-wang.ics", "/docs"]
    paths += [f"/f/{own_site.token['all']}/other.ics", f"/f/{own_site.token['all']}/duty.ics/"]
    found = [constant(client.get(path)) for path in paths]
    found += [constant(client.post(path)) for path in paths if path != "/health/"]
    assert found[0][0] == 404
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "REPORT", "TRACE"]
)
def test_other_methods_are_refused_only_where_the_path_is_valid(site: Served, method: str) -> None:
    for path in (f"/f/{site.token[WANG]}/duty.ics", f"/f/{site.token[WANG]}/", "/health", "/robots.txt"):
        answer = site.client.request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert site.client.request(method, f"/f/{'A' * 32}/duty.ics").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/f/../all.ics",
        "/f/%2e%2e/%2e%2e/etc/passwd",
        "/f/..%2f..%2fpublished.tokens.sqlite/duty.ics",
        "/../published.tokens.sqlite",
        "/f/%00/duty.ics",
        "/volunteers%2fduty-wang.ics",
        "/f/%F0%9F%98%80/duty.ics",
    ],
)
def test_nothing_is_reached_by_its_place_on_disk(site: Served, path: str) -> None:
    assert site.client.get(
        httpx.URL(f"http://127.0.0.1:{site.port}").copy_with(raw_path=path.encode())
    ).text == (site.client.get("/nothing").text)


def test_somebody_who_left_gets_an_empty_calendar(site: Served) -> None:
    answer = site.feed("volunteer:gone")
    calendar = Calendar.from_ical(answer.content)
    assert (answer.status_code, calendar.walk("VEVENT")) == (200, [])
    assert calendar["VERSION"] == "2.0"
    assert "last-modified" not in answer.headers
    assert site.feed("volunteer:gone", if_none_match=answer.headers["etag"]).status_code == 304
    page = site.client.get(f"/f/{site.token['volunteer:gone']}/")
    assert page.status_code == 200


def test_a_new_publication_is_served_at_once(own_site: Served) -> None:
    old = own_site.feed(WANG)
    write_folder(own_site.folder, titles="改", changed=CHANGED + dt.timedelta(days=1))
    new = own_site.feed(WANG, if_none_match=old.headers["etag"])
    assert new.status_code == 200
    assert "改:wang" in new.text
    assert new.headers["last-modified"] == "Sat, 02 Mar 2024 09:30:00 GMT"


def test_who_leaves_the_index_is_not_served_though_the_file_is_there(own_site: Served) -> None:
    assert "SUMMARY" in own_site.feed(WANG).text
    write_folder(own_site.folder, people=[one for one in PEOPLE if one != "wang"])
    assert (own_site.folder / WANG_FILE).is_file()
    assert "SUMMARY" not in own_site.feed(WANG).text


def test_bytes_the_index_does_not_speak_of_have_no_time(own_site: Served) -> None:
    path = own_site.folder / WANG_FILE
    path.write_bytes(path.read_bytes().replace(b"wang", b"WANG"))
    answer = own_site.feed(WANG, if_modified_since="Sat, 01 Jan 2050 00:00:00 GMT")
    assert answer.status_code == 200
    assert "last-modified" not in answer.headers


def test_a_listed_file_that_is_missing_is_not_an_empty_calendar(own_site: Served) -> None:
    (own_site.folder / WANG_FILE).unlink()
    answer = own_site.feed(WANG)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert own_site.client.get(f"/f/{own_site.token[WANG]}/").status_code == 200


def test_a_broken_index_leaves_the_old_one_in_place(own_site: Served) -> None:
    (own_site.folder / INDEX).write_text("{", "utf-8")
    assert own_site.feed(WANG).status_code == 200
    assert own_site.client.get("/health").status_code == 503
    write_folder(own_site.folder, titles="好")
    assert "好" in own_site.feed(WANG).text
    assert own_site.client.get("/health").json() == {"status": "ok"}


def test_rotated_links_change_over_at_once(own_site: Served) -> None:
    holder = Holder(Audience.VOLUNTEER, "wang")
    with own_site.tokens.change():
        new = own_site.tokens.issue([holder], NOW)[holder]
    assert own_site.feed(WANG).status_code == 404
    assert own_site.client.get(f"/f/{new}/duty.ics").status_code == 200


def test_links_that_cannot_be_read_are_a_pause_not_a_loss(own_site: Served) -> None:
    own_site.tokens.close()
    with pytest.raises(sqlite3.ProgrammingError):
        own_site.tokens.holder("A" * 32)
    assert own_site.feed(WANG).status_code == 503


def test_robots_are_let_in_and_told_not_to_index(site: Served) -> None:
    answer = site.client.get("/robots.txt")
    assert answer.text == "User-agent: *\nDisallow:\n"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"


def test_log_has_the_form_of_a_path_and_no_link(site: Served, caplog: pytest.LogCaptureFixture) -> None:
    token = site.token[WANG]
    with caplog.at_level(logging.INFO, "scheduler.serve"):
        site.feed(WANG)
        for path in (f"/f/{token}/", f"/x/{token}", f"/f/{token}/duty.ics/{token}", f"/health?{token}"):
            site.client.get(path)
        site.client.request(token, f"/f/{token}", headers={"X": token})
    lines = [record.getMessage().rsplit(" ", 2)[0] for record in caplog.records if "serve" in record.name]
    assert token not in caplog.text
    assert lines == [
        "GET /f/{token}/duty.ics 200",
        "GET /f/{token}/ 200",
        "GET other 404",
        "GET other 404",
        "GET /health 200",
        "OTHER /f/{token}/ 405",
    ]


def test_who_asks_too_much_waits(tmp_path: Path) -> None:
    with running(write_folder(tmp_path / "published"), RateLimit(0.1, lambda: 0.0)) as site:
        answers = [site.feed(WANG) for _ in range(7)]
        assert [one.status_code for one in answers] == [200] * 6 + [429]
        assert answers[-1].headers["retry-after"] == "10"
        assert QUIET.items() <= dict(answers[-1].headers).items()


@pytest.mark.parametrize(("proxies", "status"), [((), 429), (("127.0.0.0/8",), 200)])
def test_forwarded_addresses_count_only_from_a_named_proxy(
    tmp_path: Path, proxies: tuple[str, ...], status: int
) -> None:
    limit = RateLimit(1 / 60, lambda: 0.0)
    with running(write_folder(tmp_path / "published"), limit, proxies) as site:
        assert site.feed(WANG, x_forwarded_for="10.0.0.1, 192.0.2.1").status_code == 200
        assert site.feed(WANG, x_forwarded_for="10.0.0.1, 192.0.2.2").status_code == status
        assert site.feed(WANG, x_forwarded_for="10.0.0.9, 192.0.2.1").status_code == 429
