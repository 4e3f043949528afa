"""The live line of a search."""

from __future__ import annotations

import pytest

from scheduler.cli.live import FOUND_BY, Live
from scheduler.cli.speech import speaker
from scheduler.engine.result import FoundBy, Progress
from scheduler.engine.stop import Deadline
from scheduler.text import Language
from tests.builders import world


def test_every_part_of_the_engine_has_a_name_in_both_languages() -> None:
    assert set(FOUND_BY) == set(FoundBy)
    assert all(text.en and text.zh for text in FOUND_BY.values())


@pytest.mark.parametrize(("language", "name"), [(Language.EN, "local search"), (Language.ZH, "局部搜索")])
def test_the_line_says_which_part_found_the_roster(
    language: Language, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker, "language", language)
    live = Live(world(), Deadline())
    live.watch(Progress(1.0, 3, (0, 5, 0, 0, 0, 0, 0), (0, 5, 0, 0, 0, 0, 0), FoundBy.WALK))
    assert live.line(1.0).endswith(name)
