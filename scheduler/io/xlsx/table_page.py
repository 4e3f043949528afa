"""The roster as it hangs on the wall: days across and shifts down, or days down where there are too many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.post import Post
from scheduler.domain.shift import ShiftType
from scheduler.domain.volunteer import Volunteer
from scheduler.io.xlsx.colours import GAP_FILL, GAP_INK, HEAD, NO_SHIFT
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.legend import add_legend
from scheduler.io.xlsx.measure import fit_columns, fit_rows, width_of
from scheduler.io.xlsx.page import Align, Draft, Look, Page, Run, Value
from scheduler.text import Text

NAME = Text("Roster", "总表")
DAYS_ACROSS, DAYS_DOWN = "duty-table days-across", "duty-table days-down"
"""What stands in the hidden first cell: how the table lies; its keys stand in the hidden row and column."""

KEY_ROW, KEY_COLUMN = 2, 0
FEW = 16
"""Days across as long as there are no more than this, or more sorts of shift than days."""

_TITLE = Look(bold=True, size=16, align=Align.CENTRE, border=False)
_NOTE = Look(size=10, align=Align.CENTRE, border=False, ink="404040")
_HEAD = Look(fill=HEAD, bold=True, align=Align.CENTRE)
_CELL = Look(align=Align.CENTRE)
_HIDDEN = Look(border=False, ink="808080")
_PLAIN = Look(border=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of shift: a post and a shift type."""

    post: Post
    type: ShiftType

    @property
    def key(self) -> str:
        """``post/type``; ids hold no slash."""
        return f"{self.post.id}/{self.type.id}"


def table_page(desk: Desk) -> Page:
    """The sheet."""
    return _Table(desk).page()


