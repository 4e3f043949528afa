"""scheduler publish --caldav, end to end on real servers."""

from __future__ import annotations

import base64
import json
import logging
import sys
from pathlib import Path

import pytest

from tests.caldav.servers import Proxy, Server
from tests.cli.conftest import Ran, Runner, plan_file, run

__all__ = ["plan_file", "run"]

USER, PASSWORD = "SCHEDULER_CALDAV_USER", "SCHEDULER_CALDAV_PASSWORD"


@pytest.fixture
def roster(run: Runner, plan_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A roster of anna and bo; today is before the first duty."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709251200")
    assert run("solve", plan_file, "--out", tmp_path / "out").status == 0
    return tmp_path / "out" / "roster.json"


@pytest.fixture
def known(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, with its user and password in the environment."""
    monkeypatch.delenv(USER, raising=False)
    if server.user:
        monkeypatch.setenv(USER, server.user)
        monkeypatch.setenv(PASSWORD, server.password)
    return server


def publish(run: Runner, roster: Path, url: str, *more: object) -> Ran:
    return run("publish", roster, "--out", roster.parent / "published", "--caldav", url, *more)


def test_a_trial_then_a_push_then_nothing(
    run: Runner, roster: Path, known: Server, proxy: Proxy, calendar: str
) -> None:
    url = proxy.base + calendar
    trial = publish(run, roster, url, "--dry-run")
    assert (trial.status, proxy.writes) == (0, [])
    assert "4 would be created" in trial.out
    assert "2024-03-04 08:00" in trial.out
    assert not (roster.parent / "published").exists()
    first = publish(run, roster, url)
    assert "4 created, 0 changed, 0 put right, 0 deleted, 0 unchanged" in first.out
    assert len(proxy.writes) == 5
    again = publish(run, roster, url)
    assert "0 created, 0 changed, 0 put right, 0 deleted, 4 unchanged" in again.out
    assert len(proxy.writes) == 5
    chinese = run("--lang", "zh", "publish", roster, "--out", roster.parent / "published", "--caldav", url)
    assert "新建 0 条，更改 0 条，恢复 0 条，删除 0 条，未变 4 条" in chinese.out


def test_one_persons_calendar_follows_the_roster(
    run: Runner, roster: Path, known: Server, calendar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def push() -> dict[str, object]:
        ran = publish(run, roster, known.base + calendar, "--calendar", "volunteer:bo", "--json")
        assert ran.status == 0
        pushed: dict[str, object] = json.loads(ran.out)["caldav"]
        return {key: pushed[key] for key in ("made", "unchanged", "done")}

    first = push()
    assert (first["made"], len(first["done"])) == (True, 2)
    content = json.loads(roster.read_text("utf-8"))
    kept = [
        one
        for one in content["assignments"]
        if one != {"shift": "gate/2024-03-05/morning", "volunteer": "bo"}
    ]
    roster.write_text(json.dumps(content | {"assignments": kept}), "utf-8")
    second = push()
    assert (second["unchanged"], [one["action"] for one in second["done"]]) == (1, ["change"])
    assert push() == {"made": False, "unchanged": 2, "done": []}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709700000")
    third = push()
    assert (third["unchanged"], [one["action"] for one in third["done"]]) == (1, ["delete"])


@pytest.mark.parametrize(
    ("url", "more", "status", "said"),
    [
        ("http://10.0.0.1/duty/", (), 6, "not encrypted"),
        ("https://office:pw-s3cret@10.0.0.1/", (), 6, "holds a user name or password"),
        ("http://127.0.0.1:1/", ("--calendar", "volunteer"), 2, "--calendar"),
        ("http://127.0.0.1:1/", ("--password-command", "false"), 6, "password command failed"),
    ],
)
def test_what_cannot_work_is_said_before_anything_is_written(
    run: Runner,
    roster: Path,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    more: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    monkeypatch.setenv(USER, "office")
    monkeypatch.setenv(PASSWORD, "pw-s3cret")
    ran = publish(run, roster, url, *more)
    assert (ran.status, said in ran.err, "pw-s3cret" in ran.out + ran.err) == (status, True, False)
    assert not (roster.parent / "published").exists()


def test_a_calendar_nobody_has(run: Runner, roster: Path, known: Server, calendar: str) -> None:
    ran = publish(run, roster, known.base + calendar, "--calendar", "volunteer:ana")
    assert (ran.status, 'did you mean "volunteer:anna"' in ran.err) == (6, True)


def test_a_publication_is_told_as_json_even_if_the_push_fails(
    run: Runner, roster: Path, known: Server, proxy: Proxy, calendar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    proxy.lives = 2
    ran = publish(run, roster, proxy.base + calendar, "--json")
    assert (ran.status, "1 of 4 changes were made" in ran.err) == (6, True)
    assert (json.loads(ran.out)["edition"], "caldav" in json.loads(ran.out)) == (1, False)
    proxy.lives = 99
    again = json.loads(publish(run, roster, proxy.base + calendar, "--json").out)
    assert (again["written"], len(again["caldav"]["done"]), again["caldav"]["unchanged"]) == ([], 3, 1)


def test_no_output_of_any_ending_holds_the_password(
    run: Runner,
    roster: Path,
    server: Server,
    proxy: Proxy,
    calendar: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    right, wrong = server.password or "s3cret-right", "s3cret-wrong"
    user = server.user or "office"
    monkeypatch.setenv(USER, user)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    statuses = []
    everything = ""
    for password in (wrong, right):
        command = f'"{sys.executable}" -X utf8 -c "print(\'{password}\')"'
        for more in (("--dry-run",), (), ("--json",)):
            monkeypatch.setenv(PASSWORD, password)
            for way in ((), ("--password-command", command)):
                proxy.lives = 3 if password == right and not more and not way else 99
                ran = publish(run, roster, f"{proxy.base}{calendar}-{password == right}", *more, *way)
                statuses.append(ran.status)
                everything += ran.out + ran.err
    assert {0, 6} <= set(statuses)
    assert "changes were made" in everything
    everything += caplog.text
    for file in roster.parent.parent.rglob("*"):
        everything += file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
    for secret in (
        right,
        wrong,
        *(base64.b64encode(f"{user}:{one}".encode()).decode() for one in (right, wrong)),
    ):
        assert secret not in everything
