"""A sign-up chain as understood: its lines, whose they are, what they ask for, what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault
from scheduler.io.intake.chat_places import Offer
from scheduler.io.intake.evidence import evidence_bytes, evidence_path, masked
from scheduler.io.intake.windows import short
from scheduler.io.phrases.chat_lines import ChatLine
from scheduler.io.phrases.reading import Setting
from scheduler.report.grid import Grid
from scheduler.report.windows import window_text
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
    setting: Setting | None = None
    aside: tuple[ChatLine, ...] = ()

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
        assert self.setting is not None
        parts = [offer_text(offer, self.setting) for offer in one.offers]
        return joined(parts, en="; ", zh="；") if parts else same("")


def offer_text(offer: Offer, setting: Setting) -> Text:
    """Time and post in one phrase."""
    when = window_text(offer.window, setting.horizon.day_starts)
    if offer.post is None:
        return when
    return Text(f"{when.en}, {offer.post.label.en}", f"{when.zh} {offer.post.label.zh}")


def chain_evidence(plan: Path, chain: Chain) -> dict[Path, bytes]:
    """Every line as it was written, and what became of it."""
    records: list[tuple[int, dict[str, object]]] = [
        (line.row, {"line": line.row, "text": masked(line.raw), "outcome": str(Fate.ASIDE)})
        for line in chain.aside
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
