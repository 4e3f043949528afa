"""scheduler disrupt: the common changes of a plan without editing it by hand; then `scheduler repair`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import DryRun, Json, PlanFile, argument, option
from scheduler.cli.speech import speaker, words
from scheduler.cli.usage import Command
from scheduler.domain.residents import Residents

if TYPE_CHECKING:
    from scheduler.io.disruption import Dates
    from scheduler.io.edit import PlanEdit
    from scheduler.text import Text

app = typer.Typer(
    help=words(
        "Change a plan for what happened: ill, gone, closed, more people needed. Reasons are not stored.",
        "按突发情况修改计划：生病、退出、封闭、需求变化。不记录原因。",
    ),
    no_args_is_help=True,
)
COMMANDS = words("Commands", "命令")


Who = Annotated[str, argument("VOLUNTEER", "id or name", "编号或姓名")]
Where = Annotated[str, argument("POST", "id or name", "编号或名称")]
Area = Annotated[str, argument("PLACE", "id or name", "编号或名称")]
From = Annotated[
    str,
    option("--from", "DATE", "first duty day, like 2020-03-05", "第一个值守日，如 2020-03-05"),
]
Until = Annotated[
    str | None,
    option(
        "--to",
        "DATE",
        "last duty day (default: the plan's last)",
        "最后一个值守日（默认：排班期最后一天）",
        show_default=False,
    ),
]
Leaving = Annotated[
    str | None,
    option(
        "--from",
        "DATE",
        "from this duty day on (default: taken out of the plan altogether)",
        "自该值守日起（默认：从计划中完全移除）",
        show_default=False,
    ),
]
Stay = Annotated[
    Residents,
    option(
        "--residents",
        None,
        "who lives there: free (serve elsewhere), away (cannot serve), stay (posts in it stay open, residents "
        "alone serve there and nowhere else)",
        "居住其中的人：free（可去别处值守）、away（不能值守）、stay（内部岗位保留，只由居民值守，居民也不去别处）",
    ),
]
Least = Annotated[
    int,
    option("--least", None, "heads at least", "最少人数", least=0),
]
Wanted = Annotated[
    int | None,
    option(
        "--wanted",
        None,
        "heads wanted (default: as least)",
        "期望人数（默认与 least 相同）",
        least=0,
        show_default=False,
    ),
]
Types = Annotated[
    list[str] | None,
    option("--shift", "TYPE", "only this shift type (repeatable)", "只针对该班型（可重复使用）"),
]


def ill(
    plan: PlanFile,
    volunteer: Who,
    first: From,
    last: Until = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.advice.find import find_volunteer
    from scheduler.io.disruption import absent

    edit = _edit(plan)
    who = find_volunteer(edit.plan.problem.instance(), volunteer)
    notes = absent(edit, who, _dates(edit, first, last))
    _end(edit, notes, dry_run=dry_run, as_json=as_json)


ill.__doc__ = words(
    "Somebody cannot come on some days: ill, travelling, a close contact. The reason is not stored.\n\n"
    "Example:  scheduler disrupt ill plan.yaml wang --from 2020-03-05 --to 2020-03-09",
    "某人在若干天内不能值守（生病、外出、密接等），不记录原因。\n\n"
    "示例：  scheduler disrupt ill plan.yaml 王秀英 --from 2020-03-05 --to 2020-03-09",
)


def leave(
    plan: PlanFile, volunteer: Who, first: Leaving = None, dry_run: DryRun = False, as_json: Json = False
) -> None:
    from scheduler.advice.find import find_volunteer
    from scheduler.io.disruption import absent, gone

    edit = _edit(plan)
    who = find_volunteer(edit.plan.problem.instance(), volunteer)
    notes: tuple[Text, ...] = ()
    if first is None:
        gone(edit, who)
    else:
        notes = absent(edit, who, _dates(edit, first, None))
    _end(edit, notes, dry_run=dry_run, as_json=as_json)


leave.__doc__ = words(
    "Somebody leaves: from a day on, their earlier duties kept; or out of the plan altogether.\n\n"
    "Example:  scheduler disrupt leave plan.yaml wang --from 2020-03-05",
    "某人退出：自某日起退出并保留此前的班次；或从计划中完全移除。\n\n"
    "示例：  scheduler disrupt leave plan.yaml 王秀英 --from 2020-03-05",
)


def close_post(
    plan: PlanFile,
    post: Where,
    first: From,
    last: Until = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.advice.find import find_post
    from scheduler.io.disruption import close_posts

    edit = _edit(plan)
    where = find_post(edit.plan.problem.instance(), post)
    close_posts(edit, [where], _dates(edit, first, last))
    _end(edit, (), dry_run=dry_run, as_json=as_json)


close_post.__doc__ = words(
    "Nobody is needed at a post on some days.\n\n"
    "Example:  scheduler disrupt close-post plan.yaml gate-3 --from 2020-03-05 --to 2020-03-09",
    "某岗位在若干天内撤岗，不需要人。\n\n"
    "示例：  scheduler disrupt close-post plan.yaml 东门 --from 2020-03-05 --to 2020-03-09",
)


def close_place(
    plan: PlanFile,
    place: Area,
    first: From,
    last: Until = None,
    residents: Stay = Residents.FREE,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.advice.find import find_place
    from scheduler.io.disruption import close_place as close

    edit = _edit(plan)
    instance = edit.plan.problem.instance()
    notes = close(edit, instance, find_place(instance, place).id, _dates(edit, first, last), residents)
    _end(edit, notes, dry_run=dry_run, as_json=as_json)


close_place.__doc__ = words(
    "A place is closed on some days: its posts need nobody; who lives there (`home`) serves elsewhere, not at all, or "
    "only inside.\n\n"
    "Example:  scheduler disrupt close-place plan.yaml xingfu --from 2020-03-05 --residents away",
    "某地点（社区、小区）在若干天内封闭：其中岗位不需要人；居住其中的人（home）可去别处、不能值守，或只在内部值守。\n\n"
    "示例：  scheduler disrupt close-place plan.yaml 幸福社区 --from 2020-03-05 --residents away",
)


def demand(
    plan: PlanFile,
    post: Where,
    first: From,
    least: Least,
    last: Until = None,
    wanted: Wanted = None,
    shift: Types = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.advice.find import find_post
    from scheduler.io.disruption import set_demand

    edit = _edit(plan)
    instance = edit.plan.problem.instance()
    where, dates = find_post(instance, post), _dates(edit, first, last)
    notes = set_demand(edit, instance, where, dates, least, wanted, shift or ())
    _end(edit, notes, dry_run=dry_run, as_json=as_json)


demand.__doc__ = words(
    "More or fewer people are needed at a post on some days; skills and priority stay.\n\n"
    "Example:  scheduler disrupt demand plan.yaml gate-3 --from 2020-03-05 --to 2020-03-06 --least 3",
    "某岗位在若干天内需要的人数有变；技能要求和优先级不变。\n\n"
    "示例：  scheduler disrupt demand plan.yaml 东门 --from 2020-03-05 --to 2020-03-06 --least 3",
)

for name, command in (
    ("ill", ill),
    ("leave", leave),
    ("close-post", close_post),
    ("close-place", close_place),
    ("demand", demand),
):
    app.command(name, cls=Command, rich_help_panel=COMMANDS)(command)


def _edit(plan: PlanFile) -> PlanEdit:
    from scheduler.io.edit import PlanEdit

    return PlanEdit(plan)


def _dates(edit: PlanEdit, first: str, last: str | None) -> Dates:
    """The duty days a person names, which must meet the plan's."""
    from scheduler.io.disruption import Dates

    horizon = edit.plan.problem.horizon
    begin = _day(first, "--from")
    end = horizon.last if last is None else _day(last, "--to")
    if end < begin or begin > horizon.last or end < horizon.first:
        raise typer.BadParameter(
            words(
                f"the plan's days are {horizon.first} to {horizon.last}",
                f"排班期为 {horizon.first} 至 {horizon.last}",
            ),
            param_hint="--from" if last is None else "--to",
        )
    return Dates(begin, end)


def _day(word: str, option: str) -> dt.date:
    from pydantic_core import PydanticCustomError

    from scheduler.domain.moment import as_day

    try:
        return as_day(word)
    except PydanticCustomError as wrong:
        hint = words("write it like 2020-03-05", "请写成如 2020-03-05")
        raise typer.BadParameter(hint, param_hint=option) from wrong


def _end(edit: PlanEdit, notes: Sequence[Text], *, dry_run: bool, as_json: bool) -> None:
    from scheduler.cli.changes import finish

    finish(edit, {}, notes, dry_run=dry_run, as_json=as_json)
    if not (dry_run or as_json):
        speaker.err.print(
            words(
                f"Next:  scheduler repair {edit.path} ROSTER --out repaired",
                f"下一步：  scheduler repair {edit.path} 排班文件 --out repaired",
            ),
            markup=False,
        )
