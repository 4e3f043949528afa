from __future__ import annotations

import pytest

from scheduler.rules.fairness.fair_burden import FairBurden
from scheduler.score import violations
from tests.builders import SHIFT_TYPES, roster, world


@pytest.mark.parametrize(
    ("served", "tenths"),
    [
        ("0 evening, 1 evening", 0),  # 2.4 points
        ("0 evening, 1 evening, 2 morning", 10),  # 3.4
        ("0 night, 1 evening", 8),  # 3.2
        ("0 night", 0),
        ("", 0),
    ],
)
def test_burden_above_the_target_counts_in_tenths(served: str, tenths: int) -> None:
    rule = FairBurden(target=2.4, steps=((0, 1),))
    assert sum(found.amount for found in violations(roster(world(), anna=served), [rule])) == tenths


@pytest.mark.parametrize(("heads", "amount"), [(2, 0), (3, 12), (4, 24 + 2 * 12)])
def test_steps_are_in_points(heads: int, amount: int) -> None:
    # 1.2 points an evening; the second step begins 1.2 points over the target
    rule = FairBurden(target=2.4, steps=((0, 1), (1.2, 2)))
    served = ", ".join(f"{n} evening" for n in range(heads))
    assert sum(found.amount for found in violations(roster(world(), anna=served), [rule])) == amount


def test_targets_share_the_points_wanted() -> None:
    # 7 evenings and 7 nights: 22.4 points over two people
    instance = world(shift_types=SHIFT_TYPES[2:])
    assert FairBurden().targets(instance).tolist() == [112, 112]
    assert FairBurden(total=10.1).targets(instance).tolist() == [51, 51]  # 5.05 each


def test_carried_burden_and_the_cap_are_points_too() -> None:
    # 8 points before, 4 each: 2 and -2 carried at half; of 22.4 that makes 9.2 and 13.2
    anna = {"id": "anna", "history": {"burden": 8.0}}
    assert FairBurden().targets(world([anna, "bo"], shift_types=SHIFT_TYPES[2:])).tolist() == [92, 132]
    assert FairBurden(carry=0.5).targets(world([anna, "bo"], shift_types=SHIFT_TYPES[2:])).tolist() == [
        107,
        117,
    ]
    # anna's contract: three shifts of 2 points at the most
    tired = anna | {"contract": {"per_horizon": 3}}
    assert FairBurden().targets(world([tired, "bo"], shift_types=SHIFT_TYPES[2:])).tolist() == [60, 164]


def test_the_sentence_is_in_points() -> None:
    served = roster(world(), anna="0 night, 1 evening", bo="3 morning")
    above, under = violations(served, [FairBurden(target=2.4, below=True)])
    assert above.text.en == "anna: 3.2 burden points, 0.8 more than the target of 2.4"
    assert under.text.zh == "bo：负担1分，比目标2.4分少1.4分"
