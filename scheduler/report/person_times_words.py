"""Person-times as people read them: tables, the sentence for a report, the rows behind a number, the cross-foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.domain.attendance import Presence
from scheduler.domain.refusal import did_you_mean
from scheduler.errors import Fault, InputError
from scheduler.report.by import By
from scheduler.report.counting import Figures, Line, figures
from scheduler.report.grid import Cell, Grid
from scheduler.report.person_times import Footing, PersonTimes, Row, Table, footings
from scheduler.text import Text, joined, same

FIGURES = (Text("Persons", "人数"), Text("Person-times", "人次"), Text("Hours", "时数"))
MINUTES = Text("Minutes", "分钟")
INDENT = "  "


def table_grid(report: PersonTimes, table: Table, *, minutes: bool = False) -> Grid:
    """A table with its total; exact minutes too if asked. Rows within others are indented."""
    attended = report.book.attended is not None
    columns = [table.by.label, *_columns(Text("planned", "计划"), minutes=minutes, alone=not attended)]
    if attended:
        columns += _columns(Text("attended", "实到"), minutes=minutes, alone=False)
    rows = tuple(_row(row, minutes=minutes) for row in (*table.rows, report.total))
    title = Text("Person-times by {by} up to {day}", "{by}人数、人次、时数（截至{day}）")
    return Grid(title.format(by=_by(table.by), day=_date(report)), tuple(columns), rows)


def _by(by: By) -> Text:
    return Text(by.label.en.lower(), f"按{by.label.zh}统计的")


def _columns(flavour: Text, *, minutes: bool, alone: bool) -> list[Text]:
    columns = [*FIGURES, MINUTES] if minutes else [*FIGURES]
    return columns if alone else [Text(f"{one.en} {flavour.en}", f"{flavour.zh}{one.zh}") for one in columns]


def _row(row: Row, *, minutes: bool) -> tuple[Cell, ...]:
    label = Text(f"{INDENT * row.depth}{row.label.en}", f"{INDENT * row.depth}{row.label.zh}")
    cells: list[Cell] = [label, *_cells(figures(row.planned), minutes=minutes)]
    if row.attended is not None:
        cells += _cells(figures(row.attended), minutes=minutes)
    return tuple(cells)


def _cells(found: Figures, *, minutes: bool) -> list[Cell]:
    cells: list[Cell] = [found.persons, found.times, found.hours]
    return [*cells, found.minutes] if minutes else cells


def sentence(report: PersonTimes, row: Row, activity: Text) -> Text:
    """The ready sentence on a row: by attendance where it was taken, else by the plan."""
    found = figures(row.planned if row.attended is None else row.attended)
    return Text(
        "{who}: {times} person-times in {what}, by {persons} people, {hours} hours in all (as of {day})",
        "{who}：参与{what}{times}人次，涉及{persons}人，累计{hours}小时（截至{day}）",
    ).format(
        who=row.label,
        what=activity,
        times=found.times,
        persons=found.persons,
        hours=f"{found.hours:.1f}".removesuffix(".0"),
        day=_date(report),
    )


def _date(report: PersonTimes) -> Text:
    day = report.book.as_of
    return Text(f"{day.day} {day:%B %Y}", f"{day.year}年{day.month}月{day.day}日")


def sentences(report: PersonTimes, activity: Text) -> tuple[Text, ...]:
    """A sentence on every organisation at the top that has anything to say, and one on all together."""
    tables = [table for table in report.tables if table.by is By.ORGANISATION]
    rows = [row for table in tables for row in table.rows if row.depth == 0 and row.key]
    told = [row for row in rows if row.planned or row.attended]
    return tuple(sentence(report, row, activity) for row in (*told, report.total))


def basis(report: PersonTimes) -> Text:
    """What the sentences rest on."""
    if report.book.attended is None:
        return Text("By the plan; attendance was not given", "按排班统计，未据考勤")
    return Text("By attendance", "按实际到岗统计")


def remarks(report: PersonTimes) -> tuple[Text, ...]:
    """What must be known to read the tables: the rule of counting, what adds up and what does not, rounding."""
    return (
        report.count.text,
        Text(
            "Persons are distinct: who serves in two rows counts in both and once in the total; persons do not add up.",
            "人数按不重复的人计：同一人出现在多行时各行均计，合计只计一次，故人数不可相加。",
        ),
        Text(
            "Hours come from exact minutes and are rounded to a tenth, halves up, in each row and in the total apart.",
            "时数由精确分钟数折算，各行与合计分别四舍五入到0.1小时。",
        ),
        Text(
            "A shift past midnight belongs to the duty day it starts on; an indented row is part of the row above it.",
            "跨零点的班次计入其所属值守日；缩进的行已含在其上级行内。",
        ),
        *report.book.notes,
    )


def remarks_grid(report: PersonTimes, footing: Text) -> Grid:
    """The remarks and the cross-foot as a table, for a workbook."""
    rows = tuple((text,) for text in (*remarks(report), footing, basis(report)))
    return Grid(Text("Remarks", "说明"), (Text("Remark", "说明"),), rows)


def footing_line(found: Sequence[Footing]) -> Text:
    """The cross-foot in one line: one sum where all dimensions come to the same, else the sum of each."""
    if all(one.holds for one in found):
        names = joined([_name(one) for one in found], " = ", " = ")
        text = Text("Cross-foot: sums by {names} = {sum}", "交叉核对：各{names}之和 = {sum}，一致")
        return text.format(names=names, sum=_sum(found[0]))
    parts = [
        Text("by {by}: {sum}", "各{by}之和：{sum}").format(by=_name(one), sum=_sum(one)) for one in found
    ]
    text = Text("Cross-foot: THE SUMS DIFFER: {parts}", "交叉核对：各项之和不一致：{parts}")
    return text.format(parts=joined(parts, "; ", "；"))


def _name(one: Footing) -> Text:
    return Text(one.by.label.en.lower(), one.by.label.zh)


def _sum(one: Footing) -> Text:
    times, minutes = one.planned
    found = Text(f"{times} person-times, {minutes} minutes", f"{times}人次、{minutes}分钟")
    if one.attended is None:
        return found
    times, minutes = one.attended
    more = Text(f" (attended: {times}, {minutes} minutes)", f"（实到{times}人次、{minutes}分钟）")
    return joined([found, more], "", "")


def find_row(report: PersonTimes, word: str) -> Row:
    """The row somebody means by its key, name, short name or a part of its name.

    Raises:
        InputError: there is none, or more than one.
    """
    rows = [row for table in report.tables for row in table.rows]
    rows = [*rows, report.total]
    exact = [row for row in rows if word in (row.key, row.label.en, row.label.zh, row.short)]
    found = exact or [
        row for row in rows if word and (word in row.label.zh or word.lower() in row.label.en.lower())
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        text = Text('no row "{word}" in these tables', "表中没有“{word}”").format(word=word)
        names = sorted({name for row in rows for name in (row.key, row.label.zh, row.label.en) if name})
        raise InputError([Fault("--explain", text, did_you_mean(word, names))])
    text = Text('"{word}" may be {rows}', "“{word}”可能指{rows}")
    hint = Text("name it by its id", "请用编号指定")
    which = joined([Text(f"{row.label.en} ({row.key})", f"{row.label.zh}（{row.key}）") for row in found])
    raise InputError([Fault("--explain", text.format(word=word, rows=which), hint)])


def explain_grids(report: PersonTimes, row: Row) -> tuple[Grid, ...]:
    """The duties behind a row, planned and attended, each with its share of the count and their sum at the end."""
    grids = [_explained(report, row, row.planned, Text("planned", "计划"))]
    if row.attended is not None:
        grids.append(_explained(report, row, row.attended, Text("attended", "实到")))
    return tuple(grids)


def _explained(report: PersonTimes, row: Row, lines: Sequence[Line], flavour: Text) -> Grid:
    columns = (
        Text("Duty day", "值守日"),
        Text("Post", "岗位"),
        Text("Shift", "班次"),
        Text("Person", "人员"),
        Text("Organisation", "组织"),
        Text("Person-times", "人次"),
        MINUTES,
        Text("Remark", "备注"),
    )
    found = figures(lines)
    total: tuple[Cell, ...] = (
        Text("Total: {persons} persons", "合计：{persons}人").format(persons=found.persons),
        *(same(""),) * 4,
        found.times,
        found.minutes,
        Text("{hours} hours", "{hours}小时").format(hours=f"{found.hours:.1f}".removesuffix(".0")),
    )
    title = Text("Behind {who}, {flavour}: {count} duties", "{who}·{flavour}明细：{count}条")
    return Grid(
        title.format(who=row.label, flavour=flavour, count=len(lines)),
        columns,
        (*(_detail(report, one) for one in lines), total),
    )


def _detail(report: PersonTimes, one: Line) -> tuple[Cell, ...]:
    duty = one.duty
    shift, organisation = duty.shift, duty.person.organisation
    hours = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
    return (
        shift.day.isoformat(),
        shift.post.label,
        Text(f"{shift.type.label.en} {hours}", f"{shift.type.label.zh} {hours}"),
        duty.person.label,
        same("") if organisation is None else report.book.organisations[organisation].label,
        one.times,
        duty.minutes,
        joined([*_details(one)], ", ", "，"),
    )


def _details(one: Line) -> Iterator[Text]:
    record = one.duty.record
    if record is not None and record.walk_in is not None:
        yield Text("walk-in", "临时参加")
    if record is not None and record.instead_of is not None:
        yield Text(f"instead of {record.instead_of}", f"顶替{record.instead_of}")
    if record is not None and record.presence is Presence.LATE:
        yield Text("late", "迟到")


def adds_up(report: PersonTimes) -> tuple[bool, Text]:
    """Whether every dimension comes to the total, and the line that says so."""
    found = footings(report)
    return all(one.holds for one in found), footing_line(found)
