"""The whole workbook of a roster, and the hidden sheet by which it is read back."""

from __future__ import annotations

from scheduler.io.sheets.xlsx import HINTS
from scheduler.io.xlsx.book import book_bytes
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.figures import figures
from scheduler.io.xlsx.flat import flat_page
from scheduler.io.xlsx.lists import by_organisation, by_person, changes, open_shifts
from scheduler.io.xlsx.page import Draft, Look, Page
from scheduler.io.xlsx.table_page import table_page

FORM = "roster 1"
"""What the workbook says it is; the number changes when an older program could not read it back."""

CREW = "crew "
"""What the keys of the hidden sheet begin with that say who served on a shift when the workbook was written."""

_PLAIN = Look(border=False)


def roster_book(desk: Desk) -> bytes:
    """The workbook: roster, by person, by organisation, figures, open shifts, changes if there is a roster before.

    For readers who see names in full also one row a person and shift, with ids to be read back by; for others no id.
    """
    pages = [table_page(desk)]
    if desk.readable:
        pages.append(by_person(desk))
    pages += [by_organisation(desk), *figures(desk), open_shifts(desk)]
    if desk.previous is not None:
        pages.append(changes(desk))
    if desk.readable:
        pages += [flat_page(desk), _hints(desk)]
    return book_bytes(pages, desk.say(desk.problem.name), desk.digest)


def _hints(desk: Desk) -> Page:
    """Plan, form and the crews as they were written: key and value, a row each."""
    draft, instance = Draft(HINTS, visible=False), desk.roster.instance
    rows = {"form": FORM, "plan": desk.problem.id, "language": desk.language.value, "digest": desk.digest}
    for shift in instance.shifts:
        if crew := desk.roster.crew_of(shift):
            rows[CREW + shift.id] = ",".join(one.id for one in crew)
    for row, pair in enumerate(rows.items()):
        for column, word in enumerate(pair):
            draft.put(row, column, word, _PLAIN)
    return draft.page()
