"""Who serves for Dongcheng's seven organisations: branches, medics, cadres, a company, a hotline's people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from invented import Invented, Row

BRANCHES = 19


def dongcheng() -> list[Row]:
    """The members who serve for the seven organisations, in the plan's order of them."""
    chance = Invented("Dongcheng, spring 2020")
    return [
        *_jiusan(chance),
        *_members(chance, "zhigong", 40, medical=0.6),
        *_taimeng(chance),
        *_members(chance, "minjian", 60),
        *_members(chance, "minmeng", 48),
        *_federation(chance),
        *_hotline(chance),
    ]


def _jiusan(chance: Invented) -> Iterator[Row]:
    """Nineteen branches of five to ten members, a quarter of them in medicine, as the society is."""
    for branch in range(1, BRANCHES + 1):
        for number in range(1, chance.between(5, 10) + 1):
            yield _member(chance, medical=0.25) | {
                "id": f"jiusan-{branch:02}-{number:02}",
                "organisation": f"jiusan-{branch:02}",
            }


def _members(chance: Invented, organisation: str, count: int, medical: float = 0.0) -> Iterator[Row]:
    for number in range(1, count + 1):
        yield _member(chance, medical) | {"id": f"{organisation}-{number:02}", "organisation": organisation}


def _member(chance: Invented, medical: float) -> Row:
    """Somebody of a party: a medic on a hospital roster, retired, or at work on workdays."""
    served = chance.between(0, 3)
    row: Row = {"per_week": 1 if chance.chance(0.4) else 2, "per_horizon": chance.between(6, 12)}
    row |= {"history_shifts": served, "history_burden": float(served)}
    if chance.chance(medical):
        return chance.person(28, 58) | row | _medic(chance)
    if chance.chance(0.2):
        return (
            chance.person(56, 68) | row | {"availability": "08:00-17:00", "unavailable": _away(chance, 0.5)}
        )
    avoid = chance.pick(("holiday", "sun", "fri 17:00-21:00", "", ""))
    free = chance.pick(
        ("workday 17:00-21:00; weekend; holiday", "weekend; holiday", "workday 17:00-21:00; weekend")
    )
    return (
        chance.person(27, 57)
        | row
        | {"availability": free, "avoid": avoid, "unavailable": _away(chance, 0.4)}
    )


def _medic(chance: Invented) -> Row:
    """Medical people give their days off; the hospital needs them twice; some licences end in April."""
    until = f" until 2020-04-{chance.between(1, 20):02}" if chance.chance(0.15) else ""
    return {
        "skills": f"medical{until}",
        "availability": chance.pick(
            ("weekend; holiday", "workday 17:00-21:00; weekend; holiday", "mon wed sun")
        ),
        "unavailable": f"{_stretch(chance, 2, 7)}; {_stretch(chance, 3, 10)}",
        "per_week": 1,
    }


def _taimeng(chance: Invented) -> Iterator[Row]:
    """Twelve cadres of the office, free in working hours; other members outside them."""
    for number, row in enumerate(_members(chance, "taimeng", 36)):
        cadre = {"availability": "workday 08:00-17:00", "avoid": "", "per_week": 2, "per_horizon": 16}
        yield row | (cadre if number < 12 else {})


def _federation(chance: Invented) -> Iterator[Row]:
    """Five crews for three stations each: the garment company's staff, and members of the federation."""
    for crew in range(1, 6):
        for number in range(1, 5):
            yield _member(chance, medical=0.0) | {
                "id": f"federation-{crew}-{number}",
                "organisation": "federation",
                "teams": f"crew-{crew}",
            }
        for number in range(1, 21):
            yield chance.person(21, 52) | {
                "id": f"company-{crew}-{number:02}",
                "organisation": "garment-company",
                "teams": f"crew-{crew}",
                "availability": "08:00-17:00" if chance.chance(0.5) else "workday 08:00-17:00",
                "unavailable": _away(chance, 0.3),
                "per_week": chance.between(2, 3),
                "per_horizon": chance.between(20, 26),
            }


def _hotline(chance: Invented) -> Iterator[Row]:
    """The hotline's people: at the telephone at home, by day, by night or both."""
    for number in range(1, 29):
        yield chance.person(26, 66) | {
            "id": f"overseas-{number:02}",
            "organisation": "overseas",
            "skills": "hotline" if number <= 25 else "hotline until 2020-03-31",
            "availability": chance.pick(("always", "08:00-20:00", "workday 20:00-08:00; weekend; holiday")),
            "unavailable": _away(chance, 0.5),
            "avoid": chance.pick(("20:00-08:00", "holiday", "", "")),
            "per_week": 2,
            "per_horizon": chance.between(10, 14),
        }


def _away(chance: Invented, share: float) -> str:
    return _stretch(chance, 0, 10) if chance.chance(share) else ""


def _stretch(chance: Invented, first_week: int, last_week: int) -> str:
    """Three to eight days away in those weeks after 15 February."""
    first = dt.date(2020, 2, 15) + dt.timedelta(
        weeks=chance.between(first_week, last_week), days=chance.between(0, 6)
    )
    return f"{first}..{first + dt.timedelta(days=chance.between(2, 7))}"
