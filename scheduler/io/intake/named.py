"""Organisations and places as sheets name them: by id, name or short name; unknown ones reported once, or added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.domain.entity import Named as Fact
from scheduler.domain.refusal import did_you_mean
from scheduler.errors import Fault
from scheduler.io.sheets.sheet import Cell
from scheduler.io.sheets.words import key_of
from scheduler.problem import Problem
from scheduler.text import Text


@dataclass(slots=True)
class Named:
    """Facts of a plan by what people call them.

    ``what`` says what they are, ``option`` which option of the command adds unknown ones, ``prefix`` begins their
    ids, ``add`` says whether they are added.
    """

    known: Sequence[Fact]
    what: Text
    option: str
    prefix: str
    add: bool = False
    added: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, tuple[Cell, int]] = field(default_factory=dict)
    _ids: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def organisations(cls, problem: Problem, *, add: bool = False) -> Named:
        """The organisations of a plan."""
        kind = Text("organisation", "组织")
        return cls(problem.organisations, kind, "--add-organisations", "org", add)

    @classmethod
    def places(cls, problem: Problem, *, add: bool = False) -> Named:
        """The places of a plan."""
        return cls(problem.places, Text("place", "地点"), "--add-places", "place", add)

    def __post_init__(self) -> None:
        for one in self.known:
            for word in {key_of(one.id), *map(key_of, _names(one))} - {""}:
                same = self._ids.get(word, one.id) == one.id
                self._ids[word] = one.id if same else None

    def named(self, word: str) -> str | None:
        """The id of the one a word names; None if none or several do."""
        return self._ids.get(key_of(word))

    def find(self, cell: Cell) -> str | None:
        """The id of the one a cell names; if it is not known, it is added or kept for a fault."""
        found = self.named(cell.text)
        if found is None and self.add and key_of(cell.text) not in self._ids:
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
            said = self.no_such(cell.text)
            near = did_you_mean(cell.text, names) or Text("", "")
            hint = Text(
                f"{near.en} correct the name, or add it with {self.option}".strip(),
                f"{near.zh}请更正名称，或用 {self.option} 新增",
            )
            found.append(cell.fault(Text(said.en + rows.en, said.zh + rows.zh), hint))
        return found

    def no_such(self, name: str) -> Text:
        """What is said of one the plan does not list, or lists twice."""
        if key_of(name) in self._ids:
            return Text(f'several {self.what.en}s are called "{name}"', f"有多个{self.what.zh}名为“{name}”")
        return Text(f'no {self.what.en} "{name}"', f"没有{self.what.zh}“{name}”")

    def _new(self, name: str) -> str:
        used = {one.id for one in self.known} | set(self.added)
        new = next(one for n in range(1, len(used) + 2) if (one := f"{self.prefix}-{n:02}") not in used)
        self.added[new] = " ".join(name.split())
        self._ids[key_of(name)] = new
        return new


def _names(one: Fact) -> list[str]:
    names = [one.label.zh, one.label.en, getattr(one, "short", None)]
    return list(dict.fromkeys(name for name in names if name))
