"""How long suggestions take, in processor seconds: at 800 people, 60 posts and 28 days, and on rosters given.

python tests/benchmarks/suggest_time.py [ROSTER…] [--people 800] [--posts 60] [--days 28]
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from scheduler.advice.suggest import suggest
from scheduler.advice.why import why, why_not
from scheduler.domain.roster import Pair, Roster
from scheduler.io.roster_file import read_roster
from scheduler.problem import Problem
from scheduler.rules.base import Rule
from scheduler.score import Scorer

MONDAY = dt.date(2024, 1, 1)
ASKED = 5


def duty_like(people: int, posts: int, days: int, rng: random.Random) -> tuple[Roster, tuple[Rule, ...]]:
    """A plan of people who come on some weekdays, and a roster filled day by day, one shift a person and day."""
    types = [{"id": f"t{n}", "start": f"{8 + 4 * n:02}:00", "end": f"{12 + 4 * n:02}:00"} for n in range(3)]
    weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    plan = Problem.model_validate(
        {
            "id": "suggest",
            "name": "suggest",
            "horizon": {"first": MONDAY, "last": MONDAY + dt.timedelta(days=days - 1)},
            "calendar": {"country": "none"},
            "places": [{"id": "town"}],
            "organisations": [{"id": f"o{n}"} for n in range(8)],
            "shift_types": types,
            "posts": [
                {
                    "id": f"p{n}",
                    "place": "town",
                    "demand": [{"shifts": [one["id"] for one in types], "least": 2}],
                }
                for n in range(posts)
            ],
            "volunteers": [
                {
                    "id": f"v{n}",
                    "organisation": f"o{n % 8}",
                    "availability": ", ".join(rng.sample(weekdays, 4)),
                    "contract": {"per_week": 4},
                }
                for n in range(people)
            ],
            "rules": [
                {"rule": "one-per-day"},
                {"rule": "min-rest", "hours": 11},
                {"rule": "consecutive", "what": "days", "most": 5},
                {"rule": "fair-load"},
                {"rule": "share", "by": "size"},
                {"rule": "spacing", "least": 2},
            ],
        }
    )
    instance = plan.instance()
    return Roster(instance, _filled(Roster(instance), rng)), plan.all_rules()


def _filled(roster: Roster, rng: random.Random) -> list[Pair]:
    """Up to two people a shift, nobody twice a day, nobody more than four times a week."""
    instance, pairs, load = (
        roster.instance,
        list[Pair](),
        np.zeros((len(roster.instance.volunteers), 60), dtype=int),
    )
    busy: set[Pair] = set()
    for s, day in enumerate(instance.day_of.tolist()):
        free = [
            v
            for v in np.flatnonzero(instance.could_serve[:, s]).tolist()
            if (v, day) not in busy and load[v, day // 7] < 4
        ]
        for v in rng.sample(free, min(2, len(free))):
            pairs.append((v, s))
            busy.add((v, day))
            load[v, day // 7] += 1
    return pairs


def measure(name: str, roster: Roster, rules: Sequence[Rule], rng: random.Random) -> None:
    """Print the processor seconds of the scorer and of some questions of each kind."""
    begun = time.process_time()
    scorer = Scorer(roster, rules)
    print(
        f"{name}: {len(roster.instance.volunteers)} people, {len(roster.instance.shifts)} shifts, "
        f"{len(roster.pairs)} duties; scorer {time.process_time() - begun:.2f} s"
    )
    for v, s in rng.sample(roster.pairs, ASKED):
        volunteer, shift = roster.instance.volunteers[v], roster.instance.shifts[s]
        other = rng.choice(roster.instance.volunteers)
        marks = [time.process_time()]
        found = suggest(scorer, shift, volunteer)
        marks.append(time.process_time())
        why(scorer, volunteer, shift)
        marks.append(time.process_time())
        why_not(scorer, other, shift)
        marks.append(time.process_time())
        suggested, asked, refused = np.diff(marks)
        print(
            f"  suggest {suggested:.2f} s ({len(found.substitutes)} substitutes, {len(found.swaps)} of {found.tried} "
            f"swaps), why {asked:.2f} s, why-not {refused:.2f} s"
        )


def main() -> None:
    """Measure the made plan and the rosters given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rosters", type=Path, nargs="*")
    parser.add_argument("--people", type=int, default=800)
    parser.add_argument("--posts", type=int, default=60)
    parser.add_argument("--days", type=int, default=28)
    given = parser.parse_args()
    rng = random.Random(1)
    roster, rules = duty_like(given.people, given.posts, given.days, rng)
    measure("made", roster, rules, rng)
    for path in given.rosters:
        record = read_roster(path)
        measure(path.parent.name, record.roster, record.plan.problem.all_rules(), rng)


if __name__ == "__main__":
    main()
