"""Damaged and odd files: whatever a file holds, it is imported or refused, and the plan is whole either way."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from pathlib import Path

from openpyxl import load_workbook

from scheduler.errors import SchedulerError
from scheduler.io.edit import PlanEdit
from scheduler.io.read import read_plan
from tests.io.intake.make_files import CASES, Case
from tests.io.intake.taking import taken
from tests.io.intake.worlds import plan_in

ODD = (
    *(
        "",
        "\0",
        "=1+1",
        "'",
        '"',
        "，",
        "合计",
        "姓名",
        "手机",
        "第一支社",
        "例",
        "√",
        "1.38E+10",
        "#REF!",
        "nan",
    ),
    *(
        "9" * 40,
        "-1",
        "1e400",
        "\ud7ff",
        "😀",
        "\u202e王",
        "a" * 5000,
        "2020-02-30",
        "8:00-25:00",
        "每天分0班",
    ),
    *(
        "{id: x}",
        "- a",
        "&a",
        "*a",
        "# b",
        "null",
        "yes",
        "\t",
        "\n\n",
        "first-01",
        "林安",
        "; , |",
        "100000000",
    ),
)
"""What cells may suddenly say."""

_SMALL = [case for case in CASES if len(case.data) < 100_000 and case.data]


def run(folder: Path, cases: int, seed: int) -> Counter[str]:
    """Import mutated files; counts of what became of them. Anything but an import or a refusal escapes."""
    rng = random.Random(seed)
    outcomes: Counter[str] = Counter()
    plan = plan_in(folder)
    clean = plan.read_bytes()
    for _ in range(cases):
        case = rng.choice(_SMALL)
        path = folder / case.name
        path.write_bytes(_mutated(case, rng))
        outcomes[_outcome(plan, path, case)] += 1
        if plan.read_bytes() != clean:
            read_plan(plan)
            plan.write_bytes(clean)
        path.unlink()
        assert [one.name for one in folder.iterdir()] == [plan.name], "something was left behind"
    return outcomes


def _outcome(plan: Path, path: Path, case: Case) -> str:
    before = plan.read_bytes()
    try:
        edit = PlanEdit(plan)
        taken(edit, path, case)
        edit.commit()
    except SchedulerError as refused:
        faults = refused.faults
    else:
        return "imported"
    assert plan.read_bytes() == before, "a refused file has changed the plan"
    assert all(fault.place and fault.text.zh for fault in faults), faults
    return "refused"


def _mutated(case: Case, rng: random.Random) -> bytes:
    data = case.data
    if data.startswith(b"PK") and (case.wrong == ("",) or case.name == "far-cell.xlsx"):
        return rng.choice((_flipped, _parts))(data, rng)  # what is far too large is never loaded here
    if data.startswith(b"PK"):
        return rng.choice((_flipped, _parts, _cells, _cells, _cells))(data, rng)
    return rng.choice((_flipped, _text, _text))(data, rng)


def _flipped(data: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, or the end torn off."""
    if rng.random() < 0.3:
        return data[: rng.randrange(len(data))]
    found = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        found[rng.randrange(len(found))] = rng.randrange(256)
    return bytes(found)


def _parts(data: bytes, rng: random.Random) -> bytes:
    """The XML inside changed: names, values and marks at random places."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return _flipped(data, rng)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as after:
        chosen = rng.choice(before.namelist())
        for name in before.namelist():
            part = before.read(name)
            if name == chosen:
                at = rng.randrange(len(part) + 1)
                new = rng.choice(
                    (b"", b"<c/>", b'r="A0"', b"&x;", b"<v>1e999</v>", b't="s"', b"\xff\xfe", b"-1")
                )
                part = part[:at] + new + part[at + rng.randint(0, 12) :]
            if name != chosen or rng.random() < 0.9:
                after.writestr(name, part)
    return packed.getvalue()


def _cells(data: bytes, rng: random.Random) -> bytes:
    """Cells that say something else, merged, moved and deleted."""
    book = load_workbook(io.BytesIO(data))
    sheet = rng.choice(book.worksheets)
    for _ in range(rng.randint(1, 4)):
        row, column = rng.randint(1, sheet.max_row + 1), rng.randint(1, sheet.max_column + 1)
        what = rng.random()
        if what < 0.7:
            value = rng.choice(
                (rng.choice(ODD), rng.randint(-5, 10**18), rng.random() * 10 ** rng.randint(0, 20))
            )
            cell = sheet.cell(row, column)
            if hasattr(cell, "column_letter"):
                cell.value = value.replace("\0", "") if isinstance(value, str) else value
        elif what < 0.8:
            sheet.delete_rows(row)
        elif what < 0.9:
            sheet.insert_cols(column)
        else:
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column + 2)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(data: bytes, rng: random.Random) -> bytes:
    """A text with words put in, lines taken out or doubled, delimiters changed."""
    text = data.decode("gb18030", errors="replace") if rng.random() < 0.3 else data.decode(errors="replace")
    for _ in range(rng.randint(1, 4)):
        at, what = rng.randrange(len(text) + 1), rng.random()
        if what < 0.6:
            text = text[:at] + rng.choice((*ODD, ",", ";", "\r\n")) + text[at + rng.randint(0, 4) :]
        elif what < 0.8:
            lines = text.splitlines(keepends=True) or [""]
            lines.insert(rng.randrange(len(lines)), rng.choice(lines))
            text = "".join(lines)
        else:
            text = text.replace(",", rng.choice((";", "\t", "，", "")))
    return text.encode(rng.choice(("utf-8", "utf-8", "gb18030", "utf-16")), errors="replace")
