"""The sign-in sheet: where everything stands in it, and what was filled in when it comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import Fault, InputError
from scheduler.io.xlsx.reading import Leaf, read_bound
from scheduler.text import Text

FORM = "sign-in 1"
"""What the workbook says it is; the number changes when an older program could not read it."""

SHIFT_ID, VOLUNTEER_ID, PRINTED = "shift_id", "volunteer_id", "printed_name"
"""The titles of the hidden columns, the first of the sheet, in the header of every block."""

NUMBER = Text("No.", "序号")
NAME, ORGANISATION, DUE = Text("Name", "姓名"), Text("Organisation", "单位"), Text("Due", "应到")
ARRIVED, LEFT, SIGNATURE = Text("In", "签到"), Text("Out", "签退"), Text("Signature", "签名")
TEMPERATURE, NOTE = Text("Temp. °C", "体温"), Text("Notes", "备注")
COLUMNS = (
    (NUMBER, 6.0),
    (NAME, 20.0),
    (ORGANISATION, 20.0),
    (DUE, 14.0),
    (ARRIVED, 9.0),
    (LEFT, 9.0),
    (SIGNATURE, 13.0),
    (TEMPERATURE, 9.5),
    (NOTE, 14.0),
)
"""The columns that are seen, after the three hidden ones, with their widths."""

HIDDEN = (SHIFT_ID, VOLUNTEER_ID, PRINTED)
_FILLED = (NAME, ORGANISATION, ARRIVED, LEFT, SIGNATURE, TEMPERATURE, NOTE)


@dataclass(frozen=True, slots=True)
class SigninRow:
    """A line of a sign-in sheet that says anything, as text; times are like ``08:05`` if typed as times.

    ``volunteer`` is who was expected on this line, None on a line for walk-ins; ``printed`` is the name that stood
    there: another ``name`` means that somebody else came. ``place`` is of the name's cell.
    """

    place: str
    shift: str
    volunteer: str | None
    printed: str
    name: str
    organisation: str
    arrived: str
    left: str
    signature: str
    temperature: str
    note: str


def read_signin(path: Path, plan: str | None = None) -> tuple[SigninRow, ...]:
    """The lines of a sign-in workbook that came back: all of expected people, and those walk-ins filled in.

    A line that was put in between is of the shift above it.

    Args:
        path: the workbook.
        plan: the id of the plan it must be of, if that matters.

    Raises:
        InputError: it cannot be read, is no sign-in workbook of this program, or is another plan's.
    """
    bound = read_bound(path)
    if bound.hints.get("form") != FORM:
        text = Text("this is no sign-in workbook of this program", "这不是本程序导出的签到表")
        hint = Text("write it with `scheduler export signin`", "请用 `scheduler export signin` 导出")
        raise InputError([Fault(path.name, text, hint)])
    if plan is not None and (of := bound.hints.get("plan", "")) != plan:
        text = Text(
            f'the workbook is of the plan "{of}", not of "{plan}"', f"该签到表属于计划“{of}”，而非“{plan}”"
        )
        raise InputError([Fault(path.name, text)])
    return tuple(row for leaf in bound.leaves for row in _rows(leaf))


def _rows(leaf: Leaf) -> Iterator[SigninRow]:
    columns: Mapping[str, int] = {}
    above = ""
    for row in range(leaf.rows):
        texts = {column: text for column in range(leaf.columns) if (text := leaf.text(row, column))}
        if SHIFT_ID in texts.values():
            columns, above = _columns(texts), ""
        elif columns and (shift := leaf.text(row, columns[SHIFT_ID]) or above):
            above = shift
            line = _row(leaf, row, shift, columns)
            if line.volunteer or any((line.name, line.arrived, line.left, line.signature)):
                yield line


def _columns(texts: Mapping[int, str]) -> dict[str, int]:
    """Where each title of a header stands, by its Chinese word or the word itself."""
    found = {text: column for column, text in texts.items() if text in HIDDEN}
    for column, text in texts.items():
        lines = set(text.split("\n"))
        for title in _FILLED:
            if lines & {title.en, title.zh}:
                found[title.zh] = column
    return found


def _row(leaf: Leaf, row: int, shift: str, columns: Mapping[str, int]) -> SigninRow:
    def said(title: str) -> str:
        return leaf.text(row, columns[title]) if title in columns else ""

    return SigninRow(
        place=leaf.place(row, columns.get(NAME.zh, 0)),
        shift=shift,
        volunteer=said(VOLUNTEER_ID) or None,
        printed=said(PRINTED),
        name=said(NAME.zh),
        organisation=said(ORGANISATION.zh),
        arrived=said(ARRIVED.zh),
        left=said(LEFT.zh),
        signature=said(SIGNATURE.zh),
        temperature=said(TEMPERATURE.zh),
        note=said(NOTE.zh),
    )
