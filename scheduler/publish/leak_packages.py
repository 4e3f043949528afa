"""What is packed inside a file: sheets of a workbook, parts of a mail, rows of a database, files of an archive."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.message
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing

from scheduler.publish.leak_pieces import Piece, Unread, fixed, readings, text_pieces, unread
from scheduler.publish.leak_workbook import WorkbookPlaces, is_workbook

LARGEST = 300_000_000
"""How many bytes an archive may unpack to."""

DEEPEST = 6
"""How many archives may be inside each other."""

_MAIL = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Received|Message-ID):",
    re.IGNORECASE,
)
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SQLITE = b"SQLite format 3\x00"


def pieces(name: str, data: bytes, depth: int = 0) -> Iterator[Piece | Unread]:
    """All texts of a file, told by its content, not by its name; what is inside it is named ``file/inner``."""
    if depth > DEEPEST:
        yield unread(name, "too many archives inside each other", "压缩包嵌套过深")
    elif data.startswith(b"PK\x03\x04"):
        yield from _archive(name, data, depth)
    elif data.startswith(b"\x1f\x8b"):
        yield from _gzip(name, data, depth)
    elif data.startswith(_SQLITE):
        yield from _database(name, data)
    elif data.startswith(b"%PDF-"):
        yield unread(name, "the text of a PDF cannot be searched", "无法检索 PDF 中的文字")
    elif data.startswith(_PICTURES):
        yield unread(name, "a picture cannot be searched", "无法检索图片中的文字")
    elif name.lower().endswith(".eml") or _MAIL.match(data[:20_000]):
        yield from _mail(name, data, depth)
    else:
        if data.startswith(_OLE):
            yield unread(
                name,
                "an old or protected Office file can be searched in part only",
                "旧版或加密的 Office 文件只能部分检索",
            )
        yield from text_pieces(name, data)


def _archive(name: str, data: bytes, depth: int) -> Iterator[Piece | Unread]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            if sum(part.file_size for part in parts) > LARGEST:
                yield unread(name, "the archive is too large", "压缩包过大")
                return
            places = WorkbookPlaces(name, archive) if is_workbook(archive) else None
            for part in parts:
                yield fixed(name, part.filename)
                if part.flag_bits & 1:
                    yield unread(f"{name}/{part.filename}", "it is protected with a password", "设有密码")
                elif places is not None and part.filename.endswith((".xml", ".rels", ".vml")):
                    yield from places.pieces(part.filename)
                else:
                    yield from pieces(f"{name}/{part.filename}", archive.read(part), depth + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, ValueError):
        yield unread(name, "the archive is damaged", "压缩包已损坏")
        yield from text_pieces(name, data)


def _gzip(name: str, data: bytes, depth: int) -> Iterator[Piece | Unread]:
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(data, LARGEST)
    except zlib.error:
        yield unread(name, "the archive is damaged", "压缩包已损坏")
        return
    yield from pieces(name, unpacked, depth + 1)


def _database(name: str, data: bytes) -> Iterator[Piece | Unread]:
    """Every column of every row; the bytes themselves too, for what was deleted but is still there."""
    yield from text_pieces(name, data)
    rollback = data[:18] + b"\x01\x01" + data[20:]
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(rollback)
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                quoted = str(table).replace('"', '""')
                for number, row in enumerate(database.execute(f'SELECT * FROM "{quoted}"'), 1):  # noqa: S608
                    words = [cell.decode("latin-1") if isinstance(cell, bytes) else str(cell) for cell in row]
                    yield fixed(f"{name}[{table}]:{number}", "\x1f".join(words))
    except (sqlite3.Error, ValueError, OverflowError):
        yield unread(name, "the database is damaged", "数据库文件已损坏")


def _mail(name: str, data: bytes, depth: int) -> Iterator[Piece | Unread]:
    """Headers decoded (RFC 2047), parts decoded (base64, quoted-printable), attachments looked into."""
    message = email.message_from_bytes(data)
    for part in message.walk():
        for key, value in part.items():
            yield from readings(f"{name}[{key}]", _header(value))
        yield from readings(f"{name}[mail]", f"{part.preamble or ''}\n{part.epilogue or ''}")
        if not part.is_multipart():
            inner = f"{name}[{part.get_content_type()}]"
            body = part.get_payload(decode=True)
            yield from pieces(inner, body if isinstance(body, bytes) else b"", depth + 1)


def _header(value: object) -> str:
    try:
        return str(email.header.make_header(email.header.decode_header(str(value))))
    except (LookupError, ValueError, email.errors.MessageError):
        return str(value)
