"""What the colours and marks of the table mean, under it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.calendar import DayClass
from scheduler.io.xlsx.colours import GAP_FILL, GAP_INK, HOLIDAY, MAKE_UP, NO_SHIFT, WEEKEND
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.names import organisation_name
from scheduler.io.xlsx.page import Align, Draft, Look
from scheduler.text import Text, joined, same

_PLAIN = Look(border=False)
_CLASSES = (
    (DayClass.WEEKEND, WEEKEND, Text("Sat", "周六"), Text("weekend", "周末")),
    (DayClass.HOLIDAY, HOLIDAY, Text("off", "休"), Text("public holiday", "法定节假日放假")),
    (
        DayClass.MAKEUP_WORKDAY,
        MAKE_UP,
        Text("work", "班"),
        Text("worked in exchange for a holiday", "因节假日调休，周末上班"),
    ),
)
_GAP = Text("fewer people than the shift needs at least", "未达到最少人数")
_MIXED = Text(
    "names in several colours: several organisations on one shift", "姓名颜色不同：同一班次由多个单位共同承担"
)
_NONE = Text("no such shift on that day", "当天无此班次")


def add_legend(draft: Draft, desk: Desk, columns: int, *, bare: bool) -> int:
    """Lay the legend under a table, over the first columns; the row it begins in.

    ``bare`` says that there are cells without a shift.
    """
    begin = row = draft.size[0] + 1
    draft.put(row, 1, desk.words("Legend", "图例"), Look(bold=True, border=False))
    wide = min(columns - 1, 8)
    for sample, look, text in [*_organisations(desk), *_marks(desk, bare=bare)]:
        row += 1
        draft.put(row, 1, desk.say(sample), look)
        draft.put(row, 2, desk.say(text), _PLAIN, columns=wide)
        draft.wrapped(row, desk.say(text), draft.span(2, wide) - 2)
    return begin


def _organisations(desk: Desk) -> Iterator[tuple[Text, Look, Text]]:
    instance = desk.roster.instance
    for one in desk.colours.named:
        colour, whole = desk.colours.of[one], instance.organisations[one].label
        short = same(organisation_name(instance, one, desk.language))
        named = short.say(desk.language) == whole.say(desk.language)
        look = Look(fill=colour.fill, ink=colour.ink, bold=True, align=Align.CENTRE)
        yield Text("name", "姓名"), look, whole if named else joined([short, whole], en="  ", zh="  ")


def _marks(desk: Desk, *, bare: bool) -> Iterator[tuple[Text, Look, Text]]:
    """The marks that are used."""
    gap = Look(fill=GAP_FILL, ink=GAP_INK, bold=True, align=Align.CENTRE)
    yield same(desk.gap(1)), gap, _GAP
    if len(desk.colours.named) > 1:
        yield Text("A B", "甲 乙"), Look(bold=True, align=Align.CENTRE), _MIXED
    if bare:
        yield same(""), Look(fill=NO_SHIFT), _NONE
    classes = {desk.day_class(day) for day in desk.roster.instance.days}
    for day_class, fill, sample, text in _CLASSES:
        if day_class in classes:
            yield sample, Look(fill=fill, bold=True, align=Align.CENTRE), text
