"""Starter plans: the examples, copied into a folder of the user's own."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from scheduler.errors import Fault, InputError
from scheduler.io.files import refuse_to_overwrite, write_bytes
from scheduler.text import Text

SUFFIXES = (".yaml", ".csv")


def examples() -> dict[str, Traversable]:
    """The examples that come with the program, by name."""
    root = _root()
    found = [one for one in root.iterdir() if one.is_dir() and one.joinpath("plan.yaml").is_file()]
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}


def write_starter(folder: Path, example: str, *, force: bool = False) -> list[Path]:
    """Copy an example's plan into a folder, over nothing that is there unless ``force``; the files written."""
    known = examples()
    if example not in known:
        near = ", ".join(get_close_matches(example, known) or known)
        fault = Fault(
            "--example",
            Text(f"there is no example {example!r}", f"没有示例“{example}”"),
            Text(f"choose one of: {near}", f"可选：{near}"),
        )
        raise InputError([fault])
    sources = [one for one in known[example].iterdir() if Path(one.name).suffix in SUFFIXES]
    targets = [folder / one.name for one in sources]
    refuse_to_overwrite(targets, force=force)
    for source, target in zip(sources, targets):
        write_bytes(target, source.read_bytes())
    return sorted(targets)


def _root() -> Traversable:
    """The examples of the installed package, or those of the checkout it runs from."""
    try:
        return files("scheduler.examples")
    except ModuleNotFoundError:
        return Path(__file__).resolve().parents[2] / "examples"
