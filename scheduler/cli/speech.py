"""The language of the person at the keyboard, and where to speak: results to stdout, the rest to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from scheduler.text import Language, Text

if TYPE_CHECKING:
    from rich.console import Console


def detected(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """``--lang`` if it is given, else the environment's language, else English."""
    for place, word in enumerate(arguments):
        if word.startswith("--lang="):
            return _language(word.removeprefix("--lang="))
        if word == "--lang" and place + 1 < len(arguments):
            return _language(arguments[place + 1])
    for name in ("SCHEDULER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return _language(environment[name])
    return _of_windows() if sys.platform == "win32" else Language.EN


def without_language(arguments: Sequence[str]) -> list[str]:
    """The arguments without ``--lang``, which may stand anywhere."""
    kept: list[str] = []
    value_follows = False
    for word in arguments:
        if not value_follows and word != "--lang" and not word.startswith("--lang="):
            kept.append(word)
        value_follows = word == "--lang"
    return kept


def _of_windows() -> Language:
    """The language of the Windows desktop, which sets no environment variable."""
    import ctypes
    import locale

    number = vars(ctypes)["windll"].kernel32.GetUserDefaultUILanguage()
    return _language(locale.windows_locale.get(number, "en"))


def _language(word: str) -> Language:
    return Language.ZH if word.lower().startswith("zh") else Language.EN


class Speaker:
    """Says texts in the person's language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, text: Text) -> str:
        """A text as a string."""
        return text.say(self.language)

    def words(self, en: str, zh: str) -> str:
        """One of two strings."""
        return zh if self.language is Language.ZH else en

    @property
    def out(self) -> Console:
        """Where results go."""
        from rich.console import Console

        return Console(highlight=False, soft_wrap=True)

    @property
    def err(self) -> Console:
        """Where everything else goes."""
        from rich.console import Console

        return Console(stderr=True, highlight=False, soft_wrap=True)


speaker = Speaker(detected(sys.argv[1:], os.environ))
"""The one speaker of this process."""


def words(en: str, zh: str) -> str:
    """One of two strings, in the language the process was started with: for help texts."""
    return speaker.words(en, zh)
