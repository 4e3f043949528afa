"""Who is meant by what somebody typed into a cell: a name as the workbook shows it, a plain name, or an id."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from scheduler.domain.instance import Instance
from scheduler.domain.refusal import did_you_mean
from scheduler.errors import Fault
from scheduler.io.xlsx.names import shown_names
from scheduler.text import Language, Text, joined, same

_BETWEEN = re.compile(r"[\n、,，;；/]+")
_GAP = re.compile(r"缺\d*人?|\d+missing|[-—–/无]")


class People:
    """The volunteers of a plan by what they may be called in a workbook of a language."""

    def __init__(self, instance: Instance, language: Language) -> None:
        self.shown = shown_names(instance, language)
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._plain: dict[str, set[str]] = defaultdict(set)
        for one in instance.volunteers:
            self._exact[_key(self.shown[one.id])].add(one.id)
            for name in (one.label.en, one.label.zh, one.id):
                self._plain[_key(name)].add(one.id)

    def is_called(self, volunteer: str, name: str) -> bool:
        """Whether a name is the one the workbook shows for a volunteer."""
        return volunteer in self.shown and _key(self.shown[volunteer]) == _key(name)

    def found(self, name: str, place: str) -> str | Fault:
        """The volunteer's id, or why it is not known who is meant."""
        for known in (self._exact, self._plain):
            meant = known.get(_key(name), set())
            if len(meant) == 1:
                return next(iter(meant))
            if meant:
                return self._several(name, place, sorted(meant))
        text = Text(f'no volunteer "{name}" in the plan', f"计划中没有志愿者“{name}”")
        return Fault(place, text, did_you_mean(name, self.shown.values()))

    def crew(self, text: str, place: str) -> list[str | Fault]:
        """Everybody named in a cell, in order; what says that somebody is missing names nobody."""
        return [self.found(name, place) for name in self._names(text) if not _GAP.fullmatch(_key(name))]

    def _names(self, text: str) -> Iterable[str]:
        """The names of a cell; a line that is a name as a whole is not taken apart."""
        for line in filter(None, map(str.strip, text.split("\n"))):
            if _key(line) in self._exact:
                yield line
            else:
                yield from filter(None, map(str.strip, _BETWEEN.split(line)))

    def _several(self, name: str, place: str, meant: list[str]) -> Fault:
        text = Text(f'"{name}" may be one of {len(meant)} people', f"“{name}”对应 {len(meant)} 人，无法确定")
        names = joined([same(self.shown[one]) for one in meant])
        return Fault(place, text, Text(f"write one of: {names.en}", f"请写明是哪一位：{names.zh}"))


def _key(name: str) -> str:
    """A name for comparing: without blanks, capitals and widths made one."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
