"""Which events are a plan's own: those of its shifts for one person, and all that its ledger remembers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from scheduler.domain.volunteer import Volunteer
from scheduler.problem import Problem
from scheduler.publish import ledger_file
from scheduler.publish.event import Audience, event_uid


def own_uids(problem: Problem, volunteer: Volunteer, ledger: Path) -> frozenset[str]:
    """The UIDs by which a plan's duties are known in somebody's calendar.

    The ledger tells of duties that are gone from the plan as well; one that is not there, or is another plan's,
    tells of none.

    Raises:
        PublishError: the ledger cannot be read, or another run holds it.
    """
    return frozenset(_of_shifts(problem, volunteer)) | _handed_out(problem, ledger)


def _of_shifts(problem: Problem, volunteer: Volunteer) -> Iterator[str]:
    """The UIDs of every shift in the calendars that may show it to that person."""
    above = {one.id: one.within for one in problem.organisations}
    lists = [(Audience.VOLUNTEER, volunteer.id), (Audience.ALL, "")]
    organisation = volunteer.organisation
    while organisation is not None:
        lists.append((Audience.ORGANISATION, organisation))
        organisation = above.get(organisation)
    for shift in problem.instance().shifts:
        yield from (event_uid(problem.id, *whose, shift.id, volunteer.id) for whose in lists)
        yield event_uid(problem.id, Audience.POST, shift.post.id, shift.id)
        yield event_uid(problem.id, Audience.OPEN, "", shift.id)


def _handed_out(problem: Problem, ledger: Path) -> frozenset[str]:
    with closing(ledger_file.copy(ledger)) as database:
        if database.execute("SELECT value FROM about WHERE key = 'plan'").fetchone() != (problem.id,):
            return frozenset()
        return frozenset(uid for (uid,) in database.execute("SELECT uid FROM events"))
