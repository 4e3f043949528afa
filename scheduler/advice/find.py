"""Finding whom and what a person means: by id, by name, by a few words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from scheduler.domain.entity import Named
from scheduler.domain.instance import Instance
from scheduler.domain.post import Place, Post
from scheduler.domain.refusal import did_you_mean
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift, ShiftType
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault, InputError
from scheduler.text import Text, joined, same

Site = TypeVar("Site", Place, Post)

LISTED = 8
"""So many of several that fit are named."""

_DAY = re.compile(r"(?:(\d{4})[-/.年])?(?:(\d{1,2})[-/.月])?(\d{1,2})日?")


def find_volunteer(instance: Instance, word: str) -> Volunteer:
    """The volunteer with that id, else the only one with that name.

    Raises:
        InputError: nobody is called so, or several are; they are named.
    """
    if word in instance.volunteer_index:
        return instance.volunteers[instance.volunteer_index[word]]
    wanted = _plain(word)
    named = [v for v in instance.volunteers if wanted in (_plain(v.label.zh), _plain(v.label.en))]
    if len(named) == 1:
        return named[0]
    if named:
        who = joined([Text(f"{v.id} ({v.label.en})", f"{v.id}（{v.label.zh}）") for v in named[:LISTED]])
        text = Text(f'several volunteers are called "{word}"', f"有多名志愿者叫“{word}”")
        raise _unclear(text, Text(f"write the id: {who.en}", f"请写编号：{who.zh}"))
    names = [*instance.volunteer_index, *(v.label.zh for v in instance.volunteers)]
    raise _unclear(Text(f'no volunteer "{word}"', f"没有志愿者“{word}”"), did_you_mean(word, names))


def find_in_crew(roster: Roster, shift: Shift, word: str) -> Volunteer:
    """The volunteer of that id or name, who must be in the crew of a shift.

    Raises:
        InputError: nobody is called so, or they do not serve there; who does is named.
    """
    crew = roster.crew_of(shift)
    named = [one for one in crew if word == one.id or _called(one, word)]
    if len(named) == 1:
        return named[0]
    volunteer = find_volunteer(roster.instance, word)
    text = Text("{who} does not serve: {shift}", "{who}不在该班次：{shift}").format(
        who=volunteer.label, shift=shift.label
    )
    there = joined([one.label for one in crew])
    raise _unclear(
        text, Text("there are: {names}", "在班的是：{names}").format(names=there) if crew else None
    )


def find_post(instance: Instance, word: str) -> Post:
    """The post with that id, else the only one whose name is or holds that word.

    Raises:
        InputError: none is, or several are; they are named.
    """
    return _only(word, _posts(instance, word), list(instance.posts), Text("post", "岗位"))


def find_place(instance: Instance, word: str) -> Place:
    """The place with that id, else the only one of that name.

    Raises:
        InputError: none is, or several are; they are named.
    """
    named = [one for one in instance.places.values() if _called(one, word)]
    exact = [one for one in named if one.id == word]
    return _only(word, exact or named, list(instance.places), Text("place", "地点"))


def find_shift(instance: Instance, word: str) -> Shift:
    """The shift with that id, else the only one that fits all words: post, day and type in any order.

    ``西口 3月5日 早班``, ``gate 2020-03-05 morning`` and ``gate/2020-03-05/morning`` mean the same. A day is said in
    full or as the plan's days allow: ``3-5``, ``5日``.

    Raises:
        InputError: none fits, or several do; they are named.
    """
    if word in instance.shift_index:
        return instance.shifts[instance.shift_index[word]]
    parts = [part for part in re.split(r"[\s/,，、]+", unicodedata.normalize("NFKC", word)) if part]
    fitting: list[Shift] = list(instance.shifts)
    for part in parts:
        left = [shift for shift in fitting if _fits(shift, part)]
        if not left:
            raise _unclear(Text(f'no shift fits "{part}"', f"没有班次符合“{part}”"), _write_shift(instance))
        fitting = left
    if len(fitting) == 1 and parts:
        return fitting[0]
    named = joined([same(shift.id) for shift in fitting[:LISTED]])
    text = Text(f"{len(fitting)} shifts fit these words", f"符合这些词的班次有 {len(fitting)} 个")
    raise _unclear(text, Text(f"such as {named.en}", f"例如 {named.zh}"))


def _fits(shift: Shift, part: str) -> bool:
    return (
        _is_day(shift, part)
        or _called(shift.type, part)
        or _called(shift.post, part)
        or _holds(shift.post, part)
        or _holds(shift.type, part)
    )


def _is_day(shift: Shift, part: str) -> bool:
    match = _DAY.fullmatch(part)
    if match is None:
        return False
    said = [None if one is None else int(one) for one in match.groups()]
    return all(one in (None, own) for one, own in zip(said, (shift.day.year, shift.day.month, shift.day.day)))


def _called(one: Named, part: str) -> bool:
    return _plain(part) in (_plain(one.id), _plain(one.label.zh), _plain(one.label.en))


def _holds(one: Post | ShiftType, part: str) -> bool:
    return len(part) > 1 and any(_plain(part) in _plain(name) for name in (one.label.zh, one.label.en))


def _posts(instance: Instance, word: str) -> Iterator[Post]:
    exact = [post for post in instance.posts.values() if _called(post, word)]
    yield from exact or (post for post in instance.posts.values() if _holds(post, word))


def _only(word: str, found: Iterable[Site], ids: Sequence[str], kind: Text) -> Site:
    listed = list(found)
    if len(listed) == 1:
        return listed[0]
    if not listed:
        text = Text(f'no {kind.en} "{word}"', f"没有{kind.zh}“{word}”")
        raise _unclear(text, did_you_mean(word, ids))
    named = joined(
        [Text(f"{one.id} ({one.label.en})", f"{one.id}（{one.label.zh}）") for one in listed[:LISTED]]
    )
    text = Text(f'several {kind.en}s are called "{word}"', f"有多个{kind.zh}符合“{word}”")
    raise _unclear(text, Text(f"write the id: {named.en}", f"请写编号：{named.zh}"))


def _write_shift(instance: Instance) -> Text | None:
    if not instance.shifts:
        return None
    example = instance.shifts[0].id
    return Text(f"write post, day and shift type, like {example}", f"请写岗位、日期、班型，如 {example}")


def _unclear(text: Text, hint: Text | None) -> InputError:
    return InputError([Fault("", text, hint)])


def _plain(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())
