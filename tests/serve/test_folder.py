"""The folder is read as its index says, again when it changes, and never beyond."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from scheduler.errors import PublishError
from scheduler.io.published import INDEX, read_index
from scheduler.publish.event import Audience
from scheduler.serve.folder import Holder, Published
from tests.serve.world import CHANGED, PEOPLE, write_folder

WANG = Holder(Audience.VOLUNTEER, "wang")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "published")


def test_feeds_are_those_of_the_index(folder: Path) -> None:
    (folder / "volunteers" / "duty-stranger.ics").write_bytes(b"secret")
    published = Published(folder)
    assert {feed.holder.word for feed in published.feeds()} == {
        "all",
        "post:gate",
        *(f"volunteer:{one}" for one in PEOPLE),
    }
    wang = published.feed(WANG)
    assert wang is not None
    assert (wang.name, wang.modified) == (PEOPLE["wang"], CHANGED)
    assert published.content(wang).digest == wang.digest
    assert published.feed(Holder(Audience.VOLUNTEER, "stranger")) is None
    assert published.feed(Holder(Audience.POST, "wang")) is None


def test_a_digest_is_known_only_while_the_file_is_the_same(folder: Path) -> None:
    published = Published(folder)
    wang = published.feed(WANG)
    assert wang is not None
    assert published.digest(wang) is None
    content = published.content(wang)
    assert published.digest(wang) == content.digest
    path = folder / wang.path
    other = path.with_suffix(".new")
    other.write_bytes(content.data.replace(b"wang", b"WANG"))
    os.utime(other, ns=(path.stat().st_mtime_ns, path.stat().st_mtime_ns))
    other.replace(path)
    assert published.digest(wang) is None, "same length and time, another file"
    path.unlink()
    assert published.digest(wang) is None
    assert published.size(wang) == 0
    with pytest.raises(FileNotFoundError):
        published.content(wang)


def test_the_index_is_read_again_only_when_it_changed(folder: Path) -> None:
    published = Published(folder)
    first = published.feed(WANG)
    assert published.feed(WANG) is first
    write_folder(folder, people=["chen"])
    assert published.feed(WANG) is None


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"format": "other"}', "null"])
def test_a_bad_index_is_refused_at_the_start_and_left_aside_later(folder: Path, broken: str) -> None:
    published = Published(folder)
    (folder / INDEX).write_text(broken, "utf-8")
    assert published.feed(WANG) is not None
    assert not published.sound
    with pytest.raises(PublishError):
        Published(folder)
    write_folder(folder)
    published.feeds()
    assert published.sound


def test_an_index_that_vanishes_is_left_aside_too(folder: Path) -> None:
    published = Published(folder)
    (folder / INDEX).unlink()
    assert published.feed(WANG) is not None
    assert not published.sound
    with pytest.raises(PublishError, match="no published calendars"):
        Published(folder)


@pytest.mark.parametrize(
    "path", ["../secret.ics", "/etc/passwd", "volunteers/../../secret.ics", "notes.txt", "C:x.ics"]
)
def test_an_index_cannot_name_files_elsewhere(folder: Path, path: str) -> None:
    content = json.loads((folder / INDEX).read_text("utf-8"))
    content["files"][0]["path"] = path
    (folder / INDEX).write_text(json.dumps(content), "utf-8")
    with pytest.raises(PublishError):
        read_index(folder)


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    published = Published(folder)
    wang = published.feed(WANG)
    assert wang is not None
    secret = folder.parent / "secret.ics"
    secret.write_bytes(b"secret")
    (folder / wang.path).unlink()
    (folder / wang.path).symlink_to(secret)
    with pytest.raises(PermissionError):
        published.content(wang)
