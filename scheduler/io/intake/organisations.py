"""Organisations as sheets name them: by id, name or short name; unknown ones reported once, or added."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.domain.organisation import Organisation
from scheduler.domain.refusal import did_you_mean
from scheduler.errors import Fault
from scheduler.io.sheets.sheet import Cell
from scheduler.io.sheets.words import key_of
from scheduler.text import Text

ADD = Text(
    "correct the name, or add it with --add-organisations", "请更正名称，或用 --add-organisations 新增"
)


@dataclass(slots=True)
class Organisations:
    """The organisations of a plan by what people call them; ``add`` says whether unknown ones are added."""

    known: list[Organisation]
    add: bool = False
    added: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, tuple[Cell, int]] = field(default_factory=dict)
    _ids: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.known:
            for word in {key_of(one.id), *map(key_of, _names(one))} - {""}:
                same = self._ids.get(word, one.id) == one.id
                self._ids[word] = one.id if same else None

    def named(self, word: str) -> str | None:
        """The id of the organisation a word names; None if none or several do."""
        return self._ids.get(key_of(word))

    def find(self, cell: Cell) -> str | None:
        """The id of the organisation a cell names; if it is not known, it is added or kept for a fault."""
        found = self.named(cell.text)
        if found is None and self.add:
            return self._new(cell.text)
        if found is None:
            first, count = self.unknown.get(key_of(cell.text), (cell, 0))
            self.unknown[key_of(cell.text)] = first, count + 1
        return found

    def faults(self) -> list[Fault]:
        """One fault for each name that is not known."""
        names = [name for one in self.known for name in _names(one)]
        found = []
        for cell, count in self.unknown.values():
            rows = Text(f" ({count} rows)", f"（共 {count} 行）") if count > 1 else Text("", "")
            text = Text(f'no organisation "{cell.text}"{rows.en}', f"没有组织“{cell.text}”{rows.zh}")
            near = did_you_mean(cell.text, names)
            hint = Text(f"{near.en} {ADD.en}", f"{near.zh}{ADD.zh}") if near else ADD
            found.append(cell.fault(text, hint))
        return found

    def parts_of(self, name: str) -> set[str]:
        """An organisation and all that are part of it."""
        parts = {name}
        while more := {one.id for one in self.known if one.within in parts} - parts:
            parts |= more
        return parts

    def _new(self, name: str) -> str:
        used = {one.id for one in self.known} | set(self.added)
        number = next(n for n in range(1, len(used) + 2) if f"org-{n:02}" not in used)
        new = f"org-{number:02}"
        self.added[new] = " ".join(unicodedata.normalize("NFKC", name).split())
        self._ids[key_of(name)] = new
        return new


def no_organisation(name: str) -> Text:
    """What is said of an organisation the plan does not list."""
    return Text(f'no organisation "{name}"', f"没有组织“{name}”")


def _names(one: Organisation) -> Iterable[str]:
    yield from dict.fromkeys((one.label.zh, one.label.en))
    if one.short:
        yield one.short
