"""Linear bounds of levels: each holds only for rosters no worse above."""

from __future__ import annotations

from scheduler.engine.bounds import LevelBounds
from scheduler.engine.stop import Deadline
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from tests.builders import problem


def test_a_bound_is_dropped_where_a_higher_level_is_worse_than_when_it_was_worked_out() -> None:
    wish = {"id": "a", "requests": [{"kind": "avoid"}]}
    plan = problem([wish], days=2, rules=[{"rule": "one-per-day"}])
    model = build(plan.instance(), plan.all_rules())
    bounds = LevelBounds(model)
    ladder = Ladder(model)
    top, low = ladder.active[0], ladder.active[-1]
    full = [0.0] * len(model.linear)
    while bounds.step(tuple(full), Deadline()):
        full[top] = bounds.holding(tuple(full))[top]
    assert bounds.holding(tuple(full))[low] == 2
    worse = list(full)
    worse[top] += 1
    assert bounds.holding(tuple(worse))[low] == model.floor[low] == 0
    assert bounds.holding(tuple(worse))[top] == full[top]
