"""The words offices use, as data: column titles, values, footers; a plan's folder may add its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from scheduler.errors import Fault, InputError
from scheduler.io.source import read_source
from scheduler.io.yaml_marked import parse_yaml
from scheduler.text import Text

OWN = "words.yaml"
"""The name of the file in a plan's folder that adds words."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|<[^<>]*>")
_NOISE = re.compile(r"[\s*:：_·。.、]+")
_OR = re.compile(r"[/或|及和与、&+]|\band\b", re.IGNORECASE)

LEADER_PHONE = "leader_phone"
"""The meaning of a column for a name and a phone together: 点长及电话."""


def key_of(word: str) -> str:
    """A word for comparing: without blanks, brackets, stars and colons, capitals and widths made one."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    while (shorter := _BRACKETS.sub("", plain)) != plain:
        plain = shorter
    return _NOISE.sub("", plain)


@dataclass(frozen=True, slots=True)
class Words:
    """Column titles by what they mean, words of values, and the marks of footers, owners and examples."""

    headers: Mapping[str, str]
    post_headers: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, frozenset[str]]

    def column(self, title: str) -> str | None:
        """What a column title means; None if it is not known."""
        plain = key_of(title)
        if plain in self.headers:
            return self.headers[plain]
        parts = _OR.split(unicodedata.normalize("NFKC", title))
        meant = {self.headers.get(key_of(part)) for part in parts}
        if meant == {"leader", "phone"}:
            return LEADER_PHONE
        return meant.pop() if len(meant) == 1 else None

    def for_posts(self) -> Words:
        """The words as they are meant in a table of posts."""
        return replace(self, headers={**self.headers, **self.post_headers})

    def value(self, kind: str, word: str) -> str | None:
        """What a value of a kind means; None if it is not known."""
        return self.values.get(kind, {}).get(key_of(word))

    def says(self, kind: str, word: str) -> bool:
        """Whether a word is one of a list: ``none``, ``yes``, ``no``."""
        return key_of(word) in self.lists[kind] or word.strip() in self.lists[kind]

    def is_footer(self, text: str) -> bool:
        """Whether a text begins as a footer does: 合计, 填报人."""
        head = key_of(re.split(r"[:：（(]", text.strip(), maxsplit=1)[0])
        return head in self.lists["footers"] or bool(
            re.fullmatch(r"(共|合计|总计|小计)\d+[人名个].*", key_of(text))
        )

    def is_example(self, text: str) -> bool:
        """Whether a text begins as an example row does."""
        head = re.split(r"[:：\s]", text.strip(), maxsplit=1)[0]
        return key_of(head) in self.lists["examples"] or key_of(text) in self.lists["examples"]

    def owner_in(self, text: str) -> str | None:
        """The name after a mark like 填报单位：; empty if only the mark is there, None if there is none."""
        head, colon, rest = unicodedata.normalize("NFKC", text).partition(":")
        if key_of(head) in self.lists["owner"] and (colon or not rest):
            return re.split(r"\s{2,}|(?<=\S)\s+(?=\S+:)", rest.strip())[0]
        return None


def read_words(folder: Path) -> Words:
    """The program's words and those of a plan's folder.

    Raises:
        InputError: the folder's words are not written as expected.
    """
    data = [_built_in()]
    own = folder / OWN
    if own.is_file():
        source = read_source(own)
        data.append(_checked(parse_yaml(source.text, source.name).data, source.name))
    return _words(data)


@cache
def _built_in() -> dict[str, object]:
    text = files(__package__).joinpath(OWN).read_text("utf-8")
    return _checked(parse_yaml(text, OWN).data, OWN)


def _words(data: list[dict[str, object]]) -> Words:
    headers = dict(_pairs(data, "headers"))
    values: dict[str, dict[str, str]] = {}
    lists: dict[str, set[str]] = {
        kind: set() for kind in ("none", "yes", "no", "footers", "owner", "examples")
    }
    for one in data:
        for kind, value in _mapping(one.get("values")).items():
            if isinstance(value, dict):
                values.setdefault(kind, {}).update(_pairs([{kind: value}], kind))
            else:
                lists.setdefault(kind, set()).update(_strings(value))
        for kind in ("footers", "owner", "examples"):
            lists[kind].update(_strings(one.get(kind)))
    frozen = {kind: frozenset({*words, *map(key_of, words)} - {""}) for kind, words in lists.items()}
    return Words(headers, dict(_pairs(data, "post_headers")), values, frozen)


def _pairs(data: list[dict[str, object]], part: str) -> Iterator[tuple[str, str]]:
    for one in data:
        for meaning, words in _mapping(one.get(part)).items():
            if part != "post_headers":
                yield key_of(meaning), meaning
            yield from ((key_of(word), meaning) for word in _strings(words))


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _checked(data: object, name: str) -> dict[str, object]:
    known = ("headers", "post_headers", "values", "footers", "owner", "examples")
    if not isinstance(data, dict) or not set(data) <= set(known):
        text = Text(
            "expected the keys headers, values, footers, owner, examples",
            "应为 headers、values、footers、owner、examples 各键",
        )
        raise InputError([Fault(f"{name}:1", text)])
    return data
