"""What part of a roster is told, as a person names it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from pydantic_core import PydanticCustomError

from scheduler.domain.instance import Instance
from scheduler.domain.moment import as_day
from scheduler.domain.refusal import did_you_mean
from scheduler.errors import Fault, InputError
from scheduler.io.chat.listing import Chosen
from scheduler.text import Text


def chosen(
    instance: Instance, days: Iterable[str], posts: Iterable[str], organisations: Iterable[str]
) -> Chosen:
    """The part of a roster on these days, at these posts, of these organisations.

    Raises:
        InputError: a date outside the horizon, or an id the plan does not have; all of them.
    """
    faults: list[Fault] = []
    found = [_day(day, instance, faults) for day in days]
    known = tuple(_known("--post", posts, instance.posts, faults))
    bodies = tuple(_known("--organisation", organisations, instance.organisations, faults))
    if faults:
        raise InputError(faults)
    return Chosen(tuple(day for day in found if day), known, bodies)


def _day(word: str, instance: Instance, faults: list[Fault]) -> dt.date | None:
    try:
        day = as_day(word)
    except PydanticCustomError:
        text = Text(
            f'expected a date like 2020-03-01, found "{word}"', f"应为形如 2020-03-01 的日期，实为“{word}”"
        )
        faults.append(Fault("--day", text))
        return None
    if day not in instance.day_classes or day not in instance.days:
        first, last = instance.horizon.first, instance.horizon.last
        text = Text(
            f"{day} is not in the plan: {first} to {last}", f"{day} 不在排班期（{first} 至 {last}）内"
        )
        faults.append(Fault("--day", text))
        return None
    return day


def _known(option: str, words: Iterable[str], known: Collection[str], faults: list[Fault]) -> Iterable[str]:
    for word in words:
        if word in known:
            yield word
        else:
            text = Text(f'the plan has no "{word}"', f"计划中没有“{word}”")
            faults.append(Fault(option, text, did_you_mean(word, known)))
