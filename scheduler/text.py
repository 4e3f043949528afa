"""Text: one sentence in every language of the product, said only at the edge."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language the product speaks."""

    EN = "en"
    ZH = "zh"


class Languages(StrEnum):
    """What a file is written in; both: every text carries Chinese and English."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"

    @property
    def spoken(self) -> tuple[Language, ...]:
        """The languages, the first one first."""
        return (Language.ZH, Language.EN) if self is Languages.BOTH else (Language(self.value),)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in English and Chinese; both are mandatory."""

    en: str
    zh: str

    def say(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language is Language.ZH else self.en

    def format(self, **values: object) -> Text:
        """A new Text with ``{name}`` filled in; a value that is a Text is filled in by language."""
        english = {key: said(value, Language.EN) for key, value in values.items()}
        chinese = {key: said(value, Language.ZH) for key, value in values.items()}
        return Text(en=self.en.format_map(english), zh=self.zh.format_map(chinese))


def same(word: str) -> Text:
    """A Text that reads the same in every language: a name, an id, a number."""
    return Text(en=word, zh=word)


def joined(parts: list[Text], en: str = ", ", zh: str = "、") -> Text:
    """Several texts in a row with each language's own separator."""
    return Text(en=en.join(part.en for part in parts), zh=zh.join(part.zh for part in parts))


WEEKDAYS = (
    Text("Mon", "周一"),
    Text("Tue", "周二"),
    Text("Wed", "周三"),
    Text("Thu", "周四"),
    Text("Fri", "周五"),
    Text("Sat", "周六"),
    Text("Sun", "周日"),
)


def day_text(day: dt.date) -> Text:
    """A date as people write it: ``Sun 26 Apr 2020`` and ``2020年4月26日（周日）``."""
    weekday = WEEKDAYS[day.weekday()]
    return Text(
        en=f"{weekday.en} {day.day} {day:%b} {day.year}",
        zh=f"{day.year}年{day.month}月{day.day}日（{weekday.zh}）",
    )


def said(value: object, language: Language) -> object:
    """A value as it is filled into a sentence of that language."""
    if isinstance(value, Text):
        return value.say(language)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return day_text(value).say(language)
    return value
