"""Tables of people into a plan: everybody once, those there updated, new ones with ids of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from scheduler.domain.entity import Identifier
from scheduler.domain.request import Availability
from scheduler.errors import Fault, InputError
from scheduler.io.edit import PlanEdit
from scheduler.io.edit_data import Entry, follow
from scheduler.io.intake.files import Kind, Tables, in_order, read_tables
from scheduler.io.intake.identify import identified
from scheduler.io.intake.intake import Intake
from scheduler.io.intake.named import Named
from scheduler.io.intake.person import Draft, People
from scheduler.io.intake.roll import Roll, name_key
from scheduler.io.sheets.table import Record, SheetTable, unused
from scheduler.io.sheets.words import key_of, read_words
from scheduler.problem import Problem
from scheduler.text import Text, joined, same

KIND = Kind(
    wanted=(
        *("id", "name", "organisation", "phone", "email", "id_number", "born", "age", "gender", "politics"),
        *("position", "skills", "availability", "wishes", "home", "tier", "joined", "serial", "note"),
        *("per_day", "per_week", "per_horizon", "emergency", "away", "serves"),
    ),
    needed="name",
    titles=Text("name, phone, branch", "姓名、联系电话、所属支部"),
)
"""What a table of people looks like."""

TABLE_FROM = 10
"""From how many new people on a plan without any gets them as a table of its own."""

_NEW = ("new", "新", "新增")
_ID: TypeAdapter[str] = TypeAdapter(Identifier)


@dataclass(frozen=True, slots=True)
class PeopleOptions:
    """How people are taken over.

    ``organisation`` is that of everybody whose sheet names none; ``add_organisations`` adds unknown ones;
    ``keep_id_numbers`` keeps identity numbers in the plan; ``ignored`` are titles of columns to leave out.
    """

    organisation: str | None = None
    add_organisations: bool = False
    keep_id_numbers: bool = False
    ignored: tuple[str, ...] = ()


def import_people(edit: PlanEdit, paths: Sequence[Path], options: PeopleOptions) -> Intake:
    """Take the people of some files into a plan being edited; nothing is written.

    Somebody is known by id, else by name, organisation and the last four digits of the phone. Empty cells change
    nothing. Where the times of somebody are not clear, the rest of the row is taken and the cell is to be settled.

    Raises:
        InputError: all that is wrong in the files, each with file, sheet, row and column.
    """
    problem = edit.plan.problem
    words = read_words(edit.path.parent)
    organisations = Named.organisations(problem, add=options.add_organisations)
    kind = replace(KIND, groups=lambda text: organisations.named(text) is not None)
    tables = read_tables(paths, words, kind, options.ignored)
    people = People(problem, words, keep_id_numbers=options.keep_id_numbers)
    drafts = list(_drafts(tables, people, organisations, options))
    faults = [*tables.faults, *people.faults, *organisations.faults()]
    named = identified(drafts, Roll(problem.volunteers, problem.organisations), faults)
    if faults:
        raise InputError(in_order([*faults, *people.unsettled], paths))
    taken = _put(edit, named, organisations, (*tables.notes, *_told(tables.found, people)))
    return replace(taken, unsettled=tuple(in_order(people.unsettled, paths)))


def _drafts(tables: Tables, people: People, organisations: Named, options: PeopleOptions) -> Iterator[Draft]:
    if options.organisation is not None and organisations.named(options.organisation) is None:
        tables.faults.append(
            Fault(
                "--organisation",
                Text(f'no organisation "{options.organisation}"', f"没有组织“{options.organisation}”"),
            )
        )
    for table in tables.found:
        tables.faults += [*table.doubts(people.used), *_of_other_plan(table, people.problem)]
        for record in table.records:
            if (draft := people.draft(record)) is not None:
                draft.organisation = _organisation(table, record, organisations, options, people)
                _read_id(draft, people.faults)
                yield draft


def _of_other_plan(table: SheetTable, problem: Problem) -> list[Fault]:
    plan = (table.sheet.hints or {}).get("plan", problem.id)
    if plan == problem.id:
        return []
    text = Text(f'this form belongs to the plan "{plan}"', f"这是计划“{plan}”的表格")
    return [Fault(table.sheet.label, text, Text(f'this plan is "{problem.id}"', f"当前计划为“{problem.id}”"))]


def _organisation(
    table: SheetTable, record: Record, organisations: Named, options: PeopleOptions, people: People
) -> str | None:
    """The organisation of somebody: what the row says, else the title of the group, the sheet, its owner."""
    cell = record.cells.get("organisation")
    if cell and not people.words.says("none", cell.text):
        return organisations.find(cell)
    if hinted := (table.sheet.hints or {}).get("organisation"):
        return organisations.named(hinted)
    if record.group is not None:
        return organisations.find(record.group)
    if found := organisations.named(table.sheet.name):
        return found
    if options.organisation is not None:
        return organisations.named(options.organisation)
    return organisations.find(table.owner) if table.owner else None


def _read_id(draft: Draft, faults: list[Fault]) -> None:
    cell = draft.record.cells.get("id")
    if cell is None:
        return
    if key_of(cell.text) in _NEW:
        draft.new = True
        return
    try:
        draft.id = _ID.validate_python(cell.text)
    except ValidationError:
        text = Text(
            f'"{cell.text}" is no id: no blanks or , ; / |',
            f"“{cell.text}”不能作为编号：不得含空格或 , ; / |",
        )
        faults.append(cell.fault(text))


def _put(
    edit: PlanEdit, named: dict[str, list[Draft]], organisations: Named, notes: tuple[Text, ...]
) -> Intake:
    known = set(edit.ids("volunteers"))
    for name, title in organisations.added.items():
        edit.put("organisations", name, {"name": title})
    if not known and len(named) >= TABLE_FROM:
        edit.as_table("volunteers")
    before = {str(entry["id"]): entry for entry in edit.entries("volunteers")}
    ids = _Ids(known | {key for key in named if not key.startswith("\0")})
    touched = []
    for key, drafts in named.items():
        name = ids.next(drafts[0].organisation) if key.startswith("\0") else key
        touched.append(name)
        for draft in drafts:
            _put_one(edit, name, draft, before.get(name))
    after = {str(entry["id"]): entry for entry in edit.entries("volunteers")}
    return Intake.of(touched, before, after, notes)


def _put_one(edit: PlanEdit, name: str, draft: Draft, known: Entry | None) -> None:
    values = dict(draft.values)
    if draft.organisation is not None:
        values["organisation"] = draft.organisation
    if known is not None and _same_name(known, draft):
        values.pop("name", None)
    if values.get("tier") == "volunteer" and (known is None or "tier" not in known):
        values.pop("tier")
    if draft.serves is False:
        values["contract.per_horizon"] = 0
    elif draft.serves and known is not None and str(follow(known, "contract.per_horizon")) == "0":
        values["contract.per_horizon"] = None
    if isinstance(answered := values.get("availability"), Availability):
        values["availability"] = _with_others(answered, _held(edit, name))
    edit.put("volunteers", name, values)
    if draft.away:
        edit.extend("volunteers", name, "availability.unavailable", draft.away)
    if draft.wishes:
        edit.extend("volunteers", name, "requests", draft.wishes)


def _held(edit: PlanEdit, name: str) -> Availability:
    """What the plan has of somebody's availability."""
    return next((one.availability for one in edit.plan.problem.volunteers if one.id == name), Availability())


