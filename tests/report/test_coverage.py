from scheduler.report.coverage import Heads, coverage, day_grid, open_grid, post_grid
from tests.builders import roster, world

TYPES = ({"id": "am", "start": "08:00", "end": "12:00"}, {"id": "pm", "start": "12:00", "end": "16:00"})
DEMAND = [{"shifts": ["am"], "least": 2, "wanted": 3}, {"shifts": ["pm"], "least": 0, "most": 1}]


def small():  # type: ignore[no-untyped-def]
    posts = [{"id": "gate", "name": "西口", "demand": DEMAND}, "side"]
    instance = world(["a", "b", "c"], days=2, posts=posts, shift_types=TYPES)
    return coverage(roster(instance, a="0 am, 0 pm, 1 am@side", b="0 am", c="0 am, 1 am"))


def test_heads_over_the_least_number_fill_nothing_more() -> None:
    total = small().total
    assert total == Heads(shifts=8, open_shifts=4, demanded=8, filled=4, wanted=10, serving=6)
    assert total.missing == 4


def test_heads_by_post_and_by_day_add_up() -> None:
    found = small()
    assert [(row.key, row.heads.demanded, row.heads.filled) for row in found.by_post] == [
        ("gate", 4, 3),
        ("side", 4, 1),
    ]
    assert [(row.key, row.heads.demanded, row.heads.filled) for row in found.by_day] == [
        ("2024-03-04", 4, 2),
        ("2024-03-05", 4, 2),
    ]


def test_open_shifts_are_those_under_the_least_number() -> None:
    found = {one.shift: (one.missing, [name.zh for name in one.crew]) for one in small().open_shifts}
    assert found == {
        "side/2024-03-04/am": (1, []),
        "side/2024-03-04/pm": (1, []),
        "gate/2024-03-05/am": (1, ["c"]),
        "side/2024-03-05/pm": (1, []),
    }


def test_grids_have_a_cell_for_each_column() -> None:
    found = small()
    for grid, rows in ((post_grid(found), 2), (day_grid(found), 2), (open_grid(found), 4)):
        assert len(grid.rows) == rows
        assert {len(row) for row in grid.rows} == {len(grid.columns)}
    assert post_grid(found).rows[0][1:] == (4, 4, 3, 1, 1, 5)
    assert open_grid(found).rows[2][1:3] == (1, 2)
