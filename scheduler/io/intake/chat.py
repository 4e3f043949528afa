"""scheduler import chat: a sign-up chain (接龙) becomes wishes and available times; every line is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from scheduler.domain.post import Post
from scheduler.domain.request import TimeWindow
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault
from scheduler.io.busy.taking import source_name
from scheduler.io.edit import PlanEdit
from scheduler.io.intake.chat_places import Offer, Offers
from scheduler.io.intake.chat_times import Times, head_times, read_times, split_days
from scheduler.io.intake.chat_words import ChatWords, Place, without_chatter
from scheduler.io.intake.evidence import evidence_bytes, evidence_path, masked
from scheduler.io.intake.persons import Persons
from scheduler.io.intake.roll import Sought
from scheduler.io.intake.sign_ups import put_sign_ups
from scheduler.io.intake.windows import short
from scheduler.io.phrases.chat_lines import Chat, ChatLine, chat_lines
from scheduler.io.phrases.render import window_text
from scheduler.io.sheets.csv_text import decoded
from scheduler.report.grid import Grid
from scheduler.text import Text, joined, same


class Fate(StrEnum):
    """What became of a line."""

    TAKEN = "taken"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    WITHDRAWS = "withdraws"
    UNSETTLED = "unsettled"
    ASIDE = "aside"


FATES = {
    Fate.TAKEN: Text("taken", "已采纳"),
    Fate.REPLACED: Text("replaced by a later line", "被后一行取代"),
    Fate.WITHDRAWN: Text("withdrawn later", "后已退出"),
    Fate.WITHDRAWS: Text("withdraws", "退出"),
    Fate.UNSETTLED: Text("to be settled", "待确认"),
    Fate.ASIDE: Text("not an entry", "非报名内容"),
}
"""What people read for it."""


@dataclass(slots=True)
class Entry:
    """A line, who it is of and what it asks for."""

    line: ChatLine
    fate: Fate
    volunteer: Volunteer | None = None
    offers: tuple[Offer, ...] = ()
    why: Text | None = None


@dataclass(slots=True)
class Chain:
    """A chat as understood: its entries line by line, what a person must settle, what to know."""

    source: str
    entries: list[Entry] = field(default_factory=list)
    unsettled: list[Fault] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    evidence: Mapping[Path, bytes] = field(default_factory=dict)
    words: ChatWords | None = None

    def grid(self) -> Grid:
        """How every line was understood."""
        columns = (
            Text("line", "行"),
            Text("written", "原文"),
            Text("volunteer", "志愿者"),
            Text("understood as", "理解为"),
            Text("outcome", "结果"),
        )
        rows = tuple(
            (
                one.line.row,
                masked(one.line.raw),
                one.volunteer.label if one.volunteer else "",
                self._said(one),
                FATES[one.fate],
            )
            for one in self.entries
        )
        return Grid(Text("Sign-ups", "报名"), columns, rows)

    def _said(self, one: Entry) -> Text:
        assert self.words is not None
        parts = [_offer_text(offer, self.words) for offer in one.offers]
        return joined(parts, en="; ", zh="；") if parts else same("")


def _offer_text(offer: Offer, words: ChatWords) -> Text:
    when = window_text(offer.window, words.setting)
    if offer.post is None:
        return when
    return Text(f"{when.en}, {offer.post.label.en}", f"{when.zh} {offer.post.label.zh}")


def take_chat(edit: PlanEdit, name: str, data: bytes, group: str = "") -> Chain:
    """Read a chat and put its sign-ups into the plan; nothing is written yet.

    A sign-up becomes a wish to serve then (``requests: want``), and its time is added to what the volunteer is
    available for. The next import of the same group replaces all of this one. Lines that are not certain are
    left out and listed. All lines are kept in ``intake/chat-<group>.jsonl`` with masked phones.

    Args:
        edit: the plan.
        name: the file's name, for messages.
        data: its bytes, in UTF-8, UTF-16 or GB18030.
        group: what the group is called; default: the file's name.

    Raises:
        InputError: it is no text.
    """
    text, encoding = decoded(name, data)
    problem = edit.plan.problem
    words = ChatWords(problem)
    chain = Chain(source_name(f"chat-{group or Path(name).stem}"), words=words)
    if encoding != "UTF-8":
        chain.notes.append(Text(f"{name} was read as {encoding}", f"{name} 按 {encoding} 编码读取"))
    chat = chat_lines(text, words.begins_with_name)
    reader = _Reader(edit, words, chat, name, chain)
    for line in chat.entries:
        reader.take(line)
    put_sign_ups(edit, chain.source, reader.sign_ups(), chain.unsettled)
    chain.evidence = _evidence(edit.path, chain, chat)
    return chain


class _Reader:
    """Reads the lines one after the other; later ones change earlier ones of the same person."""

    def __init__(self, edit: PlanEdit, words: ChatWords, chat: Chat, name: str, chain: Chain) -> None:
        problem = edit.plan.problem
        self.words, self.name, self.chain = words, name, chain
        self.persons, self.offers = Persons(problem), Offers(problem)
        heads = [line.body for line in chat.head]
        self.head_place = self._head_place(heads)
        self.head = head_times([words.place(without_chatter(head))[1] for head in heads], words.setting)

    def _head_place(self, heads: list[str]) -> Post | None:
        posts = {
            place.post.id: place.post
            for head in heads
            if (place := self.words.place(head)[0]).post is not None
        }
        return next(iter(posts.values())) if len(posts) == 1 else None

    def take(self, line: ChatLine) -> None:
        """Read one line."""
        who, rest = self._who(line)
        if not isinstance(who, Volunteer):
            self._leave(line, None, *who)
            return
        if line.withdrawn:
            self._withdraw(line, who, rest)
        else:
            self._sign_up(line, who, rest)
        if line.more:
            self._leave_more(line, who)

    def _who(self, line: ChatLine) -> tuple[Volunteer | tuple[Text, Text | None], str]:
        organisation, body = self.words.organisation(line.body)
        name, rest = self.words.name(body)
        if not name:
            text = Text("no name", "没有姓名")
            if line.more:
                text = Text(f"{line.more} more without a name", f"另有 {line.more} 人未写姓名")
            return (text, Text("ask who it is", "请确认是谁")), rest
        return self.persons.find(Sought(name, organisation, line.phone)), rest

    def _sign_up(self, line: ChatLine, who: Volunteer, rest: str) -> None:
        offers = self._offers(rest)
        if isinstance(offers, tuple) and offers and isinstance(offers[0], Text):
            self._leave(line, who, *offers)
            return
        earlier = self._standing(who)
        if not line.added:
            for one in earlier:
                one.fate = Fate.REPLACED
                self.chain.notes.append(_replaced(self.name, who, one.line.row, line.row))
        self.chain.entries.append(Entry(line, Fate.TAKEN, who, offers))

    def _offers(self, rest: str) -> tuple[Offer, ...] | tuple[Text, Text | None]:
        place, left = self.words.place(without_chatter(rest))
        if place.instead:
            return _no_place(place)
        times = read_times(without_chatter(left), self.head, self.words.setting)
        if isinstance(times, Text):
            return times, None
        return self._possible(times, place.post or self.head_place)

    def _possible(self, times: Times, post: Post | None) -> tuple[Offer, ...] | tuple[Text, Text | None]:
        horizon = self.words.setting.horizon
        offers = tuple(Offer(day, post) for window in times for day in split_days(window, horizon))
        for offer in offers:
            if not self.offers.shifts(offer):
                said = _offer_text(offer, self.words)
                text = Text(f"the plan has no shift then: {said.en}", f"计划中没有这样的班次：{said.zh}")
                return text, None
        return offers

    def _withdraw(self, line: ChatLine, who: Volunteer, rest: str) -> None:
        """Take back what somebody signed up for, or the part of it that the line names."""
        left = without_chatter(self.words.place(without_chatter(rest))[1])
        standing = self._standing(who)
        gone: tuple[TimeWindow, ...] = ()
        if left:
            times = read_times(left, (), self.words.setting)
            if isinstance(times, Text):
                self._leave(line, who, times, None)
                return
            gone = times
        hit = [one for one in standing if not left or self._touched(one, gone)]
        if not hit:
            text = Text("nothing stands there to withdraw from", "没有可退出的报名")
            self._leave(line, who, text, None)
            return
        for one in hit:
            one.offers = tuple(offer for offer in one.offers if left and not self._same(offer, gone))
            if not one.offers:
                one.fate = Fate.WITHDRAWN
        self.chain.entries.append(Entry(line, Fate.WITHDRAWS, who))

    def _touched(self, entry: Entry, gone: tuple[TimeWindow, ...]) -> bool:
        return any(self._same(offer, gone) for offer in entry.offers)

    def _same(self, offer: Offer, gone: tuple[TimeWindow, ...]) -> bool:
        """Whether all shifts an offer speaks of are among those taken back."""
        taken_back = {shift.id for window in gone for shift in self.offers.shifts(Offer(window, None))}
        return {shift.id for shift in self.offers.shifts(offer)} <= taken_back

    def _standing(self, who: Volunteer) -> list[Entry]:
        return [
            one
            for one in self.chain.entries
            if one.fate is Fate.TAKEN and one.volunteer is not None and one.volunteer.id == who.id
        ]

    def _leave(self, line: ChatLine, who: Volunteer | None, text: Text, hint: Text | None) -> None:
        self.chain.entries.append(Entry(line, Fate.UNSETTLED, who, why=text))
        quoted = masked(line.raw)
        said = Text(f'"{quoted}": {text.en}', f"“{quoted}”：{text.zh}")
        self.chain.unsettled.append(Fault(f"{self.name}:{line.row}", said, hint))

    def _leave_more(self, line: ChatLine, who: Volunteer) -> None:
        quoted = masked(line.raw)
        text = Text(
            f'"{quoted}": {who.label.en} brings {line.more} more without a name',
            f"“{quoted}”：{who.label.zh}另带 {line.more} 人，未写姓名",
        )
        hint = Text("ask who it is", "请确认是谁")
        self.chain.unsettled.append(Fault(f"{self.name}:{line.row}", text, hint))

    def sign_ups(self) -> dict[str, list[tuple[Offer, str]]]:
        """What stands in the end, by volunteer, each with the place of its line."""
        found: dict[str, list[tuple[Offer, str]]] = {}
        for one in self.chain.entries:
            if one.fate is Fate.TAKEN and one.volunteer is not None:
                place = f"{self.name}:{one.line.row}"
                found.setdefault(one.volunteer.id, []).extend((offer, place) for offer in one.offers)
        return found


def _no_place(place: Place) -> tuple[Text, Text | None]:
    text = Text(f'no post "{place.instead}"', f"没有岗位“{place.instead}”")
    if not place.likely:
        return text, None
    listed = joined(list(place.likely), en=" / ", zh=" / ")
    return text, Text(f"did you mean {listed.en}?", f"是否指{listed.zh}？")


def _replaced(name: str, who: Volunteer, earlier: int, later: int) -> Text:
    return Text(
        f"{name}:{later}: {who.label.en} signed up in line {earlier} already; the later line counts",
        f"{name}:{later}：{who.label.zh}在第 {earlier} 行已报名，以后一行为准",
    )


def _evidence(plan: Path, chain: Chain, chat: Chat) -> dict[Path, bytes]:
    """Every line as it was written, and what became of it."""
    records: list[tuple[int, dict[str, object]]] = [
        (line.row, {"line": line.row, "text": masked(line.raw), "outcome": str(Fate.ASIDE)})
        for line in (*chat.head, *chat.aside)
    ]
    for one in chain.entries:
        record: dict[str, object] = {
            "line": one.line.row,
            "text": masked(one.line.raw),
            "outcome": str(one.fate),
        }
        if one.volunteer is not None:
            record["volunteer"] = one.volunteer.id
        if one.offers:
            record["when"] = [short(offer.window) for offer in one.offers]
            record["posts"] = [offer.post.id for offer in one.offers if offer.post is not None]
        if one.why is not None:
            record["why"] = {"en": one.why.en, "zh": one.why.zh}
        records.append((one.line.row, record))
    ordered = sorted(records, key=lambda numbered: numbered[0])
    return {evidence_path(plan, chain.source): evidence_bytes(record for _, record in ordered)}
