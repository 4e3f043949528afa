"""Random cases for the workload rules, at their boundaries."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from typing import Any

from scheduler.domain.calendar import DayClass, DaySelector, Weekday
from scheduler.domain.roster import Roster
from scheduler.rules import Rule
from scheduler.rules.workload.consecutive import Consecutive
from scheduler.rules.workload.contract import Contract
from scheduler.rules.workload.max_load import MaxLoad
from scheduler.rules.workload.min_rest import MinRest
from scheduler.rules.workload.no_overlap import NoOverlap
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.rules.workload.shift_succession import ShiftSuccession
from scheduler.rules.workload.travel_time import TravelTime
from scheduler.rules.workload.weekends import Weekends
from tests.builders import MONDAY, world
from tests.rules.sampling import Case, CaseMaker, random_roster
from tests.rules.workload.amounts import allowed_part

NIGHT = {"id": "night", "start": "22:00", "end": "06:00", "night": True}
DAY_AND_NIGHT = ({"id": "early", "start": "08:00", "end": "12:00"}, NIGHT)


def no_overlap(rng: random.Random) -> Iterator[Case]:
    types = [
        {"id": "early", "start": "08:00", "end": "12:00"},
        {"id": "late", "start": rng.choice(["11:00", "11:59", "12:00"]), "end": "16:00"},
        {"id": "long", "start": "10:00", "end": "08:00"},
    ]
    instance = world(["a", "b"], days=3, posts=["one", "two"], shift_types=types)
    yield from _also_mended(rng, NoOverlap(), random_roster(rng, instance, rng.choice([0.1, 0.3])))


def one_per_day(rng: random.Random) -> Iterator[Case]:
    types = [*DAY_AND_NIGHT, {"id": "small-hours", "start": "01:00", "end": "05:00"}]
    instance = world(["a", "b"], days=3, posts=["one", "two"], shift_types=types)
    for most in (1, 2):
        rule = OnePerDay(most=most, volunteers=rng.choice([None, ("a",)]))
        yield from _also_mended(rng, rule, random_roster(rng, instance, 0.3))


def min_rest(rng: random.Random) -> Iterator[Case]:
    types = [*DAY_AND_NIGHT, {"id": "late", "start": "16:00", "end": "20:00"}]
    instance = world(people(rng, types), days=3, posts=["one", "two"], shift_types=types)
    for after_night in (None, 2, 10, 10.5):
        hours = rng.choice([1.5, 2, 2.5] if after_night == 2 else [2, 4, 4.5, 10])
        longer = after_night if after_night is None else max(after_night, hours)
        rule = MinRest(hours=hours, after_night=longer, posts=rng.choice([None, None, ("one",)]))
        yield from _also_mended(rng, rule, random_roster(rng, instance, rng.choice([0.15, 0.3])))


def travel_time(rng: random.Random) -> Iterator[Case]:
    types = [
        {"id": "early", "start": "08:00", "end": "12:00"},
        {"id": "late", "start": rng.choice(["11:50", "12:00", "12:19", "12:20", "12:30"]), "end": "16:00"},
        {"id": "brief", "start": "12:05", "end": "12:10"},
    ]
    places = [{"id": "town"}, *({"id": place, "within": "town"} for place in "abc")]
    travel = [{"between": ["a", "b"], "minutes": 20}, {"between": ["town", "c"], "minutes": 30}]
    instance = world(
        ["v", "w"],
        days=1,
        places=places,
        travel=rng.choice([travel, travel[:1]]),
        posts=[{"id": f"{place}-{n}", "place": place} for place in "abc" for n in range(2)][:5],
        shift_types=types,
    )
    for default in (0, 19, 30):
        served = random_roster(rng, instance, rng.choice([0.1, 0.4]))
        yield from _also_mended(rng, TravelTime(default=default), served)


def shift_succession(rng: random.Random) -> Iterator[Case]:
    types = [*DAY_AND_NIGHT, {"id": "late", "start": "16:00", "end": "20:00"}]
    instance = world(people(rng, types), days=4, posts=["one", "two"], shift_types=types)
    names = [str(one["id"]) for one in types]
    for after_days in (1, 2):
        forbid = tuple((rng.choice(names), rng.choice(names)) for _ in range(rng.choice([1, 2, 4])))
        rule = ShiftSuccession(forbid=forbid, after_days=after_days)
        yield from _also_mended(rng, rule, random_roster(rng, instance, rng.choice([0.15, 0.4])))


def contract(rng: random.Random) -> Iterator[Case]:
    span = horizon(rng, 9)
    some = [
        one
        | {
            "contract": {
                key: rng.choice([0, 1, 2, 4])
                for key in ("per_day", "per_week", "per_horizon")
                if rng.random() < 0.5
            }
        }
        for one in people(rng, DAY_AND_NIGHT, first=span["first"])
    ]
    instance = world(some, shift_types=DAY_AND_NIGHT, horizon=span)
    yield Contract(), random_roster(rng, instance, rng.choice([0.1, 0.3]))
    yield Contract(shift_types=("night",)), random_roster(rng, instance, 0.5)


def max_load(rng: random.Random) -> Iterator[Case]:
    idle = {"id": "idle", "start": "12:00", "end": "13:00"}
    posts = [{"id": "gate", "demand": [{"shifts": ["early", "night"], "least": 1}]}]
    types, span = (*DAY_AND_NIGHT, idle), horizon(rng, 9)
    some = people(rng, types, first=span["first"])
    instance = world(some, posts=posts, shift_types=types, horizon=span)
    for per in ("day", "week", "month", "horizon", "rolling"):
        size = {"measure": "hours", "least": 4, "most": rng.choice([8, 12, 12.5])}
        bounds = rng.choice([size, {"most": rng.choice([0, 1, 2])}, {"least": 1}, {"least": 2, "most": 3}])
        rule = MaxLoad(
            per=per,
            window=rng.choice([1, 2, 5, 9, 10, 14]) if per == "rolling" else None,
            history=rng.choice([True, True, False]),
            days=rng.choice([None, None, DaySelector(classes=(DayClass.WEEKEND,))]),
            shift_types=rng.choice([None, None, ("night",), ("idle",)]),
            posts=rng.choice([None, None, None, ("gate",)]),
            **bounds,
        )
        yield rule, random_roster(rng, instance, rng.choice([0.1, 0.3]))


def consecutive(rng: random.Random) -> Iterator[Case]:
    instance = world(
        people(rng, DAY_AND_NIGHT, days=6), days=rng.choice([1, 3, 7]), shift_types=DAY_AND_NIGHT
    )
    for what in ("days", "nights", "off"):
        least = rng.choice([None, 1, 2, 3, 4])
        most = rng.choice([(least or 0) + 1, (least or 0) + 2] if least is None else [None, least, least + 1])
        edges = {edge: rng.choice(["free", "strict"]) for edge in ("first_day", "last_day")}
        rule = Consecutive(
            what=what,
            least=least,
            most=most,
            posts=rng.choice([None, None, None, ("gate",)]),
            shift_types=rng.choice([None, None, None, ("night",)]),
            **edges,
        )
        yield rule, random_roster(rng, instance, rng.choice([0.2, 0.4, 0.6]))


def weekends(rng: random.Random) -> Iterator[Case]:
    first = MONDAY + dt.timedelta(days=rng.choice([0, 4, 5, 6, 7, 25, 27]))
    last = MONDAY + dt.timedelta(days=rng.choice([7, 9, 26, 33]) + rng.choice([4, 5, 6, 7]))
    span = {"first": min(first, last), "last": last}
    instance = world(["a", "b", "c"], shift_types=DAY_AND_NIGHT[: rng.choice([1, 2])], horizon=span)
    for per in ("horizon", "month", "weeks"):
        days = rng.choice([("sat", "sun"), ("fri", "sat", "sun"), ("sun", "mon"), ("sun",)])
        most = rng.choice([None, 0, 1, 2])
        rule = Weekends(
            most=most,
            complete=most is None or rng.random() < 0.5,
            per=per,
            weeks=rng.choice([1, 2, 4]),
            weekend=tuple(Weekday(day) for day in days),
            days=rng.choice([None, None, DaySelector(weekdays=(Weekday.FRI, Weekday.SAT, Weekday.MON))]),
        )
        yield rule, random_roster(rng, instance, rng.choice([0.2, 0.5, 0.8]))


def people(
    rng: random.Random, types: Sequence[dict[str, Any]], days: int = 4, first: dt.date = MONDAY
) -> list[dict[str, Any]]:
    """Three people; two of them served on some of the days before the first."""
    names = [str(one["id"]) for one in types]
    past = {
        person: [
            {"day": first - dt.timedelta(days=rng.randint(1, days)), "shift_type": rng.choice(names)}
            for _ in range(rng.choice([0, 1, 3, 5]))
        ]
        for person in "ab"
    }
    return [{"id": person, "history": {"recent": past.get(person, [])}} for person in "abc"]


def horizon(rng: random.Random, days: int) -> dict[str, dt.date]:
    """Begins on any weekday after the Monday of small worlds, around the end of a month or far from it."""
    first = MONDAY + dt.timedelta(days=rng.choice([0, 2, 4, 5, 6, 23, 25, 27]))
    return {"first": first, "last": first + dt.timedelta(days=days - 1)}


def _also_mended(rng: random.Random, rule: Rule, served: Roster) -> Iterator[Case]:
    """A case as it is, and with as much of the roster as the rule allows."""
    yield rule, served
    yield rule, allowed_part(rng, [rule], served)


CASES: dict[str, CaseMaker] = {
    "consecutive": consecutive,
    "contract": contract,
    "max-load": max_load,
    "min-rest": min_rest,
    "no-overlap": no_overlap,
    "one-per-day": one_per_day,
    "shift-succession": shift_succession,
    "travel-time": travel_time,
    "weekends": weekends,
}
