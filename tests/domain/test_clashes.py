"""Which shifts of one person exclude each other, against all pairs one by one."""

from __future__ import annotations

import random
from itertools import combinations, product

import numpy as np
import pytest

from scheduler.domain.clashes import Clashes
from scheduler.domain.instance import Instance
from tests.builders import world


def random_clashes(seed: int) -> tuple[Instance, Clashes]:
    rng = random.Random(seed)
    hours = [(8, 12), (12, 16), (10, 14), (12, 13), (16, 22), (22, 6), (6, 5)]
    types = [
        {"id": f"t{n}", "start": f"{start:02}:00", "end": f"{end:02}:00"}
        for n, (start, end) in enumerate(rng.sample(hours, 4))
    ]
    posts = ["one", "two", {"id": "three", "demand": [{"shifts": [types[0]["id"]], "least": 1}]}]
    instance = world(["a"], days=2, posts=posts, shift_types=types)
    kinds = rng.choice([1, 2, 3])
    kind = np.array([list(instance.posts).index(s.post.id) % kinds for s in instance.shifts])
    least = np.array([[rng.choice([0, 1, 2, 8]) * 3600 for _ in range(kinds)] for _ in range(kinds)])
    return instance, instance.clashes(kind, least)


def clashing(instance: Instance, clashes: Clashes) -> set[tuple[int, int]]:
    found = set()
    for a, b in combinations(range(len(instance.shifts)), 2):
        one, other = instance.shifts[a], instance.shifts[b]
        pause = (other.start - one.end).total_seconds()
        if pause < clashes.least[clashes.kind[clashes.node[a]], clashes.kind[clashes.node[b]]]:
            found.add((a, b))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_blocks_are_all_clashes_each_once(seed: int) -> None:
    instance, clashes = random_clashes(seed)
    truth = clashing(instance, clashes)
    seen = [pair for block in clashes.blocks for pair in product(block.earlier, block.later)]
    assert len(seen) == len(set(seen))
    assert {
        pair
        for pair in combinations(range(len(instance.shifts)), 2)
        if (clashes.node[pair[0]], clashes.node[pair[1]]) in set(seen)
    } == truth


@pytest.mark.parametrize("seed", range(40))
def test_cliques_hold_only_clashes_and_each_under_its_head(seed: int) -> None:
    instance, clashes = random_clashes(seed)
    truth = clashing(instance, clashes)
    shifts_of = [set(np.flatnonzero(clashes.node == n).tolist()) for n in range(clashes.count)]
    held = set()
    for clique in clashes.cliques:
        members = sorted(s for node in clique.nodes for s in shifts_of[node])
        head = {s for node in clique.head for s in shifts_of[node]}
        assert set(combinations(members, 2)) <= truth
        held |= {pair for pair in combinations(members, 2) if head & set(pair)}
    assert held == truth


def test_one_kind_needs_one_clique_a_timing_at_most() -> None:
    instance = world(["a"], days=3, posts=["one", "two", "three"])
    clashes = instance.closer_than(instance.shifts[0].end - instance.shifts[0].start)
    assert len(clashes.cliques) <= len(instance.timings)
    assert all(clique.nodes == clique.head for clique in clashes.cliques)


def test_a_longer_pause_after_one_kind_joins_its_clique() -> None:
    instance = world(["a"], days=2)
    night = np.array([int(shift.type.night) for shift in instance.shifts])
    clashes = instance.clashes(night, np.array([[4, 4], [11, 11]]) * 3600)
    assert clashes.count == len(instance.shifts)
    named = [
        {instance.shifts[n].id.removeprefix("gate/2024-03-") for n in clique.nodes}
        for clique in clashes.cliques
    ]
    assert {"04/night", "05/morning", "05/noon"} in named
    assert {"04/night", "05/noon", "05/evening"} in named
