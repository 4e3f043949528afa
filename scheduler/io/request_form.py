"""The form an organisation fills in: one workbook each, with drop-downs, and ids by which it is read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.domain.refusal import did_you_mean
from scheduler.domain.request import Availability
from scheduler.domain.volunteer import Tier, Volunteer
from scheduler.errors import Fault, InputError
from scheduler.io.files import refuse_to_overwrite, write_together
from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading, Setting, Unclear
from scheduler.io.phrases.render import said
from scheduler.io.request_facts import Request, requests
from scheduler.io.request_words import ALWAYS, COLUMNS, HOW, NO, PEOPLE, POSTS, SOMETIMES, TIERS, YES
from scheduler.io.sheets.sheet import letter
from scheduler.io.sheets.xlsx import HINTS
from scheduler.io.workbook_bytes import put_text, workbook_bytes
from scheduler.problem import Problem
from scheduler.publish.privacy import masked_phone
from scheduler.text import Language, Text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def write_requests(
    problem: Problem,
    folder: Path,
    language: Language,
    *,
    blank: int = 20,
    only: Sequence[str] = (),
    force: bool = False,
) -> tuple[Path, ...]:
    """Write a form for each organisation (or for ``only`` those), all or none; the files written.

    Raises:
        InputError: there is no such organisation.
        PublishError: a file is there already and ``force`` is not given, or cannot be written.
    """
    every = requests(problem)
    names = [one.organisation.id for one in every]
    if unknown := [name for name in only if name not in names]:
        no = Text(f'no organisation "{unknown[0]}"', f"没有组织“{unknown[0]}”")
        raise InputError([Fault("--organisation", no, did_you_mean(unknown[0], names))])
    chosen = [one for one in every if not only or one.organisation.id in only]
    contents = {folder / f"{one.organisation.id}.xlsx": form(problem, one, language, blank) for one in chosen}
    refuse_to_overwrite(contents, force=force)
    write_together(contents)
    return tuple(contents)


def form(problem: Problem, request: Request, language: Language, blank: int) -> bytes:
    """The form of one organisation as a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    people = book.active
    people.title = PEOPLE.say(language)
    _Form(book, people, problem, request, language).fill(blank)
    _posts(book.create_sheet(POSTS.say(language)), problem, request, language)
    return workbook_bytes(book)


