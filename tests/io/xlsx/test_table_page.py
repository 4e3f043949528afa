"""The table: how it lies, what its cells say and in which colours."""

import datetime as dt

import pytest

from scheduler.domain.profile import Profile
from scheduler.domain.roster import Roster
from scheduler.io.xlsx.colours import GAP_FILL, HOLIDAY, MAKE_UP, MOST, NO_SHIFT, WEEKEND, colours
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.page import Laid, Page, Run
from scheduler.io.xlsx.table_page import DAYS_ACROSS, DAYS_DOWN, FEW, KEY_COLUMN, KEY_ROW, table_page
from scheduler.text import Language
from tests.builders import problem
from tests.io.xlsx import office

ACROSS = table_page(office.desk())


def at(page: Page, row: int, column: int) -> Laid:
    return next(one for one in page.cells if (one.row, one.column) == (row, column))


def said(laid: Laid) -> str:
    return "".join(run.text for run in laid.value) if isinstance(laid.value, tuple) else str(laid.value or "")


def row_of(page: Page, key: str) -> int:
    return next(one.row for one in page.cells if one.column == KEY_COLUMN and one.value == key)


def of_days(count: int, posts: int = 1) -> Page:
    last = dt.date(2024, 3, 4) + dt.timedelta(days=count - 1)
    plan = problem(posts=[f"p{n}" for n in range(posts)], horizon={"first": "2024-03-04", "last": last})
    return table_page(Desk(plan, Roster(plan.instance()), Language.ZH, Profile.COORDINATOR))


@pytest.mark.parametrize(
    ("days", "posts", "mark"), [(FEW, 1, DAYS_ACROSS), (FEW + 1, 1, DAYS_DOWN), (FEW + 1, 5, DAYS_ACROSS)]
)
def test_days_go_down_if_there_are_many_and_more_than_sorts_of_shift(
    days: int, posts: int, mark: str
) -> None:
    assert at(of_days(days, posts), KEY_ROW, KEY_COLUMN).value == mark


def test_every_shift_has_a_cell_either_way() -> None:
    for page, count in ((of_days(FEW), FEW * 4), (of_days(FEW + 1), (FEW + 1) * 4)):
        gaps = [
            one for one in page.cells if said(one) == "缺1人" and one.row > KEY_ROW + 1 and one.column > 2
        ]
        assert len(gaps) == count


def test_a_crew_of_one_organisation_stands_on_its_colour_and_a_gap_on_red() -> None:
    morning, evening = row_of(ACROSS, "gate/morning"), row_of(ACROSS, "gate/evening")
    full, short = at(ACROSS, morning, 3), at(ACROSS, evening, 3)
    assert said(full) == "李强\n王芳（九三）"
    assert full.look.fill == office.desk().colours.of["jiusan"].fill
    assert (said(short), short.look.fill) == ("王芳（民建区委）\n缺1人", GAP_FILL)


def test_a_mixed_crew_is_written_in_the_inks_of_its_organisations() -> None:
    mixed = at(ACROSS, row_of(ACROSS, "gate/evening"), 4).value
    assert isinstance(mixed, tuple)
    of = office.desk().colours.of
    assert [run.ink for run in mixed] == [of["jiusan"].ink, of["minjian"].ink]
    assert isinstance(mixed[0], Run)


def test_weekends_holidays_and_make_up_days_are_marked() -> None:
    first, second = at(ACROSS, KEY_ROW + 1, 3), at(ACROSS, KEY_ROW + 1, 4)
    assert (first.value, first.look.fill) == ("4月25日\n周六", WEEKEND)
    assert (second.value, second.look.fill) == ("4月26日\n周日 班", MAKE_UP)
    may = office.plan(
        horizon={"first": "2020-05-01", "last": "2020-05-01"}, posts=office.facts()["posts"][:1]
    )
    page = table_page(Desk(may.problem, Roster(may.problem.instance()), Language.EN, Profile.COORDINATOR))
    assert (at(page, KEY_ROW + 1, 3).value, at(page, KEY_ROW + 1, 3).look.fill) == ("1 May\nFri off", HOLIDAY)


def test_where_there_is_no_shift_the_cell_is_grey() -> None:
    none = at(ACROSS, row_of(ACROSS, "court/morning"), 4)
    assert (none.value, none.look.fill) == (None, NO_SHIFT)


def test_the_legend_names_organisations_and_marks() -> None:
    words = [said(one) for one in ACROSS.cells]
    assert "九三  九三学社" in words
    assert "当天无此班次" in words
    assert "因节假日调休，周末上班" in words


def test_no_id_is_left_for_readers_of_masked_names() -> None:
    page = table_page(office.desk(profile=Profile.PUBLIC))
    assert not any(one.column == KEY_COLUMN for one in page.cells)
    assert not any("王芳" in said(one) for one in page.cells)
    assert any("王*" in said(one) for one in page.cells)


@pytest.mark.parametrize(("count", "named"), [(MOST, MOST), (MOST + 1, 1)])
def test_many_branches_take_the_colour_of_what_they_belong_to(count: int, named: int) -> None:
    branches = [{"id": f"b{n}", "within": "party"} for n in range(count)]
    people = [{"id": f"v{n:02}", "organisation": f"b{n}"} for n in range(count)]
    plan = problem(people, heads=count, organisations=[{"id": "party"}, *branches])
    instance = plan.instance()
    found = colours(Roster(instance, [(v, 0) for v in range(count)]))
    assert len(found.named) == named
    assert len({found.of[f"b{n}"].fill for n in range(count)}) == named
