"""Limits: 每周三次以内, 每天最多一班, 总共不超过5次, at most 3 shifts a week."""

from __future__ import annotations

from scheduler.io.phrases.stream import Stream
from scheduler.io.phrases.vocabulary import Kind
from scheduler.text import Text

SHIFTS_ONLY = Text("limits are counted in shifts; write 每周3次", "上限按班次计，请写如“每周3次”")
EACH_WEEK = Text(
    "each week, or only once? Write 每周三次 or 总共三次", "是每周还是总共？请写“每周三次”或“总共三次”"
)
NOT_TWICE = Text("two limits of one sort", "同类上限写了两次")

_PERIODS = {
    Kind.PER_WEEK: "per_week",
    Kind.PER_DAY: "per_day",
    Kind.EVERY_DAY: "per_day",
    Kind.TOTAL: "per_horizon",
}


def begins_limit(stream: Stream) -> bool:
    """Whether a limit begins here: a period or 最多 and then a number that is counted."""
    ahead = 0
    while stream.peek(ahead).kind in (*_PERIODS, Kind.MOST):
        ahead += 1
    if stream.peek(ahead).kind is Kind.WEEK and stream.peek(ahead + 1).kind in (Kind.NUMBER, Kind.MOST):
        return True
    if stream.peek(ahead).kind is Kind.NUMBER and _counted(stream, ahead + 1):
        return True
    return ahead > 0 and stream.peek(ahead - 1).kind is Kind.MOST and stream.peek(ahead).kind is Kind.DAY


def _counted(stream: Stream, ahead: int) -> bool:
    if stream.peek(ahead).kind is Kind.TO and stream.peek(ahead + 1).kind is Kind.NUMBER:
        ahead += 2
    return stream.peek(ahead).kind in (Kind.TIMES, Kind.VAGUE) or stream.peek(ahead).text in (
        "天",
        "日",
        "days",
        "day",
    )


def read_limit(stream: Stream, limits: dict[str, int]) -> None:
    """Put a limit, taken from the stream, under the key of the contract it belongs to."""
    at = stream.at
    period = _period(stream)
    stream.take(Kind.MOST)
    period = period or _period(stream)
    if stream.next_is(Kind.WEEK):
        raise stream.misread(EACH_WEEK)
    count = stream.take(Kind.NUMBER)
    if count is not None and stream.take(Kind.TO):
        count = stream.take(Kind.NUMBER)
    if count is None or not isinstance(count.value, int):
        raise stream.misread(SHIFTS_ONLY)
    if not stream.take(Kind.TIMES):
        raise stream.misread(SHIFTS_ONLY)
    stream.take(Kind.WITHIN)
    period = period or _period(stream)
    stream.take(Kind.WITHIN)
    if period is None:
        raise stream.misread(EACH_WEEK, back=stream.at - at)
    if period in limits:
        raise stream.misread(NOT_TWICE, back=1)
    limits[period] = count.value


def _period(stream: Stream) -> str | None:
    word = stream.take(*_PERIODS)
    return None if word is None else _PERIODS[word.kind]
