"""PlanEdit: a plan's files changed together, by section and id; all of it is checked before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path

from scheduler.io.columns import COLUMNS
from scheduler.io.edit_changes import Change, differences
from scheduler.io.edit_data import Entry, canonical, follow, plain, put_at
from scheduler.io.edit_files import PlanFile, TableFile
from scheduler.io.edit_grid import changes_grid
from scheduler.io.files import write_together
from scheduler.io.read import Plan, read_plan
from scheduler.problem import Problem
from scheduler.report.grid import Grid


class PlanEdit:
    """A plan being changed: read at once, written by ``commit`` alone, all files or none.

    Everything a person wrote and that is not changed stays as it is: comments, order, layout, encoding,
    delimiter and line ends. Values are plain data as a plan holds them (texts, numbers, lists, mappings); dates
    and facts are turned into such.
    """

    def __init__(self, path: Path) -> None:
        """Read a plan.

        Raises:
            InputError: the plan is not sound as it is.
        """
        self.plan: Plan = read_plan(path)
        self._file = PlanFile(path)
        self._tables = {
            section: TableFile(path.parent / str(named["file"]), section)
            for section in COLUMNS
            if isinstance(named := self._file.data.get(section), dict)
        }
        self._named: Entry = {section: self._file.data[section] for section in self._tables}
        self._was: Entry = self._whole()
        self._now: Entry = deepcopy(self._was)

    @property
    def path(self) -> Path:
        """The plan's file."""
        return self._file.path

    @property
    def files(self) -> tuple[Path, ...]:
        """The plan's file and those of the sections that stand in tables."""
        return (self.path, *(table.path for table in self._tables.values()))

    def entries(self, section: str) -> list[Entry]:
        """The entries of a section as they are now, as plain data; empty if the plan has none."""
        return deepcopy(self._entries(section))

    def ids(self, section: str) -> tuple[str, ...]:
        """The ids of a section, in order."""
        return tuple(str(entry.get("id")) for entry in self._entries(section))

    def put(self, section: str, name: str, values: Mapping[str, object]) -> None:
        """Set values of an entry by dotted key; None takes a value away; an entry that is not there is added.

        Raises:
            InputError: the section stands in a table, and a table cannot hold the value.
        """
        entries = self._entries(section, make=True)
        n = next((n for n, entry in enumerate(entries) if str(entry.get("id")) == name), len(entries))
        entry: Entry = deepcopy(entries[n]) if n < len(entries) else {"id": name}
        for key, value in values.items():
            put_at(entry, key, plain(value))
        entries[n : n + 1] = [self._held(section, entry)]

    def extend(self, section: str, name: str, key: str, items: Sequence[object]) -> None:
        """Add to a list of an entry what it does not hold yet."""
        entry = next((one for one in self._entries(section) if str(one.get("id")) == name), {})
        held = follow(entry, key)
        before = held if isinstance(held, list) else [] if held is None else [held]
        known = [canonical(one) for one in before]
        new = [one for one in map(plain, items) if canonical(one) not in known]
        self.put(section, name, {key: [*before, *new]})

    def remove(self, section: str, name: str) -> None:
        """Take an entry away; nothing happens if it is not there."""
        entries = self._entries(section)
        entries[:] = [entry for entry in entries if str(entry.get("id")) != name]

    def as_table(self, section: str) -> None:
        """Let a section that has no entries yet stand in a CSV file of its own, unless there is such a file."""
        path = self.path.parent / f"{section}.csv"
        if section not in self._tables and not self._entries(section) and not path.exists():
            self._tables[section] = TableFile(path, section, new=True)
            self._named[section] = {"file": path.name}

    def set(self, key: str, value: object) -> None:
        """Set a value of the plan itself by dotted key: ``horizon.last``; None takes it away."""
        put_at(self._now, key, plain(value))

    def append(self, key: str, item: object) -> None:
        """Add to a list of the plan itself, such as ``rules`` or ``pairings``, unless it is there already."""
        entries = self._entries(key, make=True)
        entry = plain(item)
        assert isinstance(entry, dict)
        if canonical(entry) not in [canonical(one) for one in entries]:
            entries.append(self._held(key, entry))

    def changes(self) -> tuple[Change, ...]:
        """What differs from the files, section by section, entry by entry."""
        return tuple(differences(self._was, self._now))

    def grid(self) -> Grid:
        """The changes as a table for people; an entry that is new or gone is one row."""
        return changes_grid(self.changes(), self._was, self._now)

    def check(self) -> Plan:
        """The plan as it would be; nothing is written.

        Raises:
            InputError: it would not be sound.
        """
        return self._checked(self._contents())

    def commit(self, also: Mapping[Path, bytes] | None = None) -> tuple[Path, ...]:
        """Check the plan as it will be, then write its files, and others with them; the files written.

        Raises:
            InputError: it would not be sound, or a file has been changed meanwhile.
            PublishError: not all can be written; what was there before still is.
        """
        contents = self._contents()
        self._checked(contents)
        for one in (self._file, *self._tables.values()):
            one.expect_unchanged()
        contents |= dict(also or {})
        write_together(contents)
        return tuple(contents)

    def _whole(self) -> Entry:
        return self._file.data | {section: table.entries for section, table in self._tables.items()}

    def _entries(self, section: str, *, make: bool = False) -> list[Entry]:
        entries = self._now.get(section)
        if entries is None:
            entries = []
            if make:
                self._now[section] = entries
        assert isinstance(entries, list), f"{section} is no list"
        return entries

    def _held(self, section: str, entry: Entry) -> Entry:
        return self._tables[section].held(entry) if section in self._tables else entry

    def _contents(self) -> dict[Path, bytes]:
        """The files that change, as they will be."""
        found = {self._file.path: self._file.holding(self._now | self._named)}
        for section, table in self._tables.items():
            found[table.path] = table.holding(self._entries(section))
        return {path: data for path, data in found.items() if data is not None}

    def _checked(self, contents: Mapping[Path, bytes]) -> Plan:
        plan = read_plan(self.path, contents)
        wanted = {key: value for key, value in self._now.items() if value is not None}
        assert plan.problem == Problem.model_validate(wanted), "an edited plan reads as something else"
        return plan
