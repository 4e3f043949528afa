"""Who somebody in a sheet is: by id, else by name, organisation and the last four digits of the phone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from scheduler.domain.organisation import Organisation
from scheduler.domain.volunteer import Volunteer

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class Answer(Enum):
    """What a search for somebody gives."""

    FOUND = "found"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    OTHER_PHONE = "other phone"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of somebody; what is not known is empty."""

    name: str
    organisation: str | None = None
    phone: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a search gave: one volunteer if ``FOUND``, those who could be meant otherwise."""

    answer: Answer
    volunteers: tuple[Volunteer, ...] = ()


class Roll:
    """The volunteers of a plan, to be found by what sheets say of them."""

    def __init__(self, volunteers: Iterable[Volunteer], organisations: Iterable[Organisation] = ()) -> None:
        self._above = {one.id: one.within for one in organisations}
        self._by_id: dict[str, Volunteer] = {}
        self._by_name: dict[str, list[Volunteer]] = {}
        for one in volunteers:
            self._by_id[one.id] = one
            for name in {one.label.zh, one.label.en}:
                self._by_name.setdefault(name_key(name), []).append(one)

    def with_id(self, name: str) -> Volunteer | None:
        """The volunteer with an id."""
        return self._by_id.get(name)

    def find(self, sought: Sought) -> Found:
        """Who is meant.

        An id decides alone. Of those with the name, an organisation leaves its members and those of its parts;
        a phone leaves those whose last four digits are the same, or if there are none, those without a phone.
        """
        if sought.id and (known := self._by_id.get(sought.id)):
            return Found(Answer.FOUND, (known,))
        likely = self._by_name.get(name_key(sought.name), [])
        if sought.organisation is not None:
            likely = [one for one in likely if self._belongs(one.organisation, sought.organisation)]
        if sought.phone and likely:
            same = [one for one in likely if one.phone and one.phone[-4:] == sought.phone[-4:]]
            silent = [one for one in likely if not one.phone]
            if not same and not silent:
                return Found(Answer.OTHER_PHONE, tuple(likely))
            likely = same or silent
        if not likely:
            return Found(Answer.UNKNOWN)
        return Found(Answer.FOUND if len(likely) == 1 else Answer.SEVERAL, tuple(likely))

    def _belongs(self, mine: str | None, theirs: str) -> bool:
        seen: set[str] = set()
        while mine is not None and mine not in seen:
            if mine == theirs:
                return True
            seen.add(mine)
            mine = self._above.get(mine)
        return False


def tidy_name(text: str) -> str:
    """A name as a plan holds it: 王　芳 is 王芳, John  Li is John Li."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", plain) if _HAN.search(plain) else plain


def name_key(text: str) -> str:
    """A name for comparing."""
    return tidy_name(text).casefold()
