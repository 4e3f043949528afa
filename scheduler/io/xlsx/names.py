"""What people are called in a workbook: people of one name are told apart by their organisation or a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from scheduler.domain.instance import Instance
from scheduler.domain.volunteer import Volunteer
from scheduler.text import Language


def shown_names(instance: Instance, language: Language) -> Mapping[str, str]:
    """A name for every volunteer by id, no two alike: 王芳, or 王芳（九三） and 王芳（民建2）."""
    plain = {one.id: one.label.say(language) for one in instance.volunteers}
    alike = Counter(plain.values())
    taken = {name for name, count in alike.items() if count == 1}
    found: dict[str, str] = {}
    for one in instance.volunteers:
        name = plain[one.id]
        if alike[name] > 1:
            name = _marked(name, organisation_name(instance, one.organisation, language), language, taken)
            taken.add(name)
        found[one.id] = name
    return found


def organisation_name(instance: Instance, organisation: str | None, language: Language) -> str:
    """The short name of an organisation if it has one, else its name; empty for none."""
    if organisation is None:
        return ""
    found = instance.organisations[organisation]
    return found.short or found.label.say(language)


def organisation_of(instance: Instance, volunteer: Volunteer, language: Language) -> str:
    """A volunteer's organisation as a column shows it: a branch with what it belongs to (九三 第一支社)."""
    line = instance.organisation_line(volunteer.organisation)
    return " ".join(organisation_name(instance, one, language) for one in reversed(line))


def _marked(name: str, organisation: str, language: Language, taken: set[str]) -> str:
    left, right = ("（", "）") if language is Language.ZH else (" (", ")")
    number = 1
    while True:
        mark = organisation + (str(number) if number > 1 or not organisation else "")
        if (marked := f"{name}{left}{mark}{right}") not in taken:
            return marked
        number += 1
