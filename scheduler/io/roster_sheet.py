"""A workbook of a roster that came back changed: exactly what was changed in it, as a roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.errors import Fault, InputError
from scheduler.io.assignments import Entry, named_roster
from scheduler.io.read import Plan
from scheduler.io.xlsx.flat_reading import flat_crews
from scheduler.io.xlsx.people import People
from scheduler.io.xlsx.reading import Bound, read_bound
from scheduler.io.xlsx.roster_book import CREW, FORM
from scheduler.io.xlsx.table_reading import Crew, table_crews
from scheduler.report.difference import RosterDifference, difference
from scheduler.text import Language, Text, same

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The roster the workbook was written with, and as it stands in it now; names as it shows them."""

    before: Roster
    after: Roster
    names: Mapping[str, str]

    def changes(self, before: Roster | None = None) -> RosterDifference:
        """What was changed, or what is other than in another roster of the plan."""
        found = difference(before or self.before, self.after)
        return replace(
            found, labels={**found.labels, **{one: same(name) for one, name in self.names.items()}}
        )


def read_roster_sheet(path: Path, plan: Plan) -> ReadBack:
    """A workbook of a plan's roster, read back: cells of the table and rows of the list, whichever was changed.

    Raises:
        InputError: it is no such workbook or another plan's, names people or shifts the plan does not have, or the
            table and the list were changed into different things.
    """
    bound = read_bound(path)
    _expect_own(path.name, bound, plan)
    instance = plan.problem.instance()
    language = (
        Language(bound.hints["language"]) if bound.hints.get("language") in tuple(Language) else Language.ZH
    )
    people = People(instance, language)
    before = _before(path.name, bound, instance)
    tables = [found for leaf in bound.leaves if (found := table_crews(leaf, instance, people)) is not None]
    lists = [rows for leaf in bound.leaves if (rows := flat_crews(leaf, instance, people, language))]
    if not tables and not lists:
        none = Text("neither the table nor the list of rows is there", "总表和明细都已不在文件中")
        raise InputError([Fault(path.name, none, _AGAIN)])
    faults = [fault for _, lost in lists for fault in lost]
    after = _merged(before, tables[:1], [crews for crews, _ in lists[:1]], instance, faults)
    if faults:
        raise InputError(faults)
    pairs = [(one, shift) for shift, crew in after.items() for one in crew]
    written = [(one, shift) for shift, crew in before.items() for one in crew]
    return ReadBack(Roster.named(instance, written), Roster.named(instance, pairs), people.shown)


_AGAIN = Text("export the roster again", "请重新导出排班")


def _expect_own(name: str, bound: Bound, plan: Plan) -> None:
    form, of = bound.hints.get("form", ""), bound.hints.get("plan", "")
    if form.partition(" ")[0] != FORM.partition(" ")[0]:
        text = Text("this workbook was not written to be read back", "该工作簿不是可读回的排班表")
        hint = Text(
            "export it with `scheduler export xlsx` for a reader who sees names in full; "
            "rosters of others are taken with `scheduler import history`",
            "请用 `scheduler export xlsx` 导出（姓名完整的版本）；他处的值班表请用 `scheduler import history` 导入",
        )
        raise InputError([Fault(name, text, hint)])
    if form != FORM:
        newer = Text("it was written by a newer version of this program", "该文件由本程序的更新版本写出")
        raise InputError([Fault(name, newer)])
    if of != plan.problem.id:
        own = plan.problem.id
        text = Text(
            f'the workbook is of the plan "{of}", not of "{own}"', f"该工作簿属于计划“{of}”，而非“{own}”"
        )
        raise InputError([Fault(name, text)])


def _before(name: str, bound: Bound, instance: Instance) -> dict[str, frozenset[str]]:
    """The crews the workbook was written with."""
    crews = {
        key.removeprefix(CREW): value.split(",") for key, value in bound.hints.items() if key.startswith(CREW)
    }
    entries = [Entry(name, shift, one) for shift, crew in crews.items() for one in crew]
    named_roster(instance, entries)
    return {shift: frozenset(crew) for shift, crew in crews.items()}


def _merged(
    before: Mapping[str, frozenset[str]],
    tables: list[Mapping[str, Crew]],
    lists: list[Mapping[str, Crew]],
    instance: Instance,
    faults: list[Fault],
) -> dict[str, frozenset[str]]:
    """The crews after the changes of either sheet; faults are added where they cannot be told."""
    after: dict[str, frozenset[str]] = {}
    named = [*tables, *lists]
    shifts = dict.fromkeys(
        [shift.id for shift in instance.shifts] + [one for crews in named for one in crews]
    )
    for shift in shifts:
        was = before.get(shift, _NOBODY)
        held = [crews[shift] for crews in tables if shift in crews]
        held += [crews.get(shift, Crew("", _NOBODY)) for crews in lists]
        faults += [fault for crew in held for fault in crew.faults]
        changed = [crew for crew in held if crew.people != was and not crew.faults]
        if len({crew.people for crew in changed}) > 1:
            faults.append(_differ(shift, changed))
        elif changed or was:
            after[shift] = changed[0].people if changed else was
    return after


def _differ(shift: str, changed: list[Crew]) -> Fault:
    place = next(crew.place for crew in changed if crew.place)
    text = Text(
        f"the table and the list of rows were changed differently for {shift}",
        f"{shift} 在总表和明细中的改动不一致",
    )
    return Fault(place, text, Text("change only one of them, or both alike", "只改其中一处，或两处改成一致"))
