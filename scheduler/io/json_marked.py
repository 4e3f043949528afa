"""JSON as marked data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from scheduler.errors import Fault, InputError
from scheduler.io.marked import DEPTH, Keys, Marked, Marks, key_given_twice
from scheduler.text import Text

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')

NOT_JSON = Text("this is not valid JSON", "不是合法的 JSON")
OFTEN = Text(
    "often a comma too many or too few, or a text without double quotes",
    "常见原因：多了或少了逗号，或文本没有加双引号",
)


def parse_json(text: str, file: str) -> Marked:
    """The data of a JSON text with its marks.

    Raises:
        InputError: the text is not JSON, or is nested too deep.
    """
    data = _load(text, file)
    marks = Marks(file)
    faults = []
    for keys, row, first in _positions(text, file):
        if first:
            faults.append(key_given_twice(file, row, keys, first))
        else:
            marks.put(keys, row)
    return Marked(data, marks, tuple(faults))


def _load(text: str, file: str) -> object:
    try:
        data: object = json.loads(text, parse_constant=_refuse)
        json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as wrong:
        if not text.strip():
            raise InputError([Fault(f"{file}:1", Text("the file is empty", "文件为空"))]) from wrong
        raise InputError([Fault(f"{file}:{wrong.lineno}", NOT_JSON, OFTEN)]) from wrong
    except UnicodeEncodeError as wrong:
        said = Text("a text holds half a character", "文本含有不完整的字符")
        raise InputError([Fault(f"{file}:1", said)]) from wrong
    except ValueError as wrong:
        said = Text("it holds a number that cannot be read", "含有无法读取的数字")
        raise InputError([Fault(f"{file}:1", said)]) from wrong
    except RecursionError as wrong:
        raise InputError([_too_deep(f"{file}:1")]) from wrong
    return data


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet: the next position, or the key before the colon."""

    keys: Keys
    position: int | None
    key: str | None = None
    seen: dict[str, int] = field(default_factory=dict)


def _positions(text: str, file: str) -> Iterator[tuple[Keys, int, int]]:
    """Path and row of every value of a valid JSON text, and the row in which its key stood before, else 0."""
    opened: list[_Open] = []
    row, last = 1, 0
    yield (), 1, 0
    for match in _TOKEN.finditer(text):
        sign = match.group()
        row, last = row + text.count("\n", last, match.start()), match.start()
        top = opened[-1] if opened else None
        if sign in ("}", "]"):
            opened.pop()
        elif sign == ",":
            assert top is not None
            top.key, top.position = None, None if top.position is None else top.position + 1
        elif top is not None and top.position is None and top.key is None:
            top.key = json.loads(sign)
            yield (*top.keys, top.key), row, top.seen.get(top.key, 0)
            top.seen.setdefault(top.key, row)
        elif sign != ":":
            if top is not None and top.position is not None:
                yield (*top.keys, top.position), row, 0
            if sign in ("{", "["):
                opened.append(_Open(_next_keys(top), 0 if sign == "[" else None))
            if len(opened) > DEPTH:
                raise InputError([_too_deep(f"{file}:{row}")])


def _next_keys(top: _Open | None) -> Keys:
    if top is None:
        return ()
    last = top.key if top.position is None else top.position
    assert last is not None
    return (*top.keys, last)


def _too_deep(place: str) -> Fault:
    return Fault(place, Text(f"nested deeper than {DEPTH} levels", f"嵌套超过 {DEPTH} 层"))


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)
