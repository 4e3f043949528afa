"""scheduler explain: why, why not, why empty, where the cost is, what cannot hold together."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli.answers import read_record, say
from scheduler.cli.export_options import PlanOption
from scheduler.cli.options import ARGUMENTS, OPTIONS, Json, PlanFile, RosterFile
from scheduler.cli.speech import words
from scheduler.cli.usage import Command
from scheduler.errors import ExitStatus

app = typer.Typer(
    help=words(
        "Explain a roster: why, why not, why is it empty; or what of a plan cannot hold together.",
        "解释排班：为何排、为何不排、为何缺人；或计划中哪些要求互相冲突。",
    ),
    no_args_is_help=True,
)
COMMANDS = words("Commands", "命令")

VolunteerWord = Annotated[
    str,
    typer.Argument(
        metavar="VOLUNTEER",
        help=words("a volunteer: id or name", "志愿者：编号或姓名"),
        rich_help_panel=ARGUMENTS,
    ),
]
ShiftWord = Annotated[
    str,
    typer.Argument(
        metavar="SHIFT",
        help=words(
            'a shift: its id, or words like "west-gate 3-5 morning"',
            "班次：编号，或几个词，如“西口 3月5日 早班”",
        ),
        rich_help_panel=ARGUMENTS,
    ),
]
Seconds = Annotated[
    float,
    typer.Option(
        "--seconds", min=0, help=words("time for solving", "求解时间（秒）"), rich_help_panel=OPTIONS
    ),
]


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Why a volunteer serves on a shift: what every alternative would cost, by rule.\n\n"
        'Example:  scheduler explain why out/roster.json wang "fuguang 2-15 morning"',
        "某人为何排在某班次：逐一列出其他做法的代价。\n\n"
        "示例：  scheduler explain why out/roster.json 王秀英 “福光路西口 2月15日 上午班”",
    ),
)
def why(
    roster: RosterFile,
    volunteer: VolunteerWord,
    shift: Annotated[str | None, typer.Argument(metavar="[SHIFT]", rich_help_panel=ARGUMENTS)] = None,
    plan: PlanOption = None,
    as_json: Json = False,
) -> None:
    from scheduler.advice.find import find_shift, find_volunteer
    from scheduler.advice.why import why as answer
    from scheduler.score import Scorer

    record = read_record(roster, plan)
    instance = record.roster.instance
    who = find_volunteer(instance, volunteer)
    where = None if shift is None else find_shift(instance, shift)
    say(answer(Scorer(record.roster, record.plan.problem.all_rules()), who, where), as_json=as_json)


@app.command(
    "why-not",
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Why a volunteer does not serve on a shift: every rule that says no, or the price.\n\n"
        'Example:  scheduler explain why-not out/roster.json wang "fuguang 2-15 evening"',
        "某人为何不在某班次：逐条列出不允许的规则，或列出代价。\n\n"
        "示例：  scheduler explain why-not out/roster.json 王秀英 “福光路西口 2月15日 晚班”",
    ),
)
def why_not(
    roster: RosterFile,
    volunteer: VolunteerWord,
    shift: ShiftWord,
    plan: PlanOption = None,
    as_json: Json = False,
) -> None:
    from scheduler.advice.find import find_shift, find_volunteer
    from scheduler.advice.why import why_not as answer
    from scheduler.score import Scorer

    record = read_record(roster, plan)
    instance = record.roster.instance
    who, where = find_volunteer(instance, volunteer), find_shift(instance, shift)
    say(answer(Scorer(record.roster, record.plan.problem.all_rules()), who, where), as_json=as_json)


@app.command(
    "why-empty",
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Why a shift is open: how many people each rule keeps away, and who could come at what price.\n\n"
        'Example:  scheduler explain why-empty out/roster.json "fuguang 2-16 evening"',
        "某班次为何缺人：每条规则排除多少人，谁可以来、代价多少。\n\n"
        "示例：  scheduler explain why-empty out/roster.json “福光路西口 2月16日 晚班”",
    ),
)
def why_empty(
    roster: RosterFile,
    shift: ShiftWord,
    seconds: Seconds = 20.0,
    plan: PlanOption = None,
    as_json: Json = False,
) -> None:
    from scheduler.advice.find import find_shift
    from scheduler.advice.why_empty import why_empty as answer
    from scheduler.advice.why_empty import with_relaxation
    from scheduler.score import Scorer

    record = read_record(roster, plan)
    where = find_shift(record.roster.instance, shift)
    scorer = Scorer(record.roster, record.plan.problem.all_rules())
    found = answer(scorer, where)
    if found.data["missing"] and not found.data["able"]:
        from scheduler.engine.relax import cheapest_relaxation
        from scheduler.engine.stop import Deadline

        relaxation = cheapest_relaxation(scorer, where, Deadline(seconds))
        found = with_relaxation(found, relaxation, record.roster.instance)
    say(found, as_json=as_json)


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Where a roster's cost is: by level and rule, with whom it concerns most.\n\n"
        "Example:  scheduler explain score out/roster.json",
        "代价在哪里：按级别和规则列出，并指出主要涉及的人。\n\n示例：  scheduler explain score out/roster.json",
    ),
)
def score(roster: RosterFile, plan: PlanOption = None, as_json: Json = False) -> None:
    from scheduler.advice.parts import score_parts
    from scheduler.score import violations

    record = read_record(roster, plan)
    found = violations(record.roster, record.plan.problem.all_rules())
    say(score_parts(found), as_json=as_json)


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Which hard rules of a plan, and whose, cannot hold together; a set from which none can be left out.\n\n"
        "Exit status 0 if all can hold, 4 if not, 5 if the time was too short to find out.\n\n"
        "Example:  scheduler explain conflict my-plan/plan.yaml",
        "计划中哪些硬性规则、涉及哪些人，无法同时满足；列出的各项缺一不可。\n\n"
        "退出码：0 可同时满足，4 不能，5 时间不足、未能判定。\n\n"
        "示例：  scheduler explain conflict my-plan/plan.yaml",
    ),
)
def conflict(plan: PlanFile, seconds: Seconds = 60.0, as_json: Json = False) -> None:
    from scheduler.advice.clash import clash_answer
    from scheduler.engine.conflict import find_clashes
    from scheduler.engine.stop import Deadline
    from scheduler.io.read import read_plan

    problem = read_plan(plan).problem
    instance = problem.instance()
    found = find_clashes(instance, problem.all_rules(), Deadline(seconds))
    say(clash_answer(found, instance), as_json=as_json)
    if found.conflicts or not found.settled:
        raise typer.Exit(ExitStatus.NO_ROSTER if found.conflicts else ExitStatus.OUT_OF_TIME)
