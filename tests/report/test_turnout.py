"""What became of the planned duties."""

from __future__ import annotations

from scheduler.report.duties import Period, book
from scheduler.report.turnout import Turnout, turnout, turnout_grid
from tests.builders import day
from tests.report.served import CAME, served


def test_the_turnout_says_what_became_of_every_planned_duty() -> None:
    found = turnout(book([Period("r", served(), CAME)]))
    assert found == Turnout(
        planned=8,
        came=3,
        absent=1,
        unrecorded=1,
        not_taken=3,
        attended=6,
        substitutes=1,
        walk_ins=1,
        extra=1,
        late=2,
        late_minutes=40,
        late_unknown=1,
        shifts=7,
        shifts_not_taken=3,
    )
    assert found.planned == found.came + found.absent + found.unrecorded + found.not_taken
    assert found.attended == found.came + found.substitutes + found.walk_ins + found.extra
    assert [row[1] for row in turnout_grid(found).rows][:5] == [8, 3, 1, 1, 3]


def test_attendance_after_the_day_is_left_out() -> None:
    until = book([Period("r", served(), CAME)], day(1))
    assert len(until.attended or ()) == 5
    assert turnout(until).planned == 6
