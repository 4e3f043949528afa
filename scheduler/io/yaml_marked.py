"""YAML 1.2 as marked data: ``20:00``, ``off`` and dates stay texts, a key given twice is a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from scheduler.errors import Fault, InputError
from scheduler.io.marked import DEPTH, Keys, Marked, Marks, key_given_twice
from scheduler.io.yaml_faults import NOT_YAML, syntax_fault
from scheduler.text import Text

LARGEST = 3_000_000
"""How many values a file may hold, repeated ones (``*name``) counted every time."""

_INT = re.compile(r"[-+]?[0-9]{1,30}", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_STUMBLES = (
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    RecursionError,
)
"""What the parser itself trips over when a text is odd enough."""

_TEXT_TAGS = ("!", "tag:yaml.org,2002:str")
_PLAIN_TAGS = tuple(f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "bool", "null", "map", "seq"))


def parse_yaml(text: str, file: str, first_row: int = 1) -> Marked:
    """The data of a YAML text with its marks; ``first_row`` is the row at which the text begins.

    Raises:
        InputError: the text is not YAML, is empty, holds two documents, or is nested too deep.
    """
    builder = _Builder(file, first_row)
    for event in _events(text, file, first_row):
        builder.take(event)
    return builder.result()


def _events(text: str, file: str, first_row: int) -> Iterator[Event]:
    row = first_row
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            row = first_row + event.start_mark.line
            yield event
    except MarkedYAMLError as wrong:
        raise InputError([syntax_fault(wrong, file, first_row)]) from wrong
    except (YAMLError, *_STUMBLES) as wrong:
        raise InputError([Fault(f"{file}:{row}", NOT_YAML)]) from wrong


def plain_value(word: str) -> object:
    """What an unquoted word means in YAML 1.2: a number, true, false, nothing; else a text."""
    if word in _WORDS:
        return _WORDS[word]
    if _INT.fullmatch(word):
        return int(word)
    return float(word) if _FLOAT.fullmatch(word) else word


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet."""

    value: dict[str, object] | list[object]
    keys: Keys
    anchor: str | None
    before: int
    key: str | None = None
    again: bool = False

    @property
    def next_keys(self) -> Keys:
        """The path of the next value; that of a key given twice leads nowhere."""
        if isinstance(self.value, list):
            return (*self.keys, len(self.value))
        assert self.key is not None
        return (*self.keys, self.key, "again") if self.again else (*self.keys, self.key)


class _Builder:
    """Builds data from events; never recursive, so that nothing can nest too deep for it."""

    def __init__(self, file: str, first_row: int) -> None:
        self.marks = Marks(file)
        self.file, self.first_row = file, first_row
        self.faults: list[Fault] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[object, int]] = {}
        self.root: list[object] = []
        self.documents = self.size = 0

    def result(self) -> Marked:
        if not self.root or self.root == [None]:
            self._fail(Text("the file is empty", "文件为空"), self.first_row)
        return Marked(self.root[0], self.marks, tuple(self.faults))

    def take(self, event: Event) -> None:
        row = self.first_row + event.start_mark.line
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._fail(
                    Text(
                        "a second document begins (---); one file is one plan",
                        "出现第二个文档(---)；一个文件只写一份计划",
                    ),
                    row,
                )
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._begin(event, row)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._end()
        elif isinstance(event, ScalarEvent):
            self._scalar(event, row)
        elif isinstance(event, AliasEvent):
            self._alias(str(event.anchor), row)

    def _begin(self, event: MappingStartEvent | SequenceStartEvent, row: int) -> None:
        self._known_tag(event.tag, row)
        value: dict[str, object] | list[object] = {} if isinstance(event, MappingStartEvent) else []
        keys = self._add(value, row)
        if len(self.open) >= DEPTH:
            self._fail(Text(f"nested deeper than {DEPTH} levels", f"嵌套超过 {DEPTH} 层"), row)
        self.open.append(_Open(value, keys, event.anchor, self.size))

    def _end(self) -> None:
        closed = self.open.pop()
        if closed.anchor:
            self.anchors[closed.anchor] = (closed.value, self.size - closed.before + 1)

    def _scalar(self, event: ScalarEvent, row: int) -> None:
        word = str(event.value)
        if any("\ud800" <= character <= "\udfff" for character in word):
            self._fault(Text("a text holds half a character", "文本含有不完整的字符"), row)
            word = "?"
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(top, word, row)
            return
        quoted = event.style is not None or event.tag in _TEXT_TAGS
        if event.tag not in _TEXT_TAGS:
            self._known_tag(event.tag, row)
        value = word if quoted else plain_value(word)
        self._add(value, row)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)

    def _key(self, top: _Open, word: str, row: int) -> None:
        assert isinstance(top.value, dict)
        top.key, top.again = word, word in top.value
        if top.again:
            keys = (*top.keys, word)
            self.faults.append(key_given_twice(self.file, row, keys, self.marks.mark(keys).row))
        self.marks.put(top.next_keys, row)

    def _alias(self, name: str, row: int) -> None:
        if name not in self.anchors:
            self._fail(
                Text(
                    f'"*{name}" repeats nothing: there is no "&{name}" before it',
                    f"“*{name}”无所指：之前没有“&{name}”",
                ),
                row,
            )
        value, size = self.anchors[name]
        self.size += size - 1
        self._add(value, row)

    def _add(self, value: object, row: int) -> Keys:
        self.size += 1
        if self.size > LARGEST:
            self._fail(Text(f"more than {LARGEST} values", f"数据超过 {LARGEST} 项"), row)
        if not self.open:
            self.root.append(value)
            self.marks.put((), row)
            return ()
        top = self.open[-1]
        if isinstance(top.value, dict) and top.key is None:
            self._fail(Text("a key must be a plain word", "键须为简单的词"), row)
        keys = top.next_keys
        if isinstance(top.value, list):
            self.marks.put(keys, row)
            top.value.append(value)
        else:
            assert top.key is not None
            if not top.again:
                top.value[top.key] = value
            top.key = None
        return keys

    def _known_tag(self, tag: str | None, row: int) -> None:
        if tag is not None and str(tag) not in _PLAIN_TAGS:
            name = str(tag).replace("tag:yaml.org,2002:", "!!")
            self._fault(Text(f'the tag "{name}" is not used in plans', f"计划中不使用标签“{name}”"), row)

    def _fault(self, text: Text, row: int) -> None:
        self.faults.append(Fault(f"{self.file}:{row}", text))

    def _fail(self, text: Text, row: int) -> None:
        raise InputError([*self.faults, Fault(f"{self.file}:{row}", text)])
