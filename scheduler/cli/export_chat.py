"""scheduler export chat: a roster as text for a chat group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.export_options import Now, PlanOption, Reader, Written
from scheduler.cli.options import Force, Json, RosterFile, option
from scheduler.cli.speech import speaker, words
from scheduler.domain.profile import Profile

if TYPE_CHECKING:
    from scheduler.io.chat.listing import Chosen
    from scheduler.io.roster_file import RosterRecord
    from scheduler.text import Language, Languages

HELP = words(
    "Write text for a chat group: messages short enough to be sent, numbered if there are several.\n\n"
    "--by day, post or branch lists who serves; changes tells what is new since --previous; calls asks for people "
    "where some are missing.\n\n"
    "Example:  scheduler export chat out/roster.json --by day --day 2020-02-15",
    "导出发到聊天群的文字：按消息长度分段，多段时编号。\n\n"
    "--by day、post、branch 按日、按岗位、按组织列出值班人员；changes 为与 --previous 相比的变更通知；"
    "calls 为缺员招募。\n\n"
    "示例：  scheduler export chat out/roster.json --by day --day 2020-02-15",
)
LINE = "----------"
"""What stands between messages."""


class Kind(StrEnum):
    """What is told."""

    DAY = "day"
    POST = "post"
    BRANCH = "branch"
    CHANGES = "changes"
    CALLS = "calls"


By = Annotated[
    Kind,
    option(
        "--by",
        None,
        "day, post, branch: who serves; changes: what is new; calls: where people are missing",
        "day 按日、post 按岗位、branch 按组织列出；changes 变更通知；calls 缺员招募",
    ),
]
Previous = Annotated[
    Path | None,
    option("--previous", "ROSTER", "the roster as it was, for changes", "变更前的排班文件（用于 changes）"),
]
Out = Annotated[
    Path | None,
    option("--out", "FILE", "text file to write (default: the screen)", "写入的文本文件（默认输出到屏幕）"),
]
Days = Annotated[
    list[str] | None,
    option("--day", "DATE", "only this duty day (may be repeated)", "只列该值守日（可重复）"),
]
Posts = Annotated[
    list[str] | None,
    option("--post", "ID", "only this post (may be repeated)", "只列该岗位（可重复）"),
]
Organisations = Annotated[
    list[str] | None,
    option(
        "--organisation",
        "ID",
        "only people of this organisation and its branches (may be repeated)",
        "只列该组织（含下级）的人员（可重复）",
    ),
]
Limit = Annotated[
    int,
    option("--limit", None, "characters a message may have", "每条消息的字数上限", least=200, most=100_000),
]
Contact = Annotated[
    str,
    option("--contact", "WHO", "whom to contact about calls", "招募联系人（用于 calls）", show_default=False),
]


def chat(
    roster: RosterFile,
    by: By = Kind.DAY,
    plan: PlanOption = None,
    previous: Previous = None,
    day: Days = None,
    post: Posts = None,
    organisation: Organisations = None,
    contact: Contact = "",
    limit: Limit = 2000,
    profile: Reader = Profile.VOLUNTEER,
    language: Written = None,
    now: Now = None,
    out: Out = None,
    as_json: Json = False,
    force: Force = False,
) -> None:
    from scheduler.cli.export_options import moment, opened
    from scheduler.io.files import refuse_to_overwrite, write_text
    from scheduler.io.guarded import expect_no_leak

    refuse_to_overwrite([out] if out else [], force=force)
    record = opened(roster, plan)
    chosen = _chosen(record, day or (), post or (), organisation or ())
    when = moment(now, record.plan.problem.zone)
    before = _before(by, previous, record, moved=plan is not None)
    messages = [
        message
        for spoken in _languages(language, record).spoken
        for message in _messages(by, record, before, chosen, when, spoken, profile, contact, limit)
    ]
    expect_no_leak(out or Path("chat.txt"), _text(messages).encode(), record.plan.problem, profile)
    if out:
        write_text(out, _text(messages))
    _show(messages, out, _nothing(by, when.astimezone(record.plan.problem.zone)), as_json=as_json)


def _messages(
    by: Kind,
    record: RosterRecord,
    before: RosterRecord | None,
    chosen: Chosen,
    now: dt.datetime,
    language: Language,
    profile: Profile,
    contact: str,
    limit: int,
) -> list[str]:
    from scheduler.io.chat.listing import By, listing
    from scheduler.io.chat.notices import call_out, change_notice

    problem, roster = record.plan.problem, record.roster
    if before is not None:
        return change_notice(problem, before.roster, roster, language, profile, limit)
    if by is Kind.CALLS:
        return call_out(problem, roster, now, language, profile, chosen, contact, limit)
    return listing(problem, roster, By(by.value), language, profile, chosen, limit)


def _before(by: Kind, previous: Path | None, record: RosterRecord, *, moved: bool) -> RosterRecord | None:
    """The roster as it was; with the plan given if it does not find its own."""
    from scheduler.cli.usage import UsageError
    from scheduler.io.roster_file import read_roster

    if by is not Kind.CHANGES:
        return None
    if previous is None:
        raise UsageError(
            words("changes need --previous ROSTER", "changes 需用 --previous 指定变更前的排班文件")
        )
    own = previous.suffix.lower() == ".json" and not moved
    return read_roster(previous, None if own else record.plan)


def _chosen(
    record: RosterRecord, days: Iterable[str], posts: Iterable[str], organisations: Iterable[str]
) -> Chosen:
    from scheduler.io.chat.choice import chosen

    return chosen(record.roster.instance, days, posts, organisations)


def _languages(given: Languages | None, record: RosterRecord) -> Languages:
    """The languages asked for, else the plan's, else that of the person at the keyboard."""
    from scheduler.text import Languages

    return given or record.plan.problem.publish.languages or Languages(speaker.language.value)


def _text(messages: list[str]) -> str:
    return f"\n\n{LINE}\n\n".join(messages) + "\n" if messages else ""


def _nothing(by: Kind, now: dt.datetime) -> str:
    """What is said if there is no message; a shift that has begun calls for nobody."""
    if by is not Kind.CALLS:
        return words("There is nothing to tell.", "没有需要发布的内容。")
    return words(
        f"No shift that begins after {now:%Y-%m-%d %H:%M} lacks people (another time: --now).",
        f"{now:%Y-%m-%d %H:%M} 之后开始的班次均不缺人（可用 --now 另定时间）。",
    )


def _show(messages: list[str], out: Path | None, nothing: str, *, as_json: bool) -> None:
    import json

    if as_json:
        typer.echo(json.dumps({"messages": messages}, ensure_ascii=False, indent=2))
    elif not messages:
        speaker.err.print(nothing, markup=False)
    elif out:
        count = len(messages)
        speaker.out.print(words(f"{count} messages in {out}", f"已写入 {count} 条消息：{out}"), markup=False)
    else:
        typer.echo(_text(messages), nl=False)