class _Table:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.draft = Draft(desk.say(NAME))
        self.shown = 0
        """How many columns stand on the first printed page, the hidden one not counted."""
        self.days = desk.roster.instance.days
        self.shifts = {(s.post.id, s.type.id, s.day): s for s in desk.roster.instance.shifts}
        crews = [len(desk.roster.crew_of(shift)) for shift in self.shifts.values()]
        self.abreast = 1 if max(crews, default=0) <= 3 else 2 if max(crews) <= 8 else 3

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The sorts of shift there are, as the plan lists posts and by the hour."""
        instance = self.desk.roster.instance
        there = {(post, kind) for post, kind, _ in self.shifts}
        starts = {
            one.id: self.desk.problem.horizon.starting(self.days[0], one.start)
            for one in instance.shift_types.values()
        }
        types = sorted(instance.shift_types.values(), key=lambda one: starts[one.id])
        return tuple(
            Kind(post, kind)
            for post in instance.posts.values()
            for kind in types
            if (post.id, kind.id) in there
        )

    def page(self) -> Page:
        """The sheet: the table, then what stands above and below it."""
        across = len(self.days) <= FEW or len(self.kinds) > len(self.days)
        corner, column_groups, row_groups = self._days_across() if across else self._days_down()
        draft = self.draft
        if self.desk.readable:
            draft.put(KEY_ROW, KEY_COLUMN, DAYS_ACROSS if across else DAYS_DOWN, _HIDDEN)
        draft.hidden_rows.add(KEY_ROW)
        draft.hidden_columns.add(KEY_COLUMN)
        draft.frozen = corner
        draft.repeated_rows, draft.repeated_columns = (KEY_ROW + 1, corner[0] - 1), (0, corner[1] - 1)
        self._room(width_of(self.desk.say(self.desk.problem.name)) * 0.8)
        fit = fit_columns(draft.sizes()[0], column_groups, corner[1])
        self.shown = min([*fit.column_breaks, draft.size[1]]) - 1
        self._title()
        bare = len(self.shifts) < len(self.kinds) * len(self.days)
        begin = add_legend(draft, self.desk, self.shown, bare=bare)
        draft.fit = fit_rows(fit, draft.sizes()[1], [*row_groups, begin], draft.repeated_rows)
        return draft.page(self.desk.head(draft.name), self.desk.foot)

    # -- the two ways it lies ----------------------------------------------------------------------------

    def _days_across(self) -> tuple[tuple[int, int], list[int], list[int]]:
        """Posts and shift types down; where cells begin, and the columns and rows that may begin a page."""
        draft, head, first = self.draft, KEY_ROW + 1, KEY_ROW + 2
        for at, title in ((1, Text("Post", "岗位")), (2, Text("Shift", "班次"))):
            draft.put(head, at, self.desk.say(title), _HEAD)
        for n, day in enumerate(self.days):
            draft.put(head, 3 + n, self._day_head(day, "\n"), self._day_look(day))
            self._key(KEY_ROW, 3 + n, day.isoformat())
        draft.lines(head, 2)
        groups = self._post_groups(first)
        heads = [self._type_head(kind) for kind in self.kinds]
        draft.widths |= {
            1: self._widest([self.desk.say(k.post.label) for k in self.kinds], 20),
            2: self._widest(heads, 18),
        }
        for n, kind in enumerate(self.kinds):
            self._key(first + n, KEY_COLUMN, kind.key)
            draft.put(first + n, 2, self._type_head(kind), self._line_look(first + n in groups))
            draft.lines(first + n, 2)
            for m, day in enumerate(self.days):
                self._cell(first + n, 3 + m, kind, day, new=first + n in groups)
        for begin, end in zip(groups, [*groups[1:], first + len(self.kinds)]):
            label = self.desk.say(self.kinds[begin - first].post.label)
            look = Look(bold=True, first=True)
            draft.put(begin, 1, label, look, rows=end - begin)
            self._high_enough(begin, end, label)
        weeks = [3 + n for n, day in enumerate(self.days) if day.weekday() == 0]
        return (first, 3), weeks, groups

    def _days_down(self) -> tuple[tuple[int, int], list[int], list[int]]:
        """Days down; posts over their shift types across."""
        draft, head, first = self.draft, KEY_ROW + 1, KEY_ROW + 3
        for at, title in ((1, Text("Day", "日期")), (2, Text("Weekday", "星期"))):
            draft.put(head, at, self.desk.say(title), _HEAD, rows=2)
        groups = self._post_groups(3)
        for n, kind in enumerate(self.kinds):
            draft.put(head + 1, 3 + n, self._type_head(kind), _HEAD)
            self._key(KEY_ROW, 3 + n, kind.key)
        draft.lines(head + 1, 2)
        draft.widths |= {3 + n: width_of(self._type_head(kind)) + 2.5 for n, kind in enumerate(self.kinds)}
        draft.widths |= {1: 10.0, 2: 8.5}
        for m, day in enumerate(self.days):
            row, look = first + m, self._day_look(day)
            self._key(row, KEY_COLUMN, day.isoformat())
            draft.put(row, 1, self.desk.short_day(day), look)
            draft.put(row, 2, self.desk.weekday(day), look)
            for n, kind in enumerate(self.kinds):
                self._cell(row, 3 + n, kind, day, new=False)
        for begin, end in zip(groups, [*groups[1:], 3 + len(self.kinds)]):
            label = self.desk.say(self.kinds[begin - 3].post.label)
            draft.put(head, begin, label, _HEAD, columns=end - begin)
            draft.wrapped(head, label, draft.span(begin, end - begin) - 1)
        return (first, 3), groups, [first + n for n in range(len(self.days))]

    def _post_groups(self, first: int) -> list[int]:
        """Where another post begins."""
        posts = [kind.post.id for kind in self.kinds]
        return [first + n for n, post in enumerate(posts) if n == 0 or post != posts[n - 1]]

    def _high_enough(self, begin: int, end: int, label: str) -> None:
        """Make the rows of a post high enough for its name."""
        lines = -(-width_of(label) // (self.draft.widths[1] - 1.5))
        self.draft.lines(begin, max(2.0, lines - 2 * (end - begin - 1)))

    # -- cells -------------------------------------------------------------------------------------------

    def _cell(self, row: int, column: int, kind: Kind, day: dt.date, *, new: bool) -> None:
        shift = self.shifts.get((kind.post.id, kind.type.id, day))
        if shift is None:
            self.draft.put(row, column, None, Look(fill=NO_SHIFT, first=new))
            return
        crew, missing = self.desk.roster.crew_of(shift), self.desk.missing(shift)
        value, text = self._words(crew, missing)
        fill = GAP_FILL if missing else self._fill(crew) or self.desk.day_fill(day)
        self.draft.put(row, column, value, Look(align=Align.CENTRE, fill=fill, first=new))
        self.draft.lines(row, text.count("\n") + 1)
        wide = min(max(width_of(text) + 1.6, 8.0), 40.0)
        self.draft.widths[column] = max(self.draft.widths.get(column, 0.0), wide)

    def _words(self, crew: Sequence[Volunteer], missing: int) -> tuple[Value, str]:
        """The cell, in the colours of organisations where they meet, and its text."""
        names = [self.desk.name(one) for one in crew]
        lines = [names[n : n + self.abreast] for n in range(0, len(names), self.abreast)]
        text = "\n".join(
            [self._between.join(line) for line in lines] + ([self.desk.gap(missing)] if missing else [])
        )
        if (not missing and self._fill(crew)) or (not crew and not missing):
            return text, text
        runs: list[Run] = []
        for n, one in enumerate(crew):
            after = "" if n == len(crew) - 1 else "\n" if (n + 1) % self.abreast == 0 else self._between
            colour = self.desk.colours.of.get(one.organisation or "")
            runs.append(Run(names[n] + after, colour.ink if colour else None))
        if missing:
            runs.append(Run(("\n" if crew else "") + self.desk.gap(missing), GAP_INK, bold=True))
        return tuple(runs), text

    @property
    def _between(self) -> str:
        return self.desk.words(", ", "、")

    def _fill(self, crew: Sequence[Volunteer]) -> str | None:
        """The ground of a crew that is all of one colour."""
        of = self.desk.colours.of
        fills = {of[one.organisation].fill if one.organisation else None for one in crew}
        return fills.pop() if len(fills) == 1 else None

    def _key(self, row: int, column: int, key: str) -> None:
        if self.desk.readable:
            self.draft.put(row, column, key, _HIDDEN)

    def _day_head(self, day: dt.date, between: str) -> str:
        return f"{self.desk.short_day(day)}{between}{self.desk.weekday(day)}"

    def _day_look(self, day: dt.date) -> Look:
        return Look(fill=self.desk.day_fill(day) or HEAD, bold=True, align=Align.CENTRE)

    def _type_head(self, kind: Kind) -> str:
        return f"{self.desk.say(kind.type.label)}\n{kind.type.start:%H:%M}–{kind.type.end:%H:%M}"

    def _line_look(self, new: bool) -> Look:
        return Look(align=Align.CENTRE, first=new)

    def _widest(self, texts: Sequence[str], most: float) -> float:
        return min(max((width_of(text) for text in texts), default=8.0) + 2, most)

    # -- above and below ---------------------------------------------------------------------------------

    def _title(self) -> None:
        draft, columns = self.draft, self.shown
        title = self.desk.say(self.desk.problem.name)
        total = self.desk.roster
        open_heads = sum(self.desk.missing(shift) for shift in self.shifts.values())
        note = self.desk.words(
            f"{self.desk.period} · {len(self.shifts)} shifts · {len(total)} person-times · {open_heads} missing",
            f"{self.desk.period}  共 {len(self.shifts)} 个班次，{len(total)} 人次，缺 {open_heads} 人",
        )
        wide = draft.span(1, columns)
        draft.put(0, 1, title, _TITLE, columns=columns)
        draft.wrapped(0, title, wide - 2, grown=1.7)
        draft.put(1, 1, note, _NOTE, columns=columns)
        draft.wrapped(1, note, wide - 2)

    def _room(self, needed: float) -> None:
        """Widen a small table, so that its title and legend are not squeezed."""
        columns = self.draft.size[1]
        short = min(needed, 80.0) - self.draft.span(1, columns - 1)
        for column in range(3, columns):
            self.draft.widths[column] = self.draft.widths.get(column, 8.0) + max(0.0, short / (columns - 3))
