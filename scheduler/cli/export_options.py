"""Options of the commands that write a roster in other forms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scheduler.cli.options import option
from scheduler.cli.speech import speaker
from scheduler.domain.profile import Profile
from scheduler.text import Languages, Text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from scheduler.io.roster_file import RosterRecord

PlanOption = Annotated[
    Path | None,
    option("--plan", "PLAN", "the roster's plan, if it has moved", "排班所属的计划文件（计划移动后使用）"),
]
Reader = Annotated[
    Profile,
    option(
        "--profile",
        None,
        "who reads it; public: names masked, no phones",
        "供谁阅读；public 公众：姓名脱敏，无电话",
    ),
]
Written = Annotated[
    Languages | None,
    option(
        "--language",
        None,
        "language: zh, en or both (default: the plan's)",
        "语言：zh、en 或 both（默认取自计划）",
        show_default=False,
    ),
]
Now = Annotated[
    str | None,
    option(
        "--now",
        "TIME",
        'what "as of" is to say, in the plan\'s time zone, e.g. "2020-03-01 18:00" (default: the clock)',
        "“截至”时间（计划所在时区），默认为当前时间",
    ),
]


def moment(given: str | None, zone: ZoneInfo) -> dt.datetime:
    """The time given in a zone; without one that of the clock."""
    from pydantic_core import PydanticCustomError

    from scheduler.cli.clock import now
    from scheduler.domain.moment import as_moment
    from scheduler.errors import Fault, InputError

    if given is None:
        return now()
    try:
        return as_moment(given).replace(tzinfo=zone)
    except PydanticCustomError:
        expected = Text(
            f'expected a time like "2020-03-01 18:00", found "{given}"',
            f"应为形如“2020-03-01 18:00”的时间，实为“{given}”",
        )
        raise InputError([Fault("--now", expected)]) from None


def opened(roster: Path, plan: Path | None) -> RosterRecord:
    """The roster of a file; what is to be known about it is said on standard error."""
    from scheduler.io.read import read_plan
    from scheduler.io.roster_file import read_roster

    record = read_roster(roster, None if plan is None else read_plan(plan))
    for note in record.notes:
        speaker.err.print(speaker.say(note), markup=False)
    return record


def languages_of(given: Languages | None, record: RosterRecord) -> Languages:
    """The languages asked for, else those of the plan, else both."""
    return given or record.plan.problem.publish.languages or Languages.BOTH


def expect_extra() -> None:
    """Raise PublishError, which says what to install, if the extra ``html`` is not there."""
    from importlib.util import find_spec

    from scheduler.errors import PublishError

    if any(find_spec(name) is None for name in ("jinja2", "matplotlib")):
        text = Text("the parts that draw web pages are not installed", "尚未安装制作网页所需的组件")
        hint = Text(
            "install them: pip install 'duty-scheduler[html]'", "请安装：pip install 'duty-scheduler[html]'"
        )
        raise PublishError(text, "", hint)
