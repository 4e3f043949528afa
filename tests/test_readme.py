"""The README tells the truth."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from scheduler.cli.rules import markdown_table
from scheduler.io.read import read_plan

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def section(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found, f"the README has no section {name}"
    return found[1].strip()


def test_rule_table_is_the_rules_own() -> None:
    assert section("rules") == markdown_table()


@pytest.mark.parametrize("name", ["excerpt:plan", "excerpt:faults", "excerpt:solve"])
def test_excerpts_are_there(name: str) -> None:
    assert section(name).startswith("```")


def test_every_room_of_the_house_is_in_the_picture() -> None:
    built = README.partition("## How it is built")[2]
    rooms = [path.name for path in (ROOT / "scheduler").iterdir() if (path / "__init__.py").is_file()]
    assert all(f"{room}/" in built for room in rooms)


def test_files_the_readme_names_are_there() -> None:
    for name in re.findall(r"examples/[\w./-]+", README):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize(
    "plan", sorted((ROOT / "examples").glob("*/plan.yaml")), ids=lambda path: path.parent.name
)
def test_examples_read(plan: Path) -> None:
    assert bool(read_plan(plan).problem.posts) == (plan.parent.name != "blank")


def test_packages_to_install_are_those_that_exist() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    here = {
        ".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "scheduler").rglob("__init__.py")
    }
    examples = {f"scheduler.examples.{path.parent.name}" for path in (ROOT / "examples").glob("*/plan.yaml")}
    assert set(listed) == here | examples | {"scheduler.examples"}
