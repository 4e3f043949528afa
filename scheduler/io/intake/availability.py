"""scheduler import availability: what people wrote or ticked becomes when they can serve, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.free_time import FreeTime
from scheduler.domain.instance import Instance
from scheduler.domain.request import Availability, TimeWindow
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault, InputError
from scheduler.io.edit import PlanEdit
from scheduler.io.intake.each import each
from scheduler.io.intake.evidence import evidence_bytes, evidence_path, masked, read_evidence
from scheduler.io.intake.grid_header import collapsed
from scheduler.io.intake.grids import GridColumn, Ticks, grid_columns, read_ticks
from scheduler.io.intake.persons import Persons
from scheduler.io.intake.unclear import unclear
from scheduler.io.intake.windows import short
from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading, Setting, Unclear
from scheduler.io.phrases.render import said
from scheduler.io.phrases.symbols import Meaning, Symbols, given, legend, standard
from scheduler.io.sheets.sheet import Sheet
from scheduler.io.sheets.table import Record, SheetTable, find_table, no_table
from scheduler.io.sheets.words import Words, read_words
from scheduler.io.sheets.workbook import read_sheets
from scheduler.report.grid import Grid
from scheduler.text import Text

WANTED = ("id", "name", "organisation", "phone", "availability")
"""The columns that matter here."""

LONGEST = 60
"""How many characters of what somebody wrote are shown."""

_TITLES = Text("name, available times, or dates across", "姓名、可服务时间，或横排的日期")


@dataclass(frozen=True, slots=True)
class Understood:
    """What somebody said: who, where it stands, the words, what they mean, and how many shifts that allows."""

    volunteer: Volunteer
    place: str
    text: str
    reading: Reading
    sentence: Text
    shifts: int


@dataclass(frozen=True, slots=True)
class Answers:
    """What was understood, what a person must settle (not taken: the cell left open, else the row), what to know."""

    understood: tuple[Understood, ...]
    unsettled: tuple[Fault, ...]
    notes: tuple[Text, ...]
    evidence: Mapping[Path, bytes]

    def grid(self) -> Grid:
        """How every text was understood."""
        columns = (
            Text("volunteer", "志愿者"),
            Text("written", "原文"),
            Text("understood as", "理解为"),
            Text("shifts possible", "可排班次"),
            Text("where", "位置"),
        )
        rows = tuple(
            (one.volunteer.label, _cut(masked(one.text)), one.sentence, one.shifts, one.place)
            for one in self.understood
        )
        return Grid(Text("Available times", "可服务时间"), columns, rows)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet with all that is needed to read it."""

    record: Record
    owner: str
    columns: tuple[GridColumn, ...]
    symbols: Symbols
    place: str


def take_availability(edit: PlanEdit, files: Sequence[Path], symbols: str = "") -> Answers:
    """Read the sheets and put what is certain into the plan; nothing is written yet.

    A person's availability is replaced as a whole, but for what imports from other sources added; limits that
    were not written stay. The last words of everybody are kept as evidence in ``intake/availability.jsonl``.

    Args:
        edit: the plan.
        files: sheets with a column of free text, or with dates across and marks below.
        symbols: what marks mean, ``上=yes,休=no``, before the sheets' legends and the program's own map.

    Raises:
        InputError: a file cannot be read, or no table is found in any of its sheets.
    """
    problem = edit.plan.problem
    setting, instance, persons = Setting.of(problem), problem.instance(), Persons(problem)
    own, notes = given(symbols), list[Text]()
    understood: list[Understood] = []
    unsettled: list[Fault] = []
    for row in _rows(files, edit.path.parent, setting, own, notes):
        who = persons.of_row(row.record, row.owner)
        if not isinstance(who, Volunteer):
            unsettled.append(Fault(row.place, *who))
            continue
        found, faults = _read(row, who, setting, instance)
        understood += [found] if found else []
        unsettled += faults
    understood, twice = _once(understood)
    for one in understood:
        edit.put("volunteers", one.volunteer.id, _values(one))
    return Answers(tuple(understood), (*unsettled, *twice), tuple(notes), _evidence(edit.path, understood))


def _rows(
    files: Sequence[Path], folder: Path, setting: Setting, own: Mapping[str, Meaning], notes: list[Text]
) -> Iterator[_Row]:
    words = read_words(folder)
    for tables in each(files, lambda path: _tables(path, words, setting)):
        for sheet, table, columns in tables:
            notes += [*sheet.notes, *table.notes, *_ignored(table, columns)]
            texts = [cell.text for row in sheet.rows for cell in row.cells.values()]
            symbols = standard().extended(legend(texts)).extended(own)
            owner = table.owner.text if table.owner else sheet.name
            for record in table.records:
                if record.text("name") or record.text("id"):
                    yield _Row(record, owner, columns, symbols, f"{sheet.label}:{record.number}")


def _tables(
    path: Path, words: Words, setting: Setting
) -> list[tuple[Sheet, SheetTable, tuple[GridColumn, ...]]]:
    """The sheets of a file that ask for times, each with its table.

    Raises:
        InputError: none does.
    """
    sheets = read_sheets(path)
    tables = [(sheet, *found) for sheet in sheets if (found := _table(sheet, words, setting))]
    if not tables:
        raise no_table(sheets[0], _TITLES) if sheets else InputError([Fault(path.name, _EMPTY)])
    return tables


_EMPTY = Text("there is no sheet in this file", "文件中没有工作表")


