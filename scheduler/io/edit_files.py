"""The files of a plan being edited: what they hold, and their bytes once they hold something else."""

from __future__ import annotations

import codecs
import json
import re
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import Fault, InputError
from scheduler.io.columns import COLUMNS, REQUIRED, entries, row_of
from scheduler.io.csv_edit import CsvEdit
from scheduler.io.edit_data import Entry, canonical
from scheduler.io.json_marked import parse_json
from scheduler.io.read import is_json
from scheduler.io.source import Source, read_bytes, read_source
from scheduler.io.table import Row, Table, read_table
from scheduler.io.yaml_edit import edited_yaml
from scheduler.io.yaml_marked import parse_yaml
from scheduler.text import Text


class _Edited:
    """A text file and the encoding it is written in."""

    def __init__(self, path: Path, *, gb18030: bool = False, new: bytes | None = None) -> None:
        self.path, self._new = path, new is not None
        self.source: Source = read_source(path, gb18030=gb18030, data=new)

    def expect_unchanged(self) -> None:
        """Raise InputError if somebody has written the file since it was read."""
        there = self.path.exists()
        if there == self._new or (there and read_bytes(self.path) != self.source.data):
            text = Text("the file has been changed meanwhile", "文件在此期间已被改动")
            raise InputError([Fault(self.source.name, text, Text("run the command again", "请重新运行命令"))])

    def encoded(self, text: str) -> bytes | None:
        """A text as this file's bytes; None if they are as before."""
        if self.source.note:
            data = text.encode("gb18030")
        else:
            mark = codecs.BOM_UTF8 if self.source.data.startswith(codecs.BOM_UTF8) else b""
            data = mark + text.encode()
        return None if data == self.source.data else data


class PlanFile(_Edited):
    """The plan's own file; ``data`` is what it says, sections in other files as their names."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        read = parse_json if is_json(path) else parse_yaml
        data = read(self.source.text, self.source.name).data
        assert isinstance(data, dict), "a plan that was read is a mapping"
        self.data: Entry = data

    def holding(self, data: Entry) -> bytes | None:
        """The file's bytes when it says something else; None if nothing changes.

        Raises:
            InputError: the file is written in a way that cannot be changed in place.
        """
        if data == self.data:
            return None
        if is_json(self.path):
            indent = re.match(r"\s*\{\s*?\n([ \t]+)", self.source.text)
            text = json.dumps(data, ensure_ascii=False, indent=indent[1] if indent else None)
            return self.encoded(text + self.source.text[len(self.source.text.rstrip()) :])
        edited = edited_yaml(self.source.text, data)
        if edited is None:
            said = Text(
                "the plan cannot be changed in place: it repeats parts with & and *",
                "无法就地修改该计划：其中用 & 和 * 重复引用了内容",
            )
            raise InputError([Fault(self.source.name, said, Text("write them out", "请逐处写明"))])
        return self.encoded(edited)


class TableFile(_Edited):
    """A section in a table of its own."""

    def __init__(self, path: Path, section: str, *, new: bool = False) -> None:
        start = codecs.BOM_UTF8 + f"{','.join(REQUIRED[section])}\n".encode()
        super().__init__(path, gb18030=True, new=start if new else None)
        self.section = section
        self._columns = [column.name for column in COLUMNS[section]]
        table = read_table(self.source, self._columns, REQUIRED[section])
        self.entries = _plain_entries(section, table)
        self._csv = CsvEdit(self.source.text, self._columns)

    def held(self, entry: Entry) -> Entry:
        """An entry as this table gives it back.

        Raises:
            InputError: a table cannot hold it.
        """
        return _plain_entries(self.section, Table("", (Row(1, row_of(self.section, entry)),)))[0]

    def holding(self, now: list[Entry]) -> bytes | None:
        """The file's bytes when it holds other entries; None if nothing changes."""
        if now == self.entries:
            return None
        pairing = _Pairing.of(self.entries, now)
        changed = {
            n: _differing(row_of(self.section, self.entries[n]), row_of(self.section, entry))
            for n, entry in pairing.kept.items()
            if entry != self.entries[n]
        }
        return self.encoded(
            self._csv.result(changed, pairing.gone, [row_of(self.section, one) for one in pairing.new])
        )


@dataclass(frozen=True, slots=True)
class _Pairing:
    """What becomes of rows: those kept by number, the numbers gone, and new ones."""

    kept: dict[int, Entry]
    gone: tuple[int, ...]
    new: tuple[Entry, ...]

    @classmethod
    def of(cls, was: list[Entry], now: list[Entry]) -> _Pairing:
        """Pair entries by id, or by what they say if they have none."""
        by_key = {_key(entry): entry for entry in now}
        kept = {n: by_key[_key(entry)] for n, entry in enumerate(was) if _key(entry) in by_key}
        known = {_key(entry) for entry in was}
        gone = tuple(n for n in range(len(was)) if n not in kept)
        return cls(kept, gone, tuple(entry for entry in now if _key(entry) not in known))


def _key(entry: Entry) -> str:
    return str(entry.get("id") or canonical(dict(entry)))


def _differing(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    columns = dict.fromkeys((*before, *after))
    return {name: after.get(name, "") for name in columns if before.get(name, "") != after.get(name, "")}


def _plain_entries(section: str, table: Table) -> list[Entry]:
    data = entries(section, table).data
    assert isinstance(data, list)
    return deepcopy(data)
