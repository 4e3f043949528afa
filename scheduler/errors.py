"""The few errors a person can meet, each with a text, a place and an exit status."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from scheduler.text import Language, Text


class ExitStatus(IntEnum):
    """What the command line tells its caller."""

    OK = 0
    BROKEN = 1
    USAGE = 2
    INPUT = 3
    NO_ROSTER = 4
    OUT_OF_TIME = 5
    PUBLISH = 6


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (``plan.yaml:41 rules.3.posts``), what, and what to do."""

    place: str
    text: Text
    hint: Text | None = None

    def say(self, language: Language) -> str:
        """The fault as one line."""
        line = f"{self.place}: {self.text.say(language)}" if self.place else self.text.say(language)
        if self.hint is None:
            return line
        return f"{line}{'；' if language is Language.ZH else '; '}{self.hint.say(language)}"


class SchedulerError(Exception):
    """An error with everything a person needs to mend it; caught once, in the command line."""

    status: ClassVar[ExitStatus] = ExitStatus.BROKEN

    def __init__(self, text: Text, place: str = "", hint: Text | None = None) -> None:
        self.faults: tuple[Fault, ...] = (Fault(place, text, hint),)
        super().__init__(self.faults[0].say(Language.EN))

    def say(self, language: Language) -> str:
        """All faults, one a line."""
        return "\n".join(fault.say(language) for fault in self.faults)


class InputError(SchedulerError):
    """The files given cannot be used as they are; holds every fault found, not the first."""

    status = ExitStatus.INPUT

    def __init__(self, faults: list[Fault]) -> None:
        assert faults, "an input error without a fault"
        super().__init__(faults[0].text, faults[0].place, faults[0].hint)
        self.faults = tuple(faults)


class NoRosterError(SchedulerError):
    """Hard rules cannot hold together: no roster exists."""

    status = ExitStatus.NO_ROSTER


class OutOfTimeError(SchedulerError):
    """The time given ended before there was any roster."""

    status = ExitStatus.OUT_OF_TIME


class PublishError(SchedulerError):
    """Nothing or not everything could be handed out."""

    status = ExitStatus.PUBLISH
