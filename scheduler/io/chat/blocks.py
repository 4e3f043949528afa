"""Text cut into messages: at a heading if it can be, else at a line, else between names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.text import Language, Text

LIMIT = 2000
"""What a message of a chat program holds, in characters."""

LEAST = 200
"""A limit below this leaves no room for a title and a line."""

_CONTINUED = Text(" (continued)", "（续）")
_NUMBERED = Text(" ({n}/{of})", "（{n}/{of}）")
_NUMBER_ROOM = 12
_BREAKS = re.compile(r"(?<=[、，；])|(?<=[,;] )")


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading."""

    heading: str
    lines: tuple[str, ...]


def blocks(title: str, sections: Iterable[Section], language: Language, limit: int = LIMIT) -> list[str]:
    """Messages of at most ``limit`` characters, each with the title, numbered if there are several.

    Characters are counted as chat programs do: those beyond the basic plane as two (UTF-16 units).
    """
    room = limit - size(title) - _NUMBER_ROOM - 1
    bodies = list(_bodies(list(sections), _CONTINUED.say(language), room))
    if len(bodies) == 1:
        return [f"{title}\n{bodies[0]}"]
    number = _NUMBERED.say(language)
    return [f"{title}{number.format(n=n, of=len(bodies))}\n{body}" for n, body in enumerate(bodies, start=1)]


def size(text: str) -> int:
    """The characters of a text as chat programs count them."""
    return len(text) + sum(character > "\uffff" for character in text)


def _bodies(sections: Sequence[Section], continued: str, room: int) -> Iterator[str]:
    body = ""
    for section in sections:
        whole = "\n".join([section.heading, *section.lines])
        if body and size(body) + 2 + size(whole) <= room:
            body = f"{body}\n\n{whole}"
            continue
        if body:
            yield body
        *full, body = _parts(section, continued, room)
        yield from full
    if body:
        yield body


def _parts(section: Section, continued: str, room: int) -> list[str]:
    """A section in as few parts as can be, each under its heading."""
    again = f"{section.heading}{continued}"
    parts, part = [], section.heading
    for line in section.lines:
        for piece in _pieces(line, room - size(again) - 1):
            if size(part) + 1 + size(piece) > room:
                parts.append(part)
                part = again
            part = f"{part}\n{piece}"
    return [*parts, part]


def _pieces(line: str, room: int) -> list[str]:
    """A line that is too long, cut after names; a name that is too long is cut anywhere."""
    if size(line) <= room:
        return [line]
    pieces = [""]
    for word in _BREAKS.split(line):
        for fitting in _cut(word, room):
            if size(pieces[-1]) + size(fitting) > room:
                pieces.append("")
            pieces[-1] += fitting
    return [piece.strip() for piece in pieces if piece.strip()]


def _cut(word: str, room: int) -> list[str]:
    step = max(1, room // 2) if size(word) > len(word) else room
    return [word[n : n + step] for n in range(0, len(word), step)]
