"""Who could serve where, from the facts alone: what shares and teams are measured by."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.volunteer import Volunteer

if TYPE_CHECKING:
    from scheduler.domain.instance import Instance

ALWAYS, NEVER = dt.date.max.toordinal(), dt.date.min.toordinal()


def could_serve(instance: Instance) -> Bools:
    """Mask [volunteer, shift]: free all through it, with the skills its post asks of all, joined by then."""
    able = _free(instance)[:, instance.timing_of]
    ordinal = instance.day_of + instance.horizon.first.toordinal()
    able &= np.array([_joined(v) for v in instance.volunteers], dtype=np.int64)[:, None] <= ordinal
    for skills in dict.fromkeys(post.skills for post in instance.posts.values() if post.skills):
        there = instance.shifts_where(lambda shift, skills=skills: shift.post.skills == skills)  # type: ignore[misc]
        until = np.array([_keeps(v, skills) for v in instance.volunteers], dtype=np.int64)
        able[:, there] &= until[:, None] >= ordinal[there]
    return able


def _free(instance: Instance) -> Bools:
    first: Ints = np.unique(instance.timing_of, return_index=True)[1]
    shifts = [instance.shifts[s] for s in first.tolist()]
    free = np.zeros((len(instance.volunteers), len(shifts)), dtype=np.bool_)
    for n, time in enumerate(instance.free_time):
        if time.answered:
            free[n] = [time.fits(shift) for shift in shifts]
    return free


def _joined(volunteer: Volunteer) -> int:
    return NEVER if volunteer.joined is None else volunteer.joined.toordinal()


def _keeps(volunteer: Volunteer, skills: tuple[str, ...]) -> int:
    """The last day, as an ordinal, on which the volunteer has all the skills."""
    until = dict.fromkeys(skills, NEVER)
    for own in volunteer.skills:
        if own.skill in until:
            lasts = ALWAYS if own.until is None else own.until.toordinal()
            until[own.skill] = max(until[own.skill], lasts)
    return min(until.values())
