"""Files as offices keep them: imported as they are meant, or refused with every place and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.errors import InputError
from scheduler.io.edit import PlanEdit
from scheduler.io.read import read_plan
from tests.io.intake.fuzz import run
from tests.io.intake.make_files import CASES, Case
from tests.io.intake.taking import taken
from tests.io.intake.worlds import plan_in


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_imported_or_refused_with_its_places(tmp_path: Path, case: Case) -> None:
    plan = plan_in(tmp_path / "plan", case.more)
    path = tmp_path / case.name
    path.write_bytes(case.data)
    before = plan.read_bytes()
    edit = PlanEdit(plan)
    if case.wrong:
        with pytest.raises(InputError) as wrong:
            taken(edit, path, case)
        assert [fault.place for fault in wrong.value.faults] == [case.name + place for place in case.wrong]
        assert all(fault.text.en and fault.text.zh for fault in wrong.value.faults)
        assert edit.changes() == ()
        assert plan.read_bytes() == before
        return
    intake = taken(edit, path, case)
    edit.commit()
    problem = read_plan(plan).problem
    named = {one.id: one.label.zh for one in (*problem.volunteers, *problem.posts)}
    assert tuple(named[name] for name in intake.added) == case.added
    assert intake.updated == case.updated
    assert any(case.note in note.zh for note in intake.notes) or not case.note
    again = PlanEdit(plan)
    repeated = (
        taken(again, path, case) if "新增" not in str(case.data) and case.name != "known-by-id.xlsx" else None
    )
    assert repeated is None or (repeated.added, again.changes()) == ((), ())


def test_there_are_enough_files() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)


def test_odd_files_are_imported_or_refused(tmp_path: Path) -> None:
    outcomes = run(tmp_path, 100, seed=5)
    assert outcomes["imported"] > 10
    assert outcomes["refused"] > 10
