"""Whatever happens to a good plan, it is read or refused; nothing else."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from scheduler.errors import InputError
from scheduler.io.read import read_plan
from scheduler.io.yaml_marked import parse_yaml
from scheduler.rules import RULES

GOOD = Path(__file__).parent / "good"
FILES = sorted(path.name for path in GOOD.iterdir())
ODD = [
    *(
        "\t",
        "\n",
        " ",
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        ",",
        ";",
        "#",
        "'",
        '"',
        "&a ",
        "*a",
        "!!int ",
        "|",
        ">",
        "%",
        "@",
    ),
    *(
        "\0",
        "\ufeff",
        "\u2028",
        "\x85",
        "😀",
        "é",
        "-1",
        "0",
        "1e999",
        ".nan",
        "null",
        "true",
        "~",
        "---",
        "...",
        "<<: ",
    ),
    *(
        "2020-02-30",
        "99999999999999999999999",
        "\\",
        "\\u0000",
        "..",
        "always",
        "24:00",
        "９：００",
        "id",
        "file",
    ),
]
VALUES: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        1.5,
        10**40,
        float("inf"),
        float("nan"),
        "",
        " ",
        "x",
        "anna",
        "20:00",
        "2020-03-02",
    ),
    *(
        [],
        {},
        [None],
        [[]],
        {"file": 1},
        {"file": "."},
        {"": ""},
        ["x"] * 3,
        {"en": 1, "zh": []},
        {"id": "x"},
    ),
]


def read(folder: Path) -> bool:
    """Whether the plan is good; any error but InputError fails the test."""
    try:
        read_plan(folder / "plan.yaml").problem.instance()
    except InputError as wrong:
        refused = wrong
    else:
        return True
    assert all(fault.text.en and fault.text.zh and fault.place for fault in refused.faults)
    return False


def copied(folder: Path) -> None:
    for name in FILES:
        (folder / name).write_bytes((GOOD / name).read_bytes())


@pytest.mark.parametrize("seed", range(8))
def test_bytes_go_wrong(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    outcomes = set()
    for _ in range(20):
        copied(tmp_path)
        path = tmp_path / rng.choice(FILES)
        data = path.read_bytes()
        for _ in range(rng.randint(1, 3)):
            at, to = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
            to = rng.choice([at, at + 1, to])
            new = rng.choice([*ODD, data[at : at + 30].decode("utf-8", "ignore")]).encode()
            data = data[:at] + rng.choice([new, bytes([rng.randrange(256)])]) + data[to:]
        path.write_bytes(data)
        outcomes.add(read(tmp_path))
    assert False in outcomes


@pytest.mark.parametrize("seed", range(8))
def test_values_go_wrong(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    plan: Any = parse_yaml((GOOD / "plan.yaml").read_text("utf-8"), "").data
    plan["rules"] += [parse_yaml(rule.example(), "").data for rule in RULES.values()]
    copied(tmp_path)
    for _ in range(20):
        changed = {"": copy.deepcopy(plan)}
        for _ in range(rng.randint(1, 2)):
            holder, key = rng.choice(places(changed))
            if rng.random() < 0.2 and isinstance(holder, dict):
                holder[str(rng.choice(VALUES))] = holder.pop(key)
            else:
                holder[key] = copy.deepcopy(rng.choice(VALUES))
        if not isinstance(changed.get(""), dict):
            continue
        (tmp_path / "plan.yaml").write_text(json.dumps(changed[""], ensure_ascii=False), "utf-8")
        read(tmp_path)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every holder and key in nested data."""
    keys = list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else []
    return [found for key in keys for found in ((data, key), *places(data[key]))]
