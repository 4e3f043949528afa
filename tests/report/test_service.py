"""Service records: attendance alone counts, credited by the rule that is stated."""

from __future__ import annotations

import pytest

from scheduler.domain.attendance import Attendance, Attended
from scheduler.errors import InputError
from scheduler.report.duties import Period, book
from scheduler.report.service import Credit, Service, person_grid, record_grid, services
from scheduler.text import same
from tests.builders import day, roster, world


def came(*records: Attended) -> Period:
    instance = world([{"id": "a", "organisation": "branch"}, "b"], organisations=[{"id": "branch"}])
    return Period("r", roster(instance, a="0 morning, 0 noon, 1 morning"), Attendance(records=records))


def at(number: int, shift: str, minutes: int | None = None, **who: str) -> Attended:
    who = who or {"volunteer": "a"}
    return Attended(shift=f"gate/{day(number)}/{shift}", presence="attended", minutes=minutes, **who)


def served(credit: Credit, *records: Attended) -> tuple[Service, ...]:
    return services(book([came(*records)]), credit)


@pytest.mark.parametrize(
    ("unit", "minutes", "credited"),
    [(1, 239, 239), (30, 239, 210), (30, 240, 240), (60, 59, 0), (60, 60, 60), (1, 0, 0)],
)
def test_whole_units_are_credited(unit: int, minutes: int, credited: int) -> None:
    (one,) = served(Credit(unit), at(0, "morning", minutes))
    assert (one.served, one.credited) == (minutes, credited)


@pytest.mark.parametrize(
    ("cap", "credited"),
    [(None, [240, 240, 240]), (480, [240, 240, 240]), (479, [240, 239, 240]), (200, [200, 0, 200])],
)
def test_a_day_is_credited_up_to_its_limit_the_first_duty_first(cap: int | None, credited: list[int]) -> None:
    (one,) = served(Credit(1, cap), at(0, "morning"), at(0, "noon"), at(1, "morning"))
    assert [record.credited for record in one.records] == credited
    assert one.days == (day(0), day(1))


def test_who_was_absent_has_no_record_and_walk_ins_come_last() -> None:
    absent = Attended(shift=f"gate/{day(0)}/noon", presence="absent", volunteer="b")
    found = served(Credit(), at(0, "morning", walk_in="丁"), absent, at(0, "morning"))
    assert [one.person.label.zh for one in found] == ["a", "丁"]


def test_without_attendance_there_is_no_service() -> None:
    with pytest.raises(InputError, match="recorded from attendance"):
        services(book([Period("r", came().roster)]), Credit())


def test_the_tables_add_up() -> None:
    found = served(Credit(30), at(0, "morning", 200), at(1, "morning"), at(0, "noon", 45, volunteer="b"))
    people, records = person_grid(found, Credit(30)), record_grid(found, same("x"))
    assert people.rows[0][1:] == (same("a"), same("branch"), "2024-03-04", "2024-03-05", 2, 2, 440, 420, 7.0)
    assert people.rows[-1][5:] == (3, None, 485, 450, 7.5)
    assert [sum(int(row[n]) for row in records.rows) for n in (8, 9)] == [485, 450]  # type: ignore[arg-type]
    assert "30分钟为单位" in people.title.zh
    assert "每日不设上限" in people.title.zh
