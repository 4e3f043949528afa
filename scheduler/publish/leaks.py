"""Phone and identity numbers that are not masked, in whatever file the program or a person made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import Fault
from scheduler.publish.leak_numbers import Number, numbers
from scheduler.publish.leak_packages import pieces
from scheduler.publish.leak_pieces import Piece, Unread, fixed, unread
from scheduler.publish.privacy import masked_number, without_numbers
from scheduler.text import Text, same

HINT = Text("mask the number or leave it out", "请遮挡或删去该号码")


@dataclass(frozen=True, slots=True)
class Leak:
    """A number somebody could read: where, and what it is."""

    place: str
    number: Number

    @property
    def masked(self) -> str:
        """The number as it may be shown."""
        return masked_number(self.number)

    @property
    def fault(self) -> Fault:
        """The leak as people read it; the number itself is masked."""
        text = Text("{what} {masked} can be read", "{what} {masked} 未遮挡")
        place = without_numbers(same(self.place)).en
        return Fault(place, text.format(what=self.number.secret.label, masked=self.masked), HINT)


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: how many files it looked at, the leaks, and what it could not look into."""

    files: int
    leaks: tuple[Leak, ...]
    unread: tuple[Fault, ...]


def leaks(paths: Iterable[Path], allowed: Collection[str] = ()) -> tuple[Fault, ...]:
    """The unmasked phone and identity numbers in files, and in all files of folders; empty if there are none.

    ``allowed`` are numbers that are meant to be read, such as the hotline a plan shows in full. See ``numbers`` for
    what counts as a number and ``pieces`` for the files that can be looked into.
    """
    return tuple(leak.fault for leak in search(paths, allowed).leaks)


def leaks_in(contents: Mapping[Path, bytes], allowed: Collection[str] = ()) -> tuple[Fault, ...]:
    """The same for files that are not written yet."""
    found = _search(((path.as_posix(), path.name, data) for path, data in contents.items()), allowed)
    return tuple(leak.fault for leak in found.leaks)


def search(paths: Iterable[Path], allowed: Collection[str] = ()) -> Search:
    """Search files and folders; leaks by place, each number once at a place."""
    return _search(_files(paths), allowed)


def _files(paths: Iterable[Path]) -> Iterator[tuple[str, str, bytes | OSError]]:
    """Every file's path, its name as its reader sees it, and its bytes or why there are none."""
    for path in paths:
        inside = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in inside:
            name = file.relative_to(path).as_posix() if file != path else path.name
            try:
                yield file.as_posix(), name, file.read_bytes()
            except OSError as wrong:
                yield file.as_posix(), name, wrong


def _search(files: Iterable[tuple[str, str, bytes | OSError]], allowed: Collection[str]) -> Search:
    meant = {number[-11:] for number in allowed}
    found: dict[tuple[str, str], Leak] = {}
    not_read: list[Fault] = []
    count = 0
    for place, name, data in files:
        count += 1
        for one in _pieces(place, name, data):
            if isinstance(one, Unread):
                not_read.append(one.fault)
                continue
            for number in numbers(one.text):
                if number.digits not in meant:
                    leak = Leak(one.where(number.at), number)
                    found.setdefault((leak.place, number.digits), leak)
    return Search(count, tuple(found.values()), tuple(not_read))


def _pieces(place: str, name: str, data: bytes | OSError) -> Iterator[Piece | Unread]:
    yield fixed(place, name)
    if isinstance(data, OSError):
        yield unread(place, f"it cannot be read: {data.strerror}", f"无法读取：{data.strerror}")
    else:
        yield from pieces(place, data)
