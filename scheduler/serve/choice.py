"""Whom a person at the keyboard means: ``wang``, ``post:gate``, ``all``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from scheduler.domain.refusal import did_you_mean
from scheduler.errors import Fault, InputError
from scheduler.publish.event import Audience
from scheduler.serve.folder import Holder
from scheduler.text import Text


def chosen(words: Sequence[str], known: Iterable[Holder]) -> tuple[Holder, ...]:
    """The holders that words name: an id, ``audience:id``, or ``all`` and ``open``; each once, in order.

    Raises:
        InputError: a word names nobody, or several.
    """
    listed = sorted(set(known))
    found: dict[Holder, None] = {}
    faults: list[Fault] = []
    for word in words:
        exact = [holder for holder in listed if holder.word == word]
        fits = exact or [holder for holder in listed if holder.owner == word]
        if len(fits) == 1:
            found[fits[0]] = None
        else:
            faults.append(_ambiguous(word, fits) if fits else _unknown(word, listed))
    if faults:
        raise InputError(faults)
    return tuple(found)


def lacking(holders: Sequence[Holder], held: Collection[Holder]) -> tuple[Holder, ...]:
    """The holders as they are.

    Raises:
        InputError: some have a link already, which a new one would stop.
    """
    text = Text("has a link already", "已有链接")
    hint = Text("replace it with: scheduler tokens rotate", "如需更换，请用：scheduler tokens rotate")
    faults = [Fault(holder.word, text, hint) for holder in holders if holder in held]
    if faults:
        raise InputError(faults)
    return tuple(holders)


def of_audiences(holders: Iterable[Holder], audiences: Sequence[Audience]) -> tuple[Holder, ...]:
    """Those holders whose audience is one of these; all of them if none is named."""
    return tuple(sorted(holder for holder in holders if not audiences or holder.audience in audiences))


def _unknown(word: str, listed: Sequence[Holder]) -> Fault:
    names = sorted({name for holder in listed for name in (holder.owner, holder.word) if name})
    return Fault(word, Text("no calendar of that name", "没有这个名称的日历"), did_you_mean(word, names))


def _ambiguous(word: str, fits: Sequence[Holder]) -> Fault:
    names = [holder.word for holder in fits]
    hint = Text(f"write {' or '.join(names)}", f"请写成 {' 或 '.join(names)}")
    return Fault(word, Text("several calendars have this name", "有多个日历使用这个名称"), hint)
