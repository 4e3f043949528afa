from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.instance import Instance
from scheduler.rules.organisations.share import Share
from scheduler.score import violations
from tests.builders import SHIFT_TYPES, day, roster, world


def small(*organisations: dict[str, Any], people: str = "aab", days: int = 7, **more: Any) -> Instance:
    """Members by letter: ``aab`` are two of organisation a and one of b; one noon shift a day."""
    listed = [{"id": name} for name in sorted(set(people))]
    known = {one["id"]: one for one in organisations}
    volunteers = [{"id": f"v{n}", "organisation": name} for n, name in enumerate(people)]
    extra = more.pop("volunteers", {})
    volunteers = [one | extra.get(one["id"], {}) for one in volunteers]
    return world(
        volunteers,
        days=days,
        organisations=[known.get(one["id"], one) for one in listed],
        shift_types=SHIFT_TYPES[1:2],
        **more,
    )


def targets(instance: Instance, **rule: Any) -> list[int]:
    return [int(target) for target in Share(**rule).targets(instance)]


def test_targets_by_size_promise_volunteers_or_equally() -> None:
    instance = small({"id": "a", "size": 10, "promised": 5}, {"id": "b", "size": 40, "promised": 30}, days=5)
    assert targets(instance, by="size") == [1, 4]
    assert targets(instance, by="promised") == [1, 4]  # 5/7 and 30/7 of one: 0.71 and 4.29
    assert targets(instance, by="volunteers") == [3, 2]  # 3⅓ and 1⅔: the larger remainder is b's
    assert targets(instance, by="equal") == [3, 2]  # 2½ each: the first


def test_size_defaults_to_the_volunteers_in_the_plan() -> None:
    assert targets(small({"id": "b", "size": 5})) == [2, 5]
    assert targets(small(days=6)) == [4, 2]


def test_who_promised_nothing_has_no_target_unless_nobody_promised() -> None:
    assert targets(small({"id": "a", "promised": 3}), by="promised") == [7, 0]
    assert targets(small({"id": "a", "promised": 0}, days=6), by="promised") == [3, 3]


def test_targets_add_up_to_the_heads_members_could_fill() -> None:
    away = {"availability": {"only": [{"dates": [day(0)]}]}}
    # two heads a day, one member each: b can fill its first day only
    assert targets(small(people="ab", heads=2), by="equal") == [7, 7]
    assert targets(small(people="ab", heads=2, volunteers={"v1": away}), by="equal") == [7, 1]
    # one head a day: b takes its one day, a the other six
    assert targets(small(people="ab", volunteers={"v1": away}), by="equal") == [6, 1]
    # five for two organisations with three members each: 2½, the first has the larger half
    assert targets(small(people="aaabbb", days=5), by="equal") == [3, 2]


def test_contracts_bound_what_an_organisation_can_take() -> None:
    bound = {"v0": {"contract": {"per_horizon": 1}}, "v1": {"contract": {"per_week": 1}}}
    assert targets(small(people="aab", volunteers=bound), by="equal") == [2, 5]
    assert sum(targets(small(people="aab", volunteers=bound), by="equal", total=5)) == 5
    assert targets(small(people="aab", volunteers=bound), total=20) == [
        2,
        7,
    ]  # no more than there is room for


def test_shifts_out_of_the_filters_are_not_shared() -> None:
    assert targets(small(people="ab", posts=["gate", "tent"], days=4), by="equal", posts=("gate",)) == [2, 2]


def costs(heads: int, **rule: Any) -> int:
    served = ", ".join(f"{n} noon" for n in range(heads))
    return sum(found.amount for found in violations(roster(small(), v2=served), [Share(**rule)]))


@pytest.mark.parametrize(("heads", "amount"), [(0, 2 + 5), (1, 1 + 5), (2, 5), (3, 1 + 5), (5, 3 + 5)])
def test_the_distance_from_the_target_counts_both_ways(heads: int, amount: int) -> None:
    # targets 5 (nobody serves) and 2, of 4⅔ and 2⅓
    assert costs(heads) == amount
    assert costs(heads, below=False) == max(0, heads - 2)


@pytest.mark.parametrize(("heads", "amount"), [(2, 0), (3, 1), (4, 2), (5, 5), (6, 8)])
def test_steps_add_up(heads: int, amount: int) -> None:
    assert costs(heads, below=False, steps=((0, 1), (2, 2))) == amount


def test_the_sentence_says_how_far_from_the_target() -> None:
    served = roster(small(), v2="0 noon, 1 noon, 2 noon")
    under, over = violations(served, [Share()])
    assert under.text.en == "a: 0 person-times, 5 fewer than the target of 5"
    assert under.text.zh == "a：0人次，比目标5人次少5"
    assert over.text.en == "b: 3 person-times, 1 more than the target of 2"
    assert over.text.zh == "b：3人次，比目标2人次多1"
    assert (over.volunteers, len(over.shifts), under.volunteers) == (("v2",), 3, ())
