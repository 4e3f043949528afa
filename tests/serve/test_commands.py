"""scheduler tokens, as a coordinator uses it."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path

import pytest

from scheduler.serve.run import is_loopback
from scheduler.serve.static import tokens_in
from scheduler.serve.tokens import Tokens, tokens_file
from tests.cli.conftest import Runner
from tests.serve.world import PEOPLE, write_folder

BASE = "https://duty.example.org"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "published")


def rows(text: str) -> list[list[str]]:
    return [*csv.reader(io.StringIO(text))]


def states(run: Runner, folder: Path) -> dict[str, str]:
    (grid,) = json.loads(run("tokens", "list", folder, "--json").out)
    return {row[1]: row[3]["en"] for row in grid["rows"]}


def test_new_all_makes_those_missing_and_shows_them_once(run: Runner, folder: Path) -> None:
    made = run("tokens", "new", folder, "wang", "--base-url", BASE + "/")
    assert made.status == 0
    header, wang = rows(made.out)
    assert header == ["for", "id", "name", "link"]
    assert wang[:3] == ["volunteer", "wang", "Wang Xiuying"]
    everyone = rows(run("tokens", "new", folder, "--all").out)
    assert [row[1] for row in everyone[1:]] == ["all", "gate", "chen", "odd"]
    assert all(row[3].startswith(f"{BASE}/f/") for row in everyone[1:]), "the address is remembered"
    assert rows(run("tokens", "new", folder, "--all").out) == [header]


def test_the_list_goes_to_a_private_file_outside_of_the_folder(run: Runner, folder: Path) -> None:
    inside = run("tokens", "new", folder, "--all", "--base-url", BASE, "--out", folder / "links.csv")
    assert inside.status == 6
    assert "must not lie in the folder" in inside.err
    out = folder.parent / "links.csv"
    made = run("tokens", "new", folder, "--all", "--base-url", BASE, "--out", out, "--lang", "zh")
    assert (made.status, made.out) == (0, "")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf"), "a spreadsheet reads it as UTF-8"
    table = rows(out.read_text("utf-8-sig"))
    assert table[0] == ["对象", "编号", "名称", "链接"]
    assert "王秀英" in {row[2] for row in table}
    if os.name == "posix":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    again = run("tokens", "rotate", folder, "--all", "--out", out)
    assert again.status == 6
    assert "--force" in again.err
    with Tokens(tokens_file(folder)) as store:
        assert all(store.holder(token) for token in tokens_in(out)), "a refused list changes no link"


def test_links_are_not_made_if_the_list_cannot_be_written(run: Runner, folder: Path) -> None:
    blocked = folder.parent / "file"
    blocked.write_text("", "utf-8")
    assert (
        run("tokens", "new", folder, "--all", "--base-url", BASE, "--out", blocked / "links.csv").status == 6
    )
    assert set(states(run, folder).values()) == {"no link"}


def test_the_list_shows_states_and_no_links(run: Runner, folder: Path) -> None:
    link = rows(run("tokens", "new", folder, "wang", "chen", "--base-url", BASE).out)[1][3]
    assert run("tokens", "revoke", folder, "chen").status == 0
    write_folder(folder, people=[one for one in PEOPLE if one != "wang"])
    found = states(run, folder)
    assert found["wang"].endswith("there is no calendar any more, it is empty")
    assert found["chen"].startswith("revoked ")
    assert found["gate"] == "no link"
    shown = run("tokens", "list", folder, "--lang", "zh")
    assert "大门" in shown.out
    assert link.rsplit("/", 2)[1] not in shown.out


def test_rotate_and_revoke_work_for_who_left(run: Runner, folder: Path) -> None:
    run("tokens", "new", folder, "wang", "--base-url", BASE)
    write_folder(folder, people=["chen"])
    assert len(rows(run("tokens", "rotate", folder, "wang").out)) == 2
    assert run("tokens", "revoke", folder, "wang").status == 0
    assert run("tokens", "revoke", folder, "wang").status == 3


def test_only_some_audiences(run: Runner, folder: Path) -> None:
    made = rows(
        run("tokens", "new", folder, "--all", "--for", "post", "--for", "all", "--base-url", BASE).out
    )
    assert [row[1] for row in made[1:]] == ["all", "gate"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["wagn", "nobody"], 3, 'wagn: no calendar of that name; did you mean "wang"?\nnobody: no calendar'),
        (["wang", "--all"], 2, "or everybody with --all"),
        ([], 2, "or everybody with --all"),
        (["wang", "--base-url", "duty.example.org"], 6, "no address"),
    ],
)
def test_what_is_refused(run: Runner, folder: Path, arguments: list[str], status: int, said: str) -> None:
    base = [] if "--base-url" in arguments else ["--base-url", BASE]
    ran = run("tokens", "new", folder, *arguments, *base)
    assert (ran.status, ran.out) == (status, "")
    assert said in ran.err
    assert set(states(run, folder).values()) == {"no link"}


def test_a_link_is_not_replaced_by_new(run: Runner, folder: Path) -> None:
    run("tokens", "new", folder, "wang", "--base-url", BASE)
    again = run("tokens", "new", folder, "wang", "--lang", "zh")
    assert again.status == 3
    assert "volunteer:wang: 已有链接" in again.err


def test_one_name_for_two_calendars_is_asked_about(run: Runner, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", people=["gate"])
    both = run("tokens", "new", folder, "gate", "--base-url", BASE)
    assert both.status == 3
    assert "write post:gate or volunteer:gate" in both.err
    assert rows(run("tokens", "new", folder, "post:gate", "--base-url", BASE).out)[1][0] == "post"


def test_without_an_address_nothing_is_made(run: Runner, folder: Path) -> None:
    ran = run("tokens", "new", folder, "wang")
    assert ran.status == 6
    assert "--base-url" in ran.err


def test_a_folder_that_is_not_published_is_refused(run: Runner, tmp_path: Path) -> None:
    for arguments in (["tokens", "list"], ["tokens", "new", "--all"], ["serve"]):
        ran = run(*arguments, tmp_path)
        assert ran.status == 6
        assert "no published calendars" in ran.err


def test_serve_needs_links_and_a_place(run: Runner, folder: Path) -> None:
    assert "scheduler tokens new" in run("serve", folder).err
    run("tokens", "new", folder, "wang", "--base-url", BASE)
    assert "cannot listen" in run("serve", folder, "--host", "192.0.2.1").err
    ran = run("serve", folder, "--behind", "proxy", "--behind", "10.0.0.0/8", "--lang", "zh")
    assert ran.status == 3
    assert ran.err.startswith("--behind proxy: ")


def test_export_writes_a_site(run: Runner, folder: Path) -> None:
    links, site = folder.parent / "links.csv", folder.parent / "site"
    run("tokens", "new", folder, "--all", "--base-url", BASE, "--out", links)
    ran = run("tokens", "export", folder, "--links", links, "--out", site)
    assert ran.status == 0
    assert "5" in ran.out
    assert {path.name for path in (site / "f").iterdir()} == set(tokens_in(links))
    run("tokens", "rotate", folder, "wang")
    again = run("tokens", "export", folder, "--out", site, "--lang", "zh")
    assert "没有其链接" in again.err
    assert "volunteer:wang" in again.err
    assert run("tokens", "export", folder, "--out", folder / "site").status == 6


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.1", False),
        ("10.1.2.3", False),
        ("a.b", False),
    ],
)
def test_which_addresses_are_of_this_computer_alone(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
