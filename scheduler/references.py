"""What facts and rules refer to must be there: names, trees, demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from scheduler.domain.organisation import Organisation
from scheduler.domain.post import Place, Post
from scheduler.domain.refusal import did_you_mean
from scheduler.domain.uses import Keys, Use, uses
from scheduler.text import Text, joined

SECTIONS = {
    "places": Text("place", "地点"),
    "organisations": Text("organisation", "组织"),
    "skills": Text("skill", "技能"),
    "teams": Text("team", "小组"),
    "shift_types": Text("shift type", "班型"),
    "posts": Text("post", "岗位"),
    "volunteers": Text("volunteer", "志愿者"),
}
"""The sections of a plan whose entries have ids; in English their entries are named as ``Ref`` names them."""

_SECTION_OF = {name.en: section for section, name in SECTIONS.items()}
_GUESSES = 40
"""How many unknown names get a guess; guessing is slow."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that cannot be: where, what, and what to do; ``earlier`` is the place it clashes with."""

    keys: Keys
    text: Text
    hint: Text | None = None
    earlier: Keys | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of a plan: good parts by their keys, ids as (section, id, keys).

    ``common_demand`` says whether posts can do without their own; names of ``unread`` sections are believed.
    """

    parts: tuple[tuple[Keys, BaseModel], ...]
    given: tuple[tuple[str, str, Keys], ...]
    common_demand: bool
    unread: frozenset[str] = frozenset()

    @classmethod
    def of(cls, plan: BaseModel) -> Facts:
        """The facts of a whole plan."""
        parts = tuple(
            ((section, n), entry)
            for section, entries in plan
            if isinstance(entries, tuple)
            for n, entry in enumerate(entries)
        )
        given = tuple(
            (str(keys[0]), str(getattr(part, "id", "")), keys) for keys, part in parts if keys[0] in SECTIONS
        )
        return cls(parts, given, bool(getattr(plan, "demand", ())))

    @cached_property
    def ids(self) -> dict[str, dict[str, Keys]]:
        """Where each id of a section was first given."""
        found: dict[str, dict[str, Keys]] = {section: {} for section in SECTIONS}
        for section, name, keys in self.given:
            found[section].setdefault(name, keys)
        return found


def findings(facts: Facts) -> list[Finding]:
    """All that is wrong between the parts of a plan, though each part is good in itself."""
    return [
        *_given_twice(facts),
        *_unknown(facts),
        *_circles(facts, "places"),
        *_circles(facts, "organisations"),
        *_without_demand(facts),
    ]


def _given_twice(facts: Facts) -> Iterator[Finding]:
    for section, name, keys in facts.given:
        first = facts.ids[section][name]
        if first != keys:
            text = Text(f'the id "{name}" is used already', f"编号“{name}”已被使用")
            yield Finding((*keys, "id"), text, earlier=(*first, "id"))


def _unknown(facts: Facts) -> Iterator[Finding]:
    guesses: dict[tuple[str, ...], Text | None] = {}
    for keys, part in facts.parts:
        for use in uses(part, keys):
            sections = [_SECTION_OF[kind] for kind in use.ref.kinds]
            named = [section for section in sections if use.id in facts.ids[section]]
            if not named and not facts.unread.isdisjoint(sections):
                continue
            if not named:
                key = (use.id, *sections)
                if key not in guesses:
                    guesses[key] = _guess(facts, use.id, sections) if len(guesses) < _GUESSES else None
                yield Finding(use.keys, _no_such(use, sections), guesses[key])
            elif len(named) > 1:
                yield Finding(use.keys, *_ambiguous(use, named))


def _no_such(use: Use, sections: list[str]) -> Text:
    kinds = joined([SECTIONS[section] for section in sections], en=" or ", zh="或")
    return Text(f'no {kinds.en} "{use.id}"', f"没有{kinds.zh}“{use.id}”")


def _guess(facts: Facts, name: str, sections: list[str]) -> Text:
    near = did_you_mean(name, [one for section in sections for one in facts.ids[section]])
    listed = " / ".join(sections)
    return near or Text(f"list it under {listed}", f"请在 {listed} 中列出")


def _ambiguous(use: Use, named: list[str]) -> tuple[Text, Text]:
    kinds = [SECTIONS[section] for section in named]
    both, either = joined(kinds, en=" and a ", zh="又是"), joined(kinds, en=" or the ", zh="还是")
    return (
        Text(f'"{use.id}" is a {both.en}', f"“{use.id}”既是{both.zh}"),
        Text(f"rename one: the {either.en} is not clear", f"请改名以区分是{either.zh}"),
    )


def _circles(facts: Facts, section: str) -> Iterator[Finding]:
    """Entries that are part of themselves; every circle once."""
    within = {
        part.id: (part.within, keys)
        for keys, part in reversed(facts.parts)
        if keys[0] == section and isinstance(part, Place | Organisation)
    }
    seen: set[str] = set()
    for start in reversed(within):
        line = [start]
        while (around := within.get(line[-1], (None, ()))[0]) and around not in seen and around not in line:
            line.append(around)
        if around in line:
            circle = " → ".join([*line[line.index(around) :], around])
            kind = SECTIONS[section]
            text = Text(
                f"the {kind.en} cannot be part of itself: {circle}", f"{kind.zh}不能隶属于自身：{circle}"
            )
            yield Finding((*within[around][1], "within"), text)
        seen.update(line)


def _without_demand(facts: Facts) -> Iterator[Finding]:
    if facts.common_demand:
        return
    for keys, part in facts.parts:
        if isinstance(part, Post) and not part.demand:
            yield Finding(
                (*keys, "demand"),
                Text("the post has no demand", "岗位没有人数需求"),
                Text(
                    "give it one, or give the plan one for all posts",
                    "请为其填写，或在计划中填写通用的 demand",
                ),
            )
