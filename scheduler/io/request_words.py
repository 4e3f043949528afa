"""The columns of an organisation's form, and its words."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.volunteer import Tier
from scheduler.text import Text

PEOPLE, POSTS = Text("People", "人员"), Text("Posts", "点位")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what the reader calls it, its title, its width, the choices it offers."""

    meaning: str
    title: Text
    width: int
    choices: str = ""


COLUMNS = (
    Column("id", Text("id", "人员编号"), 4),
    Column("serial", Text("no.", "序号"), 6),
    Column("name", Text("name", "姓名"), 14),
    Column("phone", Text("phone", "手机"), 15),
    Column("tier", Text("category", "人员类别"), 14, "tiers"),
    Column("skills", Text("skills", "技能"), 16, "skills"),
    Column("availability", Text("availability", "可服务时间"), 32, "times"),
    Column("away", Text("days away", "不能参加的日期"), 20, "days"),
    Column("per_week", Text("shifts a week", "每周至多班数"), 14, "counts"),
    Column("wishes", Text("preferred posts", "意向点位"), 24, "posts"),
    Column("serves", Text("takes part", "是否参加"), 10, "yes_no"),
)
"""The columns of the form, in order; that of the ids is hidden."""

HOW = Text(
    "Fill in one person a row; correct what has changed and leave the rest. Another person goes into an empty row, "
    "never over somebody. Choose from the lists or write freely: weekday evenings after 7pm, not on 15 March.",
    "每人一行；有变化的请更正，没有变化的不必改动。新增人员请填在空行，不要覆盖他人。"
    "可从下拉列表选择，也可自行填写，例如“周一至周五晚7点后，除15日外”。",
)
YES, NO = Text("yes", "是"), Text("no", "否")
TIERS = {
    Tier.VOLUNTEER: Text("volunteer", "志愿者"),
    Tier.RESERVE: Text("reserve", "后备人员"),
    Tier.STAFF: Text("staff", "社区工作者"),
}
ALWAYS = (
    Text("any time", "随时"),
    Text("workdays", "工作日全天"),
    Text("weekends", "周末全天"),
    Text("holidays", "节假日全天"),
)
SOMETIMES = (
    Text("every day {shift}", "每天{shift}"),
    Text("workdays {shift}", "工作日{shift}"),
    Text("weekends {shift}", "周末{shift}"),
)
