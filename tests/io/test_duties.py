"""Published duties: all names are taken, whatever the plan still has."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.errors import InputError
from scheduler.io.duties import read_duties
from tests.io.test_disruption import PLAN


def test_a_table_may_name_what_the_plan_no_longer_has(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "shift,volunteer\nharbour/2024-03-04/morning,zoe\nharbour/2024-03-04/morning,zoe\n", "utf-8"
    )
    (one,) = read_duties(path, "small")
    assert (one.post, one.volunteer, one.shift_id) == ("harbour", "zoe", "harbour/2024-03-04/morning")


def test_every_line_that_is_no_duty_is_named(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "shift,volunteer\nharbour,zoe\ngate/2024-03-04/morning,bo\ngate/monday/morning,bo\n", "utf-8"
    )
    with pytest.raises(InputError) as wrong:
        read_duties(path, "small")
    assert [fault.place.rpartition(":")[2] for fault in wrong.value.faults] == ["2", "4"]


def test_a_roster_of_another_plan_is_refused(tmp_path: Path) -> None:
    from scheduler.domain.roster import Roster
    from scheduler.io.read import read_plan
    from scheduler.io.roster_file import RosterRecord, write_roster

    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    read = read_plan(plan)
    roster = Roster.named(read.problem.instance(), [("anna", "gate/2024-03-04/morning")])
    write_roster(tmp_path / "roster.json", RosterRecord(roster, read))
    assert len(read_duties(tmp_path / "roster.json", "small")) == 1
    with pytest.raises(InputError, match='for the plan "small", not for "large"'):
        read_duties(tmp_path / "roster.json", "large")
