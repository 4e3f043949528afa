"""What a plan means for its people, before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scheduler.domain.calendar import DayClass
from scheduler.domain.instance import Instance
from scheduler.domain.volunteer import Volunteer
from scheduler.text import Text, joined, same

NAMED = 5
"""People named in one note."""


def people_notes(instance: Instance) -> tuple[Text, ...]:
    """Who could serve on no shift at all though they gave times, and whose skill ends within the horizon."""
    reach = np.asarray(instance.could_serve.any(axis=1))
    idle = [v for n, v in enumerate(instance.volunteers) if v.availability.answered and not reach[n]]
    ending = [v for v in instance.volunteers if any(_ends(instance, v))]
    notes = []
    if idle:
        notes.append(
            Text(
                "{count} volunteers can serve on no shift at the times they gave or with their skills: "
                "{names}{holiday}",
                "{count} 名志愿者按所填时间和技能，没有任何可值守的班次：{names}{holiday}",
            ).format(count=len(idle), names=_names(idle), holiday=_holiday(instance))
        )
    if ending:
        notes.append(
            Text(
                "a skill of {count} volunteers ends within the horizon: {names}",
                "{count} 名志愿者的技能在排班期内到期：{names}",
            ).format(count=len(ending), names=_names(ending))
        )
    return tuple(notes)


def _holiday(instance: Instance) -> Text:
    """What to know if the plan has a holiday; nothing otherwise."""
    if DayClass.HOLIDAY not in instance.day_classes.values():
        return same("")
    return Text(
        " (a holiday is no weekend: write both, like weekend; holiday)",
        "（法定节假日不算周末，如两者都可，请写 weekend; holiday）",
    )


def _ends(instance: Instance, volunteer: Volunteer) -> Iterator[bool]:
    for own in volunteer.skills:
        yield own.until is not None and instance.horizon.first <= own.until < instance.horizon.last


def _names(volunteers: list[Volunteer]) -> Text:
    named = [v.label for v in volunteers[:NAMED]]
    return joined([*named, *([same("…")] if len(volunteers) > NAMED else [])])
