from scheduler.domain.instance import Instance
from scheduler.domain.volunteer import Tier
from scheduler.report.fairness import (
    OrganisationLoad,
    Spread,
    fairness,
)
from scheduler.text import same
from tests.builders import roster, world

PEOPLE = (
    {"id": "a", "organisation": "branch"},
    {"id": "b", "organisation": "party"},
    {"id": "c"},
    {"id": "mute", "availability": {}},
    {"id": "staff", "tier": "staff"},
)


def small() -> Instance:
    return world(PEOPLE, organisations=[{"id": "party"}, {"id": "branch", "within": "party"}])


def test_the_spread_counts_those_who_answered_and_those_who_serve() -> None:
    silent = fairness(roster(small(), a="0 morning, 1 night, 2 noon", b="0 noon"))
    assert silent.total == Spread(4, 0, 0.5, 3, 1.0, ((0, 2), (1, 1), (3, 1)))
    serving = fairness(roster(small(), mute="0 morning"))
    assert serving.total == Spread(5, 0, 0.0, 1, 0.2, ((0, 4), (1, 1)))


def test_tiers_are_spread_apart_and_empty_ones_left_out() -> None:
    found = fairness(roster(small(), a="0 morning", b="0 noon", c="1 noon"))
    assert [(tier, spread.persons, spread.least) for tier, spread in found.by_tier] == [
        (Tier.VOLUNTEER, 3, 1),
        (Tier.STAFF, 1, 0),
    ]


def test_an_organisation_counts_its_branches() -> None:
    found = fairness(roster(small(), a="0 morning, 1 night", b="0 noon", c="1 noon"))
    assert found.organisations == (
        OrganisationLoad("party", same("party"), members=2, persons=2, person_times=3, minutes=16 * 60),
        OrganisationLoad("branch", same("branch"), members=1, persons=1, person_times=2, minutes=12 * 60),
    )


def test_a_volunteer_has_shifts_hours_and_burden() -> None:
    load = fairness(roster(small(), a="0 morning, 1 night")).volunteers[0]
    assert (load.volunteer, load.shifts, load.hours, load.tenths) == ("a", 2, 12.0, 30)


def test_nobody_is_a_spread_of_nothing() -> None:
    empty = fairness(roster(world(people=())))
    assert empty.total == Spread(0, 0, 0.0, 0, 0.0, ())
    assert empty.by_tier == ()
