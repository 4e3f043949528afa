"""The command line as a process: what it loads, how it stops, what language it picks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scheduler.cli.speech import detected
from scheduler.text import Language

SOLVERS = {"ortools", "highspy", "scipy"}


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules a command has loaded when it ends."""
    code = (
        "import sys\nfrom scheduler.cli.app import main\n"
        f"sys.argv = ['scheduler', *{list(arguments)!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n"
        "    print('\\nLOADED', end.code, *sorted({m.partition('.')[0] for m in sys.modules}))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    status, *modules = ran.stdout.rpartition("LOADED ")[2].split()
    assert status == "0", ran.stderr
    return set(modules)


def test_help_loads_no_solver_and_no_plan_model() -> None:
    assert not loaded_by("--help") & {*SOLVERS, "numpy", "pydantic", "icalendar", "ruamel"}


def test_referee_and_export_load_no_solver(plan_file: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    solving = loaded_by("solve", str(plan_file), "--out", out)
    assert solving | {"ortools"} >= SOLVERS
    assert "numba" not in solving, "a small plan waits for no compiler"
    assert not loaded_by("check", f"{out}/roster.json") & SOLVERS
    assert not loaded_by("export", "ics", f"{out}/roster.json", "--out", f"{out}/again") & SOLVERS


HARD = """\
id: hard
name: hard
horizon: {first: 2024-03-04, last: 2024-06-30}
places: [{id: town}]
shift_types:
  - {id: early, start: "06:00", end: "12:00"}
  - {id: late, start: "12:00", end: "20:00"}
demand: [{shifts: [early, late], least: 9, wanted: 11}]
posts: [{id: one, place: town}, {id: two, place: town}, {id: three, place: town}]
volunteers: {file: people.csv}
rules: [{rule: fair-load}, {rule: spacing, least: 3}, {rule: min-rest, hours: 20}]
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as on Linux")
def test_ctrl_c_leaves_the_best_roster_so_far(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(HARD, encoding="utf-8")
    rows = [f"p{n},mon-thu {6 + n % 6:02d}:00-20:00" for n in range(60)] + [f"q{n},always" for n in range(60)]
    (tmp_path / "people.csv").write_text("\n".join(["id,availability", *rows]), encoding="utf-8")
    command = [sys.executable, "-m", "scheduler", "solve", "plan.yaml", "--out", "out", "--seconds", "300"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    )
    assert process.stderr is not None
    for line in process.stderr:
        if b"start" in line or b"construct" in line:
            break
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert (tmp_path / "out" / "roster.json").is_file()
    assert time.monotonic() - began < 60


def environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    return os.environ | {"PYTHONPATH": root, "PYTHONUNBUFFERED": "1"}


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        ([], {}, Language.EN),
        ([], {"LANG": "zh_CN.UTF-8"}, Language.ZH),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, Language.EN),
        ([], {"SCHEDULER_LANG": "zh", "LC_ALL": "C"}, Language.ZH),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, Language.EN),
        (["--lang=zh"], {}, Language.ZH),
    ],
)
def test_language_comes_from_option_then_environment(
    arguments: list[str], environ: dict[str, str], language: Language
) -> None:
    assert detected(arguments, environ) is language
