"""A row of a table of people as what a plan says of a volunteer; all that is wrong in it is collected."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from scheduler.domain.contact import as_email
from scheduler.domain.entity import Named
from scheduler.domain.refusal import did_you_mean
from scheduler.domain.request import TimeWindow
from scheduler.errors import Fault
from scheduler.io.intake.dates import read_date, read_month
from scheduler.io.intake.evidence import masked
from scheduler.io.intake.numbers import read_id_number, read_phone
from scheduler.io.intake.roll import tidy_name
from scheduler.io.intake.unclear import unclear
from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading, Setting
from scheduler.io.sheets.sheet import DOUBTS, Cell
from scheduler.io.sheets.table import Record
from scheduler.io.sheets.words import Words, key_of
from scheduler.problem import Problem
from scheduler.text import Text

_NO_NAME = re.compile(r"^[=+\-@]|\d|[<>{}\[\]|;；、,，/]|^.{41,}$")
_MASKED = re.compile(r"[\d+-]*\*{2,}\d{4}")
_PARTS = re.compile(r"[、,，;；/\n]+")
_COUNT = re.compile(r"(?:至多|最多|不超过|每[天日周])?(\d{1,3})(?:个?[次班天])?")
_TAKEN = (
    *("id", "name", "organisation", "phone", "email", "tier", "skills", "availability", "away"),
    *("serves", "wishes", "home", "joined", "per_day", "per_week", "per_horizon"),
)
_COLUMNS = {
    "per_day": "contract.per_day",
    "per_week": "contract.per_week",
    "per_horizon": "contract.per_horizon",
}

_REWORD = Text("reword it and import again", "请改写后重新导入")
_DAYS = Text("write 2020-03-05, 2020-03-08 and import again", "请写成 3月5日、3月8日 后重新导入")
_TIMES = ("availability", "away")


@dataclass(slots=True)
class Draft:
    """A person in a sheet: where, what was read (values by dotted key), and who it may be."""

    record: Record
    name: Cell
    id: str = ""
    new: bool = False
    organisation: str | None = None
    values: dict[str, object] = field(default_factory=dict)
    wishes: list[object] = field(default_factory=list)
    away: tuple[TimeWindow, ...] = ()
    serves: bool | None = None
    masked: str = ""

    @property
    def phone(self) -> str:
        """The phone that was read, or what a masked one shows of it; empty if there is none."""
        return str(self.values.get("phone", self.masked))


class People:
    """Reads rows of people by what a plan knows; keeps what is wrong, and what is worth telling.

    Times that are not clear are kept apart as ``unsettled``: they are no reason to refuse the person.
    """

    def __init__(self, problem: Problem, words: Words, *, keep_id_numbers: bool) -> None:
        self.problem, self.words, self.keep_id_numbers = problem, words, keep_id_numbers
        self.needs_born = any(rule.rule == "age-limit" for rule in problem.all_rules())
        self.setting = Setting.of(problem)
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.unsettled: list[Fault] = []
        self.unknown_skills: dict[str, int] = {}
        self._skill_ids = skill_ids(problem, words)
        self._place_ids = _by_name(problem.places)
        self._goals = self._place_ids | _by_name(problem.posts)

    @property
    def used(self) -> frozenset[str]:
        """The meanings of columns that are taken over."""
        id_number = {"id_number"} if self.keep_id_numbers or self.needs_born else set()
        born = {"born"} if self.needs_born else set()
        return frozenset({*_TAKEN, *id_number, *born})

    def draft(self, record: Record) -> Draft | None:
        """A row as a draft; None if it has no usable name."""
        if (name := self._name(record)) is None:
            return None
        draft = Draft(record, name, values={"name": tidy_name(name.text)})
        readers = {
            "phone": self._phone,
            "email": self._email,
            "tier": self._tier,
            "skills": self._skills,
            "serves": self._serves,
            "wishes": self._wishes,
            "home": self._home,
            "joined": self._joined,
        }
        for meaning, read in readers.items():
            if (cell := record.cells.get(meaning)) and not self.words.says("none", cell.text):
                read(cell, draft)
        for meaning, key in _COLUMNS.items():
            if (cell := record.cells.get(meaning)) and not self.words.says("none", cell.text):
                self._count(cell, key, draft)
        self._times(record, draft)
        self._identity(record, draft)
        return draft

    def _name(self, record: Record) -> Cell | None:
        cell = record.cells.get("name")
        if cell is None:
            first = next(iter(record.cells.values()), None) or next(iter(record.row.cells.values()))
            self.faults.append(first.fault(Text("the row has no name", "本行没有姓名")))
            return None
        if _NO_NAME.search(cell.text) or not tidy_name(cell.text):
            several = len([part for part in _PARTS.split(cell.text) if part.strip()]) > 1
            hint = Text("write one person a row", "每行只写一个人") if several else None
            self.faults.append(cell.fault(Text(f'"{cell.text}" is no name', f"“{cell.text}”不是姓名"), hint))
            return None
        return cell

    def _phone(self, cell: Cell, draft: Draft) -> None:
        if _MASKED.fullmatch(cell.text):
            draft.masked = cell.text
        elif cell.doubt is None:
            self._take(cell, read_phone(cell.text), "phone", draft)

    def _email(self, cell: Cell, draft: Draft) -> None:
        try:
            draft.values["email"] = as_email(cell.text)
        except PydanticCustomError:
            self.faults.append(cell.fault(Text("this is no e-mail address", "这不是电子邮箱地址")))

    def _tier(self, cell: Cell, draft: Draft) -> None:
        found = self.words.value("tier", cell.text)
        wrong = Text(f'there is no tier "{cell.text}"', f"没有“{cell.text}”这一人员类别")
        hint = Text(
            "write volunteer, reserve or staff, or leave the column out with --ignore",
            "请写志愿者、后备或社工，或用 --ignore 忽略该列",
        )
        self._take(cell, found or wrong, "tier", draft, hint)

    def _skills(self, cell: Cell, draft: Draft) -> None:
        found = []
        for word in self._words_of(cell):
            parts = [word] if key_of(word) in self._skill_ids else word.split()
            for part in parts:
                if skill := self._skill_ids.get(key_of(part)):
                    found.append(skill)
                else:
                    self.unknown_skills[part] = self.unknown_skills.get(part, 0) + 1
        if found:
            draft.values["skills"] = list(dict.fromkeys(found))

    def _times(self, record: Record, draft: Draft) -> None:
        """When somebody can serve and when not: both, or neither if one of them is not clear."""
        cells = {
            meaning: cell
            for meaning in _TIMES
            if (cell := record.cells.get(meaning)) and not self.words.says("none", cell.text)
        }
        answered = self._availability(cells.get("availability"))
        away = self._away(cells.get("away"))
        if answered is None or away is None:
            return
        if answered.availability.answered:
            draft.values["availability"] = answered.availability
        limits = answered.limits.model_dump(exclude_none=True)
        draft.values |= {f"contract.{key}": value for key, value in limits.items()}
        draft.away = away

    def _availability(self, cell: Cell | None) -> Reading | None:
        """What somebody says of the times; None if it is not clear."""
        if cell is None:
            return Reading()
        read = read_phrase(cell.text, self.setting)
        if isinstance(read, Reading):
            return read
        self.unsettled.append(cell.fault(unclear(cell.text, read), _REWORD))
        return None

    def _away(self, cell: Cell | None) -> tuple[TimeWindow, ...] | None:
        """Days on which somebody cannot serve; they replace those of the plan, like the days of a sentence."""
        if cell is None:
            return ()
        spoken = "、".join(part.strip() for part in _PARTS.split(cell.text) if part.strip())
        read = read_phrase(f"{spoken}除外", self.setting)
        if isinstance(read, Reading) and read.unavailable:
            return read.unavailable
        shown = masked(cell.text)
        text = Text(f'"{shown}" was not understood as days', f"“{shown}”无法理解为日期")
        self.unsettled.append(cell.fault(text, _DAYS))
        return None

    def _serves(self, cell: Cell, draft: Draft) -> None:
        """Whether somebody takes part at all; who does not has no shifts until it is said otherwise."""
        if self.words.says("no", cell.text):
            draft.serves = False
        elif self.words.says("yes", cell.text):
            draft.serves = True
        else:
            text = Text(f'expected yes or no, found "{cell.text}"', f"应填“是”或“否”，实为“{cell.text}”")
            self.faults.append(cell.fault(text))

    def _wishes(self, cell: Cell, draft: Draft) -> None:
        for word in self._words_of(cell):
            if goal := self._goals.get(key_of(word)):
                draft.wishes.append({"kind": "want", "posts": [goal]})
            else:
                near = did_you_mean(
                    word, [one.label.zh for one in (*self.problem.posts, *self.problem.places)]
                )
                mend = near or Text("correct it,", "请更正，")
                hint = Text(
                    f"{mend.en} or leave the column out with --ignore", f"{mend.zh}或用 --ignore 忽略该列"
                )
                text = Text(f'no post or place "{word}"', f"没有点位或地点“{word}”")
                self.faults.append(cell.fault(text, hint))

    def _home(self, cell: Cell, draft: Draft) -> None:
        if found := self._place_ids.get(key_of(cell.text)):
            draft.values["home"] = found

    def _joined(self, cell: Cell, draft: Draft) -> None:
        self._take(cell, read_date(cell.text, self.problem.horizon.first), "joined", draft)

    def _count(self, cell: Cell, key: str, draft: Draft) -> None:
        match = _COUNT.fullmatch(unicodedata.normalize("NFKC", cell.text).replace(" ", ""))
        if key_of(cell.text) not in ("不限", "unlimited"):
            wrong = Text(f'"{cell.text}" is no number of shifts', f"“{cell.text}”不是班数")
            self._take(cell, int(match[1]) if match else wrong, key, draft)

    def _identity(self, record: Record, draft: Draft) -> None:
        """The identity number is checked, tells the day of birth if a rule needs it, and is kept if asked."""
        cell = record.cells.get("id_number")
        read: tuple[str, dt.date] | Text | None = None
        used = self.keep_id_numbers or self.needs_born
        if cell and not self.words.says("none", cell.text) and not (cell.doubt and used):
            read = DOUBTS[cell.doubt][0] if cell.doubt else read_id_number(cell.text)
            if isinstance(read, Text):
                (self.faults if used else self.warnings).append(cell.fault(read))
            elif self.keep_id_numbers:
                draft.values["id_number"] = read[0]
        if isinstance(read, tuple) and self.needs_born:
            draft.values["born"] = read[1]
        elif (
            (born := record.cells.get("born")) and self.needs_born and not self.words.says("none", born.text)
        ):
            self._take(born, read_month(born.text), "born", draft)

    def _take(self, cell: Cell, read: object, key: str, draft: Draft, hint: Text | None = None) -> None:
        """Keep what was read, or the fault if that is a text."""
        if isinstance(read, Text):
            self.faults.append(cell.fault(read, hint))
        else:
            draft.values[key] = read

    def _words_of(self, cell: Cell) -> Iterator[str]:
        for part in _PARTS.split(cell.text):
            if part.strip() and not self.words.says("none", part):
                yield part.strip()


def _by_name(facts: Sequence[Named]) -> dict[str, str]:
    """The ids of facts by the words for them, as ``key_of`` makes them."""
    return {key_of(word): one.id for one in facts for word in (one.label.en, one.label.zh, one.id)}


def skill_ids(problem: Problem, words: Words) -> dict[str, str]:
    """The ids of skills by their words, and by those that mean the same as one of them."""
    ids, synonyms = _by_name(problem.skills), words.values.get("skills", {})
    meant = {meaning: ids[word] for word, meaning in synonyms.items() if word in ids}
    return {word: meant[meaning] for word, meaning in synonyms.items() if meaning in meant} | ids
