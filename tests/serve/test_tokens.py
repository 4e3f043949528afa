"""Links are unguessable, kept as hashes, and end when they are told to."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from scheduler.errors import PublishError
from scheduler.publish.event import Audience
from scheduler.serve.folder import Holder
from scheduler.serve.tokens import TOKEN, Link, Tokens, digest, tokens_file
from tests.serve.world import CHANGED, NOW

WANG, CHEN = Holder(Audience.VOLUNTEER, "wang"), Holder(Audience.VOLUNTEER, "chen")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "links" / "tokens.sqlite"


def issued(store: Tokens, *holders: Holder) -> dict[Holder, str]:
    with store.change():
        return store.issue(holders, NOW)


def test_a_token_is_192_random_bits(path: Path) -> None:
    with Tokens(path, make=True) as store:
        made = issued(store, *(Holder(Audience.VOLUNTEER, str(n)) for n in range(500)))
    assert len(set(made.values())) == 500
    assert all(TOKEN.fullmatch(token) and len(token) * 6 == 192 for token in made.values())


def test_the_file_holds_hashes_and_only_its_owner_reads_it(path: Path) -> None:
    with Tokens(path, make=True) as store:
        token = issued(store, WANG)[WANG]
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert token.encode() not in held
    assert digest(token) in held
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    Tokens(path, make=True).close()
    path.chmod(0o644)
    Tokens(path, make=True).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_the_very_token_opens(path: Path) -> None:
    with Tokens(path, make=True) as store:
        token = issued(store, WANG, CHEN)[WANG]
        assert store.holder(token) == WANG
        swapped = token[:-1] + ("A" if token[-1] != "A" else "B")
        for other in (
            swapped,
            token.swapcase(),
            token + "A",
            token[:-1],
            "",
            token + "\n",
            f" {token}",
            "值" * 32,
        ):
            assert store.holder(other) is None
        assert store.holder(digest(token).hex()) is None, "the hash itself opens nothing"


def test_rotated_and_revoked_links_end(path: Path) -> None:
    with Tokens(path, make=True) as store:
        first = issued(store, WANG, CHEN)
        second = issued(store, WANG)
        assert [store.holder(one) for one in (first[WANG], second[WANG], first[CHEN])] == [None, WANG, CHEN]
        with store.change():
            store.revoke([WANG], CHANGED)
            store.revoke([WANG], NOW)
        assert store.holder(second[WANG]) is None
        assert store.links() == (Link(CHEN, NOW), Link(WANG, NOW, CHANGED)), (
            "the first time it was revoked counts"
        )
        assert store.holder(issued(store, WANG)[WANG]) == WANG
        assert store.links()[1] == Link(WANG, NOW)


def test_another_process_sees_a_change_at_once(path: Path) -> None:
    with Tokens(path, make=True) as store, Tokens(path) as serving:
        token = issued(store, WANG)[WANG]
        assert serving.holder(token) == WANG
        with store.change():
            store.revoke([WANG], NOW)
        assert serving.holder(token) is None


def test_a_change_that_fails_changes_nothing(path: Path) -> None:
    with Tokens(path, make=True) as store:
        token = issued(store, WANG)[WANG]
        with pytest.raises(AttributeError), store.change():
            store.issue([CHEN, WANG, None], NOW)  # type: ignore[list-item]
        assert store.holder(token) == WANG
        assert [link.holder for link in store.links()] == [WANG]


def test_two_who_change_wait_for_each_other(path: Path) -> None:
    Tokens(path, make=True).close()

    def add(number: int) -> None:
        with Tokens(path, make=True) as store:
            issued(store, Holder(Audience.VOLUNTEER, str(number)))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Tokens(path) as store:
        assert len(store.links()) == 8


def test_the_address_is_remembered(path: Path) -> None:
    with Tokens(path, make=True) as store:
        assert store.base_url is None
        store.base_url = "https://a.example"
        store.base_url = "https://b.example"
    with Tokens(path) as store:
        assert store.base_url == "https://b.example"


def test_no_file_another_file_a_newer_file_are_refused(path: Path) -> None:
    with pytest.raises(PublishError, match="no links yet"):
        Tokens(path)
    assert not path.exists(), "asking makes nothing"
    path.parent.mkdir()
    path.write_text("these are my notes, which are longer than a header of a database" * 3, "utf-8")
    for make in (False, True):
        with pytest.raises(PublishError, match="does not hold links"):
            Tokens(path, make=make)
    assert path.read_text("utf-8").startswith("these are my notes")
    path.unlink()
    Tokens(path, make=True).close()
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 2")
    newer.close()
    with pytest.raises(PublishError, match="newer version"):
        Tokens(path, make=True)


def test_another_database_is_refused(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE events (id)")
    other.close()
    for make in (False, True):
        with pytest.raises(PublishError, match="does not hold links"):
            Tokens(path, make=make)


def test_the_file_lies_beside_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert tokens_file(Path("published")) == tmp_path / "published.tokens.sqlite"
    assert tokens_file(tmp_path / "a" / "b") == tmp_path / "a" / "b.tokens.sqlite"
