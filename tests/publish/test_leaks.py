"""Numbers planted in every kind of file are found; files that only look like it are clean."""

from __future__ import annotations

import gzip
import io
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from scheduler.publish.leaks import leaks, leaks_in, search
from scheduler.text import Language

PHONE = "13812341234"
CARD = "110101199003071233"


def faults(name: str, data: bytes | str) -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    return [fault.say(Language.EN).split(";")[0] for fault in leaks_in({Path(name): raw})]


def zipped(**files: bytes | str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return packed.getvalue()


def workbook(plant: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "名单"
    book.active.append(["姓名", "班次"])
    plant(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def mail(**more: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "a@example.org",
        "b@example.org",
        more.get("subject", "值班"),
    )
    message.set_content(more.get("body", "见附件"), cte=more.get("cte", "base64"))
    return message


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32", "latin-1"]
)
def test_every_encoding_is_read(encoding: str) -> None:
    text = "a;é\nb;13812341234" if encoding == "latin-1" else "姓名,电话\n张三,13812341234"
    assert any("138****1234" in fault for fault in faults("a.csv", text.encode(encoding)))


def test_full_width_digits_in_gb18030_are_read() -> None:
    assert faults("a.csv", "电话\n１３８１２３４１２３４".encode("gb18030")) == [
        "a.csv:2: mobile number 138****1234 can be read"
    ]


def test_a_folded_line_of_a_calendar_is_put_together() -> None:
    text = "BEGIN:VCALENDAR\r\nSUMMARY:a\r\n b\r\nDESCRIPTION:电话\\n138123\r\n 41234 王\r\nEND:VCALENDAR\r\n"
    assert faults("a.ics", text) == ["a.ics:4 DESCRIPTION: mobile number 138****1234 can be read"]


@pytest.mark.parametrize(
    "page",
    [
        "<p>138<b>1234</b>1234</p>",
        "<p>&#49;3812341234</p>",
        '<a href="tel:13812341234">电话</a>',
        "<!-- 13812341234 -->",
        "<td>1</td><td>13812341234</td><td>2</td>",
        "<script>var a = {p: '13812341234'}</script>",
        '<input type="hidden" value="13812341234"/>',
    ],
)
def test_a_page_is_searched_with_and_without_its_tags(page: str) -> None:
    found = faults("a.html", f"<html>\n{page}\n</html>")
    assert found == ["a.html:2: mobile number 138****1234 can be read"]


@pytest.mark.parametrize(
    "page",
    [
        "<td>138</td><td>1234</td><td>1234</td>",
        '<svg><path d="M 138 1234 1234 z"/><polygon points="138 1234 1234"/></svg>',
    ],
)
def test_numbers_side_by_side_in_a_page_are_no_phone(page: str) -> None:
    assert faults("a.html", page) == []


def hidden_column(book: openpyxl.Workbook) -> None:
    book.active["C2"] = int(PHONE)
    book.active.column_dimensions["C"].hidden = True


def hidden_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("旧表")
    sheet["B3"] = f"王 {PHONE}"
    sheet.sheet_state = "veryHidden"


def rich_text(book: openpyxl.Workbook) -> None:
    book.active["B2"] = CellRichText(
        "王 138", TextBlock(InlineFont(b=True, sz=12, rFont="Arial"), "12341234")
    )


def comment(book: openpyxl.Workbook) -> None:
    book.active["A2"].comment = Comment(f"电话 {PHONE}", "办公室")


def title(book: openpyxl.Workbook) -> None:
    book.properties.creator = f"王 {PHONE}"


def header(book: openpyxl.Workbook) -> None:
    book.active.oddHeader.center.text = f"联系 {PHONE}"


@pytest.mark.parametrize(
    ("plant", "place"),
    [
        (lambda book: book.active.append(["张三", PHONE]), "a.xlsx[名单]:2 B"),
        (lambda book: book.active.append(["张三", CARD]), "a.xlsx[名单]:2 B"),
        (lambda book: book.active.append(["张三", '="138"&"x"', 13812341234.0]), "a.xlsx[名单]:2 C"),
        (hidden_column, "a.xlsx[名单]:2 C"),
        (hidden_sheet, "a.xlsx[旧表]:3 B"),
        (rich_text, "a.xlsx[名单]:2 B"),
        (comment, "a.xlsx[名单]:2 A"),
        (title, "a.xlsx[docProps/core.xml]"),
        (header, "a.xlsx[名单]"),
        (lambda book: book.create_sheet(f"表{PHONE}"), "a.xlsx[xl/workbook.xml]"),
    ],
)
def test_a_workbook_is_searched_to_the_last_corner(
    plant: Callable[[openpyxl.Workbook], object], place: str
) -> None:
    found = faults("a.xlsx", workbook(plant))
    assert [one.rpartition(": ")[0] for one in found] == [place]


def test_a_document_is_put_together_over_its_runs() -> None:
    runs = '<w:r w:rsidR="00A1"><w:rPr><w:sz w:val="21"/></w:rPr><w:t>138</w:t></w:r><w:proofErr w:type="x"/>'
    body = f"<w:p>{runs}<w:r><w:t>12341234</w:t></w:r></w:p><w:p><w:r><w:t>5</w:t></w:r></w:p>"
    assert faults("a.docx", zipped(**{"word/document.xml": body})) == [
        "a.docx/word/document.xml:1: mobile number 138****1234 can be read"
    ]


def test_a_clean_workbook_is_clean() -> None:
    assert (
        faults(
            "a.xlsx", workbook(lambda book: book.active.append(["张三", "138****1234", 43891.13333333333]))
        )
        == []
    )


@pytest.mark.parametrize("cte", ["base64", "quoted-printable"])
def test_the_body_of_a_mail_is_decoded(cte: str) -> None:
    data = mail(body=f"请联系{'王' * 20}{PHONE}", cte=cte).as_bytes()
    assert faults("a.eml", data) == ["a.eml[text/plain]:1: mobile number 138****1234 can be read"]


def test_headers_and_attachments_of_a_mail_are_decoded() -> None:
    message = mail(subject=f"值班 {PHONE}")
    book = workbook(lambda book: book.active.append(["张三", PHONE]))
    message.add_attachment(book, maintype="application", subtype="octet-stream", filename="a.xlsx")
    places = [one.split(": ")[0] for one in faults("note.eml", message.as_bytes())]
    assert places == ["note.eml[Subject]:1", "note.eml[application/octet-stream][名单]:2 B"]


def test_a_mail_is_known_without_its_name() -> None:
    assert len(faults("a.bin", mail(body=f"电话 {PHONE}").as_bytes())) == 1


def test_archives_are_searched_in_depth_and_their_names_too() -> None:
    inner = zipped(list__csv=f"a\n{PHONE}")
    assert faults("a.zip", zipped(in__zip=inner)) == [
        "a.zip/in.zip/list.csv:2: mobile number 138****1234 can be read"
    ]
    assert faults("a.zip", zipped(**{f"{PHONE}.txt": "x"})) == [
        "a.zip: mobile number 138****1234 can be read"
    ]
    assert faults("a.csv.gz", gzip.compress(f"a\n{PHONE}".encode())) == [
        "a.csv.gz:2: mobile number 138****1234 can be read"
    ]


def test_a_database_is_searched_by_row(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE people (name TEXT, phone INTEGER)")
        database.executemany("INSERT INTO people VALUES (?, ?)", [("a", 1), ("王", int(PHONE))])
        database.commit()
    places = [fault.place for fault in leaks([file])]
    assert places == [f"{file.as_posix()}[people]:2"]


def test_a_folder_is_searched_with_the_names_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"{PHONE}.ics").write_text("BEGIN:VCALENDAR")
    (tmp_path / "clean.txt").write_text("x")
    found = search([tmp_path])
    assert found.files == 2
    assert [leak.fault.place for leak in found.leaks] == [f"{tmp_path.as_posix()}/in/138****1234.ics"]


def test_a_number_that_is_meant_to_be_read_is_allowed() -> None:
    contents = {Path("a.txt"): f"热线 {PHONE}，王 13912341234".encode()}
    assert len(leaks_in(contents)) == 2
    assert len(leaks_in(contents, {f"+86{PHONE}"})) == 1


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"%PDF-1.7 x", "PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.zip", b"PK\x03\x04 broken", "damaged"),
        ("a.gz", b"\x1f\x8b broken", "damaged"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "in part"),
        ("a.db", b"SQLite format 3\x00 broken", "damaged"),
    ],
)
def test_what_cannot_be_searched_is_said(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(data)
    (fault,) = search([tmp_path]).unread
    assert why in fault.say(Language.EN)


def test_a_leak_never_shows_the_number() -> None:
    for language in Language:
        for fault in leaks_in({Path(f"{PHONE}.txt"): f"{PHONE} {CARD}".encode()}):
            assert PHONE not in fault.say(language)
            assert CARD not in fault.say(language)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_is_searched_as_far_as_it_goes(seed: int) -> None:
    chance = random.Random(seed)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE t (a TEXT)")
        whole = [
            workbook(lambda book: book.active.append(["张三", PHONE])),
            mail(body=PHONE, subject="值班").as_bytes(),
            zipped(list__csv=f"a\n{PHONE}"),
            gzip.compress(PHONE.encode()),
            database.serialize(),
            f"BEGIN:VCALENDAR\r\nDESCRIPTION:{PHONE[:5]}\r\n {PHONE[5:]}".encode(),
        ]
    for data in whole:
        broken = bytearray(data[: chance.randrange(len(data) // 2, len(data) + 1)])
        for _ in range(chance.randrange(1, 30)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        for name in ("a.bin", "a.eml"):
            leaks_in({Path(name): bytes(broken)})


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert len(search([tmp_path / "none.txt"]).unread) == 1
