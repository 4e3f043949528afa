"""Files written whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from scheduler.errors import Fault, PublishError
from scheduler.text import Text

_TEMPORARY = re.compile(r"\..+\.\d+\.tmp")


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file under a temporary name, then rename it; folders are made as needed.

    Raises:
        PublishError: the file cannot be written; what was there before still is.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as wrong:
        text = Text(f"the file cannot be written: {wrong.strerror}", f"无法写入文件：{wrong.strerror}")
        raise PublishError(text, path.as_posix()) from wrong


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write several files: all under temporary names first, then renamed; all of them or none.

    Raises:
        PublishError: one cannot be written; what was there before still is.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    temporary = {path: path.with_name(f".{path.name}.{os.getpid()}.tmp") for path in contents}
    renamed: list[Path] = []
    path = Path()
    try:
        for path, data in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary[path].write_bytes(data)
        for path in contents:
            temporary[path].replace(path)
            renamed.append(path)
    except OSError as wrong:
        for done in renamed:
            _put_back(done, before[done])
        text = Text(f"the file cannot be written: {wrong.strerror}", f"无法写入文件：{wrong.strerror}")
        hint = Text(
            "nothing was changed; is it open in another program?", "未作任何改动；文件是否正被其他程序打开？"
        )
        raise PublishError(text, path.as_posix(), hint) from wrong
    finally:
        for left in temporary.values():
            left.unlink(missing_ok=True)


def _put_back(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_bytes(path, data)


def remove_leftovers(folders: Iterable[Path]) -> None:
    """Remove the temporary files that a killed run left in folders nobody else writes to now."""
    for folder in folders:
        for path in folder.glob(".*.tmp"):
            if _TEMPORARY.fullmatch(path.name):
                path.unlink(missing_ok=True)


def expect_writable(folder: Path) -> None:
    """See that files can be written in a folder or where it will be made, before long work is done for it.

    Raises:
        PublishError: they cannot.
    """
    there = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    trial = there / f".trial.{os.getpid()}.tmp"
    try:
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as wrong:
        text = Text("nothing can be written in this folder", "无法在此文件夹中写入")
        hint = Text(f"choose another folder ({wrong.strerror})", f"请另选文件夹（{wrong.strerror}）")
        raise PublishError(text, folder.as_posix(), hint) from wrong


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, line ends as they are."""
    write_bytes(path, text.encode())


def refuse_to_overwrite(paths: Iterable[Path], *, force: bool) -> None:
    """Raise PublishError if any of the files is there, unless ``force``."""
    present = [path for path in paths if path.exists()]
    if present and not force:
        exists = Text("this file is there already", "文件已存在")
        hint = Text(
            "choose another folder, or overwrite it with --force", "请另选文件夹，或使用 --force 覆盖"
        )
        error = PublishError(exists, str(present[0]), hint)
        error.faults = tuple(Fault(str(path), exists, hint) for path in present)
        raise error
