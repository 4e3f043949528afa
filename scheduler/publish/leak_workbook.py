"""The parts of a workbook as texts whose places are named as people see them: sheet and cell, hidden or not."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property

from scheduler.publish.leak_numbers import numbers
from scheduler.publish.leak_pieces import Piece, fixed, readings

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*?name=\"([^\"]*)\"[^>]*?\br?:?id=\"([^\"]*)\"")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"(Id|Target)=\"([^\"]*)\"")
_ITEM = re.compile(r"<((?:\w+:)?(?:si|c|comment))(?=[\s>/])([^>]*?)(?:/>|>(.*?)</\1>)", re.DOTALL)
_CELL = re.compile(r"\b(?:r|ref)=\"([A-Z]+)(\d+)\"")
_SHARED = re.compile(
    r"<(?:\w+:)?c\s(?=[^>]*\bt=\"s\")[^>]*?\br=\"([A-Z]+)(\d+)\"[^>]*>\s*<(?:\w+:)?v>(\d+)</"
)


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is an Excel workbook."""
    return "xl/workbook.xml" in archive.namelist()


class WorkbookPlaces:
    """A workbook that can say where each of its texts is seen."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.name = name
        self.archive = archive

    def pieces(self, part: str) -> Iterator[Piece]:
        """A part's text, rich text put together; where there is a number, cell by cell: ``file[sheet]:row column``."""
        xml = self._read(part)
        whole = [*readings(f"{self.name}[{part}]", xml)]
        if any(found for piece in whole for found in numbers(piece.text)):
            for place, cut in self._cuts(part, xml):
                yield from (fixed(place, piece.text) for piece in readings(place, cut))

    def _cuts(self, part: str, xml: str) -> Iterator[tuple[str, str]]:
        """The cells, comments or shared strings of a part each by itself, and what is between them."""
        sheet, end = self._sheets.get(part, part), 0
        for number, item in enumerate(_ITEM.finditer(xml)):
            yield f"{self.name}[{sheet}]", xml[end : item.start()]
            end = item.end()
            cell = _CELL.search(item[2])
            place = f"{self.name}[{sheet}]" + (f":{cell[2]} {cell[1]}" if cell else "")
            yield (self._shown_at.get(number, place) if item[1].endswith("si") else place), item[0]
        yield f"{self.name}[{sheet}]", xml[end:]

    def _read(self, part: str) -> str:
        data = self.archive.read(part)
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        return data.decode("utf-16" if wide else "utf-8-sig", "replace")

    @cached_property
    def _sheets(self) -> dict[str, str]:
        """Names of sheets by their part, and by the parts they alone use: comments, drawings."""
        names = {
            target: found[1]
            for found in _SHEET.finditer(self._read("xl/workbook.xml"))
            if (target := self._relations("xl/workbook.xml").get(found[2]))
        }
        used = {target: name for part, name in names.items() for target in self._relations(part).values()}
        return used | names

    @cached_property
    def _shown_at(self) -> dict[int, str]:
        """The first cell that shows each shared string."""
        shown: dict[int, str] = {}
        for part, sheet in self._sheets.items():
            if "worksheets/" in part and part in self.archive.namelist():
                for column, row, number in _SHARED.findall(self._read(part)):
                    shown.setdefault(int(number), f"{self.name}[{sheet}]:{row} {column}")
        return shown

    def _relations(self, part: str) -> dict[str, str]:
        folder, _, file = part.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels"
        if rels not in self.archive.namelist():
            return {}
        found = [dict(_ATTRIBUTE.findall(one[0])) for one in _RELATION.finditer(self._read(rels))]
        return {
            one["Id"]: posixpath.normpath(posixpath.join("/", folder, one["Target"])).lstrip("/")
            for one in found
            if "Id" in one and "Target" in one
        }
