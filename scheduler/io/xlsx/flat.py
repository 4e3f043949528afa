"""The sheet for machines and for editing: one row a person and shift, ids in hidden columns, no title."""

from __future__ import annotations

from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.io.xlsx.colours import HEAD
from scheduler.io.xlsx.desk import DAY_NAMES, Desk, by_time
from scheduler.io.xlsx.list_page import COUNT, DAY, HOURS, MOMENT, WORD, WORDS
from scheduler.io.xlsx.measure import width_of
from scheduler.io.xlsx.page import Align, Draft, Look, Page, Value
from scheduler.text import Text

NAME = Text("Rows", "明细")
SHIFT_ID, VOLUNTEER_ID = "shift_id", "volunteer_id"
"""The titles of the hidden columns, by which the sheet is known."""

DATE, POST, SHIFT, PERSON = (
    Text("Date", "日期"),
    Text("Post", "岗位"),
    Text("Shift", "班次"),
    Text("Name", "姓名"),
)
"""The titles of the columns that a person may change."""

_COLUMNS: tuple[tuple[Text, Look], ...] = (
    (Text(SHIFT_ID, SHIFT_ID), WORDS),
    (Text(VOLUNTEER_ID, VOLUNTEER_ID), WORDS),
    (DATE, DAY),
    (Text("Weekday", "星期"), WORD),
    (Text("Day class", "日期类别"), WORD),
    (POST, WORDS),
    (Text("Place", "所属社区"), WORDS),
    (SHIFT, WORD),
    (Text("Start", "开始"), MOMENT),
    (Text("End", "结束"), MOMENT),
    (Text("Hours", "时数"), HOURS),
    (PERSON, WORDS),
    (Text("Organisation", "单位"), WORDS),
    (Text("Category", "人员类别"), WORD),
    (Text("Phone", "电话"), WORD),
)
_PRESENCE = (Text("Attendance", "出勤"), WORD)
_MINUTES = (Text("Minutes attended", "实到分钟"), COUNT)
_HEAD = Look(fill=HEAD, bold=True, align=Align.CENTRE)


def flat_page(desk: Desk) -> Page:
    """The sheet, by time; phones as far as the reader sees them."""
    draft = Draft(desk.say(NAME))
    columns = [*_COLUMNS, *((_PRESENCE, _MINUTES) if desk.attendance else ())]
    attended = {(one.shift, one.volunteer): one for one in desk.attendance.records} if desk.attendance else {}
    widest = [width_of(desk.say(title)) + 4 for title, _ in columns]
    for at, (title, _) in enumerate(columns):
        draft.put(0, at, desk.say(title), _HEAD)
    row = 0
    for shift in by_time(desk.roster.instance.shifts):
        about = _about(desk, shift)
        for one in desk.roster.crew_of(shift):
            row += 1
            values = [shift.id, one.id, *about, *_who(desk, one)]
            if desk.attendance:
                record = attended.get((shift.id, one.id))
                values += [desk.say(record.presence.label), record.minutes] if record else [None, None]
            for at, ((_, look), value) in enumerate(zip(columns, values)):
                draft.put(row, at, value, look)
                if isinstance(value, str) and at > 1 and len(value) > 2:
                    widest[at] = max(widest[at], width_of(value) + 2.5)
    draft.widths |= {at: min(width, 48.0) for at, width in enumerate(widest)}
    draft.widths |= {2: 13.0, 8: 17.5, 9: 17.5}
    draft.hidden_columns |= {0, 1}
    draft.frozen, draft.repeated_rows = (1, 0), (0, 0)
    draft.filtered = (0, 0, max(row, 1), len(columns) - 1)
    return draft.page(desk.head(draft.name), desk.foot)


def _about(desk: Desk, shift: Shift) -> tuple[Value, ...]:
    """What the rows of one shift have in common."""
    places = desk.roster.instance.places
    return (
        shift.day,
        desk.weekday(shift.day),
        desk.say(DAY_NAMES[desk.day_class(shift.day)]),
        desk.say(shift.post.label),
        desk.say(places[shift.post.place].label),
        desk.say(shift.type.label),
        shift.start,
        shift.end,
        shift.minutes / 60,
    )


def _who(desk: Desk, one: Volunteer) -> tuple[Value, ...]:
    return desk.name(one), desk.organisation(one), desk.say(one.tier.label), desk.phone(one)
