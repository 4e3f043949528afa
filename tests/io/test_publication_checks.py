"""What is refused before anything is published: other plans, other ledgers, other people's files."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.errors import ExitStatus, PublishError
from tests.io.desk import Desk, plan


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def refused(desk: Desk, match: str, **served: str) -> PublishError:
    with pytest.raises(PublishError, match=match) as wrong:
        desk.publish(**served)
    assert wrong.value.status is ExitStatus.PUBLISH
    return wrong.value


def test_a_ledger_and_a_folder_belong_to_one_plan(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    before = desk.tree()
    desk.plan = plan(id="next")
    refused(desk, 'belong to the plan "small"')
    desk.folder = desk.folder.with_name("elsewhere")
    refused(desk, 'belongs to the plan "small"')
    desk.folder = desk.folder.with_name("published")
    desk.ledger = desk.ledger.with_name("next.sqlite")
    refused(desk, 'belong to the plan "small"')
    assert not desk.ledger.exists()
    desk.plan = plan()
    refused(desk, "with another ledger")
    assert not desk.ledger.exists()
    other = Desk(desk.folder.with_name("other"))
    other.now += dt.timedelta(days=1)
    other.publish(anna="0 morning", bo="2 noon")
    desk.ledger = other.ledger
    refused(desk, "with another ledger")
    assert desk.tree() == before


@pytest.mark.parametrize("content", [b"not a ledger at all, but something of yours" * 50, b"\0" * 5000])
def test_a_foreign_file_is_not_taken_for_a_ledger(desk: Desk, content: bytes) -> None:
    desk.ledger.write_bytes(content)
    refused(desk, "not a ledger")
    assert desk.ledger.read_bytes() == content
    assert not desk.folder.exists() or not list(desk.folder.iterdir())


def test_a_ledger_put_back_from_a_copy_is_not_taken_for_the_newest(desk: Desk) -> None:
    """It would give out a second time the numbers that people hold, and know nothing of the newest events."""
    desk.publish(anna="0 morning")
    old = desk.ledger.read_bytes()
    desk.publish(bo="0 morning")
    newest, before = desk.ledger.read_bytes(), desk.tree()
    desk.ledger.write_bytes(old)
    refused(desk, "older than what is published here", cy="0 morning")
    assert (desk.tree(), desk.ledger.read_bytes()) == (before, old)
    desk.ledger.write_bytes(newest)
    assert desk.publish(bo="0 morning").written == ()


def test_a_folder_that_lags_behind_its_ledger_is_brought_up_to_date(desk: Desk) -> None:
    first, other = desk.folder, desk.folder.with_name("other")
    desk.publish(anna="0 morning")
    desk.folder = other
    desk.publish(bo="0 morning")
    newest, desk.folder = desk.tree(), first
    desk.publish(bo="0 morning")
    assert desk.tree() == newest


def test_another_programs_database_is_not_taken_for_a_ledger(desk: Desk) -> None:
    database = sqlite3.connect(desk.ledger)
    database.execute("CREATE TABLE mine (x)")
    database.close()
    refused(desk, "not a ledger")


def test_a_ledger_of_a_newer_version_is_left_alone(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    database = sqlite3.connect(desk.ledger)
    database.execute("PRAGMA user_version=99")
    database.close()
    refused(desk, "newer version")


def test_a_file_of_somebody_elses_is_not_overwritten(desk: Desk) -> None:
    desk.folder.mkdir()
    (desk.folder / "all.ics").write_text("mine")
    refused(desk, r"all\.ics")
    assert [path.name for path in desk.folder.iterdir()] == ["all.ics"]
    (desk.folder / "all.ics").unlink()
    assert not desk.publish(anna="0 morning").completed


def test_nor_in_another_folder_that_the_same_is_published_into(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    before, desk.folder = desk.tree(), desk.folder.with_name("moved")
    desk.folder.mkdir()
    (desk.folder / "all.ics").write_text("mine")
    refused(desk, "move it away", anna="0 morning")
    assert desk.tree() == {"all.ics": b"mine"}
    (desk.folder / "all.ics").write_bytes(before["all.ics"])
    assert desk.publish(anna="0 morning").recipients == ()
    assert desk.tree() == before


HOLD = """
import datetime as dt, sys
from pathlib import Path
from scheduler.publish.ledger import open_ledger
with open_ledger(Path(sys.argv[1]), "small", dt.datetime(2024, 3, 1, tzinfo=dt.UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_while_one_publishes_another_is_refused_and_a_killed_one_is_no_hindrance(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    before = desk.tree()
    command = [sys.executable, "-c", HOLD, str(desk.ledger)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        refused(desk, "publishing with this ledger right now", bo="0 morning")
        assert desk.tree() == before
        holder.kill()
    desk.publish(bo="0 morning")
    assert desk.own("anna") == ["CANCELLED 1 04 08:00"]
