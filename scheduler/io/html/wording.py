"""The words of a page; those in ``SCRIPT`` are said by its script."""

from __future__ import annotations

from scheduler.domain.calendar import DayClass
from scheduler.text import Text

NOW = Text("On duty now", "正在值班")
DAYS = Text("By day", "按日")
POSTS = Text("By post", "按岗位")
ORGANISATIONS = Text("By organisation", "按组织")
GAPS = Text("Open shifts", "缺员班次")
CHARTS = Text("Charts", "图表")
WALL = Text("Wall display", "大屏")
PRINT = Text("Print", "打印")
SKIP = Text("Skip to the roster", "跳到排班内容")
VIEWS = Text("Views", "栏目")
ALL_DAYS = Text("Days", "日期")
SEARCH = Text("Find a name", "查找姓名")
SEARCH_HINT = Text("name, or a part of it", "输入姓名或其中几个字")
MASKED = Text("Names on this page are masked: search by family name.", "本页姓名已脱敏，请按姓氏查找。")
POST = Text("Post", "岗位")
SHIFT = Text("Shift", "班次")
DAY = Text("Day", "日期")
MISSING = Text("Missing", "缺员")
NO_GAPS = Text("Every shift has the people it needs.", "所有班次均已排满。")
NOBODY = Text("nobody yet", "暂无人员")
NO_DUTIES = Text("No shifts on this day.", "当日无班次。")
AS_OF = Text("As of {when}", "截至 {when}")
VERSION = Text("Version {digest}", "版本 {digest}")
TOTALS = Text("{shifts} shifts, {heads} person-times", "{shifts}个班次，安排{heads}人次")
ALL_THERE = Text("all covered", "均已排满")
NEED_SCRIPT = Text(
    "Search and “on duty now” need JavaScript; the roster below does not.",
    "查找和“正在值班”需启用 JavaScript；下方排班表无需启用即可查看。",
)
MISSING_COUNT = Text("{count} missing", "缺{count}人")
HEADS = Text("{count} people", "{count}人")

DAY_MARKS = {DayClass.HOLIDAY: Text("Holiday", "休"), DayClass.MAKEUP_WORKDAY: Text("Workday", "班")}
"""How a day is marked that its weekday does not tell."""

SCRIPT = {
    "now": Text("Now", "当班"),
    "next": Text("Next", "下一班"),
    "post": POST,
    "shift": SHIFT,
    "day": DAY,
    "who": Text("Who", "人员"),
    "missing": MISSING_COUNT,
    "heads": HEADS,
    "nobody": NOBODY,
    "rest": Text("no shift", "无班"),
    "before": Text("The roster begins on {when}.", "本排班自{when}开始。"),
    "after": Text("The roster ended on {when}.", "本排班已于{when}结束。"),
    "none": Text("Nobody of this name has a duty.", "没有找到有值班的人员。"),
    "found": Text("{count} found", "找到{count}人"),
    "more": Text(
        "Only the first {count} are shown; type more of the name.", "仅显示前{count}人，请输入更完整的姓名。"
    ),
    "duties": Text("{count} duties", "共{count}班"),
    "until": Text("until {when}", "至{when}"),
    "today": Text("Today", "今天"),
    "leader": Text("In charge", "负责人"),
    "tasks": Text("Tasks", "任务"),
    "leave": Text("Leave the wall display", "退出大屏"),
    "hint": SEARCH_HINT,
    "of": Text("local time", "当地时间"),
    "past": Text("over: {count}", "已结束{count}班"),
    **{str(kind): text for kind, text in DAY_MARKS.items()},
    "all": Text("all days", "全部日期"),
    "a-page": Text("all days, each on a page", "全部日期，每日一页"),
    "only": Text("this day only", "仅当前日期"),
}