def _with_others(answered: Availability, held: Availability) -> Availability:
    """An answer with what other imports added to the one before it."""
    others = tuple(window for window in held.unavailable if window.source)
    return Availability(
        always=answered.always, only=answered.only, unavailable=(*answered.unavailable, *others)
    )


def _same_name(entry: Entry, draft: Draft) -> bool:
    """Whether a known name, in one language or two, is the one in the sheet."""
    name = entry.get("name", entry["id"])
    names = name.values() if isinstance(name, dict) else [name]
    return name_key(draft.name.text) in {name_key(str(one)) for one in names}


@dataclass(slots=True)
class _Ids:
    """New ids: the organisation's, or v, and the next number that none has had."""

    used: set[str]
    last: dict[str, int] = field(default_factory=dict)

    def next(self, organisation: str | None) -> str:
        """The next id for a member of an organisation."""
        start = organisation or "v"
        if start not in self.last:
            pattern = re.compile(rf"{re.escape(start)}-(\d{{1,6}})")
            self.last[start] = max(
                (int(match[1]) for one in self.used if (match := pattern.fullmatch(one))), default=0
            )
        self.last[start] += 1
        name = f"{start}-{self.last[start]:02}"
        self.used.add(name)
        return name


def _told(tables: Sequence[SheetTable], people: People) -> Iterator[Text]:
    yield from unused(tables, people.used | {"id_number", "born"})
    if people.unknown_skills:
        listed = [same(f"{word} ({count})") for word, count in people.unknown_skills.items()]
        said = joined(listed)
        yield Text(
            f"skills the plan does not list were left out: {said.en}", f"计划中没有的技能未导入：{said.zh}"
        )
    for fault in people.warnings:
        text = Text(f"{fault.place}: {fault.text.en} (not used)", f"{fault.place}：{fault.text.zh}（未使用）")
        yield text
