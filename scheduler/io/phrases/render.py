"""A reading said back as a sentence that means exactly the same, in both languages."""

from __future__ import annotations

from scheduler.domain.request import TimeWindow
from scheduler.domain.volunteer import Contract
from scheduler.io.phrases.reading import Reading, Setting
from scheduler.report.windows import window_text
from scheduler.text import Text, joined

_LIMITS = {
    "per_day": Text("at most {n} shifts a day", "每天最多{n}班"),
    "per_week": Text("at most {n} shifts a week", "每周最多{n}班"),
    "per_horizon": Text("at most {n} shifts in total", "总共最多{n}班"),
}
_ALWAYS = Text("any time", "随时")


def said(reading: Reading, setting: Setting) -> Text:
    """The sentence; ``read_phrase`` reads it back as the same reading."""
    parts = [_ALWAYS] if reading.always else []
    parts += [window_text(window, setting.horizon.day_starts) for window in reading.only]
    parts += [_excluded(window, setting) for window in reading.unavailable]
    parts += _limits(reading.limits)
    return joined(parts, en="; ", zh="；")


def _excluded(window: TimeWindow, setting: Setting) -> Text:
    text = window_text(window, setting.horizon.day_starts)
    return Text(f"not {text.en}", f"{text.zh}除外")


def _limits(limits: Contract) -> list[Text]:
    given = limits.model_dump(exclude_none=True)
    return [text.format(n=given[key]) for key, text in _LIMITS.items() if key in given]
