"""A row of a table of posts as what a plan says of a post; all that is wrong in it is collected."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from scheduler.domain.refusal import did_you_mean
from scheduler.errors import Fault
from scheduler.io.intake.hours import Span, read_hours
from scheduler.io.intake.numbers import read_phone
from scheduler.io.intake.person import skill_ids
from scheduler.io.intake.roll import tidy_name
from scheduler.io.sheets.sheet import Cell
from scheduler.io.sheets.table import Record
from scheduler.io.sheets.words import LEADER_PHONE, Words, key_of
from scheduler.problem import Problem
from scheduler.text import Text, joined

_HEADS = re.compile(r"(?:每[班岗点])?(?:至少)?(\d{1,3})(?:[-~至到](\d{1,3}))?[人名位]?(?:/班)?")
_COUNTED = re.compile(r"(?:至少)?(\D+?)(?:至少)?[*×x]?(\d{1,3})[人名位]")
_LEADER_PHONE = re.compile(
    r"(?P<name>[^\d+]*?)(?:(?:联系|手机|移动)?(?:电话|手机|方式|号码?)|tel|phone|mobile)?[\s:,;(/、.-]*"
    r"(?P<number>(?:[\d+].*)?)",
    re.IGNORECASE | re.DOTALL,
)
_ONE_LEADER = Text(
    "write one name and one phone, or leave the column out with --ignore",
    "请只写一人和一个电话，或用 --ignore 忽略该列",
)
_FREE = {"heads_weekend": ["weekend"], "heads_holiday": ["holiday"], "heads_free": ["weekend", "holiday"]}


@dataclass(slots=True)
class PostDraft:
    """A post in a sheet: where, what was read (values by dotted key), its place, shifts and heads.

    ``crew`` are skills that some of a crew must have (医务1人); those in ``values`` everybody must have.
    ``garbled`` says that hours or heads stand there and could not be read.
    """

    record: Record
    name: Cell
    place: Cell | None
    values: dict[str, object] = field(default_factory=dict)
    shifts: list[str | Span] = field(default_factory=list)
    heads: dict[str, tuple[int, int]] = field(default_factory=dict)
    crew: list[dict[str, object]] = field(default_factory=list)
    garbled: bool = False


class Posts:
    """Reads rows of posts by what a plan knows; keeps what is wrong."""

    def __init__(self, problem: Problem, words: Words) -> None:
        self.problem, self.words = problem, words
        self.faults: list[Fault] = []
        self._skills = skill_ids(problem, words)

    def draft(self, record: Record) -> PostDraft | None:
        """A row as a draft; None if it has no name."""
        name = record.cells.get("post_name")
        if name is None:
            first = next(iter(record.row.cells.values()))
            self.faults.append(first.fault(Text("the row has no post", "本行没有点位名称")))
            return None
        draft = PostDraft(record, name, record.cells.get("place") or record.group)
        draft.values["name"] = " ".join(name.text.split())
        for meaning in ("address", "tasks"):
            if cell := self._said(record, meaning):
                draft.values[meaning] = cell.text
        if cell := self._said(record, "leader"):
            draft.values["leader"] = tidy_name(cell.text)
        self._phone(record, draft)
        self._leader_phone(record, draft)
        self._post_skills(record, draft)
        self._demand(record, draft)
        return draft

    def _said(self, record: Record, meaning: str) -> Cell | None:
        cell = record.cells.get(meaning)
        return None if cell is None or self.words.says("none", cell.text) else cell

    def _phone(self, record: Record, draft: PostDraft) -> None:
        if (cell := self._said(record, "phone")) and cell.doubt is None:
            read = read_phone(cell.text)
            if isinstance(read, Text):
                self.faults.append(cell.fault(read))
            else:
                draft.values["phone"] = read

    def _leader_phone(self, record: Record, draft: PostDraft) -> None:
        """A name and a phone in one cell; other columns of the row may not say otherwise."""
        cell = self._said(record, LEADER_PHONE)
        if cell is None or cell.doubt is not None:
            return
        read = read_leader_phone(cell.text)
        if isinstance(read, Text):
            self.faults.append(cell.fault(read, _ONE_LEADER))
            return
        said = {key: value for key, value in zip(("leader", "phone"), read) if value}
        if any(draft.values.get(key, value) != value for key, value in said.items()):
            text = Text("another column of this row says otherwise", "与本行其他列所写不一致")
            self.faults.append(cell.fault(text, _ONE_LEADER))
            return
        draft.values |= said

    def _post_skills(self, record: Record, draft: PostDraft) -> None:
        cell = self._said(record, "post_skills")
        if cell is None:
            return
        found = []
        for word in re.split(r"[、,，;；/\s]+", cell.text):
            if skill := self._skills.get(key_of(word)):
                found.append(skill)
            elif (counted := _COUNTED.fullmatch(word)) and key_of(counted[1]) in self._skills:
                draft.crew.append({"skill": self._skills[key_of(counted[1])], "least": int(counted[2])})
            elif word:
                self.faults.append(self._no_skill(cell, word))
        if draft.crew and not self._said(record, "heads"):
            text = Text(
                "how many of a crew must have a skill needs the number of people in its row",
                "写明班组中某技能的人数时，本行须同时写明每班人数",
            )
            self.faults.append(cell.fault(text))
        draft.values["skills"] = list(dict.fromkeys(found)) or None

    def _no_skill(self, cell: Cell, word: str) -> Fault:
        near = did_you_mean(word, [one.label.zh for one in self.problem.skills])
        hint = Text(
            "list it under skills in the plan, or leave the column out with --ignore",
            "请先在计划的 skills 中列出该技能，或用 --ignore 忽略该列",
        )
        if near:
            hint = Text(f"{near.en} {hint.en}", f"{near.zh}{hint.zh}")
        return cell.fault(Text(f'no skill "{word}"', f"没有技能“{word}”"), hint)

    def _hours_hint(self) -> Text:
        named = joined([one.label for one in self.problem.shift_types[:6]])
        return Text(f"write hours like 8:00-12:00, or {named.en}", f"请写成如 8:00-12:00，或 {named.zh}")

    def _demand(self, record: Record, draft: PostDraft) -> None:
        if cell := self._said(record, "hours"):
            read = read_hours(cell.text, self.problem.shift_types)
            if isinstance(read, Text):
                draft.garbled = True
                self.faults.append(cell.fault(read, self._hours_hint()))
            else:
                draft.shifts = read
        for meaning in ("heads", *_FREE):
            if cell := self._said(record, meaning):
                match = _HEADS.fullmatch(unicodedata.normalize("NFKC", cell.text).replace(" ", ""))
                if match is None or int(match[2] or match[1]) < int(match[1]):
                    draft.garbled = True
                    wrong = Text(f'"{cell.text}" is no number of people', f"“{cell.text}”不是人数")
                    self.faults.append(cell.fault(wrong, Text("write it like 2 or 2-3", "请写成如 2 或 2-3")))
                else:
                    draft.heads[meaning] = int(match[1]), int(match[2] or match[1])


def read_leader_phone(text: str) -> tuple[str, str] | Text:
    """A name and a phone from one text, each empty if it is not there; or what is wrong: 张三（13800000001）."""
    match = _LEADER_PHONE.fullmatch(unicodedata.normalize("NFKC", text))
    assert match is not None, "any text has a part without digits and a rest"
    name, number = tidy_name(match["name"].rstrip(" :,;(/、.-")), match["number"].strip(" ),;.")
    phone = read_phone(number) if number else ""
    return phone if isinstance(phone, Text) else (name, phone)


def demand(shifts: list[str], draft: PostDraft) -> list[dict[str, object]]:
    """The demand of a post: the usual heads, and those of weekends and holidays, which replace them."""
    entries = []
    for meaning, (least, wanted) in draft.heads.items():
        entry: dict[str, object] = {"shifts": shifts}
        if meaning in _FREE:
            entry["days"] = " ".join(_FREE[meaning])
        entry["least"] = least
        if wanted != least:
            entry["wanted"] = wanted
        if draft.crew:
            entry["skills"] = draft.crew
        entries.append(entry)
    return entries
