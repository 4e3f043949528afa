"""scheduler export html: a roster as one web page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from scheduler.cli.export_options import Now, PlanOption, Reader, Written
from scheduler.cli.options import Force, RosterFile, option
from scheduler.cli.speech import speaker, words
from scheduler.domain.profile import Profile

HELP = words(
    "Write one web page: by day, post, organisation and name, who is on duty now, charts.\n\n"
    "The file needs nothing else: send it to a chat group, open it on a phone or a computer, print it, or show "
    "it on a wall display by adding #wall to its address.\n\n"
    "Example:  scheduler export html out/roster.json --out roster.html",
    "导出一个网页：按日、按岗位、按组织、按姓名查看，显示当前值班人员，并附图表。\n\n"
    "网页只有一个文件，无需联网：可发到聊天群，用手机或电脑打开，可打印；网址后加 #wall 即为大屏显示。\n\n"
    "示例：  scheduler export html out/roster.json --out roster.html",
)
Page = Annotated[
    Path,
    option("--out", "FILE", "file to write (.html)", "输出文件（.html）"),
]


def html(
    roster: RosterFile,
    plan: PlanOption = None,
    out: Page = Path("roster.html"),
    profile: Reader = Profile.PUBLIC,
    language: Written = None,
    now: Now = None,
    force: Force = False,
) -> None:
    from scheduler.cli.export_options import expect_extra, languages_of, moment, opened

    expect_extra()
    from scheduler.io.files import refuse_to_overwrite
    from scheduler.io.guarded import write_guarded
    from scheduler.io.html.page import html_page

    refuse_to_overwrite([out], force=force)
    record = opened(roster, plan)
    issued = moment(now, record.plan.problem.zone)
    page = html_page(record, issued, profile, languages_of(language, record))
    write_guarded(out, page, record.plan.problem, profile)
    size = max(1, len(page) // 1024)
    speaker.out.print(
        words(f"The page is in {out} ({size} KB)", f"网页已写入：{out}（{size} KB）"), markup=False
    )
