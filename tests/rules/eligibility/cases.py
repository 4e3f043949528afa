"""Random cases for the eligibility rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from scheduler.rules.eligibility.age_limit import AgeLimit
from scheduler.rules.eligibility.availability import Availability
from scheduler.rules.eligibility.pairing import Pairing
from scheduler.rules.eligibility.post_list import PostList
from scheduler.rules.eligibility.request import Request
from scheduler.rules.eligibility.required_skill import RequiredSkill
from tests.builders import SHIFT_TYPES, day, world
from tests.rules.sampling import Case, CaseMaker, random_roster

PLACES = [
    {"id": "town", "kind": "district"},
    {"id": "lake", "within": "town"},
    {"id": "hill", "within": "town"},
]
POSTS = [{"id": "gate", "place": "lake"}, {"id": "bridge", "place": "lake"}, {"id": "tower", "place": "hill"}]
HOURS = ("08:00-12:00", "08:00-11:59", "12:00-06:00", "11:00-16:00")


def availability(rng: random.Random) -> Iterator[Case]:
    hours = rng.choice(HOURS)
    people = [
        {"id": "a", "availability": {"only": [{"weekdays": ["mon", "wed"]}]}},
        {"id": "b", "availability": {"unavailable": [{"hours": [hours]}]}},
        {"id": "c", "availability": {"only": [{"hours": [hours], "dates": [day(1)]}]}},
        {"id": "d", "availability": {}},
    ]
    yield Availability(), random_roster(rng, world(people, days=3), rng.choice([0.1, 0.3]))


def required_skill(rng: random.Random) -> Iterator[Case]:
    people = [
        {"id": name, "skills": [{"skill": skill, "until": day(until)} for skill, until in owned]}
        for name, owned in zip("abc", (_skills(rng), _skills(rng), _skills(rng)))
    ]
    posts: list[dict[str, Any]] = [{"id": "gate"}, {"id": "tower", "skills": ["driving", "medical"]}]
    skills = [{"id": "medical"}, {"id": "driving"}]
    instance = world(people, days=3, posts=posts, shift_types=SHIFT_TYPES[:1], skills=skills)
    served = random_roster(rng, instance, rng.choice([0.2, 0.5]))
    yield RequiredSkill(), served
    yield RequiredSkill(skills=("medical",), posts=rng.choice([None, ("gate",)])), served


def age_limit(rng: random.Random) -> Iterator[Case]:
    """The middle one of three days is an 18th and a 71st birthday."""
    births = ["2006-03-04", "2006-03-05", "2006-03-06", "1953-03-05", "1990-01-01", None]
    people = [{"id": f"p{n}", "born": born} for n, born in enumerate(births)]
    types = [*SHIFT_TYPES[2:], {"id": "dawn", "start": rng.choice(["05:59", "06:00"]), "end": "09:00"}]
    served = random_roster(rng, world(people, days=3, shift_types=types), rng.choice([0.1, 0.3]))
    unknown = rng.choice(["allow", "limit"])
    yield AgeLimit(least=18, most=70, unknown=unknown), served
    yield AgeLimit(least=18, hours=("22:00-06:00",), longest=rng.choice([5.9, 6, 8])), served
    yield AgeLimit(most=70, hours=(rng.choice(["21:59-22:00", "06:00-06:01"]),), unknown=unknown), served


def post_list(rng: random.Random) -> Iterator[Case]:
    instance = world(["a", "b"], days=1, posts=POSTS, places=PLACES, shift_types=SHIFT_TYPES[:2])
    served = random_roster(rng, instance, rng.choice([0.2, 0.5]))
    yield PostList(volunteers=("a",), allow=rng.choice([("lake",), ("gate", "hill"), ()])), served
    yield PostList(allow=("lake",), deny=("bridge",)), served
    yield PostList(deny=(rng.choice(["town", "hill", "gate"]),)), served


def pairing(rng: random.Random) -> Iterator[Case]:
    organisations = [{"id": "party"}, {"id": "branch", "within": "party"}, {"id": "club"}]
    pairings = [
        {
            "organisation": rng.choice(["party", "branch", "club"]),
            "place": rng.choice(["town", "lake", "gate"]),
            "kind": kind,
            "first": rng.choice([None, day(1)]),
            "last": rng.choice([None, day(1)]),
        }
        for kind in ("exclusive", "exclusive", "excluded", "preferred", "sponsored", "sponsored")
    ]
    people = [{"id": n, "organisation": rng.choice(["party", "branch", "club", None])} for n in "abcd"]
    facts = {"places": PLACES, "organisations": organisations, "pairings": pairings}
    instance = world(people, days=3, posts=POSTS[1:] + POSTS[:1], shift_types=SHIFT_TYPES[:1], **facts)
    served = random_roster(rng, instance, rng.choice([0.2, 0.5]))
    yield Pairing(), served
    yield Pairing(kinds=("preferred",)), served
    yield Pairing(kinds=("sponsored",), days={"dates": [day(0), day(1)]}), served
    yield Pairing(kinds=("sponsored", "excluded"), volunteers=("a", "b")), served


def request(rng: random.Random) -> Iterator[Case]:
    people = [
        {"id": "a", "requests": [_wish(rng), _wish(rng)]},
        {"id": "b", "requests": [_wish(rng)]},
        {"id": "c"},
    ]
    instance = world(
        people, days=3, posts=POSTS, places=PLACES, shift_types=SHIFT_TYPES[:1] + SHIFT_TYPES[3:]
    )
    yield Request(shift_types=rng.choice([None, ("night",)])), random_roster(rng, instance, 0.2)


def _skills(rng: random.Random) -> list[tuple[str, int]]:
    return rng.sample([("medical", 1), ("medical", 2), ("driving", 0), ("driving", 2)], 2)


def _wish(rng: random.Random) -> dict[str, Any]:
    when = rng.choice(
        [
            {},
            {"dates": [day(1)]},
            {"hours": [rng.choice(HOURS)]},
            {"dates": [day(1)], "hours": [rng.choice(["22:00-06:00", "23:00-06:00", "06:00-22:00"])]},
            {"start": f"{day(1)} 12:00", "end": f"{day(2)} {rng.choice(['05:59', '06:00', '12:00'])}"},
        ]
    )
    return {
        "kind": rng.choice(["want", "avoid"]),
        "when": when,
        "posts": rng.choice([None, ["lake"], ["tower", "gate"]]),
        "shift_types": rng.choice([None, ["night"]]),
        "times": rng.choice([1, 2, 3]),
        "weight": rng.choice([1, 5]),
    }


CASES: dict[str, CaseMaker] = {
    "age-limit": age_limit,
    "availability": availability,
    "pairing": pairing,
    "post-list": post_list,
    "request": request,
    "required-skill": required_skill,
}
