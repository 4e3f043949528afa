"""scheduler export signin: sheets to sign at the post."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scheduler.cli.export_options import PlanOption
from scheduler.cli.export_xlsx import BookFile, BookLanguage, language_of
from scheduler.cli.options import Force, RosterFile, option
from scheduler.cli.speech import speaker, words
from scheduler.domain.profile import Profile

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.instance import Instance
    from scheduler.domain.post import Post

HELP = words(
    "Write sign-in sheets to print: a sheet a post, a page a day, with its crews and lines for walk-ins.\n\n"
    "Example:  scheduler export signin out/roster.json --days 2020-03-02 --out signin.xlsx",
    "导出可打印的签到表：每个岗位一张工作表，每天一页，预填值守人员，并留空行供临时到岗者填写。\n\n"
    "示例：  scheduler export signin out/roster.json --days 2020-03-02 --out 签到表.xlsx",
)
Days = Annotated[
    list[str] | None,
    option(
        "--days",
        "DAYS",
        "only these days: 2020-03-02, 2020-03-02..2020-03-08, weekend, mon-fri (repeatable)",
        "只导出这些日期：2020-03-02、2020-03-02..2020-03-08、weekend、mon-fri（可重复使用）",
    ),
]
Posts = Annotated[
    list[str] | None,
    option("--post", "ID", "only this post (repeatable)", "只导出该岗位（可重复使用）"),
]
Blank = Annotated[
    int,
    option(
        "--blank",
        None,
        "lines for walk-ins at every shift",
        "每个班次留给临时到岗者的空行数",
        least=0,
        most=50,
    ),
]


def signin(
    roster: RosterFile,
    plan: PlanOption = None,
    out: BookFile = Path("signin.xlsx"),
    days: Days = None,
    post: Posts = None,
    blank: Blank = 3,
    language: BookLanguage = None,
    force: Force = False,
) -> None:
    from scheduler.cli.export_options import opened
    from scheduler.io.files import refuse_to_overwrite
    from scheduler.io.guarded import write_guarded
    from scheduler.io.xlsx.desk import Desk
    from scheduler.io.xlsx.signin_book import signin_book

    refuse_to_overwrite([out], force=force)
    record = opened(roster, plan)
    instance = record.roster.instance
    desk = Desk(record.plan.problem, record.roster, language_of(language, record), Profile.POST)
    chosen = _days(instance, days or [])
    book = signin_book(desk, chosen, _posts(instance, post or []), blank)
    write_guarded(out, book, desk.problem, desk.profile)
    speaker.out.print(words(f"The sign-in sheets are in {out}", f"签到表已写入：{out}"), markup=False)


def _days(instance: Instance, given: list[str]) -> tuple[dt.date, ...]:
    """The duty days chosen; all if nothing is."""
    from pydantic import ValidationError

    from scheduler.domain.calendar import DaySelector
    from scheduler.errors import Fault, InputError
    from scheduler.text import Text

    chosen = set() if given else set(instance.days)
    faults = []
    for word in given:
        try:
            picked = [day for day in instance.days if instance.picks(DaySelector.model_validate(word), day)]
        except ValidationError:
            text = Text(f'no days are called "{word}"', f"无法识别的日期“{word}”")
            hint = Text(
                "write 2020-03-02, 2020-03-02..2020-03-08 or mon-fri",
                "请写成 2020-03-02、2020-03-02..2020-03-08 或 mon-fri",
            )
            faults.append(Fault("--days", text, hint))
            continue
        if not picked:
            first, last = instance.horizon.first, instance.horizon.last
            text = Text(f'no day of the plan is in "{word}"', f"“{word}”不含计划中的任何一天")
            faults.append(
                Fault("--days", text, Text(f"the plan is for {first} to {last}", f"计划为 {first} 至 {last}"))
            )
        chosen |= set(picked)
    if faults:
        raise InputError(faults)
    return tuple(sorted(chosen))


def _posts(instance: Instance, given: list[str]) -> tuple[Post, ...]:
    """The posts chosen by id, as the plan lists them; all if nothing is."""
    from scheduler.domain.refusal import did_you_mean
    from scheduler.errors import Fault, InputError
    from scheduler.text import Text

    faults = [
        Fault("--post", Text(f'no post "{one}"', f"没有岗位“{one}”"), did_you_mean(one, instance.posts))
        for one in given
        if one not in instance.posts
    ]
    if faults:
        raise InputError(faults)
    return tuple(one for one in instance.posts.values() if not given or one.id in given)
