"""Local search: what it counts is so, what it keeps is legal, and it finds what there is to find."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from scheduler.engine.local_search import LocalSearch
from scheduler.engine.local_search.groups import groups_of
from scheduler.engine.local_search.search import COLD
from scheduler.engine.local_search.solution import completed, sore
from scheduler.engine.local_search.state import HIGH, KIND, LEVEL, LOW, MOVES, OFFSET, TABLE, TOTAL, Board
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.transform import slice_of
from scheduler.rules.coverage.cover import Cover
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.score import score
from tests.builders import world
from tests.engine.local_search.worlds import GAINS, Small, every_rule, tiny

LEGS = ((1.0, 0.3), (0.3, 0.01), (0.0, 0.0))
SEEDS = range(3)


def searched(small: Small, moves: int = 300, seed: int = 0) -> LocalSearch:
    search = LocalSearch(small.model, small.start, seed=seed)
    for heat in LEGS:
        search.run(moves, heat)
    return search


def assert_counted(search: LocalSearch, model: LinearModel) -> None:
    """What the kernel carries along is what the matrix says of its columns."""
    board, groups = search._board, groups_of(model)
    x = board.x[: model.columns].astype(np.float64)
    assert (completed(groups, model, x) == x).all(), "auxiliary columns"
    assert (board.groups[:-1, HIGH] - board.room == groups.matrix @ x).all(), "activities"
    assert board.by_level(TOTAL)[1:] == pytest.approx(model.values(x)[1:])
    assert (board.reals[TOTAL] == 0) == model.allows(x)


@pytest.mark.parametrize("seed", SEEDS)
def test_activities_and_values_are_those_of_the_matrix(seed: int) -> None:
    for small in every_rule(seed):
        assert_counted(searched(small, seed=seed), small.model)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_referee_agrees_with_the_best(seed: int) -> None:
    for small in every_rule(seed):
        search = searched(small, seed=seed)
        assert search.best_values == pytest.approx(Ladder(small.model).values(search.best)), small.name
        if small.legal_start:
            assert small.model.allows(search.best), small.name
            said = score(small.model.roster(search.best), small.rules)
            assert said.legal, small.name
            assert tuple(said.values) == pytest.approx(search.best_values), small.name


def test_worlds_have_auxiliary_columns_and_illegal_starts_too() -> None:
    worlds = [small for seed in SEEDS for small in every_rule(seed)]
    assert sum(small.model.columns > small.model.pairs for small in worlds) > 30
    assert sum(small.legal_start for small in worlds) > 200
    assert sum(not small.legal_start for small in worlds) > 30


def test_an_illegal_start_is_often_mended() -> None:
    broken = [small for seed in SEEDS for small in every_rule(seed) if not small.legal_start]
    mended = sum(small.model.allows(searched(small).best) for small in broken)
    assert mended > len(broken) // 2


def best_of_all(model: LinearModel) -> tuple[float, ...]:
    """The value of the best legal solution, by trying every one."""
    groups, rows = groups_of(model), model.rows
    solutions = np.zeros((2**model.pairs, model.columns))
    solutions[:, : model.pairs] = list(product((0.0, 1.0), repeat=model.pairs))
    for _ in range(3):
        reached = solutions @ groups.matrix[groups.definition].T.toarray()
        solutions[:, model.pairs :] = reached >= groups.group[groups.definition, LOW] - 1e-6
    activity = solutions @ rows.matrix.T.toarray()
    outside = (activity < rows.lower - 1e-6) | (activity > rows.upper + 1e-6)
    allowed = solutions[~outside[:, rows.hard].any(axis=1)]
    return min(model.values(x) for x in allowed)


def part_of(small: Small, count: int, rng: random.Random) -> LinearModel:
    """The model of a few assignment columns, all others held at the start."""
    model = small.model
    free = np.arange(model.columns) >= model.pairs
    free[rng.sample(range(model.pairs), min(count, model.pairs))] = True
    return slice_of(model, free, small.start)[0]


def test_the_optimum_of_small_worlds_is_found() -> None:
    compared, rng = 0, random.Random(0)
    for small in every_rule(0):
        if not small.legal_start:
            continue
        model = part_of(small, 9, rng)
        search = LocalSearch(model, np.zeros(model.columns))
        for heat in LEGS:
            search.run(2000, heat)
        assert search.best_values == pytest.approx(best_of_all(model)), small.name
        compared += 1
    assert compared > 60


def test_an_example_with_all_its_rules() -> None:
    small = tiny()
    search = searched(small, 20_000)
    assert_counted(search, small.model)
    said = score(small.model.roster(search.best), small.rules)
    assert said.legal
    assert tuple(said.values) == pytest.approx(search.best_values)
    assert search.best_values < small.model.values(small.start)


def test_the_same_seed_gives_the_same() -> None:
    one, same, other = (searched(tiny(), 3000, seed) for seed in (7, 7, 8))
    assert (one.best == same.best).all()
    assert (one.best_values, one.used, one.moves) == (same.best_values, same.used, same.moves)
    assert not np.array_equal(one._board.x, other._board.x)


def test_every_kind_of_move_is_made_and_counted() -> None:
    search = searched(tiny(), 20_000)
    assert set(search.used) == set(MOVES)
    assert all(search.used.values())
    assert search.moves == 60_000 < search.tried


def test_a_leg_says_whether_the_best_got_better() -> None:
    small = tiny()
    search = LocalSearch(small.model, small.start)
    assert search.run(2000, (0.0, 0.0))
    while search.run(2000, (0.0, 0.0)):
        pass
    before = search.best_values
    assert not search.run(1, (0.0, 0.0))
    assert search.best_values == before


def test_no_moves_change_nothing() -> None:
    small = tiny()
    search = LocalSearch(small.model, small.start)
    assert not search.run(0, (1.0, 0.1))
    assert (search.best == small.start).all()


def test_restart_goes_on_from_a_solution_and_keeps_the_better_one() -> None:
    small = tiny()
    search, fresh = searched(small, 5000), LocalSearch(small.model, small.start)
    good, values = search.best, search.best_values
    search.restart(small.start)
    assert search.best_values == values
    assert not search._board.x[: small.model.pairs].any()
    search.run(500, (0.0, 0.0))
    assert search.best_values <= values
    fresh.restart(good)
    assert fresh.best_values == values
    assert (fresh.best == good).all()
    fresh.run(500, (1.0, 0.5))
    assert fresh.best_values <= values
    assert_counted(fresh, small.model)


def fixed(model: LinearModel, column: int, value: float) -> tuple[LinearModel, Floats]:
    lower, upper, start = model.lower.copy(), model.upper.copy(), np.zeros(model.columns)
    lower[column] = upper[column] = start[column] = value
    return replace(model, lower=lower, upper=upper), start


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_fixed_column_stays(value: float) -> None:
    instance = world(["a", "b", "c"], days=4)
    model = build(instance, [OnePerDay(), Cover(bound="least", level="cover")])
    for column in (0, model.pairs - 1):
        search = LocalSearch(*fixed(model, column, value))
        for heat in LEGS:
            search.run(2000, heat)
            assert search._board.x[column] == value
        assert search.best[column] == value
        assert search.best.sum() == 12


def test_a_model_without_columns_or_rows() -> None:
    for model in (build(world([], days=2), [OnePerDay()]), build(world(["a"], days=2), [])):
        search = LocalSearch(model, np.zeros(model.columns))
        search.run(100, (1.0, 0.1))
        assert len(search.best) == model.columns


def test_what_hurts_is_pointed_at() -> None:
    for small in every_rule(1):
        board, groups = searched(small)._board, groups_of(small.model)
        x = board.x[: small.model.columns].astype(np.float64)
        for level in range(1, len(board.by_level(TOTAL))):
            for code in sore(board, level):
                group, up = divmod(int(code), 2)
                row = groups.matrix[[group]].toarray()[0]
                assert board.groups[group, LEVEL] == level
                assert (row != 0).any()
                assert priced_at(board, group, row @ x) > priced_at(board, group, row @ x + (1 if up else -1))


def priced_at(board: Board, group: int, activity: float) -> float:
    kind, at = board.groups[group, KIND], int(board.groups[group, OFFSET])
    if kind == TABLE:
        return float(board.reals[at + int(activity)])
    lower, upper, under, over = board.reals[at : at + 4]
    return float(max(0, lower - activity) * under + max(0, activity - upper) * over)


@pytest.mark.parametrize(
    ("heat", "place", "cooled"), [(1.0, 0, 0.0), (COLD**0.25, 0, 0.5), (COLD**0.75, 1, 0.5)]
)
def test_a_heat_warms_one_level_after_the_other(heat: float, place: int, cooled: float) -> None:
    gate = world(["a", "b"], days=3, heads=2)
    model = build(gate, [*GAINS])
    search = LocalSearch(model, np.array([1.0] * 2 + [0.0] * (model.columns - 2)))
    assert search.best_values[1] > 0 < search.best_values[6]
    level, progress = search._focus(heat)
    assert level == [1, 6][place]
    assert progress == pytest.approx(cooled)


def test_a_level_that_costs_nothing_is_not_warmed() -> None:
    gate = world(["a", "b"], days=3, heads=2)
    model = build(gate, [*GAINS])
    search = LocalSearch(model, np.ones(model.columns))
    assert search.best_values[1] == 0 < search.best_values[6]
    assert search._focus(1.0) == (6, 0.0)
