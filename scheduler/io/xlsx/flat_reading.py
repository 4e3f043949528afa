"""The rows of a workbook read back: what can be seen decides, ids say what is meant where that is unchanged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift
from scheduler.errors import Fault
from scheduler.io.xlsx import flat
from scheduler.io.xlsx.people import People
from scheduler.io.xlsx.reading import Leaf
from scheduler.io.xlsx.table_reading import Crew
from scheduler.text import Language, Text

_SEEN = (flat.DATE, flat.POST, flat.SHIFT, flat.PERSON)


def flat_crews(
    leaf: Leaf, instance: Instance, people: People, language: Language
) -> tuple[Mapping[str, Crew], tuple[Fault, ...]] | None:
    """The crews by shift, and the faults of rows whose shift is not known; None if it is no such sheet."""
    head = next((at for at, text in leaf.cells.items() if text == flat.SHIFT_ID and at[0] < 10), None)
    if head is None:
        return None
    return _Rows(leaf, head[0], instance, people, language).crews()


class _Rows:
    def __init__(self, leaf: Leaf, head: int, instance: Instance, people: People, language: Language) -> None:
        self.leaf, self.head, self.instance, self.people = leaf, head, instance, people
        titles = {leaf.text(head, column): column for column in range(leaf.columns)}
        self.shift_id, self.volunteer_id = titles[flat.SHIFT_ID], titles.get(flat.VOLUNTEER_ID, -1)
        self.seen = {title: titles.get(title.say(language), -1) for title in _SEEN}
        self.by_words: dict[tuple[str, str, str], list[Shift]] = defaultdict(list)
        for shift in instance.shifts:
            self.by_words[self._words(shift, language)].append(shift)
        self.words = {shift.id: self._words(shift, language) for shift in instance.shifts}

    @staticmethod
    def _words(shift: Shift, language: Language) -> tuple[str, str, str]:
        """A shift as its row shows it: day, post, shift type."""
        return (
            shift.day.isoformat(),
            _tidy(shift.post.label.say(language)),
            _tidy(shift.type.label.say(language)),
        )

    def crews(self) -> tuple[Mapping[str, Crew], tuple[Fault, ...]]:
        """Everybody under their shift; a shift without a row has nobody."""
        found: dict[str, list[tuple[str, str | Fault]]] = defaultdict(list)
        lost: list[Fault] = []
        for row in range(self.head + 1, self.leaf.rows):
            name = self._text(row, flat.PERSON)
            if not name:
                continue
            shift = self._shift(row)
            if isinstance(shift, Fault):
                lost.append(shift)
            else:
                place = self.leaf.place(row, self.seen[flat.PERSON])
                found[shift].append((place, self._person(row, name, place)))
        return {shift: self._crew(entries) for shift, entries in found.items()}, tuple(lost)

    def _crew(self, entries: list[tuple[str, str | Fault]]) -> Crew:
        faults: list[Fault] = []
        people: set[str] = set()
        for place, one in entries:
            if isinstance(one, Fault):
                faults.append(one)
            elif one in people:
                name = self.people.shown[one]
                text = Text(f"{name} has a row for this shift already", f"“{name}”在该班次已有一行")
                faults.append(Fault(place, text))
            else:
                people.add(one)
        return Crew(entries[0][0], frozenset(people), tuple(faults))

    def _person(self, row: int, name: str, place: str) -> str | Fault:
        """Who is meant: the hidden id as long as the name is the one that was written with it."""
        volunteer = self.leaf.text(row, self.volunteer_id)
        return volunteer if self.people.is_called(volunteer, name) else self.people.found(name, place)

    def _shift(self, row: int) -> str | Fault:
        """Which shift is meant: the hidden id as long as day, post and shift are those it was written with."""
        own = self.leaf.text(row, self.shift_id)
        day, post, kind = (self._text(row, title) for title in _SEEN[:3])
        words = (day, _tidy(post), _tidy(kind))
        if own in self.words and all(
            not said or said == meant for said, meant in zip(words, self.words[own])
        ):
            return own
        meant = self.by_words.get(words, [])
        if len(meant) == 1:
            return meant[0].id
        place = self.leaf.place(row, max(self.seen[flat.DATE], 0))
        shown = " ".join(filter(None, (day, post, kind)))
        text = Text(f'the plan has no shift "{shown}"', f"计划中没有班次“{shown}”")
        return Fault(place, text, Text("check date, post and shift", "请核对日期、岗位和班次"))

    def _text(self, row: int, title: Text) -> str:
        return self.leaf.text(row, self.seen[title])


def _tidy(text: str) -> str:
    return " ".join(text.split())
