"""Sections of a plan that stand in files of their own: ``volunteers: {file: volunteers.csv}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.errors import Fault, InputError
from scheduler.io.columns import COLUMNS, REQUIRED, entries
from scheduler.io.marked import Marked
from scheduler.io.source import Source, read_source
from scheduler.io.table import read_table
from scheduler.text import Text

_ODD = re.compile(r'[<>:"|?*\\]|[ .]$|^\s|^$')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(slots=True)
class Sections:
    """What the files of a plan added: sources in order, faults, and the sections that could not be read."""

    unwritten: Mapping[Path, bytes] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def take_in(
    marked: Marked, plan: dict[str, object], folder: Path, unwritten: Mapping[Path, bytes]
) -> Sections:
    """Put the entries of every section that names a file into the plan, with their marks.

    ``unwritten`` is what files will hold that are not written yet.
    """
    found = Sections(unwritten)
    for section in COLUMNS:
        named = plan.get(section)
        if not isinstance(named, dict):
            continue
        place = marked.marks.place((section, "file") if "file" in named else (section,))
        plan[section] = []
        try:
            read = _section(section, named, folder, place, found)
        except InputError as wrong:
            found.faults += wrong.faults
            found.unread.add(section)
            continue
        plan[section] = read.data
        marked.marks.update(read.marks)
        found.faults += read.faults
        if read.faults:
            found.unread.add(section)
    return found


def _section(section: str, named: dict[str, object], folder: Path, place: str, found: Sections) -> Marked:
    name = named.get("file")
    if set(named) != {"file"} or not isinstance(name, str):
        text = Text("expected a list, or {file: name.csv}", "应为列表，或 {file: 文件名.csv}")
        raise InputError([Fault(place, text)])
    if reason := _unfit(name):
        raise InputError(
            [Fault(place, Text(f'the file name "{name}" {reason.en}', f"文件名“{name}”{reason.zh}"))]
        )
    path = folder / name
    source = read_source(path, place=place, gb18030=True, data=found.unwritten.get(path))
    found.sources.append(source)
    columns = [column.name for column in COLUMNS[section]]
    return entries(section, read_table(source, columns, REQUIRED[section]))


def _unfit(name: str) -> Text | None:
    """Why a file name is not fit for every computer the plan may be read on."""
    if "\\" in name:
        return Text("has a backslash; write folder/file.csv", "含反斜杠；请写成 folder/file.csv")
    parts = name.split("/")
    if name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in parts:
        return Text("leaves the folder of the plan", "指向计划所在文件夹之外")
    if any(_ODD.search(part) or _RESERVED.fullmatch(part) for part in parts):
        return Text("cannot be used on every computer", "并非在所有电脑上都可用")
    return None
