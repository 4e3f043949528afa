"""Suggestions against every change tried one by one, under every kind of rule."""

from __future__ import annotations

import random

import pytest

from scheduler.advice.suggest import suggest, suggestion_answer
from scheduler.advice.swap import IllegalSwapError, swap
from scheduler.domain.entity import Level
from scheduler.domain.roster import Pair, Roster
from scheduler.errors import InputError
from scheduler.rules import STANDARD, Rule
from scheduler.score import Score, Scorer, score
from tests.builders import problem
from tests.rules.test_agreement import CASES

Change = tuple[tuple[Pair, ...], tuple[Pair, ...]]


def worse(before: Score, after: Score) -> bool:
    return after.values[0] > before.values[0]


def legal_changes(roster: Roster, rules: list[Rule], s: int, v: int) -> dict[Change, tuple[int, ...]]:
    """Every hand-over and swap of a duty that raises no hard cost, with what it costs by level."""
    instance, before = roster.instance, score(roster, rules)
    crew = {one for one, at in roster.pairs if at == s}
    changes: list[Change] = []
    for other in range(len(instance.volunteers)):
        if other in crew:
            continue
        changes.append((((other, s),), ((v, s),)))
        theirs = [t for one, t in roster.pairs if one == other and (v, t) not in roster.pair_set]
        changes += [(((other, s), (v, at)), ((v, s), (other, at))) for at in theirs]
    found = {}
    for add, remove in changes:
        after = score(roster.changed(add, remove), rules)
        if not worse(before, after):
            found[add, remove] = (after - before).values
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", sorted(CASES))
def test_suggestions_are_all_that_is_legal_in_the_referees_order(name: str, seed: int) -> None:
    rng = random.Random(f"suggest {name} {seed}")
    rule, roster = next(iter(CASES[name](rng)))
    assert isinstance(rule, Rule)
    hard = rule.model_copy(update={"level": rng.choice([Level.HARD, rule.level])})
    rules: list[Rule] = [*STANDARD, hard]
    roster = Roster(roster.instance, [pair for pair in roster.pairs if roster.instance.could_serve[pair]])
    while roster.pairs and not score(roster, rules).legal:
        roster = roster.changed(remove=[rng.choice(roster.pairs)])
    if not roster.pairs:
        return
    v, s = rng.choice(roster.pairs)
    instance = roster.instance
    found = suggest(Scorer(roster, rules), instance.shifts[s], instance.volunteers[v], nearest=None)
    said = {(one.add, one.remove): one.rank for one in (*found.substitutes, *found.swaps)}
    assert said == legal_changes(roster, rules, s, v)
    for options in (found.substitutes, found.swaps):
        assert [one.rank for one in options] == sorted(one.rank for one in options)


def test_an_open_head_is_filled_by_whoever_may() -> None:
    plan = problem(["a", {"id": "b", "availability": "tue"}, "c"], days=2, rules=[{"rule": "one-per-day"}])
    instance = plan.instance()
    roster = Roster.named(instance, [("c", "gate/2024-03-04/noon")])
    shift = instance.shifts[instance.shift_index["gate/2024-03-04/morning"]]
    found = suggest(Scorer(roster, plan.all_rules()), shift)
    assert [one.add[0][0] for one in found.substitutes] == [instance.volunteer_index["a"]]
    assert {rule.rule: count for rule, count in found.barred} == {"availability": 1, "one-per-day": 1}
    assert not found.swaps
    answer = suggestion_answer(found, Scorer(roster, plan.all_rules()))
    assert answer.data["possible"] == {"substitutes": 1, "swaps": 0}


def test_the_swaps_nearest_in_time_are_asked_about_first() -> None:
    plan = problem(["a", "b", "c"], days=6, rules=[{"rule": "one-per-day"}])
    instance = plan.instance()
    days = ["04", "05", "06", "07", "08"]
    roster = Roster.named(
        instance, [("a", "gate/2024-03-04/morning"), *(("b", f"gate/2024-03-{day}/noon") for day in days[1:])]
    )
    scorer = Scorer(roster, plan.all_rules())
    found = suggest(scorer, instance.shifts[0], instance.volunteers[0], nearest=2)
    assert (found.tried, found.there) == (2, 4)
    assert {instance.shifts[one.add[1][1]].day.day for one in found.swaps} == {5, 6}
    assert suggest(scorer, instance.shifts[0], instance.volunteers[0], nearest=None).tried == 4
    assert "2" in suggestion_answer(found, scorer).lines[-2].en


PLAN = problem(["a", "b", "c"], days=2, rules=[{"rule": "one-per-day"}])
WORLD = PLAN.instance()
ROSTER = Roster.named(WORLD, [("a", "gate/2024-03-04/morning"), ("b", "gate/2024-03-05/noon")])


def scorer() -> Scorer:
    return Scorer(ROSTER, PLAN.all_rules())


def test_a_swap_exchanges_two_duties() -> None:
    option = swap(scorer(), "a@gate 4日 morning", "b@gate 5日 noon")
    after = ROSTER.changed(option.add, option.remove)
    assert after == Roster.named(WORLD, [("b", "gate/2024-03-04/morning"), ("a", "gate/2024-03-05/noon")])


def test_a_duty_is_handed_on() -> None:
    option = swap(scorer(), "a@gate/2024-03-04/morning", "c")
    assert ROSTER.changed(option.add, option.remove).shifts_of(WORLD.volunteers[0]) == ()


def test_an_illegal_swap_names_every_reason() -> None:
    busy = Roster.named(
        WORLD,
        [("a", "gate/2024-03-04/morning"), ("b", "gate/2024-03-05/noon"), ("b", "gate/2024-03-04/evening")],
    )
    with pytest.raises(IllegalSwapError) as wrong:
        swap(Scorer(busy, PLAN.all_rules()), "a@gate/2024-03-04/morning", "b")
    assert "one-per-day" in wrong.value.faults[1].text.en
    assert wrong.value.status == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "b"),
        ("b@gate/2024-03-04/morning", "c"),
        ("a@gate/2024-03-04/morning", "a"),
        ("a@gate/2024-03-04/morning", "a@gate/2024-03-04/morning"),
        ("a@gate/2024-03-04/morning", "zoe"),
    ],
)
def test_what_is_no_swap_is_refused(one: str, other: str) -> None:
    with pytest.raises(InputError):
        swap(scorer(), one, other)
