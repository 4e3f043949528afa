"""Parts of an entry as the words of a table's cell: the way back from what ``columns`` reads.

Every function takes a part of an entry, None if it is not there, and gives a cell: empty if there is nothing
to say, None if a cell cannot hold it.
"""

from __future__ import annotations

from scheduler.domain import shorthand
from scheduler.io.yaml_words import flow

_PLAIN_REQUEST = {"kind", "when"}


def word(value: object) -> str | None:
    """A text, a number, true or false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip() if isinstance(value, str | int | float) else None


def words(value: object) -> str | None:
    """A list of words, separated by semicolons."""
    return _joined(value, word)


def skills(value: object) -> str | None:
    """Skills, perhaps with the day until which they hold."""
    return _joined(value, _skill)


def windows(value: object) -> str | None:
    """Windows in their short form."""
    return _joined(value, window)


def available(value: object) -> str | None:
    """When somebody can serve, without what is ruled out: ``always``, or windows."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return windows(value)
    if not isinstance(value, dict):
        return word(value)
    return "always" if value.get("always") in (True, "true") else windows(value.get("only"))


def window(value: object) -> str | None:
    """A window in its short form."""
    return shorthand.contract(value) if isinstance(value, dict) else word(value)


def plain_requests(value: object, kind: str) -> str | None:
    """The times of those requests of a kind that say nothing but their time."""
    mine = [one.get("when") for one in _requests(value) if _is_plain(one) and one.get("kind") == kind]
    return _joined(mine, window)


def other_requests(value: object) -> str | None:
    """The requests that say more than their time."""
    others = [one for one in _requests(value) if not _is_plain(one)]
    return flow(others) if others else ""


def past_shifts(value: object) -> str | None:
    """Shifts served: a day and a shift type each."""
    return _joined(value, _past_shift)


def _joined(value: object, written: object) -> str | None:
    if not isinstance(value, list):
        return word(value)
    assert callable(written)
    parts = [written(one) for one in value]
    return None if None in parts else "; ".join(part for part in parts if part)


def _skill(value: object) -> str | None:
    if not isinstance(value, dict):
        return word(value)
    until = value.get("until")
    return f"{value.get('skill')} until {until}" if until else word(value.get("skill"))


def _past_shift(value: object) -> str | None:
    return f"{value.get('day')} {value.get('shift_type')}" if isinstance(value, dict) else None


def _requests(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _is_plain(request: dict[str, object]) -> bool:
    return set(request) == _PLAIN_REQUEST and bool(window(request["when"]))
