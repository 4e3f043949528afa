"""Who sees what: names, phones, partners by reader, and how names and numbers are masked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from scheduler.domain.contact import plain
from scheduler.domain.profile import Profile
from scheduler.domain.publishing import Detail, Show
from scheduler.publish.leak_numbers import Number, Secret, numbers
from scheduler.text import Text, same

__all__ = [
    "Detail",
    "Profile",
    "View",
    "masked_id",
    "masked_name",
    "masked_number",
    "masked_phone",
    "view",
    "without_numbers",
]

_COMPOUND = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|轩辕|宇文|长孙|端木|独孤|南宫|呼延|闻人"
)
_COUNTRY = re.compile(r"(?:\+|00)86(?=\d{10,11}$)")
_CARD = re.compile(r"(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?![\dXx])")
_MOBILE = re.compile(r"(?<!\d)((?:\+|00)?86[\s-]?)?(1\d{2})[\s-]?\d{4}[\s-]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[\s-]?\d{3,4}(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class View:
    """What one sort of reader sees."""

    names: Detail
    phones: Detail
    leader: Detail
    partners: bool

    def name(self, text: Text) -> Text:
        """Somebody's name as this reader sees it."""
        if self.names is Detail.FULL:
            return text
        return masked_name(text) if self.names is Detail.MASKED else same("*")

    def phone(self, number: str | None, *, leader: bool = False) -> str:
        """Somebody's phone as this reader sees it; empty if not at all."""
        detail = self.leader if leader else self.phones
        if number is None or detail is Detail.HIDDEN:
            return ""
        return number if detail is Detail.FULL else masked_phone(number)


_VIEWS = {
    Profile.PUBLIC: View(Detail.MASKED, Detail.HIDDEN, Detail.HIDDEN, partners=True),
    Profile.POST: View(Detail.FULL, Detail.MASKED, Detail.MASKED, partners=True),
    Profile.VOLUNTEER: View(Detail.FULL, Detail.HIDDEN, Detail.MASKED, partners=True),
    Profile.LIAISON: View(Detail.FULL, Detail.MASKED, Detail.MASKED, partners=True),
    Profile.COORDINATOR: View(Detail.FULL, Detail.MASKED, Detail.MASKED, partners=True),
}


def view(profile: Profile, show: Mapping[Profile, Show] | None = None) -> View:
    """What a reader sees by default, with what a plan says otherwise."""
    own, default = (show or {}).get(profile, Show()), _VIEWS[profile]
    return View(
        names=own.names or default.names,
        phones=own.phones or default.phones,
        leader=own.leader or default.leader,
        partners=default.partners if own.partners is None else own.partners,
    )


def masked_phone(number: str) -> str:
    """A phone with its middle starred: ``138****1234``; masking twice changes nothing."""
    digits = _COUNTRY.sub("", plain(number))
    if "*" in digits and sum(character.isdigit() for character in digits) <= 7:
        return digits
    digits = re.sub(r"\D", "", digits)
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    shown = len(digits) // 4
    return f"{digits[:shown]}****{digits[len(digits) - shown :]}"


def masked_id(number: str) -> str:
    """An identity number with birthday and place starred: ``110***********1234``; twice changes nothing."""
    characters = plain(number).upper()
    return f"{characters[:3]}{'*' * 11}{characters[-4:]}" if len(characters) == 18 else "*" * 18


def masked_name(name: Text) -> Text:
    """A name with only the family name left: ``张*``, ``Wang *``; masking twice changes nothing."""
    return Text(en=_masked(name.en), zh=_masked(name.zh))


def masked_number(number: Number) -> str:
    """A number found in a text, as it may be shown."""
    return masked_phone(number.digits) if number.secret is Secret.MOBILE else masked_id(number.digits)


def without_numbers(text: Text) -> Text:
    """A text with every phone and identity number in it masked, however it is written: a search finds none then."""
    return Text(en=_numberless(text.en), zh=_numberless(text.zh))


def _masked(name: str) -> str:
    clean = unicodedata.normalize("NFKC", name).strip()
    first, blank, _ = clean.partition(" ")
    if blank and first.isascii():
        return f"{first} *"
    kept = 2 if _COMPOUND.match(clean) and len(clean) > 2 else 1
    return f"{clean[:kept]}*"


@lru_cache(maxsize=4096)
def _numberless(text: str) -> str:
    """Only a text that holds a number is touched; the posts of a plan say the same again and again."""
    digits = "".join(_half_width(character) for character in text)
    found = _CARD.sub(rf"\1{'*' * 11}\2", digits)
    found = _MOBILE.sub(r"\2****\3", found)
    found = _LANDLINE.sub(r"\1****\2", found)
    for number in reversed([*numbers(found)]):
        found = f"{found[: number.at]}{masked_number(number)}{found[number.end :]}"
    return text if found == digits else found


def _half_width(character: str) -> str:
    digit = unicodedata.digit(character, -1) if character.isdecimal() else -1
    return character if digit < 0 else str(digit)
