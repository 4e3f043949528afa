"""Whatever an explanation claims is so when it is done and the whole roster is scored anew, under many rules."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from scheduler.domain.roster import Roster
from scheduler.score import score
from tests.benchmarks.explain_claims import asked
from tests.builders import problem

RULES: list[dict[str, Any]] = [
    {"rule": "one-per-day"},
    {"rule": "min-rest", "hours": 10},
    {"rule": "max-load", "most": 3},
    {"rule": "consecutive", "what": "days", "most": 2},
    {"rule": "weekends", "most": 1, "level": "wish"},
    {"rule": "quota", "least": 2, "most": 6},
    {"rule": "share", "by": "size"},
    {"rule": "turn", "organisations": ["red", "blue"], "per": "day", "posts": ["hall"]},
    {"rule": "apart", "teams": ["pair"]},
    {"rule": "fair-load"},
    {"rule": "fair-burden"},
    {"rule": "spacing", "least": 2},
    {"rule": "pinned", "level": "hard", "assignments": [{"volunteer": "a", "shift": "gate/2024-03-05/noon"}]},
]
PEOPLE: list[Any] = [
    {"id": "a", "organisation": "red", "availability": "mon-thu"},
    {"id": "b", "organisation": "red", "contract": {"per_horizon": 2}, "teams": ["pair"]},
    {"id": "c", "organisation": "blue", "teams": ["pair"]},
    {
        "id": "d",
        "organisation": "blue",
        "availability": "08:00-16:00",
        "requests": [{"kind": "avoid", "when": "tue"}],
    },
    {"id": "e", "tier": "reserve"},
    {"id": "f", "organisation": "blue", "requests": [{"kind": "want", "when": "wed"}]},
]
PLAN = problem(
    PEOPLE,
    days=5,
    rules=RULES,
    posts=["gate", "hall"],
    organisations=[{"id": "red"}, {"id": "blue"}],
    teams=[{"id": "pair"}],
)
WORLD, ALL = PLAN.instance(), PLAN.all_rules()


def legal_roster(rng: random.Random) -> Roster:
    roster = Roster(WORLD, [(0, WORLD.shift_index["gate/2024-03-05/noon"])])
    for _ in range(40):
        after = roster.changed(add=[(rng.randrange(len(PEOPLE)), rng.randrange(len(WORLD.shifts)))])
        roster = after if score(after, ALL).legal else roster
    return roster


@pytest.mark.parametrize("seed", range(4))
def test_claims_are_confirmed_by_the_referee(seed: int) -> None:
    rng = random.Random(seed)
    confirmed = Counter[str]()
    for claims in asked(legal_roster(rng), ALL, 25, rng, solve=0):
        assert not claims.wrong
        confirmed += claims.confirmed
    kinds = {kind.partition(":")[0] for kind in confirmed}
    assert kinds == {"why", "why-not", "why-empty", "suggest"}
    assert confirmed.total() > 60
    assert any("not allowed" in kind for kind in confirmed)


def test_an_exception_is_among_the_claims() -> None:
    rng = random.Random(5)
    claims = [*asked(legal_roster(rng), ALL, 15, rng, solve=4)]
    assert sum(one.confirmed["why-empty: exception fills it"] for one in claims) > 0
    assert not [wrong for one in claims for wrong in one.wrong]
