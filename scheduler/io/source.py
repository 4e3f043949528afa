"""Files as text: found or not, and in which encoding."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.refusal import did_you_mean
from scheduler.errors import Fault, InputError
from scheduler.text import Text

NOT_TEXT = Text("this is not a text file: it holds control characters", "不是文本文件：含有控制字符")
SAVE_AS_UTF8 = Text("save it as UTF-8", "请另存为 UTF-8 编码")

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name in messages, its bytes, its text, a note on an unusual encoding."""

    name: str
    data: bytes
    text: str
    note: Text | None = None


def read_source(path: Path, *, place: str = "", gb18030: bool = False, data: bytes | None = None) -> Source:
    """Read a UTF-8 text, byte order mark or not; GB18030 too if asked.

    ``place`` is where the file is named, for the message that it cannot be read; default: the file itself.
    ``data`` is what the file will hold, if it is not written yet.

    Raises:
        InputError: there is no such file, it cannot be read, or it is no text in a known encoding.
    """
    name = path.as_posix()
    data = read_bytes(path, place or name) if data is None else data
    if control := _CONTROL.search(data):
        row = data.count(b"\n", 0, control.start()) + 1
        raise InputError([Fault(f"{name}:{row}", NOT_TEXT, _control_hint(data))])
    try:
        return Source(name, data, data.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        if gb18030 and (text := chinese_text(data)) is not None:
            return Source(name, data, text, _gb18030_note(name))
        row = data[: wrong.start].count(b"\n") + 1
        text_wrong = Text("the file is not encoded in UTF-8", "文件不是 UTF-8 编码")
        raise InputError([Fault(f"{name}:{row}", text_wrong, SAVE_AS_UTF8)]) from wrong


def read_bytes(path: Path, place: str = "") -> bytes:
    """The bytes of a file; ``place`` is where it is named, for the message that it cannot be read.

    Raises:
        InputError: there is no such file, or it cannot be read.
    """
    place = place or path.as_posix()
    name = path.name
    try:
        return path.read_bytes()
    except FileNotFoundError as wrong:
        text = Text(f'there is no file "{name}"', f"没有文件“{name}”")
        raise InputError([Fault(place, text, _nearest_file(path))]) from wrong
    except (OSError, ValueError) as wrong:
        if path.is_dir():
            text = Text(f'"{name}" is a folder, not a file', f"“{name}”是文件夹，不是文件")
            raise InputError([Fault(place, text, _file_within(path))]) from wrong
        text = Text(f'the file "{name}" cannot be read', f"无法读取文件“{name}”")
        raise InputError([Fault(place, text)]) from wrong


def _file_within(folder: Path) -> Text | None:
    """The file that is meant by a folder of the program's own, if there is one."""
    for name in ("plan.yaml", "roster.json"):
        if (file := folder / name).is_file():
            return Text(f"write {file.as_posix()}", f"请写 {file.as_posix()}")
    return None


def _nearest_file(path: Path) -> Text | None:
    try:
        names = [other.name for other in path.parent.iterdir() if other.is_file()]
    except OSError:
        return Text(f'there is no folder "{path.parent.as_posix()}"', f"没有文件夹“{path.parent.as_posix()}”")
    return did_you_mean(path.name, sorted(names))


def _control_hint(data: bytes) -> Text | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return SAVE_AS_UTF8
    if data.startswith(b"PK"):
        return Text("save the sheet as CSV (UTF-8)", "请将工作表另存为 CSV（UTF-8）")
    return None


def chinese_text(data: bytes) -> str | None:
    """The text of GB18030 bytes; None if they are not, or if most of it would be no common Chinese."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    wide = [character for character in text if not character.isascii()]
    common = sum(_in_gb2312(character) for character in wide)
    return text if 2 * common > len(wide) else None


def _in_gb2312(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _gb18030_note(name: str) -> Text:
    return Text(
        f"{name} is encoded in GB18030 and was read as such; UTF-8 is safer",
        f"{name} 采用 GB18030 编码，已按此读取；建议改用 UTF-8",
    )
