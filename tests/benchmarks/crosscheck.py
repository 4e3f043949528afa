"""Has independent calendar programs read the published files of a roster and compares with the roster.

python tests/benchmarks/crosscheck.py ROSTER FOLDER [--tool FOLDER] [--lang zh|en|both] [--only a,b] [--skip a,b]
    [--zones Z,Z] [--files all|posts|sample] [--seed N] [--results FILE]

FOLDER is what ``scheduler export ics`` or a first ``publish`` wrote in that language; the tool is a folder with
crosscheck.py and consumers/, without one the programs from PyPI read in this process. What must be read is worked out
from the roster and handed over as JSON. Every file makes one line in the results; files that stand there are not read
again. The table at the end says by program how many files it read right. Exit status 1 if one did not.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scheduler.io.published import read_index
from scheduler.io.roster_file import read_roster
from scheduler.publish.event import Audience
from scheduler.text import Languages
from tests.readers.facts import Fact, Key, expected
from tests.readers.programs import PROGRAMS

MANY = 500
"""Files with more events are not put into Xandikos, which makes a git commit of each."""

SAMPLED = 10
"""So many volunteers' files of each roster, besides those of posts, organisations and all."""


def main() -> int:
    """Check the files that no earlier run has checked, then show the table."""
    options = _options()
    record = read_roster(options.roster)
    spoken = Languages(options.lang).spoken
    facts = expected(record.plan.problem, record.roster, *spoken)
    index = read_index(options.folder)
    assert index is not None, f"{options.folder} is no folder of calendars"
    names = {(file.audience, file.owner): file.path for file in index.files}
    done = _done(options.results)
    for key in _chosen(facts, options):
        path = options.folder / names[key]
        if str(path) not in done:
            line: dict[str, Any] = {"file": str(path), "events": len(facts[key])}
            line |= _ask(path, facts[key], options) if options.tool else _read(path, facts[key])
            with options.results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
            print(f"{line['lint']:>5} {_said(line['states'])}  {path}", flush=True)
    return _table(_done(options.results).values())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("roster", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tool", type=Path, help="the folder of the tool")
    parser.add_argument("--lang", choices=("zh", "en", "both"), default="zh")
    parser.add_argument("--only", default="", help="programs to ask, with commas; default all")
    parser.add_argument("--skip", default="", help="programs not to ask")
    parser.add_argument("--zones", default="UTC,America/New_York", help="local zones of the reading computer")
    parser.add_argument("--files", choices=("all", "posts", "sample"), default="all")
    parser.add_argument("--seed", type=int, default=0, help="which volunteers are in the sample")
    parser.add_argument("--results", type=Path, default=Path("crosscheck.jsonl"))
    return parser.parse_args()


def _chosen(facts: Mapping[Key, Sequence[Fact]], options: argparse.Namespace) -> list[Key]:
    """All calendars; or those of posts; or of posts, the one for all and some volunteers on duty."""
    if options.files == "all":
        return [*facts]
    people = [key for key in facts if key[0] is Audience.VOLUNTEER and facts[key]]
    some = random.Random(options.seed).sample(people, min(SAMPLED, len(people)))
    posts = [key for key in facts if key[0] is Audience.POST]
    rest = [(Audience.ALL, ""), (Audience.OPEN, "")]
    return posts if options.files == "posts" else [*rest, *posts, *some]


def _read(path: Path, facts: Sequence[Fact]) -> dict[str, Any]:
    """What the programs of this process read in a file."""
    data = path.read_bytes()
    states = {one.__name__: "agrees" if one(data) == tuple(facts) else "DIFFERS" for one in PROGRAMS}
    return {"lint": "ok", "states": states}


def _ask(path: Path, facts: Sequence[Fact], options: argparse.Namespace) -> dict[str, Any]:
    """What the tool says of one file: by program ``agrees`` or what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, answer = Path(folder, "expected.json"), Path(folder, "answer.json")
        wanted.write_text(json.dumps([_plain(fact) for fact in facts], ensure_ascii=False), "utf-8")
        words = [str(_python(options.tool)), str(options.tool / "crosscheck.py"), str(path)]
        words += ["--expect", str(wanted), "--json", str(answer), "--no-lint", "--timeout", "900"]
        skipped = options.skip + (",xandikos+caldav" if len(facts) > MANY else "")
        words += ["--zones", options.zones, "--only", options.only, "--skip", skipped]
        subprocess.run(words, stdout=subprocess.DEVNULL, check=False)
        told = json.loads(answer.read_text("utf-8"))
    states = {
        name: state if state == "agrees" else f"{state}: {why}" for name, _, state, why in told["table"]
    }
    misread = _misread(told["results"], facts)
    return {"lint": _lint(path, options.tool), "states": states | misread}


def _python(tool: Path) -> Path:
    own = tool / "venv" / "bin" / "python"
    return own if own.exists() else Path(sys.executable)


def _lint(path: Path, tool: Path) -> str:
    words = [str(_python(tool)), str(tool / "consumers" / "lint_ics.py"), str(path), "--feed"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    errors = [line for line in done.stdout.splitlines() if line.startswith("ERROR")]
    return "; ".join(errors) or ("ok" if done.returncode == 0 else "failed")


def _misread(results: Iterable[Mapping[str, Any]], facts: Sequence[Fact]) -> dict[str, str]:
    """Programs that tell the place or the status of an event, and tell another one."""
    wanted = {fact.uid: {"location": fact.place, "status": fact.status} for fact in facts}
    found = {}
    for one in results:
        for row in one.get("rows", ()):
            for field, value in wanted.get(row.get("uid"), {}).items():
                if row.get(field, value) != value:
                    found[one["consumer"]] = f"DIFFERS: {field} {row[field]!r}, not {value!r}"
    return found


def _plain(fact: Fact) -> dict[str, str]:
    start, end = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (fact.start, fact.end))
    return {"uid": fact.uid, "start": start, "end": end, "summary": fact.title}


def _done(results: Path) -> dict[str, dict[str, Any]]:
    lines = results.read_text("utf-8").splitlines() if results.exists() else []
    return {one["file"]: one for one in map(json.loads, lines)}


def _said(states: Mapping[str, str]) -> str:
    return f"{sum(state == 'agrees' for state in states.values())}/{len(states)}"


def _table(lines: Iterable[Mapping[str, Any]]) -> int:
    """Files read right, by program; what went wrong below; 1 if anything did."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    wrong: dict[tuple[str, str], str] = {}
    for line in lines:
        for name, state in [("lint", line["lint"]), *line["states"].items()]:
            right = state in {"agrees", "ok"}
            counts[name][right] += 1
            if not right:
                wrong.setdefault((name, state), line["file"])
    print("\n| program | files read right | of |\n|---|---|---|")
    for name, count in counts.items():
        print(f"| {name} | {count[True]} | {count.total()} |")
    for (name, state), file in [*wrong.items()][:40]:
        print(f"{file}: {name} {state}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
