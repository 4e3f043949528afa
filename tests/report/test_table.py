from scheduler.domain.calendar import DayClass
from scheduler.report.table import roster_table, table_grid
from tests.builders import day, roster, world

SIDE = {
    "id": "side",
    "name": "东门",
    "demand": [{"shifts": ["noon"], "least": 2, "days": {"weekdays": ["tue"]}}],
}


def test_days_and_posts_down_and_shift_types_across() -> None:
    instance = world([{"id": "a", "name": "安"}, {"id": "b", "name": "博"}], days=2, posts=["gate", SIDE])
    table = roster_table(roster(instance, a="0 morning, 1 noon@side", b="0 morning"))
    assert [title.zh for title in table.shift_types] == ["morning", "noon", "evening", "night"]
    assert [(row.day, row.day_class, row.post) for row in table.rows] == [
        (day(0), DayClass.WORKDAY, "gate"),
        (day(1), DayClass.WORKDAY, "gate"),
        (day(1), DayClass.WORKDAY, "side"),
    ]
    first, _, side = table.rows
    assert [cell and (len(cell.crew), cell.missing) for cell in first.cells] == [
        (2, 0),
        (0, 1),
        (0, 1),
        (0, 1),
    ]
    assert [cell and (cell.shift, cell.missing) for cell in side.cells] == [
        None,
        ("side/2024-03-05/noon", 1),
        None,
        None,
    ]


def test_a_cell_reads_names_and_what_is_missing() -> None:
    instance = world([{"id": "a", "name": "安"}, {"id": "b", "name": "博"}], days=1, heads=3)
    grid = table_grid(roster_table(roster(instance, a="0 morning", b="0 morning")))
    assert len(grid.columns) == len(grid.rows[0]) == 6
    post, morning = grid.rows[0][1:3]
    assert (post.zh, morning.zh, morning.en) == ("gate", "安、博、缺1人", "安, 博, 1 missing")  # type: ignore[union-attr]
