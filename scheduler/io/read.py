"""A plan file and what it names, read, checked and ready; everything that is wrong is said at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from scheduler.errors import Fault, InputError
from scheduler.io.faults import validation_faults
from scheduler.io.json_marked import parse_json
from scheduler.io.marked import Marked, Marks
from scheduler.io.partial import partial_facts
from scheduler.io.sections import Sections, take_in
from scheduler.io.source import Source, read_source
from scheduler.io.yaml_marked import parse_yaml
from scheduler.problem import Problem
from scheduler.references import Facts, Finding, findings
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it was read: the problem, its file, a digest of all its files, and what to know about it."""

    problem: Problem
    path: Path
    digest: str
    notes: tuple[Text, ...] = ()


def read_plan(path: Path, unwritten: Mapping[Path, bytes] | None = None) -> Plan:
    """Read a plan (YAML 1.2, or JSON if the name ends so) and the CSV files it names.

    Args:
        path: the plan's file.
        unwritten: what files will hold that are not written yet, to see whether the plan will be sound.

    Raises:
        InputError: every fault found, in the order of the files, each with file, row and keys.
    """
    unwritten = unwritten or {}
    source = read_source(path, data=unwritten.get(path))
    marked = parse_json(source.text, source.name) if is_json(path) else parse_yaml(source.text, source.name)
    if not isinstance(marked.data, dict):
        text = Text(
            "a plan is a mapping: id, name, horizon, places, …",
            "计划须为一组键值：id、name、horizon、places……",
        )
        raise InputError([*marked.faults, Fault(f"{source.name}:1", text)])
    if "assignments" in marked.data and "format" in marked.data:
        text = Text("this is a roster, not a plan", "这是排班文件，不是计划文件")
        raise InputError([Fault(f"{source.name}:1", text)])
    plan = {
        key: value
        for key, value in marked.data.items()
        if value is not None or key not in Problem.model_fields
    }
    sections = take_in(marked, plan, path.parent, unwritten)
    problem = _problem(Marked(plan, marked.marks, marked.faults), sections)
    sources = [source, *sections.sources]
    notes = [one.note for one in sources if one.note]
    return Plan(problem, path, _digest(sources, path.parent), (*notes, *problem.notes()))


def is_json(path: Path) -> bool:
    """Whether a plan's file is JSON by its name."""
    return path.suffix.lower() == ".json"


def _problem(plan: Marked, sections: Sections) -> Problem:
    """The problem of a plan's data.

    Raises:
        InputError: what was wrong already and what is found now.
    """
    assert isinstance(plan.data, dict)
    faults = [*plan.faults, *sections.faults]
    try:
        problem = Problem.model_validate(plan.data)
        facts = replace(Facts.of(problem), unread=frozenset(sections.unread))
    except ValidationError as wrong:
        faults += validation_faults(wrong, Problem, plan)
        facts = partial_facts(plan.data, sections.unread)
    wrong_already = {fault.place for fault in faults}
    between = [_fault(finding, plan.marks) for finding in findings(facts)]
    faults += [fault for fault in between if fault.place not in wrong_already]
    if faults:
        raise InputError(_in_order(faults, [plan.marks.file, *(source.name for source in sections.sources)]))
    return problem


def _fault(finding: Finding, marks: Marks) -> Fault:
    hint = finding.hint
    if finding.earlier is not None:
        first = marks.mark(finding.earlier)
        hint = Text(f"first in row {first.row}", f"首次出现于第 {first.row} 行")
    return Fault(marks.place(finding.keys), finding.text, hint)


def _in_order(faults: list[Fault], files: list[str]) -> list[Fault]:
    """Faults by file, as the plan names them, and row."""

    def position(fault: Fault) -> tuple[int, int]:
        match = re.match(r"(.*?):(\d+)(?: |$)", fault.place)
        if match is None or match[1] not in files:
            return len(files), 0
        return files.index(match[1]), int(match[2])

    return sorted(faults, key=position)


def _digest(sources: list[Source], folder: Path) -> str:
    """SHA-256 over the names and contents of all files but the plan's own name; line ends do not count."""
    total = hashlib.sha256()
    for n, source in enumerate(sources):
        name = Path(source.name).relative_to(folder).as_posix() if n else "plan"
        content = source.data.replace(b"\r\n", b"\n")
        total.update(f"{name}\n{len(content)}\n".encode() + content)
    return f"sha256:{total.hexdigest()}"
