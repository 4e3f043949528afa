"""How much room texts take, and where pages begin."""

import pytest

from scheduler.io.xlsx.measure import (
    Paper,
    breaks_of,
    fit_columns,
    fit_rows,
    line_count,
    packed,
    scale_for,
    width_of,
)


@pytest.mark.parametrize(
    ("text", "width"), [("", 0.0), ("ab", 2.2), ("王芳", 4.0), ("王芳\nabc", 4.0), ("（九", 4.0)]
)
def test_chinese_takes_twice_the_room(text: str, width: float) -> None:
    assert width_of(text) == pytest.approx(width)


@pytest.mark.parametrize(("width", "lines"), [(8.0, 1), (7.9, 2), (4.0, 2), (3.9, 3)])
def test_a_text_wraps_where_the_column_ends(width: float, lines: int) -> None:
    assert line_count("王芳李强", width) == lines


def test_items_are_packed_whole() -> None:
    assert packed(["王芳", "李强", "赵磊"], 9.0, "；") == "王芳\n李强\n赵磊"
    assert packed(["王芳", "李强", "赵磊"], 10.0, "；") == "王芳；李强\n赵磊"


@pytest.mark.parametrize(("room", "breaks"), [(30.0, ()), (29.9, (2,)), (10.0, (1, 2)), (5.0, (1, 2))])
def test_a_page_holds_whole_groups(room: float, breaks: tuple[int, ...]) -> None:
    assert breaks_of([10.0, 10.0, 10.0], [1, 2], room) == breaks


def test_a_small_table_is_not_enlarged_and_a_large_one_gets_a3() -> None:
    assert fit_columns([10.0] * 5, [], 1).paper is Paper.A4
    assert fit_columns([10.0] * 5, [], 1).scale == 100
    assert fit_columns([10.0] * 20, [], 1).paper is Paper.A3


def test_too_many_columns_go_on_several_pages_at_a_readable_scale() -> None:
    found = fit_columns([10.0] * 50, range(2, 50), 2)
    assert 60 <= found.scale < 100
    assert found.column_breaks == (26,)


def test_columns_are_spread_over_pages_and_printed_as_large_as_that_allows() -> None:
    found = fit_columns([10.0] * 60, range(2, 60), 2)
    assert found.scale > 80
    assert found.column_breaks == (22, 42)


def test_rows_shrink_a_little_to_save_a_page() -> None:
    fit = fit_columns([10.0] * 5, [], 1)
    room = Paper.A4.room(landscape=True)[1]
    almost, over = [20.0, (room - 20) * 1.05], [20.0, (room - 20) * 1.2]
    groups = range(2, 12)
    assert fit_rows(fit, [almost[0], *[almost[1] / 10] * 10], groups, (0, 0)).row_breaks == ()
    assert len(fit_rows(fit, [over[0], *[over[1] / 10] * 10], groups, (0, 0)).row_breaks) == 1


def test_columns_fill_a_page() -> None:
    assert scale_for([10.0], Paper.A4, landscape=False) == 100
    assert scale_for([200.0], Paper.A4, landscape=False) < 50
