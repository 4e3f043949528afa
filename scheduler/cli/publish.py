"""scheduler publish: a roster handed out as calendars, with a ledger that remembers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import caldav_options as caldav_option
from scheduler.cli.export import Utc
from scheduler.cli.export_options import PlanOption
from scheduler.cli.options import ARGUMENTS, Json, LedgerFile, option
from scheduler.cli.speech import speaker, words
from scheduler.text import Languages

if TYPE_CHECKING:
    from scheduler.caldav.push import Pushed
    from scheduler.cli.caldav_push import Target
    from scheduler.io.publication import Publication
    from scheduler.io.roster_file import RosterRecord
    from scheduler.problem import Problem
    from scheduler.publish.changes import Change
    from scheduler.text import Text

Rosters = Annotated[
    list[Path],
    typer.Argument(
        metavar="ROSTER",
        help=words(
            "roster file (roster.json); with --diff two of them: old, new",
            "排班文件（roster.json）；与 --diff 合用时给出旧、新两份",
        ),
        rich_help_panel=ARGUMENTS,
    ),
]
Out = Annotated[
    Path,
    option(
        "--out",
        "FOLDER",
        "folder of the published calendars, the same every time",
        "已发布日历的文件夹，每次用同一个",
    ),
]
AlarmOption = Annotated[
    str | None,
    option(
        "--alarm",
        "1d,1h|none",
        "reminders before a duty (default: the plan's)",
        "值班前的提醒（默认取自计划）",
    ),
]
LanguageOption = Annotated[
    Languages | None,
    option(
        "--language",
        None,
        "language of the events (default: the plan's, else as before)",
        "日程所用语言（默认取自计划，否则与上次相同）",
        show_default=False,
    ),
]
Draft = Annotated[
    bool,
    option(
        "--draft",
        None,
        "events are tentative until published without it",
        "草案：日程标为待定，再次正式发布后确认",
    ),
]
DryRun = Annotated[
    bool,
    option("--dry-run", None, "only show what would change: + ~ -", "仅显示将会发生的变动：+ ~ -"),
]
Diff = Annotated[
    bool,
    option("--diff", None, "compare two rosters, publish nothing", "比较两份排班，不发布"),
]


def publish(
    rosters: Rosters,
    out: Out = Path("published"),
    ledger: LedgerFile = None,
    plan: PlanOption = None,
    alarm: AlarmOption = None,
    utc: Utc = False,
    language: LanguageOption = None,
    draft: Draft = False,
    dry_run: DryRun = False,
    diff: Diff = False,
    as_json: Json = False,
    caldav: caldav_option.Url = None,
    calendar: caldav_option.Which = "all",
    password_command: caldav_option.PasswordCommand = None,
    allow_http: caldav_option.AllowHttp = False,
    force: caldav_option.ForceDeletes = False,
) -> None:
    from scheduler.cli.caldav_push import target
    from scheduler.cli.publish_report import as_data, show_changes, show_publication

    if diff:
        show_changes(_difference(rosters, plan), as_json=as_json)
        return
    live = target(caldav, calendar, password_command, allow_http=allow_http) if caldav else None
    record = _read(_only(rosters), plan)
    problem = _adjusted(record.plan.problem, alarm, language, utc=utc, draft=draft)
    beside = ledger or record.plan.path.parent / "publication.sqlite"
    made = _published(problem, record, out, beside, dry=dry_run)
    if not as_json:
        show_publication(made, out, dry=dry_run)
    elif live is None:
        typer.echo(as_data(made))
    if live is not None:
        push = partial(_pushed, live, problem, record, beside, force=force, dry=dry_run)
        _push_and_show(push, live, made, dry=dry_run, as_json=as_json)


publish.__doc__ = words(
    "Hand out a roster as calendars, again and again: unchanged files stay as they are, removed duties are "
    "cancelled, and it says whom to send to again.\n\n"
    "Example:  scheduler publish out/roster.json --out published",
    "将排班发布为日历，可反复发布：未变动的文件保持原样，取消的班次会注明已取消，并提示需要重新发给谁。\n\n"
    "示例：  scheduler publish out/roster.json --out published",
)


def _only(rosters: list[Path]) -> Path:
    if len(rosters) != 1:
        raise typer.BadParameter(words("name one roster", "请只指定一份排班"), param_hint="ROSTER")
    return rosters[0]


def _read(roster: Path, plan: Path | None) -> RosterRecord:
    from scheduler.io.read import read_plan
    from scheduler.io.roster_file import read_roster

    record = read_roster(roster, None if plan is None else read_plan(plan))
    for note in record.notes:
        speaker.err.print(speaker.say(note), markup=False)
    return record


def _adjusted(
    problem: Problem, alarm: str | None, language: Languages | None, *, utc: bool, draft: bool
) -> Problem:
    """The plan with what the command line says otherwise about publishing."""
    from pydantic import ValidationError

    from scheduler.domain.publishing import Publishing, Times

    given = {
        "alarms": alarm,
        "languages": language,
        "times": Times.UTC if utc else None,
        "draft": draft or None,
    }
    wanted = {key: value for key, value in given.items() if value is not None}
    try:
        checked = Publishing.model_validate(wanted)
    except ValidationError as wrong:
        message = words("write it like 1d,1h or none", "请写成如 1d,1h 或 none")
        raise typer.BadParameter(message, param_hint="--alarm") from wrong
    own = {key: getattr(checked, key) for key in wanted}
    return problem.model_copy(update={"publish": problem.publish.model_copy(update=own)})


def _published(problem: Problem, record: RosterRecord, out: Path, ledger: Path, *, dry: bool) -> Publication:
    from scheduler.cli.clock import now
    from scheduler.io.publication import publish as hand_out

    return hand_out(problem, record.roster, out, ledger, now(), speaker.language, dry=dry)


def _pushed(
    live: Target, problem: Problem, record: RosterRecord, ledger: Path, *, force: bool, dry: bool
) -> Pushed:
    from scheduler.cli.caldav_push import push_live
    from scheduler.cli.clock import now
    from scheduler.io.rendered import rendered
    from scheduler.publish.ledger import open_ledger

    calendar = rendered(problem, record.roster, ledger, now(), speaker.language, live.which)
    open_book = partial(open_ledger, ledger, problem.id, now(), dry=dry)
    return push_live(live, calendar, open_book, force=force, dry=dry)


def _push_and_show(
    push: Callable[[], Pushed], live: Target, made: Publication, *, dry: bool, as_json: bool
) -> None:
    """Push; a publication is told as JSON even if the push after it fails."""
    from scheduler.cli.caldav_push import refuse_failed, show_pushed
    from scheduler.cli.publish_report import as_data
    from scheduler.errors import PublishError

    try:
        pushed = push()
    except PublishError:
        if as_json:
            typer.echo(as_data(made))
        raise
    if as_json:
        typer.echo(as_data(made, pushed, live))
        refuse_failed(pushed, live)
    else:
        show_pushed(pushed, live, dry=dry)


def _difference(rosters: list[Path], plan: Path | None) -> tuple[list[Change], dict[str, Text]]:
    from scheduler.publish.changes import beginning, between, duties_of_pages
    from scheduler.publish.edition import pages
    from scheduler.publish.first_edition import FirstEdition

    if len(rosters) != 2:
        raise typer.BadParameter(
            words("two rosters are needed: old, new", "需要两份排班：旧、新"), param_hint="--diff"
        )
    old, new = (_read(roster, plan) for roster in rosters)
    before, after = (
        duties_of_pages(pages(one.plan.problem, one.roster, FirstEdition.of(one.plan.problem).issued))
        for one in (old, new)
    )
    names = {v.id: v.label for one in (old, new) for v in one.roster.instance.volunteers}
    return between(before, after, beginning(new.plan.problem)), names
