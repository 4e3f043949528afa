"""Plain data that remembers where it was read: a path of keys leads to a file and a row."""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.errors import Fault
from scheduler.text import Text

Keys = tuple[str | int, ...]
"""The way to a value in nested data: mapping keys, and positions in lists counted from 0."""

DEPTH = 40
"""How deep data may be nested."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value stands; a label replaces the path of keys in messages: the column of a table."""

    file: str
    row: int
    label: str | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.row}"


@dataclass(frozen=True, slots=True)
class Marked:
    """Data as read, the mark of each part, and what was wrong already."""

    data: object
    marks: Marks
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class Marks:
    """The marks of nested data; a part without one has that of what it is in."""

    file: str
    _marks: dict[Keys, Mark] = field(default_factory=dict)

    def put(self, keys: Keys, row: int, label: str | None = None, file: str | None = None) -> None:
        """Mark a part."""
        self._marks[keys] = Mark(file or self.file, row, label)

    def update(self, marks: Marks) -> None:
        """Take over the marks of a part that was read from another file."""
        self._marks.update(marks._marks)

    def mark(self, keys: Keys) -> Mark:
        """The mark of a part, or of the nearest one around it."""
        for length in range(len(keys), -1, -1):
            if mark := self._marks.get(keys[:length]):
                return mark
        return Mark(self.file, 1)

    def place(self, keys: Keys) -> str:
        """A part as messages name it: ``plan.yaml:41 rules.3.posts``, ``volunteers.csv:7 home``."""
        mark = self.mark(keys)
        label = dotted(keys) if mark.label is None else mark.label
        return f"{mark} {label}".rstrip()


def dotted(keys: Keys) -> str:
    """Keys as people write them; positions are counted from 1: ``rules.3.posts``."""
    return ".".join(str(key + 1) if isinstance(key, int) else " ".join(key.split()) for key in keys)


def key_given_twice(file: str, row: int, keys: Keys, first: int) -> Fault:
    """The fault of a key that stands twice in one mapping."""
    text = Text(f"the key is given twice, first in row {first}", f"该键重复，首次出现于第 {first} 行")
    return Fault(f"{file}:{row} {dotted(keys)}", text)
