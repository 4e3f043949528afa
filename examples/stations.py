"""Who serves at Beixinqiao's stations: residents of five communities, a garment company, community staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from invented import Invented, Row

AREAS = {"east": "东片", "south": "南片", "west": "西片", "north": "北片", "centre": "中片"}

MORNING, AFTERNOON, DAY = "06:30-11:30", "11:30-17:30", "06:30-17:30"
EVENING, NIGHT = "17:30-01:00", "17:30-06:30"


def beixinqiao() -> tuple[list[Row], list[Row]]:
    """The people of Beixinqiao's fifteen stations, and their teams: households and the company's crews."""
    chance = Invented("beixinqiao, March 2020")
    people: list[Row] = []
    teams: list[Row] = []
    for area, name in AREAS.items():
        residents, families = _residents(chance, area)
        people += [*residents, *_crew(chance, area), *_staff(chance, area)]
        teams += [*families, {"id": f"crew-{area}", "name": f"服装企业{name}组", "kind": "company"}]
    return people, teams


def _residents(chance: Invented, area: str) -> tuple[list[Row], list[Row]]:
    """48 residents, most of them alone, some as couples or as father and son."""
    people: list[Row] = []
    families: list[Row] = []

    def add(*group: Row) -> None:
        for one in group:
            one |= {"id": f"{area}-{len(people) + 1:02}", "organisation": area, "home": area}
            people.append(one)
        if len(group) > 1:
            families.append(
                {"id": f"home-{group[0]['id']}", "name": f"{group[0]['name']}家", "kind": "household"}
            )
            for one in group:
                one["teams"] = families[-1]["id"]

    for _ in range(3):
        add(*_couple(chance))
    for _ in range(2):
        add(*_father_and_son(chance))
    for kind, count in ((_retired, 14), (_working, 13), (_studying, 6), (_night_owl, 5)):
        for _ in range(count):
            add(kind(chance))
    return people, families


def _couple(chance: Invented) -> tuple[Row, Row]:
    """Two retired people of about one age."""
    born = chance.born(60, 68)
    one = _retired(chance) | {"born": born, "name": chance.surname() + chance.given(born, man=True)}
    born += dt.timedelta(days=chance.between(-400, 400))
    return one, _alike(one) | {"born": born, "name": chance.surname() + chance.given(born, man=False)}


def _father_and_son(chance: Invented) -> tuple[Row, Row]:
    """One family name, a generation apart."""
    surname, born = chance.surname(), chance.born(46, 54)
    father = _working(chance) | {"born": born, "name": surname + chance.given(born, man=True)}
    born = chance.born(19, 24)
    return father, _alike(father) | {"born": born, "name": surname + chance.given(born, man=True)}


def _alike(one: Row) -> Row:
    """What people who live and serve together share: their time, their wishes, the shifts they served."""
    return {key: value for key, value in one.items() if key not in {"name", "born"}}


def _served(chance: Invented, most: int) -> Row:
    """What somebody served since the stations opened in mid-February; some came only in March."""
    if chance.chance(0.1):
        return {"joined": f"2020-03-{chance.between(3, 6):02}"}
    shifts = chance.between(0, most)
    return {"history_shifts": shifts, "history_burden": shifts + round(shifts * chance.between(0, 4) / 10, 1)}


def _retired(chance: Invented) -> Row:
    """Free by day, or in the mornings only; some would come in the evening too, though not gladly."""
    free = chance.pick((DAY, DAY, MORNING, MORNING, AFTERNOON, "06:30-01:00", "06:30-01:00"))
    return (
        chance.person(58, 73)
        | _served(chance, 7)
        | {
            "availability": free,
            "unavailable": _days_off(chance),
            "avoid": EVENING if free.endswith("01:00") else chance.pick(("sat sun", "sun", "", "")),
            "want": chance.pick(("sat 06:30-11:30", "sun 06:30-11:30", "")) if free == DAY else "",
            "per_week": chance.between(3, 4),
        }
    )


def _working(chance: Invented) -> Row:
    """Free on the evenings of workdays and all weekend, until one in the morning."""
    shop_shut = chance.chance(0.2)
    return (
        chance.person(26, 56)
        | _served(chance, 5)
        | {
            "availability": "06:30-01:00" if shop_shut else f"workday {EVENING}; weekend 06:30-01:00",
            "unavailable": _days_off(chance),
            "avoid": chance.pick((f"sun {EVENING}", f"fri {EVENING}", "sat 06:30-11:30", "", "")),
            "want": chance.pick(("sat 11:30-17:30", "sun 06:30-17:30", "", "", "")),
            "per_week": chance.between(2, 3),
        }
    )


def _studying(chance: Invented) -> Row:
    """Lessons from home: afternoons and evenings, weekends all day."""
    return (
        chance.person(18, 25)
        | _served(chance, 5)
        | {
            "availability": "workday 11:30-01:00; weekend 06:30-01:00",
            "unavailable": _days_off(chance),
            "avoid": "weekend 06:30-11:30" if chance.chance(0.6) else "",
            "per_week": chance.between(2, 3),
        }
    )


def _night_owl(chance: Invented) -> Row:
    """The few who take evenings and dawns."""
    return (
        chance.person(24, 52)
        | _served(chance, 4)
        | {
            "availability": NIGHT,
            "unavailable": _days_off(chance),
            "tier": "reserve" if chance.chance(0.3) else "",
            "per_week": 2,
        }
    )


def _days_off(chance: Invented) -> str:
    """A weekday with other duties, a few days away, or nothing."""
    if chance.chance(0.3):
        return chance.pick(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    if chance.chance(0.15):
        first = chance.between(2, 12)
        return f"2020-03-{first:02}..2020-03-{first + 3:02}"
    return ""


def _crew(chance: Invented, area: str) -> Iterator[Row]:
    """Six of the garment company: its workshop stands still, they serve where the others are at work."""
    for number in range(1, 7):
        yield chance.person(22, 50) | {
            "id": f"company-{area}-{number}",
            "organisation": "garment-company",
            "teams": f"crew-{area}",
            "home": area,
            "availability": "workday 06:30-17:30" if number <= 4 else "workday 11:30-01:00",
            "per_week": 3,
            "per_horizon": 5,
            "history_shifts": chance.between(3, 6),
        }


def _staff(chance: Invented, area: str) -> Iterator[Row]:
    """Seven of the community's staff: at the desk by day in turns, on the posts where nobody else is."""
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    for number in range(1, 8):
        yield chance.person(25, 55) | {
            "id": f"staff-{area}-{number}",
            "organisation": area,
            "tier": "staff",
            "home": area,
            "availability": "always" if number <= 3 else f"{NIGHT}; weekend",
            "unavailable": week[number - 1],
            "per_week": 4,
        }
