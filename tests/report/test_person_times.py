"""Person-times: what is counted, that it adds up, and the rows behind it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

import pytest

from scheduler.domain.attendance import Attendance, Attended
from scheduler.domain.roster import Roster
from scheduler.errors import InputError
from scheduler.report.by import By
from scheduler.report.counting import Count, Figures, counted, figures, hours
from scheduler.report.duties import Node, Period, book
from scheduler.report.person_times import footings, person_times, week_key
from scheduler.report.person_times_words import (
    adds_up,
    explain_grids,
    remarks,
)
from scheduler.text import same
from tests.builders import MONDAY, day, roster, world
from tests.report.served import CAME, ORGANISATIONS, PEOPLE, PLACES, POSTS, planned, report, served, small


def test_an_organisation_holds_its_branches_and_strangers_have_a_row() -> None:
    (table,) = report(By.ORGANISATION).tables
    assert planned(table.rows) == {
        "party": (2, 6, 4 + 4 + 8 + 4 + 4 + 6),
        "branch": (1, 4, 20),
        "company": (1, 1, 8),
        "": (1, 1, 4),
    }
    assert [row.depth for row in table.rows] == [0, 1, 0, 0]


def test_a_place_holds_the_places_within_it() -> None:
    (table,) = report(By.PLACE).tables
    assert planned(table.rows) == {"town": (4, 8, 42), "north": (3, 5, 28)}


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        (By.POST, {"gate": (3, 5, 28), "door": (3, 3, 14)}),
        (By.TIER, {"volunteer": (3, 7, 34), "staff": (1, 1, 8)}),
        (By.WEEK, {"2024-W10": (4, 8, 42)}),
        (By.MONTH, {"2024-03": (4, 8, 42)}),
        (By.PERSON, {"a": (1, 4, 20), "b": (1, 2, 10), "c": (1, 1, 4), "d": (1, 1, 8)}),
        (
            By.DAY,
            {
                "2024-03-04": (3, 5, 24),
                "2024-03-05": (1, 1, 4),
                "2024-03-06": (1, 1, 6),
                "2024-03-10": (1, 1, 8),
            },
        ),
    ],
)
def test_flat_dimensions_have_a_row_where_there_is_a_duty(by: By, rows: dict[str, Any]) -> None:
    assert planned(report(by).tables[0].rows) == rows


@pytest.mark.parametrize(
    ("last", "times"), [(day(0), 5), (day(1), 6), (day(2), 7), (day(5), 7), (day(6), 8), (day(90), 8)]
)
def test_duties_count_up_to_the_day_and_the_night_belongs_to_its_duty_day(last: dt.date, times: int) -> None:
    assert figures(report(By.DAY, as_of=last).total.planned).times == times


@pytest.mark.parametrize(
    ("count", "total", "a"), [(Count.PER_SHIFT, 8, 4), (Count.PER_PERSON_DAY, 6, 2), (Count.PER_VISIT, 7, 3)]
)
def test_each_rule_counts_in_its_way_and_minutes_stay(count: Count, total: int, a: int) -> None:
    found = report(By.PERSON, count=count)
    assert figures(found.total.planned) == Figures(persons=4, times=total, minutes=42 * 60)
    assert planned(found.tables[0].rows)["a"] == (1, a, 20)


def pause(minutes: int) -> list[dict[str, Any]]:
    second = f"{12 + minutes // 60:02d}:{minutes % 60:02d}"
    return [
        {"id": "first", "start": "08:00", "end": "12:00"},
        {"id": "second", "start": second, "end": "18:00"},
    ]


@pytest.mark.parametrize(("minutes", "visits"), [(0, 1), (59, 1), (60, 1), (61, 2)])
def test_a_visit_ends_with_a_break_of_more_than_an_hour(minutes: int, visits: int) -> None:
    instance = world(["a"], shift_types=pause(minutes))
    (period,) = [Period("r", roster(instance, a="0 first, 0 second"))]
    assert figures(counted(book([period]).planned, Count.PER_VISIT)).times == visits


def test_two_posts_are_two_visits() -> None:
    found = report(By.PERSON, of=roster(small(), a="0 morning@gate, 0 noon@door"), count=Count.PER_VISIT)
    assert figures(found.total.planned).times == 2


@pytest.mark.parametrize(
    ("minutes", "tenths"), [(0, 0.0), (2, 0.0), (3, 0.1), (90, 1.5), (93, 1.6), (599, 10.0)]
)
def test_hours_round_halves_up_to_a_tenth(minutes: int, tenths: float) -> None:
    assert hours(minutes) == tenths


@pytest.mark.parametrize("count", list(Count))
@pytest.mark.parametrize("seed", range(4))
def test_every_dimension_comes_to_the_total(count: Count, seed: int) -> None:
    instance, chance = small(), random.Random(seed)
    pairs = [(v, s) for v in range(4) for s in range(len(instance.shifts)) if chance.random() < 0.2]
    of = Roster(instance, pairs)
    came = Attendance(
        records=tuple(
            Attended(
                shift=instance.shifts[s].id,
                volunteer=instance.volunteers[v].id,
                presence="late",
                minutes=s % 200,
            )
            for v, s in pairs
            if chance.random() < 0.7
        )
    )
    found = report(By.ORGANISATION, count=count, of=of, came=came)
    total = figures(found.total.planned)
    for foot in footings(found):
        assert foot.planned == (total.times, total.minutes)
        assert foot.holds
    for row in found.tables[0].rows:
        for lines, grid in zip((row.planned, row.attended or ()), explain_grids(found, row)):
            assert grid.rows[-1][5:7] == (figures(lines).times, figures(lines).minutes)
            assert (
                sum(cells[5] for cells in grid.rows[:-1] if isinstance(cells[5], int)) == figures(lines).times
            )
            assert (
                sum(cells[6] for cells in grid.rows[:-1] if isinstance(cells[6], int))
                == figures(lines).minutes
            )


def test_a_sum_that_is_right_is_said_once_and_one_that_is_lost_is_told() -> None:
    whole = book([Period("r", served())])
    holds, said = adds_up(person_times(whole, (By.PLACE,)))
    assert holds
    assert said.en == (
        "Cross-foot: sums by organisation = place = post = duty day = person = 8 person-times, 2520 minutes"
    )
    round_about = {"town": Node("town", same("town"), "north"), "north": Node("north", same("north"), "town")}
    holds, said = adds_up(person_times(replace(whole, places=round_about), (By.PLACE,)))
    assert not holds
    assert "各地点之和：0人次、0分钟" in said.zh


def test_attendance_is_counted_beside_the_plan() -> None:
    (table,) = report(By.ORGANISATION, came=CAME).tables
    attended = {row.key: figures(row.attended or ()) for row in table.rows}
    assert attended == {
        "party": Figures(3, 5, 240 + 200 + 90 + 240 + 360),
        "branch": Figures(1, 2, 440),
        "company": Figures(1, 1, 240),
        "": Figures(),
    }


def test_walk_ins_are_a_tier_of_their_own() -> None:
    (table,) = report(By.TIER, came=CAME).tables
    walk_ins = table.rows[-1]
    assert (walk_ins.key, walk_ins.label.zh) == ("", "临时参加")
    assert figures(walk_ins.attended or ()) == Figures(1, 1, 90)


def test_periods_are_added_up_and_a_person_stays_one() -> None:
    first = roster(small(), a="0 morning", b="1 noon")
    later = roster(
        world(
            PEOPLE,
            posts=POSTS,
            organisations=ORGANISATIONS,
            places=PLACES,
            horizon={"first": day(7), "last": day(13)},
        ),
        a="8 morning",
    )
    both = person_times(book([Period("one", first), Period("two", later)]), (By.WEEK,))
    assert planned(both.tables[0].rows) == {"2024-W10": (2, 2, 8), "2024-W11": (1, 1, 4)}
    assert figures(both.total.planned) == Figures(2, 3, 720)
    assert both.book.as_of == day(13)


def test_a_shift_in_two_rosters_is_refused() -> None:
    with pytest.raises(InputError, match="holds shifts that one holds too"):
        book([Period("one", served()), Period("two", served())])


def test_an_id_of_two_names_is_told() -> None:
    other = world([{"id": "a", "name": "王五"}], horizon={"first": day(7), "last": day(8)})
    found = book([Period("one", roster(small(), a="0 morning")), Period("two", roster(other, a="7 morning"))])
    assert "“a”在不同排班中分别为a和王五" in found.notes[0].zh
    assert found.notes[0] in remarks(person_times(found, (By.DAY,)))


def test_weeks_are_of_iso_8601() -> None:
    assert week_key(MONDAY) == "2024-W10"
    assert week_key(dt.date(2024, 12, 30)) == "2025-W01"
