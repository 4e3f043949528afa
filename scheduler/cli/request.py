"""scheduler request: a form for every organisation to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from scheduler.cli.options import Force, OutFolder, PlanFile, option
from scheduler.cli.speech import speaker, words

Only = Annotated[
    list[str] | None,
    option("--organisation", "ID", "only for this organisation (repeatable)", "只为该组织生成（可重复使用）"),
]
Rows = Annotated[
    int,
    option("--rows", None, "blank rows for new people", "供新增人员填写的空行数", least=0, most=1000),
]


def request(
    plan: PlanFile,
    out: OutFolder = Path("request"),
    organisation: Only = None,
    rows: Rows = 20,
    force: Force = False,
) -> None:
    from scheduler.io.read import read_plan
    from scheduler.io.request_form import write_requests

    problem = read_plan(plan).problem
    written = write_requests(problem, out, speaker.language, blank=rows, only=organisation or (), force=force)
    speaker.out.print(
        words(f"Forms in {out}: {len(written)}", f"已写入 {len(written)} 份表格：{out}"),
        markup=False,
    )
    speaker.err.print(
        words(
            f"When they come back:  scheduler import people {plan} FILE...",
            f"收回后：  scheduler import people {plan} 文件...",
        ),
        markup=False,
    )


request.__doc__ = words(
    "Write one workbook for every organisation: its quota, its posts, its members, blank rows with drop-downs. "
    "The filled-in forms are read back by `scheduler import people`.\n\n"
    "Example:  scheduler request my-plan/plan.yaml --out request",
    "为每个组织生成一份工作簿：定额、点位、已有成员，以及带下拉选项的空行。"
    "填好后用 `scheduler import people` 读回。\n\n"
    "示例：  scheduler request my-plan/plan.yaml --out request",
)
