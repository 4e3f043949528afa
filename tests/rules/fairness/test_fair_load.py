from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.instance import Instance
from scheduler.rules.fairness.fair_load import FairLoad
from scheduler.score import Score, violations
from tests.builders import SHIFT_TYPES, day, roster, world

STEPS = ((0, 1), (1, 3), (3, 9))


def small(*people: str | dict[str, Any], **more: Any) -> Instance:
    return world(people, shift_types=SHIFT_TYPES[:1], **more)


def costs(instance: Instance, rule: FairLoad, heads: int) -> int:
    served = ", ".join(f"{n} morning" for n in range(heads))
    return sum(found.cost for found in violations(roster(instance, anna=served), [rule]))


@pytest.mark.parametrize(("heads", "cost"), [(0, 0), (2, 0), (3, 1), (4, 5), (5, 9), (6, 22), (7, 35)])
def test_shifts_above_the_target_cost_by_steps(heads: int, cost: int) -> None:
    # the first costs 1, the second and third 4 each, then 13 each
    assert costs(small("anna"), FairLoad(target=2, steps=STEPS), heads) == cost


@pytest.mark.parametrize(("heads", "cost"), [(0, 17), (1, 13), (2, 9), (3, 5), (4, 1), (5, 0), (6, 0)])
def test_shifts_under_the_target_cost_only_below(heads: int, cost: int) -> None:
    steps = ((0, 1), (1, 3))
    assert costs(small("anna"), FairLoad(target=5, steps=steps, below=True), heads) == (
        cost if heads < 6 else 1
    )
    assert costs(small("anna"), FairLoad(target=5, steps=steps), heads) == (0 if heads < 6 else 1)


@pytest.mark.parametrize(("heads", "cost"), [(1, 3), (2, 0), (3, 0), (4, 0), (5, 3)])
def test_a_first_step_away_from_the_target_leaves_a_free_band(heads: int, cost: int) -> None:
    assert costs(small("anna"), FairLoad(target=3, steps=((1, 3),), below=True), heads) == cost


def test_targets_go_by_days_times_or_heads() -> None:
    # 28 heads; anna could serve on 7 days, bo on 7 mornings or 7 noons, cleo on one day
    people = [
        "anna",
        {"id": "bo", "availability": {"only": [{"hours": ["08:00-12:00"]}]}},
        {"id": "cleo", "availability": {"only": [{"weekdays": ["sun"]}]}},
    ]
    instance = world(people, shift_types=SHIFT_TYPES[:2])
    # 14 shifts: anna and bo equal by days (6.53, 6.53, 0.93)
    assert FairLoad(by="days").targets(instance).tolist() == [7, 7, 1]
    # by times 14, 7, 2 of 23 (8.52, 4.26, 1.22)
    assert FairLoad(by="times").targets(instance).tolist() == [9, 4, 1]
    # equal 4⅔, but cleo can take only two: 6 and 6
    assert FairLoad(by="equal").targets(instance).tolist() == [6, 6, 2]


def test_targets_count_from_the_day_of_joining() -> None:
    # 7 heads over 7 and 2 days: 5.44 and 1.56
    instance = small("anna", {"id": "bo", "joined": day(5)})
    assert FairLoad().targets(instance).tolist() == [5, 2]


@pytest.mark.parametrize(("joined", "targets"), [(-1, [2, 6]), (0, [4, 4])])
def test_history_counts_for_who_was_there_before_the_horizon(joined: int, targets: list[int]) -> None:
    # 8 earlier shifts, 4 each: anna carries 2, bo -2; of 7 that makes 1½ and 5½. Alone, anna is even.
    anna = {"id": "anna", "history": {"shifts": 8}}
    assert FairLoad().targets(small(anna, {"id": "bo", "joined": day(joined)})).tolist() == targets


def test_total_and_contract_and_filters_shape_the_targets() -> None:
    instance = small("anna", {"id": "bo", "contract": {"per_horizon": 1}}, "cleo", heads=2)
    assert FairLoad().targets(instance).tolist() == [7, 1, 7]  # 14 heads, 6½ each for two
    assert FairLoad(total=9).targets(instance).tolist() == [4, 1, 4]
    assert FairLoad(volunteers=("bo", "cleo")).targets(instance).tolist() == [0, 1, 7]
    assert FairLoad(shift_types=("night",)).targets(instance).tolist() == [0, 0, 0]


def test_the_sentence_says_who_how_much_and_the_target() -> None:
    instance = small("anna", "bo")
    served = roster(instance, anna="0 morning, 1 morning, 2 morning, 3 morning", bo="4 morning")
    rule = FairLoad(target=2, below=True)
    above, under = violations(served, [rule])
    assert above.text.en == "anna: 4 shifts, 2 more than the target of 2"
    assert above.text.zh == "anna：4班，比目标2班多2班"
    assert under.text.en == "bo: 1 shifts, 1 fewer than the target of 2"
    assert under.text.zh == "bo：1班，比目标2班少1班"
    assert (above.volunteers, len(above.shifts)) == (("anna",), 4)
    assert Score.of([above, under]).values == (0, 0, 0, 0, 0, 6, 0)