class _Form:
    """The sheet of people, and the hidden one with ids and choices."""

    def __init__(
        self, book: Workbook, sheet: Worksheet, problem: Problem, request: Request, language: Language
    ) -> None:
        self.book, self.sheet, self.problem, self.request, self.language = (
            book,
            sheet,
            problem,
            request,
            language,
        )
        self.setting = Setting.of(problem)

    def fill(self, blank: int) -> None:
        """Write everything, with some blank rows under the members."""
        header = self._head()
        last = header + len(self.request.members) + blank
        for n, row in enumerate(range(header + 1, last + 1), start=1):
            self.sheet.cell(row, 2, n)
            if n <= len(self.request.members):
                for at, value in enumerate(self._values(self.request.members[n - 1]), start=1):
                    if value:
                        put_text(self.sheet.cell(row, at), value)
            self._style_row(row)
            self.sheet.row_dimensions[row].height = 16 * self._lines(row)
        self._choices(header + 1, last)
        self._lay_out(header)

    def _head(self) -> int:
        """Title, what is asked for, and the header; the header's row."""
        from openpyxl.styles import Alignment, Font, PatternFill

        title = Text("{plan}: {who}", "{plan}：{who}").format(
            plan=self.problem.name, who=self.request.organisation.label
        )
        lines = [title, *self.request.lines, HOW]
        for row, line in enumerate(lines, start=1):
            put_text(self.sheet.cell(row, 2), line.say(self.language))
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=len(COLUMNS))
            self.sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
        self.sheet.cell(1, 2).font = Font(bold=True, size=14)
        self.sheet.row_dimensions[len(lines)].height = 48
        header = len(lines) + 1
        for at, column in enumerate(COLUMNS, start=1):
            cell = self.sheet.cell(header, at)
            put_text(cell, column.title.say(self.language))
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE8F5")
            cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
            cell.border = _thin()
        return header

    def _values(self, member: Volunteer) -> tuple[str, ...]:
        """What the plan knows of a member, by column; the number stands there already."""
        names = {one.id: one.label for one in self.problem.skills}
        skills = [names[own.skill].say(self.language) for own in member.skills if own.skill in names]
        per_week = member.contract.per_week
        given = {
            "id": member.id,
            "name": member.label.say(self.language),
            "phone": masked_phone(member.phone) if member.phone else "",
            "tier": member.tier.label.say(self.language),
            "skills": "、".join(skills),
            "availability": self._availability(member),
            "per_week": "" if per_week is None else str(per_week),
            "serves": (YES if member.contract.per_horizon != 0 else NO).say(self.language),
        }
        return tuple(given.get(column.meaning, "") for column in COLUMNS)

    def _availability(self, member: Volunteer) -> str:
        """When a member can serve as a sentence; empty if it could not be read back as the same."""
        held = member.availability
        own = tuple(window for window in held.unavailable if not window.source)
        mine = Availability(always=held.always, only=held.only, unavailable=own)
        if not mine.answered:
            return ""
        sentence = said(Reading(mine.always, mine.only, mine.unavailable), self.setting).say(self.language)
        read = read_phrase(sentence, self.setting)
        return sentence if not isinstance(read, Unclear) and read.availability == mine else ""

    def _choices(self, first: int, last: int) -> None:
        """Drop-downs from lists on a hidden sheet; only where nothing else makes sense is another word refused."""
        from openpyxl.worksheet.datavalidation import DataValidation

        hidden = self.book.create_sheet(HINTS)
        hidden.sheet_state = "hidden"
        for row, pair in enumerate(self._hints().items(), start=1):
            for at, word in enumerate(pair, start=1):
                put_text(hidden.cell(row, at), word)
        lists = self._lists()
        for at, column in enumerate(COLUMNS):
            words = lists.get(column.choices, [])
            if not words:
                continue
            source = letter(3 + list(lists).index(column.choices))
            for row, word in enumerate(words, start=1):
                put_text(hidden[f"{source}{row}"], word)
            strict = column.choices in ("tiers", "yes_no", "counts")
            choice = DataValidation("list", formula1=f"{HINTS}!${source}$1:${source}${len(words)}")
            choice.allow_blank, choice.showErrorMessage = True, strict
            choice.add(f"{letter(at)}{first}:{letter(at)}{last}")
            self.sheet.add_data_validation(choice)

    def _hints(self) -> dict[str, str]:
        return {"plan": self.problem.id, "organisation": self.request.organisation.id, "form": "request 1"}

    def _lists(self) -> dict[str, list[str]]:
        say = self.language
        posts = [post.label.say(say) for post, _ in self.request.posts]
        days = [day.isoformat() for day in self.problem.horizon.days[:400]]
        return {
            "tiers": [TIERS[tier].say(say) for tier in Tier],
            "skills": [one.label.say(say) for one in self.problem.skills],
            "times": self._times(),
            "days": days,
            "counts": [str(n) for n in range(1, 15)],
            "posts": list(dict.fromkeys(posts)),
            "yes_no": [YES.say(say), NO.say(say)],
        }

    def _times(self) -> list[str]:
        """Phrases on when somebody can serve, those that are understood."""
        shifts = [one.label for one in self.problem.shift_types]
        phrases = [*ALWAYS, *(start.format(shift=shift) for start in SOMETIMES for shift in shifts)]
        words = [phrase.say(self.language) for phrase in phrases]
        return [word for word in words if not isinstance(read_phrase(word, self.setting), Unclear)]

    def _lines(self, row: int) -> int:
        """How many lines a row needs; Chinese signs are two letters wide."""
        texts = (str(self.sheet.cell(row, at).value or "") for at in range(2, len(COLUMNS) + 1))
        widths = [sum(1 + (sign > "\u2e7f") for sign in text) for text in texts]
        return max(-(-width // (column.width - 2)) or 1 for width, column in zip(widths, COLUMNS[1:]))

    def _style_row(self, row: int) -> None:
        from openpyxl.styles import Alignment

        for at in range(2, len(COLUMNS) + 1):
            cell = self.sheet.cell(row, at)
            cell.border, cell.alignment = _thin(), Alignment(wrap_text=True, vertical="center")
            cell.number_format = "@" if at > 2 else "General"

    def _lay_out(self, header: int) -> None:
        sheet = self.sheet
        for at, column in enumerate(COLUMNS):
            sheet.column_dimensions[letter(at)].width = column.width
        sheet.column_dimensions["A"].hidden = True
        sheet.freeze_panes = f"D{header + 1}"
        sheet.print_title_rows = f"{header}:{header}"
        _landscape(sheet)


def _posts(sheet: Worksheet, problem: Problem, request: Request, language: Language) -> None:
    """The sheet of posts, to be read only."""
    from openpyxl.styles import Alignment, Font, PatternFill

    places = {one.id: one.label for one in problem.places}
    titles = (
        Text("post", "点位"),
        Text("place", "所属社区"),
        Text("address", "地址"),
        Text("tasks", "职责"),
        Text("agreement", "约定"),
    )
    rows = [
        (post.label, places.get(post.place), post.address, post.tasks, meaning)
        for post, meaning in request.posts
    ]
    for at, row in enumerate((titles, *rows), start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(at, column)
            if text is not None:
                put_text(cell, text.say(language))
            cell.border, cell.alignment = _thin(), Alignment(wrap_text=True, vertical="top")
            if at == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE8F5")
    for at, width in enumerate((26, 20, 30, 36, 26)):
        sheet.column_dimensions[letter(at)].width = width
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    _landscape(sheet)


def _landscape(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _thin() -> object:
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color="999999")
    return Border(left=side, right=side, top=side, bottom=side)
