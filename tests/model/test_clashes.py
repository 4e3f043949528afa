"""Clashes as rows: few and strong where they must hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.domain.entity import Level
from scheduler.model.build import Builder
from scheduler.model.linear_model import Rows
from scheduler.model.rule_model import RuleModel
from scheduler.rules import Availability, MinRest, NoOverlap, OnePerDay, Rule, TravelTime
from tests.builders import world

TOUCHING = [{"id": "a", "start": "08:00", "end": "12:00"}, {"id": "b", "start": "12:00", "end": "16:00"}]
PLACES = [{"id": "town"}, *({"id": place, "within": "town"} for place in "xyz")]
POSTS = [{"id": f"{place}{n}", "place": place} for place in "xyz" for n in range(2)]


def rows_of(rule: Rule, *others: Rule, days: int = 1, posts: Sequence[object] = POSTS) -> Rows:
    """The rows of one rule, among others, for one person."""
    instance = world(["v"], days=days, places=PLACES, posts=posts, shift_types=TOUCHING)
    builder = Builder(instance, [Availability(), *others, rule], elastic=False)
    rule.post_all(RuleModel(builder, rule, 0))
    return builder.rows.rows(len(builder.volunteer))


def test_one_kind_of_clash_is_one_row_a_clique() -> None:
    rows = rows_of(MinRest(hours=1), days=3)
    assert np.diff(rows.matrix.indptr).tolist() == [12, 12, 12]
    assert rows.upper.tolist() == [1.0] * 3


def test_touching_shifts_of_other_places_are_one_row_a_place() -> None:
    lengths = np.diff(rows_of(TravelTime(default=1)).matrix.indptr)
    assert sorted(lengths.tolist()) == [6, 6, 6, 6, 6]
    assert len(rows_of(TravelTime(default=0))) == 2


def test_a_person_of_one_place_needs_no_row_for_the_way() -> None:
    assert len(rows_of(TravelTime(default=1), posts=POSTS[:2])) == 2


def test_what_one_shift_a_day_rules_out_is_not_said_again() -> None:
    assert not len(rows_of(TravelTime(default=1), OnePerDay(), days=2))
    assert len(rows_of(MinRest(hours=17), OnePerDay(), days=2)) == 1
    soft = TravelTime(default=1, level=Level.WISH)
    assert [len(rows_of(soft, one)) for one in (OnePerDay(), NoOverlap())] == [0, 3]


def test_pairs_are_priced_one_by_one_where_shifts_may_overlap() -> None:
    rows = rows_of(TravelTime(default=1, level=Level.WISH))
    assert len(rows) == 2 * (6 * 5 // 2) + 6 * 4
    assert set(np.diff(rows.matrix.indptr).tolist()) == {2}
