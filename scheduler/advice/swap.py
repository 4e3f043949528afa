"""A swap or a hand-over, named by people: what it changes, and whether the referee allows it."""

from __future__ import annotations

from scheduler.advice.answer import Option
from scheduler.advice.find import find_shift, find_volunteer
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Pair
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault, InputError, SchedulerError
from scheduler.rules.base import Violation
from scheduler.score import Scorer
from scheduler.text import Text, same

AT = "@"
"""Between a volunteer and a shift: ``wang@gate/2020-03-05/morning``."""


class IllegalSwapError(SchedulerError):
    """A change that breaks hard rules; every one is named."""

    def __init__(self, what: Text, breaches: tuple[Violation, ...]) -> None:
        super().__init__(Text("{what}: not allowed", "{what}：不允许").format(what=what))
        self.faults = (*self.faults, *(Fault("", _reason(one)) for one in breaches))


def swap(scorer: Scorer, one: str, other: str) -> Option:
    """The change that two words ask for, checked by the referee.

    ``WANG@SHIFT LI@SHIFT`` exchanges two duties, ``WANG@SHIFT LI`` hands one on to somebody.

    Raises:
        InputError: a word names nobody or nothing, or a duty that is not in the roster.
        IllegalSwapError: a hard rule says no.
    """
    instance = scorer.roster.instance
    giver, given = _duty(scorer, one)
    if AT in other:
        taker, taken = _duty(scorer, other)
        add, remove = _exchange(instance, (giver, given), (taker, taken))
        what = _SWAPS.format(a=giver.label, b=taker.label, given=given.label, taken=taken.label)
    else:
        taker = find_volunteer(instance, other)
        add, remove = (_pair(instance, taker, given),), (_pair(instance, giver, given),)
        what = _HANDS.format(a=giver.label, b=taker.label, given=given.label)
    for pair in add:
        if pair in scorer.roster.pair_set:
            raise InputError([_there_already(instance, pair)])
    option = Option(what, add, remove, scorer.difference(add, remove))
    if not option.legal:
        raise IllegalSwapError(what, option.breaches)
    return option


_SWAPS = Text("{a} and {b} swap {given} and {taken}", "{a}与{b}对调：{given} ↔ {taken}")
_HANDS = Text("{a} hands {given} to {b}", "{a}将 {given} 交给{b}")


def _duty(scorer: Scorer, word: str) -> tuple[Volunteer, Shift]:
    who, at, where = word.partition(AT)
    if not at:
        text = Text(f'"{word}" names no shift', f"“{word}”没有写明班次")
        hint = Text(
            "write VOLUNTEER@SHIFT, like wang@gate/2020-03-05/morning",
            "请写成 志愿者@班次，如 wang@gate/2020-03-05/morning",
        )
        raise InputError([Fault("", text, hint)])
    volunteer, shift = find_volunteer(scorer.roster.instance, who), find_shift(scorer.roster.instance, where)
    if shift not in scorer.roster.shifts_of(volunteer):
        text = Text("{who} does not serve: {shift}", "{who}不在该班次：{shift}")
        raise InputError([Fault("", text.format(who=volunteer.label, shift=shift.label))])
    return volunteer, shift


def _exchange(
    instance: Instance, one: tuple[Volunteer, Shift], other: tuple[Volunteer, Shift]
) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    if one[0].id == other[0].id or one[1].id == other[1].id:
        text = Text("a swap needs two people and two shifts", "对调须涉及两个人和两个不同的班次")
        raise InputError([Fault("", text)])
    add = (_pair(instance, other[0], one[1]), _pair(instance, one[0], other[1]))
    return add, (_pair(instance, *one), _pair(instance, *other))


def _pair(instance: Instance, volunteer: Volunteer, shift: Shift) -> Pair:
    return instance.number(volunteer), instance.shift_number(shift)


def _there_already(instance: Instance, pair: Pair) -> Fault:
    text = Text("{who} serves there already: {shift}", "{who}已在该班次：{shift}")
    return Fault(
        "", text.format(who=instance.volunteers[pair[0]].label, shift=instance.shifts[pair[1]].label)
    )


def _reason(one: Violation) -> Text:
    return Text("  {rule}: {text}", "  {title}：{text}").format(
        rule=same(one.rule.rule), title=one.rule.title, text=one.text
    )
