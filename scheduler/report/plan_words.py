"""What a plan asks for and what people wish, in words: demand, requests, windows, ids as the names they have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.calendar import DaySelector
from scheduler.domain.request import Availability, Request, TimeWindow
from scheduler.domain.shift import Demand
from scheduler.report.windows import days_text, window_text
from scheduler.text import Text, joined, same

_KINDS = {"want": Text("would like", "希望值守"), "avoid": Text("would rather not", "不希望值守")}


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The words of one plan: names by section and id, and when its duty days begin."""

    names: Mapping[str, Mapping[str, Text]]
    day_starts: dt.time

    def name(self, ids: str, *sections: str) -> Text:
        """What people call the one with that id in the first of the sections that has it, else the id."""
        found = (self.names[section][ids] for section in sections if ids in self.names.get(section, ()))
        return next(found, same(ids))

    def demand(self, entries: Sequence[Demand]) -> Text:
        """How many people are asked for: 上午班、晚班（周末）：至少2人，期望3人."""
        return _listed([self._demand(one) for one in entries])

    def requests(self, entries: Sequence[Request]) -> Text:
        """What somebody wishes: 希望值守福光路西口，周末全天，2班."""
        return _listed([self._request(one) for one in entries])

    def windows(self, entries: Sequence[TimeWindow]) -> Text:
        """Days and hours: 工作日 18:00-22:00."""
        return _listed([self._window(one) for one in entries])

    def availability(self, one: Availability) -> Text:
        """When somebody can serve: 工作日 18:00-22:00；2020年3月5日全天除外; empty if nothing was said."""
        parts = [Text("any time", "随时")] if one.always else []
        parts += [self._window(window) for window in one.only]
        away = [self._window(window) for window in one.unavailable]
        return _listed([*parts, *(Text(f"not {text.en}", f"{text.zh}除外") for text in away)])

    def _window(self, one: TimeWindow) -> Text:
        text = window_text(one, self.day_starts)
        if one.source is None:
            return text
        return Text(f"{text.en} (from {one.source})", f"{text.zh}（来自 {one.source}）")

    def _demand(self, one: Demand) -> Text:
        shifts = joined([self.name(ids, "shift_types") for ids in one.shifts])
        days = days_text(one.days) if one.days != DaySelector() else None
        where = Text(f"{shifts.en}, {days.en}", f"{shifts.zh}（{days.zh}）") if days else shifts
        asked = joined(list(self._heads(one)), en=", ", zh="，")
        return Text(f"{where.en}: {asked.en}", f"{where.zh}：{asked.zh}")

    def _heads(self, one: Demand) -> Iterator[Text]:
        wanted = one.least if one.wanted is None else one.wanted
        most = wanted if one.most is None else one.most
        if most == one.least:
            yield Text(_people(one.least), f"{one.least}人")
        else:
            yield Text(f"at least {_people(one.least)}", f"至少{one.least}人")
        if wanted != one.least:
            yield Text(f"{wanted} wanted", f"期望{wanted}人")
        if most != wanted:
            yield Text(f"at most {most}", f"至多{most}人")
        for skill in one.skills:
            name = self.name(skill.skill, "skills")
            yield Text(f"{skill.least} of them {name.en}", f"其中{name.zh}{skill.least}人")
        if one.priority is not None:
            yield Text(f"priority {one.priority}", f"优先级{one.priority}")

    def _request(self, one: Request) -> Text:
        kind, what = _KINDS[one.kind], joined(list(self._wished(one)), en=", ", zh="，")
        return Text(f"{kind.en} {what.en}", f"{kind.zh}{what.zh}")

    def _wished(self, one: Request) -> Iterator[Text]:
        if one.posts:
            yield joined([self.name(ids, "posts", "places") for ids in one.posts])
        if one.shift_types:
            yield joined([self.name(ids, "shift_types") for ids in one.shift_types])
        if one.when.model_copy(update={"source": None}) != TimeWindow():
            yield window_text(one.when, self.day_starts)
        elif not (one.posts or one.shift_types):
            yield Text("any duty", "任何值班")
        if one.times != 1:
            yield Text(f"{one.times} shifts", f"{one.times}班")
        if one.weight != 1:
            yield Text(f"weight {one.weight}", f"权重{one.weight}")


def _people(count: int) -> str:
    return f"{count} person" if count == 1 else f"{count} people"


def _listed(parts: list[Text]) -> Text:
    return joined(parts, en="; ", zh="；")
