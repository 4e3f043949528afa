"""Repair of published rosters: one person with a skill, five people, one post gone; against the proven minimum.

    python -m tests.benchmarks.repair_cases examples/beixinqiao/plan.yaml out/roster.json --seconds 60 --anew 60

One line a case: whom it disturbs, the proven least, whether frozen time is as it was, the time; with ``--anew`` also
how many people a roster solved anew disturbs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scheduler.domain.assignment import Assignment
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.engine.repair import Repair, Terms, repair
from scheduler.engine.settings import Settings
from scheduler.engine.solve import solve
from scheduler.engine.stop import Deadline
from scheduler.io.duties import read_duties
from scheduler.io.read import read_plan
from scheduler.problem import Problem
from scheduler.report.calls import calls

FIRST_DAYS = 3
"""Days of the horizon that have passed."""


def cases(
    plan: Problem, published: Sequence[Assignment], seeds: Sequence[int]
) -> Iterator[tuple[str, Problem]]:
    """The changed plans: somebody (with a skill, if anybody has one) ill, five ill, a post closed."""
    serving = sorted({one.volunteer for one in published})
    skilled = [one.id for one in plan.volunteers if one.skills and one.id in set(serving)]
    for seed in seeds:
        rng = random.Random(seed)
        yield f"one {seed}", ill(plan, {rng.choice(skilled or serving)})
        yield f"five {seed}", ill(plan, set(rng.sample(serving, 5)))
        yield f"post {seed}", closed(plan, rng.choice(sorted(post.id for post in plan.posts)))


def ill(plan: Problem, people: set[str]) -> Problem:
    """Some people cannot come at all."""
    never = {"availability": type(plan.volunteers[0].availability)()}
    volunteers = tuple(one.model_copy(update=never) if one.id in people else one for one in plan.volunteers)
    return plan.model_copy(update={"volunteers": volunteers})


def closed(plan: Problem, post: str) -> Problem:
    """A post needs nobody any more."""
    nobody: dict[str, Any] = {"least": 0, "wanted": 0, "most": 0, "skills": ()}
    posts = []
    for one in plan.posts:
        demand = tuple(some.model_copy(update=nobody) for some in one.demand or plan.demand)
        posts.append(one.model_copy(update={"demand": demand}) if one.id == post else one)
    return plan.model_copy(update={"posts": tuple(posts)})


def frozen_as_it_was(found: Repair, published: Sequence[Assignment], terms: Terms) -> bool:
    """Whether all that starts in frozen time is published, and all published there is kept or impossible."""
    instance = found.roster.instance
    after = {one for one in entries(found.roster) if one.start(instance) < terms.until}
    before = {one for one in published if one.start(instance) < terms.until}
    return after <= before and before - after <= set(found.dropped)


def entries(roster: Roster) -> list[Assignment]:
    """The duties of a roster by name."""
    instance: Instance = roster.instance
    pairs = [(instance.volunteers[v].id, instance.shifts[s].id) for v, s in roster.pairs]
    return [Assignment.model_validate({"volunteer": v, "shift": s}) for v, s in pairs]


def run(name: str, plan: Problem, published: Sequence[Assignment], options: argparse.Namespace) -> str:
    """One case in one line."""
    first = dt.datetime.combine(plan.horizon.first, dt.time(0))
    terms = Terms(first + dt.timedelta(days=FIRST_DAYS))
    instance, rules = plan.instance(), plan.all_rules()
    processor = time.process_time()
    settings = Settings(jobs=options.jobs)
    found = repair(instance, rules, published, terms, Deadline(options.seconds), settings)
    processor = time.process_time() - processor
    called = calls(published, set(found.dropped), found.roster)
    changes = sum(len(one.lost) + len(one.gained) for one in called)
    line = (
        f"{plan.id} {name}: people {len(called)} (least {found.least_people}), changes {changes}, price "
        f"{found.stability} (least {found.least}), cover proven {found.cover_proven}, fewest proven {found.fewest}, "
        f"frozen as it was {frozen_as_it_was(found, published, terms)}, {found.seconds:.1f} s, "
        f"processor {processor:.1f} s"
    )
    if options.anew:
        anew = solve(instance, rules, Deadline(options.anew), settings)
        others = calls(published, set(found.dropped), anew.roster)
        line += f"; anew: people {len(others)}, ratio {len(others) / max(1, len(called)):.1f}"
    return line


def main() -> None:
    """Run the cases of a plan and its roster."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("roster", type=Path)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--only", default="", help="only the cases whose name starts so")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--anew", type=float, default=0.0)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    plan = read_plan(options.plan).problem
    published = read_duties(options.roster, plan.id)
    for name, changed in cases(plan, published, options.seeds):
        if name.startswith(options.only):
            print(run(name, changed, published, options), flush=True)


if __name__ == "__main__":
    main()
