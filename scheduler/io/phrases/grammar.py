"""The grammar of free-text availability: 周一至周五晚7点后，周末全天，15日除外，每周三次以内.

    text    = [clause] { separator [clause] }
    clause  = limit | always | never | except group [outside] | group [excluded | yes]
    group   = item { 、 item };  item = days [hours {、 hours}] | hours {、 hours}
    limit   = (每周 | 每天 | 总共) [最多] number 次 [以内]

Hours after the last of several days joined by 、 are those of all; what could mean two things is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.calendar import Weekday
from scheduler.domain.request import TimeWindow
from scheduler.io.phrases.days import Days, begins_days, read_days
from scheduler.io.phrases.hours import Hours, begins_hours, read_hours
from scheduler.io.phrases.limits import begins_limit, read_limit
from scheduler.io.phrases.reading import Draft, Misread, Reading, Setting, Unclear
from scheduler.io.phrases.stream import Stream
from scheduler.io.phrases.tokens import plain, tokens
from scheduler.io.phrases.vocabulary import Kind
from scheduler.text import Text

ALL_DAY_TOO = Text(
    "do the hours hold for the other days as well? Write 全天 (all day) or repeat them",
    "钟点是否也适用于其他日子？请写“全天”或重复写明钟点",
)
CONTRADICTS = Text("this and the rest of the text contradict each other", "与其他内容自相矛盾")
EMPTY = Text("nothing is said", "没有内容")


@dataclass(frozen=True, slots=True)
class Item:
    """Days and hours that stand together; no hours were written if ``hours`` is None, () is all day."""

    days: Days | None
    hours: Hours | None

    @property
    def bare(self) -> bool:
        """Whether days stand there without a word on hours."""
        return self.days is not None and self.hours is None

    @property
    def mild(self) -> bool:
        """Whether they are all weekends or holidays, of which nobody asks at which hours."""
        return self.days is not None and self.days.sorts == (False, False, True)

    def windows(self) -> tuple[TimeWindow, ...]:
        """The same as the plan says it."""
        chosen = (self.days or Days()).selector()
        return (
            TimeWindow(
                dates=chosen.dates, weekdays=chosen.weekdays, classes=chosen.classes, hours=self.hours or None
            ),
        )


def read_phrase(text: str, setting: Setting) -> Reading | Unclear:
    """What a text on availability says, or what in it could not be read; never a guess.

    Args:
        text: as somebody wrote it, in Chinese or English.
        setting: the days and shift types it refers to.
    """
    words = [word for word in tokens(plain(text), setting.names) if word.kind is not Kind.FILLER]
    try:
        if not any(word.kind is not Kind.LOOSE for word in words):
            raise Misread(text.strip(), EMPTY)
        return _text(Stream(words), setting)
    except Misread as wrong:
        return wrong.unclear


def _text(stream: Stream, setting: Setting) -> Reading:
    draft = Draft()
    said: list[Item] = []
    while True:
        stream.skip(Kind.LOOSE, Kind.TIGHT)
        if stream.ended:
            break
        said += _clause(stream, setting, draft)
    _expect_clear(stream, said)
    draft.only += [window for item in said for window in item.windows()]
    if draft.always and draft.only:
        raise Misread(stream.words[-1].text, CONTRADICTS)
    reading = draft.finished()
    if reading == Reading():
        raise Misread(stream.words[-1].text, EMPTY)
    return reading


def _clause(stream: Stream, setting: Setting, draft: Draft) -> list[Item]:
    """Read one clause; gives what it says somebody can do, puts the rest into the draft."""
    if begins_limit(stream):
        read_limit(stream, draft.limits)
    elif stream.take(Kind.OTHERWISE):
        _otherwise(stream, draft)
    elif stream.next_is(Kind.EXCEPT, Kind.NOT):
        _except(stream, setting, draft)
    elif stream.next_is(Kind.ALWAYS) or _all_day_alone(stream):
        stream.skip(Kind.ALWAYS, Kind.ALL_DAY, Kind.YES)
        draft.always = True
    elif stream.next_is(Kind.NEVER, Kind.EXCLUDED):
        _never(stream, setting, draft)
    else:
        return _said(stream, setting, draft)
    return []


def _all_day_alone(stream: Stream) -> bool:
    """Whether 全天 stands for every day: all day on weekends is not that."""
    return stream.next_is(Kind.ALL_DAY) and not begins_days(stream.after(Kind.ALL_DAY, Kind.ON))


def _said(stream: Stream, setting: Setting, draft: Draft) -> list[Item]:
    """A group, and what follows it: 没空 makes it an exclusion, 都可以 makes bare days whole ones."""
    stream.skip(Kind.YES)
    items = _group(stream, setting)
    if stream.take(Kind.EXCLUDED, Kind.NEVER, Kind.OUTSIDE):
        draft.always |= _rest_is_fine(stream)
        draft.unavailable += _excluded(stream, items)
        return []
    if stream.take(Kind.YES, Kind.ALWAYS):
        stream.skip(Kind.YES, Kind.ALWAYS)
        return [Item(one.days, () if one.hours is None else one.hours) for one in items]
    return items


def _otherwise(stream: Stream, draft: Draft) -> None:
    """其余时间都可以: after exclusions all the rest is fine; 其余时间没空 says what holds anyway."""
    if stream.take(Kind.NEVER, Kind.EXCLUDED):
        return
    if not stream.take(Kind.ALWAYS, Kind.YES):
        raise stream.misread()
    stream.skip(Kind.ALWAYS, Kind.YES)
    if not draft.unavailable:
        raise stream.misread(CONTRADICTS, back=1)
    draft.always = True


def _except(stream: Stream, setting: Setting, draft: Draft) -> None:
    chinese = stream.take(Kind.EXCEPT) is not None
    if not chinese:
        stream.skip(Kind.NOT, Kind.ON, Kind.YES)
    else:
        stream.skip(Kind.ON)
    items = _group(stream, setting)
    closed = stream.take(Kind.OUTSIDE, Kind.EXCLUDED) is not None
    stream.skip(Kind.OUTSIDE)
    if chinese and not closed and stream.peek().text != ")":
        raise stream.misread(Text("除 goes with 外", "“除”须与“外”搭配"))
    draft.unavailable += _excluded(stream, items)
    draft.always |= _rest_is_fine(stream)


def _rest_is_fine(stream: Stream) -> bool:
    """Take 都可以 behind an exclusion, perhaps after a comma."""
    stream.skip(Kind.EXCLUDED, Kind.NEVER)
    rest = stream.after(Kind.LOOSE)
    if not rest.next_is(Kind.ALWAYS):
        return False
    stream.at = rest.at
    stream.skip(Kind.ALWAYS, Kind.YES)
    return True


def _never(stream: Stream, setting: Setting, draft: Draft) -> None:
    """没空, 不参加: on no day of the plan, and then it must be all the text says; can't do Mondays: on those."""
    if begins_days(stream.after(Kind.NEVER, Kind.EXCLUDED, Kind.ON)):
        stream.skip(Kind.NEVER, Kind.EXCLUDED, Kind.ON)
        draft.unavailable += _excluded(stream, _group(stream, setting))
        return
    if any(word.kind not in (Kind.LOOSE, Kind.NEVER, Kind.EXCLUDED) for word in stream.words):
        raise stream.misread(Text("which time is not said", "没有说明是哪些时间"))
    stream.skip(Kind.NEVER, Kind.EXCLUDED)
    draft.unavailable.append(TimeWindow(weekdays=tuple(Weekday)))


