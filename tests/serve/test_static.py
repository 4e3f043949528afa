"""The same feeds as plain files: known links only, unchanged files untouched, ended links gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scheduler.errors import PublishError
from scheduler.publish.event import Audience
from scheduler.serve.folder import Holder, Published
from scheduler.serve.static import Site, tokens_in, write_site
from scheduler.serve.tokens import Tokens
from tests.serve.world import CHANGED, NOW, PEOPLE, write_folder

BASE = "https://duty.example.org"
WANG = Holder(Audience.VOLUNTEER, "wang")


@dataclass(frozen=True)
class World:
    folder: Path
    site: Path
    store: Tokens
    token: dict[Holder, str]

    def write(self, *links: str) -> Site:
        return write_site(self.site, Published(self.folder), self.store, BASE, links)

    def files(self) -> dict[str, tuple[bytes, int]]:
        return {
            path.relative_to(self.site).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in self.site.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    folder = write_folder(tmp_path / "published")
    with Tokens(tmp_path / "tokens.sqlite", make=True) as store:
        token = store.issue([feed.holder for feed in Published(folder).feeds()], NOW)
        yield World(folder, tmp_path / "site", store, token)


def test_every_known_link_has_its_feed_and_page(world: World) -> None:
    assert world.write(*world.token.values()) == Site(feeds=5, changed=11, removed=0, left_out=())
    mine = world.site / "f" / world.token[WANG]
    assert (mine / "duty.ics").read_bytes() == (world.folder / "volunteers" / "duty-wang.ics").read_bytes()
    assert (mine / "duty.ics").stat().st_mtime == CHANGED.timestamp(), (
        "a web server sends it as Last-Modified"
    )
    page = (mine / "index.html").read_text("utf-8")
    assert f"{BASE}/f/{world.token[WANG]}/duty.ics" in page
    assert "近期值班" not in page.split("<details>")[0], "a page on disk would grow old"


def test_a_second_time_writes_nothing_and_needs_no_list(world: World) -> None:
    world.write(*world.token.values())
    before = world.files()
    assert world.write() == Site(feeds=5, changed=0, removed=0, left_out=())
    assert world.files() == before


def test_a_new_publication_changes_its_files_only(world: World) -> None:
    world.write(*world.token.values())
    before = world.files()
    path = world.folder / "volunteers" / "duty-wang.ics"
    path.write_bytes(path.read_bytes().replace(b"wang", b"WANG"))
    assert world.write().changed == 1
    after = world.files()
    assert {name for name in after if after[name] != before[name]} == {f"f/{world.token[WANG]}/duty.ics"}


def test_revoked_links_disappear_and_new_ones_need_the_list(world: World) -> None:
    world.write(*world.token.values())
    with world.store.change():
        new = world.store.issue([WANG], NOW)[WANG]
        world.store.revoke([Holder(Audience.VOLUNTEER, "chen")], NOW)
    assert world.write() == Site(feeds=3, changed=0, removed=2, left_out=(WANG,))
    assert not (world.site / "f" / world.token[WANG]).exists()
    assert world.write(new).feeds == 4
    assert (world.site / "f" / new / "duty.ics").is_file()


def test_tokens_that_are_no_links_write_nothing(world: World) -> None:
    assert world.write("A" * 32, "../../x", "").feeds == 0
    assert [path.name for path in world.site.iterdir()] == ["robots.txt"]


def test_folders_of_others_stay(world: World) -> None:
    other = world.site / "f" / ("B" * 32)
    other.mkdir(parents=True)
    (other / "notes.txt").write_text("mine", "utf-8")
    world.write(*world.token.values())
    assert (other / "notes.txt").read_text("utf-8") == "mine"


def test_who_left_has_an_empty_calendar(world: World) -> None:
    world.write(*world.token.values())
    write_folder(world.folder, people=[one for one in PEOPLE if one != "wang"])
    world.write()
    data = (world.site / "f" / world.token[WANG] / "duty.ics").read_bytes()
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"VEVENT" not in data


def test_a_missing_file_is_said_and_empties_nothing(world: World) -> None:
    world.write(*world.token.values())
    before = world.files()
    (world.folder / "volunteers" / "duty-wang.ics").unlink()
    with pytest.raises(PublishError, match="cannot be read"):
        world.write()
    assert world.files() == before


def test_links_are_found_in_lists_of_any_form(tmp_path: Path) -> None:
    first, second = "a" * 32, "_-" * 16
    path = tmp_path / "list"
    path.write_bytes(
        f"姓名;链接\r\n王;{BASE}/f/{first}/\r\n李;{BASE}/x/f/{second}\r\n{BASE}/f/{first}/\n".encode(
            "gb18030"
        )
    )
    assert tokens_in(path) == (first, second)
    path.write_text(f"/f/{'a' * 33}/ /f/{'a' * 31}/ {first}", "utf-8")
    assert tokens_in(path) == ()
    with pytest.raises(PublishError, match="cannot be read"):
        tokens_in(tmp_path / "none")
