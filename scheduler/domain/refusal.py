"""Refusing a value in both languages: what validators raise, and what edges turn back into a Text."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pydantic_core import PydanticCustomError

from scheduler.text import Text, joined, same

REFUSED = "refused"
"""The error type of ``refused``, by which an edge knows it."""


def refused(text: Text, hint: Text | None = None) -> PydanticCustomError:
    """What a validator raises: a sentence in both languages and perhaps what to do."""
    return PydanticCustomError(REFUSED, "{en}", {"en": text.en, "zh": text.zh, "hint": hint})


def expect_bounds(rule: str, least: float | None, most: float | None) -> None:
    """Refuse a rule with neither bound, or with a least over its most."""
    if least is None and most is None:
        raise refused(Text(f"{rule} needs least or most, or both", f"{rule} 须写 least 或 most"))
    if least is not None and most is not None and most < least:
        raise refused(
            Text(f"least {least:g} is more than most {most:g}", f"least（{least:g}）大于 most（{most:g}）")
        )


def found(value: object) -> Text:
    """A value as a sentence names it: ``the number 2000``, ``a list``; long texts are cut."""
    if value is None:
        return Text("nothing", "空值")
    if isinstance(value, bool):
        return Text(f"the value {str(value).lower()}", f"值 {str(value).lower()}")
    if isinstance(value, int | float):
        return Text(f"the number {_short(str(value))}", f"数字 {_short(str(value))}")
    if isinstance(value, str):
        return Text(f'the text "{_short(value)}"', f"文本“{_short(value)}”")
    if isinstance(value, dict):
        return Text("a mapping (key: value)", "一组键值（key: value）")
    return Text("a list", "一个列表") if isinstance(value, list | tuple) else same(_short(repr(value)))


def near(word: str, candidates: Iterable[str], most: int = 1) -> list[str]:
    """The candidates nearest to a word, capitals aside, best first."""
    known = {candidate.casefold(): candidate for candidate in candidates}
    return [known[one] for one in get_close_matches(word.casefold(), known, n=most, cutoff=0.6)]


def did_you_mean(word: str, candidates: Iterable[str], most: int = 1) -> Text | None:
    """A question naming the nearest candidates; None if none is near."""
    quoted = [Text(f'"{one}"', f"“{one}”") for one in near(word, candidates, most)]
    if not quoted:
        return None
    named = joined(quoted, en=" or ", zh="或")
    return Text(f"did you mean {named.en}?", f"是否想写{named.zh}？")


def _short(word: str) -> str:
    clean = " ".join(word.split())
    return clean if len(clean) <= 40 else f"{clean[:40]}…"
