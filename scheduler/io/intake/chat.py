"""scheduler import chat: a sign-up chain (接龙) becomes wishes and available times; every line is kept."""

from __future__ import annotations

import re
from pathlib import Path

from scheduler.domain.post import Post
from scheduler.domain.request import TimeWindow
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault
from scheduler.io.busy.taking import source_name
from scheduler.io.edit import PlanEdit
from scheduler.io.intake.chat_chain import Chain, Entry, Fate, chain_evidence, offer_text
from scheduler.io.intake.chat_places import Offer, Offers
from scheduler.io.intake.chat_times import Times, head_times, read_times, split_days
from scheduler.io.intake.chat_words import ChatWords, Place, without_chatter
from scheduler.io.intake.evidence import masked
from scheduler.io.intake.persons import Persons
from scheduler.io.intake.roll import Sought
from scheduler.io.intake.sign_ups import put_sign_ups
from scheduler.io.phrases.chat_lines import Chat, ChatLine, chat_lines
from scheduler.io.sheets.csv_text import decoded
from scheduler.text import Text, joined

ASK = Text("ask who it is", "请确认是谁")

_INSTEAD = re.compile(
    r"^\s*(?:改成|改为|改到|改报|换成|换到|调整为|instead|changed to)[:：,，\s]*", re.IGNORECASE
)
"""What begins a line that replaces an earlier one, as every later line does."""


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
    chain = Chain(source_name(f"chat-{group or Path(name).stem}"), setting=words.setting)
    if encoding != "UTF-8":
        chain.notes.append(Text(f"{name} was read as {encoding}", f"{name} 按 {encoding} 编码读取"))
    chat = chat_lines(text, words.begins_with_name)
    chain.aside = (*chat.head, *chat.aside)
    reader = _Reader(edit, words, chat, name, chain)
    for line in chat.entries:
        reader.take(line)
    for row in put_sign_ups(edit, chain.source, reader.sign_ups()):
        reader.refuse(row)
    chain.evidence = chain_evidence(edit.path, chain)
    if any(path.is_file() and path.read_bytes() != data for path, data in chain.evidence.items()):
        chain.notes.append(_again(group or Path(name).stem))
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
            return (text, ASK), rest
        return self.persons.find(Sought(name, organisation, line.phone)), rest

    def _sign_up(self, line: ChatLine, who: Volunteer, rest: str) -> None:
        offers = self._offers(_INSTEAD.sub("", rest))
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
                said = offer_text(offer, self.words.setting)
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
        earlier = [str(one.line.row) for one in self._standing(who)] if who else []
        if earlier and hint is None:
            rows = ", ".join(earlier)
            hint = Text(f"line {rows} counts until then", f"在此之前第 {rows} 行的报名仍计入")
        self._list(line, text, hint)

    def _leave_more(self, line: ChatLine, who: Volunteer) -> None:
        text = Text(
            f"{who.label.en} brings {line.more} more without a name",
            f"{who.label.zh}另带 {line.more} 人，未写姓名",
        )
        self._list(line, text, ASK)

    def _list(self, line: ChatLine, text: Text, hint: Text | None) -> None:
        quoted = masked(line.raw)
        said = Text(f'"{quoted}": {text.en}', f"“{quoted}”：{text.zh}")
        self.chain.unsettled.append(Fault(f"{self.name}:{line.row}", said, hint))

    def sign_ups(self) -> dict[str, list[tuple[Offer, int]]]:
        """What stands in the end, by volunteer, each with its line."""
        found: dict[str, list[tuple[Offer, int]]] = {}
        for one in self.chain.entries:
            if one.fate is Fate.TAKEN and one.volunteer is not None:
                found.setdefault(one.volunteer.id, []).extend((offer, one.line.row) for offer in one.offers)
        return found

    def refuse(self, row: int) -> None:
        """Leave a line aside whose volunteer is unavailable then according to the plan."""
        one = next(one for one in self.chain.entries if one.line.row == row)
        assert one.volunteer is not None
        name = one.volunteer.label
        one.fate = Fate.UNSETTLED
        one.why = Text(
            f"{name.en} is unavailable then according to the plan", f"计划中写明{name.zh}该时间不可服务"
        )
        self._list(one.line, one.why, Text("ask which holds", "请与本人确认"))


def _no_place(place: Place) -> tuple[Text, Text | None]:
    text = Text(f'no post "{place.instead}"', f"没有岗位“{place.instead}”")
    if not place.likely:
        return text, None
    listed = joined(list(place.likely), en=" / ", zh=" / ")
    return text, Text(f"did you mean {listed.en}?", f"是否指{listed.zh}？")


def _again(group: str) -> Text:
    return Text(
        f'all that "{group}" said before is replaced; another chain needs a name of its own: --group NAME',
        f"“{group}”上次导入的报名将全部被替换；若这是另一个接龙，请用 --group 另取名称",
    )


def _replaced(name: str, who: Volunteer, earlier: int, later: int) -> Text:
    return Text(
        f"{name}:{later}: {who.label.en} signed up in line {earlier} already; the later line counts",
        f"{name}:{later}：{who.label.zh}在第 {earlier} 行已报名，以后一行为准",
    )
