"""How long the matrix takes: a duty workload with every rule of the product laid on it.

python tests/benchmarks/build.py [--volunteers 800] [--days 28] [--posts 60]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scheduler.model.build import build
from scheduler.problem import Problem
from scheduler.rules import RULES
from scheduler.score import score

ZONES = 17
TYPES = (
    ("morning", "06:30", "11:30"),
    ("noon", "11:30", "17:30"),
    ("evening", "17:30", "01:00"),
    ("dawn", "01:00", "06:30"),
)


def rules() -> list[dict[str, Any]]:
    """One of every rule that needs no settled assignments, filters rare, as a large plan would have them."""
    return [
        {"rule": "one-per-day"},
        {"rule": "min-rest", "hours": 10, "after_night": 11},
        {"rule": "travel-time", "default": 40},
        {"rule": "shift-succession", "forbid": [["dawn", "morning"], ["evening", "morning"]]},
        {"rule": "max-load", "per": "week", "most": 3},
        {"rule": "max-load", "per": "rolling", "window": 7, "measure": "hours", "most": 20},
        {"rule": "consecutive", "what": "days", "most": 3},
        {"rule": "weekends", "most": 2, "level": "wish"},
        {"rule": "age-limit", "most": 69, "hours": ["22:00-06:00"]},
        {"rule": "post-list", "organisations": ["branch-1"], "deny": ["zone-1"]},
        {"rule": "group-mix", "organisations": ["branch-2"], "most": 1},
        {"rule": "together", "kind": "household", "same": "shift", "weight": 2},
        {"rule": "apart", "members": ["v1", "v2"], "same": "time"},
        {"rule": "mentor", "newcomer": 1, "experienced": 3},
        {"rule": "quota", "organisations": ["branch-3"], "per": "week", "most": 200},
        {"rule": "share", "branches_of": "party", "by": "volunteers"},
        {"rule": "turn", "branches_of": "party", "per": "week", "posts": ["p0"]},
        {"rule": "fair-load"},
        {"rule": "fair-burden", "weight": 2},
        {"rule": "spacing", "least": 2},
    ]


def plan(volunteers: int, days: int, posts: int, seed: int = 0) -> Problem:
    """A plan of this size: people know one to three of 17 zones and can come now and then."""
    rng = random.Random(seed)
    zones = [f"zone-{n}" for n in range(ZONES)]
    return Problem.model_validate(
        {
            "id": "build",
            "name": "build",
            "horizon": {"first": "2024-01-01", "last": f"2024-01-{days:02d}", "day_starts": "06:30"},
            "places": [{"id": "town"}, *({"id": zone, "within": "town"} for zone in zones)],
            "skills": [{"id": f"skill-{zone}"} for zone in zones],
            "organisations": [
                {"id": "party"},
                *({"id": f"branch-{n}", "within": "party"} for n in range(19)),
            ],
            "teams": [{"id": f"home-{n}"} for n in range(volunteers // 6)],
            "shift_types": [{"id": t, "start": a, "end": b, "night": t == "dawn"} for t, a, b in TYPES],
            "demand": [{"shifts": [t for t, _, _ in TYPES], "least": 2}],
            "posts": [_post(n, rng.choice(zones)) for n in range(posts)],
            "volunteers": [_volunteer(n, zones, rng, volunteers // 6) for n in range(volunteers)],
            "rules": rules(),
        }
    )


def _post(number: int, zone: str) -> dict[str, Any]:
    return {"id": f"p{number}", "place": zone, "skills": [f"skill-{zone}"]}


def _volunteer(number: int, zones: list[str], rng: random.Random, teams: int) -> dict[str, Any]:
    free = {"only": ["workday 17:30-01:00", "weekend"]} if number % 3 else {"only": ["workday 06:30-17:30"]}
    return {
        "id": f"v{number}",
        "organisation": f"branch-{number % 19}",
        "skills": [{"skill": f"skill-{zone}"} for zone in rng.sample(zones, rng.choice([1, 1, 2, 3]))],
        "teams": [f"home-{number // 2}"] if number // 2 < teams else [],
        "born": f"{rng.randint(1945, 2000)}-05-01",
        "availability": free,
        "contract": {"per_week": rng.choice([2, 3])},
        "history": {"shifts": rng.randint(0, 8)},
        "requests": [{"kind": "avoid", "shift_types": ["dawn"]}],
    }


def main() -> None:
    """Build once and print a JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--volunteers", type=int, default=800)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--posts", type=int, default=60)
    options = parser.parse_args()
    problem = plan(options.volunteers, options.days, options.posts)
    laid = problem.all_rules()
    began = time.perf_counter()
    instance = problem.instance()
    expanded = time.perf_counter()
    model = build(instance, laid)
    built = time.perf_counter()
    score(model.roster(model.lower), laid)
    figures = {
        "volunteers": len(instance.volunteers),
        "shifts": len(instance.shifts),
        "pairs": model.pairs,
        "columns": model.columns,
        "rows": len(model.rows),
        "entries": int(model.rows.matrix.nnz),
        "rule_kinds": len({rule.rule for rule in laid}),
        "rule_kinds_in_all": len(RULES),
        "expand_seconds": round(expanded - began, 2),
        "build_seconds": round(built - expanded, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