def _table(sheet: Sheet, words: Words, setting: Setting) -> tuple[SheetTable, tuple[GridColumn, ...]] | None:
    table = find_table(collapsed(sheet, words, setting), words, WANTED, "name")
    if table is None:
        return None
    columns = grid_columns(table, setting)
    asked = any(column.meaning == "availability" for column in table.columns)
    return (table, columns) if columns or asked else None


def _ignored(table: SheetTable, columns: tuple[GridColumn, ...]) -> Iterator[Text]:
    """Columns of a grid that name a day and are no day of the plan."""
    taken = {column.number for column in columns}
    titles = [
        column.title
        for column in table.unknown()
        if columns and column.number not in taken and any(sign.isdigit() for sign in column.title)
    ]
    if titles:
        yield Text(
            f"{table.sheet.label}: columns that are no times of this plan: {', '.join(titles)}",
            f"{table.sheet.label}：以下列不是本计划的时间，未导入：{'、'.join(titles)}",
        )


def _read(
    row: _Row, who: Volunteer, setting: Setting, instance: Instance
) -> tuple[Understood | None, Sequence[Fault]]:
    """What a row says, if that is certain, and what a person must settle."""
    text = row.record.text("availability")
    ticks = read_ticks(row.record, row.columns, row.symbols, setting)
    if ticks.unclear or (ticks.open and ticks.empty):
        return None, ticks.faults
    if not text and ticks.empty:
        return None, [Fault(row.place, Text(f"{who.label.en} gave no times", f"{who.label.zh}没有填写时间"))]
    if text and not ticks.empty:
        return None, [Fault(row.place, _BOTH, Text("leave one of them blank", "请只保留其一"))]
    if not text:
        said = "；".join(ticks.shown)
        return _understood(row, who, said, _ticked(ticks, setting), setting, instance), ticks.open
    reading = read_phrase(text, setting)
    if isinstance(reading, Unclear):
        place = row.record.cells["availability"].place
        return None, [Fault(place, unclear(text, reading), None)]
    return _understood(row, who, text, reading, setting, instance), ()


_BOTH = Text("there are both a text and marks", "既有文字说明又有勾选")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _ticked(ticks: Ticks, setting: Setting) -> Reading:
    """What a row of marks says; one without a single yes says: never."""
    if ticks.only:
        return Reading(only=ticks.only)
    never = read_phrase("没空", setting)
    assert isinstance(never, Reading)
    return never


def _understood(
    row: _Row, who: Volunteer, text: str, reading: Reading, setting: Setting, instance: Instance
) -> Understood:
    answered = reading.availability
    before = who.availability
    shifts = possible_shifts(answered if answered.answered else before, instance)
    sentence = said(reading, setting)
    return Understood(who, row.place, text, reading, sentence, shifts)


def possible_shifts(availability: Availability, instance: Instance) -> int:
    """How many shifts of a plan somebody with that availability could serve as far as time goes."""
    free = FreeTime.of(availability, instance.horizon, instance.day_classes, instance.zone)
    return sum(free.fits(shift) for shift in instance.shifts)


def _once(understood: list[Understood]) -> tuple[list[Understood], list[Fault]]:
    """Everybody once; who stands there twice with different answers is to be settled."""
    by_id: dict[str, list[Understood]] = {}
    for one in understood:
        by_id.setdefault(one.volunteer.id, []).append(one)
    kept, faults = [], []
    for same in by_id.values():
        if len({one.reading for one in same}) == 1:
            kept.append(same[0])
            continue
        rows = ", ".join(one.place for one in same[:-1])
        label = same[0].volunteer.label
        text = Text(
            f"{label.en} stands here and at {rows} with different times",
            f"{label.zh}在此处与 {rows} 填写的时间不一致",
        )
        faults.append(Fault(same[-1].place, text, Text("keep one of them", "请只保留一行")))
    return kept, faults


def _values(one: Understood) -> dict[str, object]:
    """What changes in the plan; what other imports added stays."""
    limits = one.reading.limits.model_dump(exclude_none=True)
    values: dict[str, object] = {f"contract.{key}": count for key, count in limits.items()}
    answered = one.reading.availability
    if not answered.answered:
        return values
    held = one.volunteer.availability
    unavailable = (*answered.unavailable, *(window for window in held.unavailable if window.source))
    only = (*answered.only, *(window for window in held.only if window.source)) if answered.only else ()
    values["availability"] = _short(answered.always, only, unavailable)
    return values


def _short(always: bool, only: Iterable[TimeWindow], unavailable: Iterable[TimeWindow]) -> dict[str, object]:
    """Availability as a plan's file holds it."""
    values: dict[str, object] = {"always": True} if always else {}
    if some := [short(window) for window in only]:
        values["only"] = some
    if some := [short(window) for window in unavailable]:
        values["unavailable"] = some
    return values


def _evidence(plan: Path, understood: Sequence[Understood]) -> dict[Path, bytes]:
    """The last words of everybody, by id."""
    if not understood:
        return {}
    path = evidence_path(plan, "availability")
    held = {str(record.get("volunteer")): record for record in read_evidence(path)}
    for one in understood:
        held[one.volunteer.id] = {
            "volunteer": one.volunteer.id,
            "place": one.place,
            "text": masked(one.text),
            "understood": {"en": one.sentence.en, "zh": one.sentence.zh},
        }
    return {path: evidence_bytes(held[name] for name in sorted(held))}
