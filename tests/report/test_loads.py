"""Fairness in full: spreads that are named, shares of organisations, everybody's own load."""

from __future__ import annotations

from scheduler.domain.roster import Roster
from scheduler.report.loads import MEASURES, fairness_grids, loads
from scheduler.text import Text, same
from tests.builders import roster, world

PEOPLE = (
    {"id": "a", "organisation": "branch", "history": {"shifts": 3, "burden": 4.5}},
    {"id": "b", "organisation": "party"},
    {"id": "c"},
    {"id": "mute", "availability": {}},
    {"id": "staff", "tier": "staff"},
)


def served() -> Roster:
    instance = world(PEOPLE, organisations=[{"id": "party"}, {"id": "branch", "within": "party"}])
    return roster(instance, a="0 night, 4 evening, 5 noon, 6 noon", b="5 morning", staff="0 noon")


def test_a_load_has_every_measure() -> None:
    first = loads(served())[0]
    assert [measure.of(first) for measure in MEASURES] == [4, 22, 5.2, 9.7, 1, 2]


def test_a_spread_counts_who_answered_or_serves_and_names_its_measures() -> None:
    tiers = fairness_grids(served())[0]
    assert [column.en for column in tiers.columns] == [
        *("Tier", "Measure", "Persons", "Least", "Median"),
        *("Most", "Most − least", "Mean", "Standard deviation"),
    ]
    assert tiers.rows[0] == (Text("All", "全体"), MEASURES[0].label, 4, 0.0, 1.0, 4.0, 4.0, 1.5, 1.5)
    assert len(tiers.rows) == 3 * len(MEASURES)


def test_an_organisation_bears_what_its_branches_bear() -> None:
    shares = fairness_grids(served())[2]
    assert shares.rows[0] == (same("party"), 2, 2, 5, 26.0, 1, 3, 2.5, 3.1)
    assert shares.rows[1] == (same("branch"), 1, 1, 4, 22.0, 1, 2, 4.0, 5.2)
    assert shares.rows[2][:4] == (Text("Without organisation", "无所属组织"), 3, 1, 1)


def test_people_are_left_out_if_not_asked_for() -> None:
    assert len(fairness_grids(served(), people=False)) == 3
    people = fairness_grids(served())[3]
    assert people.rows[0] == (
        same("a"),
        same("branch"),
        Text("volunteers", "志愿者"),
        4,
        22.0,
        5.2,
        9.7,
        1,
        2,
    )
    assert people.rows[2][1] is None


def test_an_organisation_without_members_is_a_row_of_noughts() -> None:
    grids = fairness_grids(roster(world(["a"], organisations=[{"id": "new"}])))
    assert grids[2].rows[0] == (same("new"), 0, 0, 0, 0.0, 0, 0, 0, 0)
    assert not [row for row in grids[1].rows if row[0] == same("new")]
