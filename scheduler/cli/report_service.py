"""scheduler report service: the register of hours served, and certificates to be signed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import OPTIONS, Force, Json, option
from scheduler.cli.report_options import AsCsv, AttendanceFiles, Rosters, XlsxFile, tell
from scheduler.cli.report_person_times import Activity, AsOf, activity_words, read_periods
from scheduler.cli.speech import speaker, words

Unit = Annotated[
    int,
    option(
        "--unit",
        None,
        "minutes that count as one; the rest of a duty does not count (default: every minute)",
        "计时单位（分钟）， 不足一个单位的部分不计 （默认逐分钟计）",
        least=1,
        most=240,
    ),
]
MostADay = Annotated[
    float | None,
    option(
        "--most-a-day",
        "HOURS",
        "hours credited a day at most",
        "每日最多计入的小时数",
        least=0.5,
        most=24,
        show_default=False,
    ),
]
Certificates = Annotated[
    Path | None,
    option(
        "--certificates",
        "FOLDER",
        "write a certificate for everybody, to be signed",
        "为每人写一份 待签章的服务证明",
        show_default=False,
    ),
]
IssuerName = Annotated[
    str, typer.Option("--issuer", help=words("who issues them", "出具单位"), rich_help_panel=OPTIONS)
]
Responsible = Annotated[
    str,
    option("--responsible", None, "responsible person", "负责人"),
]
Handler = Annotated[
    str, typer.Option("--handler", help=words("who handles them", "经办人"), rich_help_panel=OPTIONS)
]
Contact = Annotated[
    str,
    typer.Option(
        "--contact", help=words("the issuer's contact", "出具单位联系方式"), rich_help_panel=OPTIONS
    ),
]


def service(
    rosters: Rosters,
    attendance: AttendanceFiles = None,
    as_of: AsOf = None,
    activity: Activity = None,
    unit: Unit = 1,
    most_a_day: MostADay = None,
    certificates: Certificates = None,
    issuer: IssuerName = "",
    responsible: Responsible = "",
    handler: Handler = "",
    contact: Contact = "",
    as_csv: AsCsv = False,
    as_json: Json = False,
    xlsx: XlsxFile = None,
    force: Force = False,
) -> None:
    from scheduler.cli.clock import now
    from scheduler.io.certificates import Issuer, Occasion, write_certificates
    from scheduler.report.duties import book
    from scheduler.report.service import Credit, person_grid, record_grid, services

    periods, problem = read_periods(rosters, attendance or [])
    credit = Credit(unit, None if most_a_day is None else round(most_a_day * 60))
    found = services(book(periods, as_of.date() if as_of else None), credit)
    what = activity_words(activity, problem.name)
    if certificates is not None:
        day = now().astimezone(periods[-1].roster.instance.zone).date()
        who = Issuer(issuer, responsible, handler, contact)
        occasion = Occasion(what, credit, who, day, f"{problem.id}-{day:%Y%m%d}")
        pages = write_certificates(certificates, found, occasion, force=force)
        count = words(
            f"{len(pages)} certificates in {certificates}", f"已写入 {len(pages)} 份证明：{certificates}"
        )
        speaker.err.print(count, markup=False)
    tell(
        [person_grid(found, credit), record_grid(found, what)],
        as_json=as_json,
        as_csv=as_csv,
        xlsx=xlsx,
        force=force,
    )
