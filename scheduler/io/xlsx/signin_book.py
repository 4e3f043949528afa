"""Sign-in sheets to print: a sheet a post, a page a day, crews filled in, lines left for walk-ins."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from scheduler.domain.post import Post
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.io.sheets.xlsx import HINTS
from scheduler.io.xlsx import signin
from scheduler.io.xlsx.book import book_bytes
from scheduler.io.xlsx.colours import GAP_INK, HEAD
from scheduler.io.xlsx.desk import DAY_MARKS, DAY_NAMES, Desk, by_time
from scheduler.io.xlsx.list_page import both
from scheduler.io.xlsx.measure import LINE, Fit, Paper, scale_for
from scheduler.io.xlsx.page import Align, Draft, Look, Page, Value
from scheduler.text import Text, day_text

_FIRST = len(signin.HIDDEN)
_SEEN = len(signin.COLUMNS)
_DUE = _FIRST + [title for title, _ in signin.COLUMNS].index(signin.DUE)
_LOW, _HIGH = 22.0, 34.0
"""Points a line takes at least to be written on by hand, and is given at most."""

_ABOVE = 10 * LINE
"""Points that title, post and header take."""

_TITLE = Look(bold=True, size=16, align=Align.CENTRE, border=False)
_ABOUT = Look(border=False, size=11)
_HEAD = Look(fill=HEAD, bold=True, align=Align.CENTRE)
_CELL = Look(align=Align.CENTRE)
_FRAME = Look(align=Align.CENTRE, first=True)
_GAP = Look(align=Align.CENTRE, ink=GAP_INK, bold=True)
_HIDDEN = Look(border=False, ink="808080")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def signin_book(desk: Desk, days: Collection[dt.date], posts: Sequence[Post], blank: int) -> bytes:
    """The workbook for some days and posts; ``blank`` lines for walk-ins are left at every shift."""
    shifts: dict[str, list[Shift]] = defaultdict(list)
    for shift in desk.roster.instance.shifts:
        if shift.day in days:
            shifts[shift.post.id].append(shift)
    taken: set[str] = set()
    pages = [
        _Sheet(desk, _name(desk.say(post.label), taken), post, shifts[post.id], blank).page()
        for post in posts
        if shifts[post.id]
    ]
    title = desk.words(f"Sign-in: {desk.say(desk.problem.name)}", f"{desk.say(desk.problem.name)} 签到表")
    return book_bytes([*pages, _hints(desk)], title, desk.digest)


def _hints(desk: Desk) -> Page:
    draft = Draft(HINTS, visible=False)
    rows = {"form": signin.FORM, "plan": desk.problem.id, "digest": desk.digest}
    for row, pair in enumerate(rows.items()):
        for column, word in enumerate(pair):
            draft.put(row, column, word, _HIDDEN)
    return draft.page()


def _name(label: str, taken: set[str]) -> str:
    """A name a sheet may have: at most 31 characters, no two alike."""
    plain = _NOT_IN_NAMES.sub(" ", label).strip()[:26] or "-"
    name, number = plain, 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        name = f"{plain} ({number})"
    taken.add(name.casefold())
    return name


class _Sheet:
    """The sheet of one post."""

    def __init__(self, desk: Desk, name: str, post: Post, shifts: Sequence[Shift], blank: int) -> None:
        self.desk, self.post, self.blank = desk, post, blank
        self.days: dict[dt.date, list[Shift]] = defaultdict(list)
        for shift in by_time(shifts):
            self.days[shift.day].append(shift)
        self.draft = Draft(name, landscape=False)
        self.draft.widths |= {_FIRST + n: width for n, (_, width) in enumerate(signin.COLUMNS)}
        self.draft.hidden_columns |= set(range(_FIRST))
        widths = [0.0] * _FIRST + [width for _, width in signin.COLUMNS]
        self.scale = scale_for(widths, Paper.A4, landscape=False)
        self.room = Paper.A4.room(landscape=False)[1] * 100 / self.scale

    def page(self) -> Page:
        """A block a day, or several if the shifts of a day do not fit on one page."""
        row, breaks = 0, []
        for day, shifts in self.days.items():
            for some in self._fitting(shifts):
                if row:
                    breaks.append(row)
                row = self._block(row, day, some)
        self.draft.fit = Fit(Paper.A4, self.scale, tuple(breaks))
        head = self.desk.head(self.desk.words("Sign-in sheet", "签到表"))
        return self.draft.page(head, self.desk.foot)

    def _fitting(self, shifts: Sequence[Shift]) -> Iterator[list[Shift]]:
        """The shifts of a day, as many together as a page holds."""
        some: list[Shift] = []
        for shift in shifts:
            if some and self._lines([*some, shift]) * _LOW + _ABOVE > self.room:
                yield some
                some = []
            some.append(shift)
        yield some

    def _lines(self, shifts: Sequence[Shift]) -> int:
        return sum(len(self.desk.roster.crew_of(one)) + self.blank for one in shifts)

    def _block(self, row: int, day: dt.date, shifts: Sequence[Shift]) -> int:
        """Title, what the post is, header, lines as high as the page allows; the row after them."""
        row = self._about(row, day, shifts[0])
        for at, word in enumerate(signin.HIDDEN):
            self.draft.put(row, at, word, _HIDDEN)
        for n, (title, _) in enumerate(signin.COLUMNS):
            self.draft.put(row, _FIRST + n, both(title, self.desk.language), _HEAD)
        self.draft.lines(row, 2)
        height = min(max((self.room - _ABOVE) / max(self._lines(shifts), 1), _LOW), _HIGH)
        first = row = row + 1
        for shift in shifts:
            crew = self.desk.roster.crew_of(shift)
            people = [*crew, *[None] * self.blank]
            if people:
                due = f"{self.desk.say(shift.type.label)}\n{self.desk.hours(shift)}"
                self.draft.put(row, _DUE, due, _FRAME, rows=len(people))
            for n, one in enumerate(people):
                gap = self.desk.missing(shift) if n == len(crew) else 0
                self._line(row, row - first + 1, shift, one, gap=gap, top=n == 0)
                self.draft.heights[row] = max(height, self.draft.heights[row])
                row += 1
        return row

    def _about(self, row: int, day: dt.date, shift: Shift) -> int:
        desk, post = self.desk, self.post
        colon = desk.words(": ", "：")
        found = desk.day_class(day)
        mark = f"{desk.words(', ', ' ')}{desk.say(DAY_NAMES[found])}" if found in DAY_MARKS else ""
        place = desk.roster.instance.places[post.place]
        where = " ".join(filter(None, (desk.say(place.label), desk.plain(post.address))))
        about = [
            f"{desk.words('Post', '岗位')}{colon}{desk.say(post.label)}",
            f"{desk.words('Date', '日期')}{colon}{desk.say(day_text(day))}{mark}",
            f"{desk.words('Place', '地点')}{colon}{where}",
        ]
        if leader := desk.leader(shift):
            about.append(f"{desk.words('In charge', '负责人')}{colon}{leader}")
        title = desk.words(
            f"Sign-in sheet: {desk.say(desk.problem.name)}", f"{desk.say(desk.problem.name)} 签到表"
        )
        wide = self.draft.span(_FIRST, _SEEN) - 2
        for n, (text, look) in enumerate([(title, _TITLE), *((one, _ABOUT) for one in about)]):
            self.draft.put(row, _FIRST, text, look, columns=_SEEN)
            self.draft.wrapped(row, text, wide, grown=look.size / 10 * (1.1 if n == 0 else 1.0))
            row += 1
        return row

    def _line(
        self, row: int, number: int, shift: Shift, one: Volunteer | None, *, gap: int, top: bool
    ) -> None:
        """A line of somebody expected, or for a walk-in; the first of these says how many are missing."""
        desk, name = self.desk, self.desk.name(one) if one else ""
        hidden = (shift.id, one.id if one else "", name) if desk.readable else ()
        for at, word in enumerate(hidden):
            if word:
                self.draft.put(row, at, word, _HIDDEN)
        organisation, note = desk.organisation(one) if one else "", desk.gap(gap) if gap else ""
        values: dict[Text, Value] = {
            signin.NUMBER: number,
            signin.NAME: name,
            signin.ORGANISATION: organisation,
            signin.NOTE: note,
        }
        for n, (title, width) in enumerate(signin.COLUMNS):
            if title is signin.DUE:
                continue
            value = values.get(title)
            look = _GAP if note and title is signin.NOTE else _CELL
            self.draft.put(row, _FIRST + n, value, replace(look, first=top))
            self.draft.wrapped(row, str(value or ""), width - 1.5)