def _excluded(stream: Stream, items: list[Item]) -> list[TimeWindow]:
    if len({_sorts(item) for item in items}) > 1 and any(item.hours for item in items):
        raise stream.misread(ALL_DAY_TOO, back=1)
    return [window for item in items for window in item.windows()]


def _group(stream: Stream, setting: Setting) -> list[Item]:
    """Items joined by 、 or standing side by side; hours after the last of bare days hold for all of them."""
    items: list[Item] = []
    while True:
        items.append(_item(stream, setting))
        at = stream.at
        while stream.take(Kind.TIGHT):
            pass
        if begins_limit(stream) or not (begins_days(stream) or begins_hours(stream)):
            stream.at = at
            return _shared(stream, items)


def _item(stream: Stream, setting: Setting) -> Item:
    stream.skip(Kind.ON)
    days = read_days(stream, setting) if begins_days(stream) else None
    stream.skip(Kind.ON)
    if stream.take(Kind.ALL_DAY):
        stream.skip(Kind.ON)
        return Item(days or read_days(stream, setting), ())
    if not begins_hours(stream):
        if days is None:
            raise stream.misread()
        return Item(days, () if days == Days() else None)
    hours = list(read_hours(stream, setting))
    while _more_hours(stream):
        stream.skip(Kind.TIGHT)
        hours += read_hours(stream, setting)
    if days is None and stream.take(Kind.ON):
        days = read_days(stream, setting)
    return Item(days, tuple(dict.fromkeys(hours)))


def _more_hours(stream: Stream) -> bool:
    at = stream.at
    stream.skip(Kind.TIGHT)
    more = begins_hours(stream) and not begins_days(stream)
    stream.at = at
    return more


def _shared(stream: Stream, items: list[Item]) -> list[Item]:
    bare = [item for item in items if item.bare]
    timed = [item for item in items if item.hours]
    if not bare or not timed:
        spoken = len(bare) < len(items)
        return _merged([Item(item.days, ()) if item.bare and spoken else item for item in items])
    first = [item.bare for item in items].index(False)
    sorts = {_sorts(item) for item in items[: first + 1]}
    alike = len(sorts) == 1 and not sorts.pop()[2]
    if any(item.bare for item in items[first:]) or not alike:
        raise stream.misread(ALL_DAY_TOO, back=1)
    hours = items[first].hours
    return _merged([Item(item.days, hours) for item in items[:first]] + items[first:])


def _merged(items: list[Item]) -> list[Item]:
    """Days of one sort with the same hours become one item."""
    merged: list[Item] = []
    for item in items:
        last = merged[-1] if merged else None
        if last and last.days and item.days and last.hours == item.hours and _one_sort(last, item):
            merged[-1] = Item(last.days.joined(item.days), item.hours)
        else:
            merged.append(item)
    return merged


def _one_sort(one: Item, other: Item) -> bool:
    """Whether two items choose days in one way; day classes with hours stay apart, as they were written."""
    sorts = _sorts(one)
    return sorts == _sorts(other) and sum(sorts) == 1 and not (sorts[2] and one.hours)


def _sorts(item: Item) -> tuple[bool, bool, bool]:
    return (item.days or Days()).sorts


def _expect_clear(stream: Stream, said: list[Item]) -> None:
    """Refuse 周一，周三晚上: does the evening hold for Monday too? Weekends and holidays mean all day."""
    timed = any(item.hours for item in said)
    spread = any(item.days not in (None, Days()) for item in said)
    after_days = [item.days is not None and item.days != Days() for item in said]
    if timed and any(item.bare and not item.mild for item in said):
        raise stream.misread(ALL_DAY_TOO, back=1)
    for n, item in enumerate(said):
        if spread and item.days is None and any(after_days[:n]):
            raise stream.misread(ALL_DAY_TOO, back=1)
