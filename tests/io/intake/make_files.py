"""Real-shaped files of people and posts, every trap at least once; run as a script it writes them to a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.io.intake.numbers import check_digit
from tests.io.intake.worlds import AGE, Rows, csv_text, saved, with_parts, workbook, xlsx

HEAD = ("序号", "姓名", "联系电话", "所属支社")


@dataclass(frozen=True)
class Case:
    """A file, what it becomes, and where it is wrong if it is.

    ``added`` are the names of new people or posts; ``wrong`` the places of faults without the file's name.
    """

    name: str
    data: bytes
    added: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    kind: str = "people"
    more: str = ""
    note: str = ""


def id_number(born: str, serial: str = "002") -> str:
    """An invented identity number with a fitting check digit."""
    digits = f"110101{born}{serial}"
    return digits + check_digit(digits)


def people(*rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> Rows:
    return [head, *rows]


TWO = people((1, "张三", "13800000001", "第一支社"), (2, "李四", "13800000002", "第二支社"))
NAMES = ("张三", "李四")


def _two_rows(sheet: Worksheet) -> None:
    for area in ("A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4"):
        sheet.merge_cells(area)
    sheet["A1"].font = Font(bold=True, size=16)


def _merge(*areas: str) -> Callable[[Worksheet], None]:
    def dress(sheet: Worksheet) -> None:
        for area in areas:
            sheet.merge_cells(area)

    return dress


def _hide(*rows: int) -> Callable[[Worksheet], None]:
    def dress(sheet: Worksheet) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    return dress


def _far(sheet: Worksheet) -> None:
    sheet["XFD1048576"].font = Font(bold=True)


def _hidden_sheet() -> bytes:
    book = workbook(名单=TWO, 旧名单=people((1, "赵六", "13800000009", "第一支社")))
    book["旧名单"].sheet_state = "hidden"
    return saved(book)


def _formula(result: str) -> bytes:
    data = xlsx(people((1, "张三", "=13800000000+1", "第一支社")))

    def change(name: str, part: bytes) -> bytes:
        return (
            part.replace(b"<v></v>", result.encode())
            .replace(b"<v />", result.encode())
            .replace(b"<v/>", result.encode())
        )

    return with_parts(data, change)


def _bomb() -> bytes:
    return with_parts(
        xlsx(TWO), lambda name, part: part + b" " * 80_000_000 if name == "xl/styles.xml" else part
    )


def _huge_merge() -> bytes:
    data = xlsx(TWO, _merge("E1:F1"))
    return with_parts(data, lambda _, part: part.replace(b'"E1:F1"', b'"E1:XFD1048576"'))


_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
BRANCHES = workbook(
    第一支社=people((1, "张三", "13800000001"), head=HEAD[:3]),
    第二支社=people((1, "李四", "13800000002"), head=HEAD[:3]),
)
ONE_ID = ("姓名", "手机", "所属支社", "身份证号")

CASES: tuple[Case, ...] = (
    Case("plain.xlsx", xlsx(TWO), NAMES),
    Case(
        "two-row-header.xlsx",
        xlsx(
            [
                ("九三学社志愿者报名汇总表",),
                ("填报单位：第一支社", None, None, "填报日期：2020.2.20"),
                ("序号", "姓名", "联系方式", None, "技能特长", "备注"),
                (None, None, "手机", "电子邮箱", None, None),
                (1, "张三", "13800000001", "zs@example.org", "医生、书法", None),
                (2, "李四", "13800000002", None, "无", "组长"),
                ("合计", None, "2人"),
                ("填报人：王主任", None, None, "（盖章）"),
            ],
            _two_rows,
        ),
        NAMES,
        note="书法",
    ),
    Case(
        "two-row-header.csv",
        csv_text(
            [
                ("序号", "姓名", "联系方式", "", "所属支社"),
                ("", "", "手机", "电子邮箱", ""),
                (1, "张三", "13800000001", "zs@example.org", "第一支社"),
            ]
        ).encode(),
        ("张三",),
    ),
    Case(
        "merged-branches.xlsx",
        xlsx(
            [
                ("所属支社", "姓名", "手机"),
                ("第一支社", "张三", "13800000001"),
                (None, "李四", "13800000002"),
                ("第二支社", "赵六", "13800000003"),
            ],
            _merge("A2:A3"),
        ),
        ("张三", "李四", "赵六"),
    ),
    Case("sheets-are-branches.xlsx", saved(BRANCHES), NAMES),
    Case(
        "group-rows.xlsx",
        xlsx(
            [
                ("姓名", "手机"),
                ("第一支社", None),
                ("张三", "13800000001"),
                ("第二支社", None),
                ("李四", "13800000002"),
            ],
            _merge("A2:B2", "A4:B4"),
        ),
        NAMES,
    ),
    Case(
        "hidden-rows.xlsx",
        xlsx(people((1, "张三", "13800000001", "第一支社"), (2, "赵六", "1", "第九支社")), _hide(3)),
        ("张三",),
        note="隐藏行",
    ),
    Case("hidden-sheet.xlsx", _hidden_sheet(), NAMES, note="旧名单"),
    Case(
        "numbers-as-numbers.xlsx",
        xlsx(people((1.0, "张三", 13800000001.0, "第一支社"), (2, "李四", 13800000002, "第二支社"))),
        NAMES,
    ),
    Case(
        "full-width.xlsx",
        xlsx(
            people(
                (1, "张　三", "１３８００００　０００１", " 第一支社 "),
                (2, "李 四", "138-0000-0002", "第二支社\n"),
            )
        ),
        NAMES,
    ),
    Case(
        "apostrophes.csv",
        csv_text(people((1, "张三", "'13800000001", "第一支社"), (2, "李四", '="13800000002"', "第二支社")))
        .replace('="13800000002"', '"=""13800000002"""')
        .encode(),
        NAMES,
    ),
    Case("gb18030.csv", csv_text(TWO, "\t").encode("gb18030"), NAMES, note="GB18030"),
    Case("utf-8-bom.csv", csv_text(TWO, ";").encode("utf-8-sig"), NAMES),
    Case("utf-16.txt", csv_text(TWO, "\t").encode("utf-16"), NAMES, note="UTF-16"),
    Case("utf-16-unmarked.txt", csv_text(TWO, "\t").encode("utf-16-le"), NAMES),
    Case(
        "english.xlsx",
        xlsx(
            [
                ("Name", "Mobile Phone", "Branch", "Skills"),
                ("Anna Lin", "+44 20 7946 0958", "first", "doctor"),
            ]
        ),
        ("Anna Lin",),
    ),
    Case("numbers-lost.csv", csv_text(people((1, "张三", "1.38E+10", "第一支社"))).encode(), wrong=(":2 C",)),
    Case(
        "id-numbers-lost.xlsx",
        xlsx([ONE_ID, ("张三", "13800000001", "第一支社", 110101198003070034.0)]),
        ("张三",),
        note="D",
    ),
    Case(
        "id-numbers-lost-and-kept.xlsx",
        xlsx([ONE_ID, ("张三", "13800000001", "第一支社", 110101198003070034.0)]),
        wrong=("[Sheet1]:2 D",),
        options=("--keep-id-numbers",),
    ),
    Case(
        "id-numbers.xlsx",
        xlsx(
            [
                ONE_ID,
                ("张三", "13800000001", "第一支社", id_number("19600229")),
                ("李四", "13800000002", "第一支社", id_number("19800307")[:-1] + "*"),
                (
                    "赵六",
                    "13800000003",
                    "第一支社",
                    id_number("19800307")[:-1] + ("1" if id_number("19800307")[-1] != "1" else "2"),
                ),
                ("钱七", "13800000004", "第一支社", "110101800307003"),
                ("孙八", "13800000005", "第一支社", "110101198002300033"),
            ]
        ),
        wrong=("[Sheet1]:3 D", "[Sheet1]:4 D", "[Sheet1]:5 D", "[Sheet1]:6 D"),
        more=AGE,
    ),
    Case("formula-with-result.xlsx", _formula("<v>13800000001</v>"), ("张三",)),
    Case("formula-without-result.xlsx", _formula(""), wrong=("[Sheet1]:2 C",)),
    Case("formula-failed.xlsx", xlsx(people((1, "张三", "#N/A", "第一支社"))), wrong=("[Sheet1]:2 C",)),
    Case(
        "same-name-two-phones.xlsx",
        xlsx(people((1, "张三", "13800000001", "第一支社"), (2, "张三", "13800000002", "第一支社"))),
        ("张三", "张三"),
    ),
    Case(
        "same-name-no-phone.xlsx",
        xlsx(people((1, "张三", None, "第一支社"), (2, "张三", None, "第一支社"))),
        wrong=("[Sheet1]:2 B",),
    ),
    Case(
        "same-name-other-branch.xlsx",
        xlsx(people((1, "张三", None, "第一支社"), (2, "张三", None, "第二支社"))),
        ("张三", "张三"),
    ),
    Case("one-person-twice.xlsx", xlsx(people(TWO[1], TWO[2], (3, *TWO[1][1:]))), NAMES),
    Case(
        "one-person-two-words.xlsx",
        xlsx(
            [
                ("姓名", "手机", "所属支社", "每周至多班数"),
                ("张三", "13800000001", "第一支社", 1),
                ("张三", "13800000001", "第一支社", 2),
            ]
        ),
        wrong=("[Sheet1]:3 A",),
    ),
    Case(
        "known-people.xlsx",
        xlsx(people((1, "林 安", "138 1111 0001", "第一支社"), (2, "王波", "13811110002", "九三"))),
        updated=("first-02",),
    ),
    Case(
        "known-with-other-phone.xlsx",
        xlsx(people((1, "林安", "13811119999", "第一支社"))),
        wrong=("[Sheet1]:2 B",),
    ),
    Case(
        "known-by-id.xlsx",
        xlsx(
            [
                ("人员编号", "姓名", "手机"),
                ("first-01", "林安", "13811119999"),
                ("新增", "林安", "13811118888"),
            ]
        ),
        ("林安",),
        updated=("first-01",),
        options=("--organisation", "第一支社"),
    ),
    Case(
        "id-of-another.xlsx",
        xlsx([("人员编号", "姓名", "手机"), ("first-01", "赵六", "13800000009")]),
        wrong=("[Sheet1]:2 B",),
    ),
    Case(
        "unknown-branch.xlsx",
        xlsx(people((1, "张三", "13800000001", "第一支设"), (2, "李四", "13800000002", "第一支设"))),
        wrong=("[Sheet1]:2 D",),
    ),
    Case(
        "new-branch.xlsx",
        xlsx(people((1, "张三", "13800000001", "民建四支部"))),
        ("张三",),
        options=("--add-organisations",),
    ),
    Case(
        "odd-phones.xlsx",
        xlsx(
            people(
                (1, "张三", "1380000000", "第一支社"),
                (2, "李四", "13800000002/13800000003", "第一支社"),
                (3, "赵六", "没有", "第一支社"),
                (4, "钱七", "010-67112233", "第一支社"),
                (5, "孙八", "+86 138 0000 0005", "第一支社"),
                (6, "周九", "见备注", "第一支社"),
            )
        ),
        wrong=("[Sheet1]:2 C", "[Sheet1]:3 C", "[Sheet1]:7 C"),
    ),
    Case(
        "two-names-a-cell.xlsx",
        xlsx(people((1, "张三、李四", "13800000001", "第一支社"))),
        wrong=("[Sheet1]:2 B",),
    ),
    Case(
        "formula-names.csv",
        csv_text(
            people((1, "=cmd|' /C calc'!A0", "", "第一支社"), (2, "@SUM(1+1)", "", "第一支社"))
        ).encode(),
        wrong=(":2 B", ":3 B"),
    ),
    Case("nameless-row.xlsx", xlsx(people((1, None, "13800000001", "第一支社"))), wrong=("[Sheet1]:2 A",)),
    Case(
        "repeated-header.xlsx",
        xlsx([*people(TWO[1]), HEAD, TWO[2]]),
        NAMES,
    ),
    Case(
        "example-and-blank-rows.xlsx",
        xlsx(
            [
                HEAD,
                ("例", "王小明", "13900000000", "第一支社"),
                *TWO[1:],
                (3,),
                (4,),
                ("备注：请于周五前报送",),
            ]
        ),
        NAMES,
        note="示例",
    ),
    Case("far-cell.xlsx", xlsx(TWO, _far), NAMES),
    Case(
        "times-and-dates.xlsx",
        xlsx(
            [
                ("姓名", "手机", "支社", "可服务时间", "加入日期", "每周次数"),
                ("张三", "13800000001", "第一支社", "周末全天", "2020.2.15", "3次"),
                ("李四", "13800000002", "第一支社", "周一至周五晚7点后", "2月20日", 2.0),
                ("赵六", "13800000003", "第一支社", "随时", 43876, "不限"),
                ("钱七", "13800000004", "第一支社", "工作日", "2020年2月5日", None),
            ]
        ),
        ("张三", "李四", "赵六", "钱七"),
    ),
    Case(
        "unreadable-times.xlsx",
        xlsx([("姓名", "支社", "可服务时间", "加入日期"), ("张三", "第一支社", "看情况吧", "去年")]),
        wrong=("[Sheet1]:2 C", "[Sheet1]:2 D"),
    ),
    Case("no-header.xlsx", xlsx([("张三", "13800000001"), ("李四", "13800000002")]), wrong=("[Sheet1]",)),
    Case("empty.csv", b"", wrong=("",)),
    Case("empty.xlsx", xlsx([]), wrong=("",)),
    Case("password.xlsx", _OLE + "EncryptedPackage".encode("utf-16-le"), wrong=("",)),
    Case("old.xls", _OLE, wrong=("",)),
    Case(
        "document.docx",
        with_parts(xlsx(TWO), lambda _, part: part).replace(b"workbook.xml", b"document.xml"),
        wrong=("",),
    ),
    Case("torn.xlsx", xlsx(TWO)[:-200], wrong=("",)),
    Case("bomb.xlsx", _bomb(), wrong=("",)),
    Case("huge-merge.xlsx", _huge_merge(), wrong=("",)),
    Case("page.xls", b"<html><table><tr><td>a</td></tr></table></html>", wrong=("",)),
    Case("report.pdf", b"%PDF-1.7 \x00\x01", wrong=("",)),
    Case("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", wrong=("",)),
    Case("quotes.csv", '姓名,手机\n"张三,13800000001\n'.encode(), wrong=(":2",)),
    Case(
        "posts.xlsx",
        xlsx(
            [
                ("幸福社区点位一览表",),
                ("点位名称", "所属社区", "地址", "点长", "联系电话", "开放时段", "每班人数", "周末人数"),
                ("西门", "幸福社区", "幸福路1号", "刘 站长", "010-67112233", "8:00-12:00、晚班", "2-3人", 4),
                ("福光路西口", "东河沿社区", "福光路1号", "林站长", None, None, None, None),
            ],
            _merge("A1:H1"),
        ),
        ("西门",),
        updated=("gate",),
        kind="posts",
    ),
    Case(
        "posts-wrong.xlsx",
        xlsx(
            [
                ("点位", "社区", "班次", "人数", "技能要求"),
                ("东门", "幸福小区", "8点到12点", 2, "医务"),
                ("南门", "幸福社区", "半天", "若干", "医术"),
                ("北门", "幸福社区", "每天8:00-20:00分4班", 1, None),
                ("北门", "幸福社区", "上午班", 1, None),
            ]
        ),
        wrong=(
            *("[Sheet1]:2 B", "[Sheet1]:3 C", "[Sheet1]:3 D", "[Sheet1]:3 E"),
            *("[Sheet1]:4 C",) * 4,
            "[Sheet1]:5 A",
        ),
        kind="posts",
    ),
    Case(
        "posts-new-hours.csv",
        csv_text(
            [("点位名称", "社区", "时段", "人数"), ("北门", "永安社区", "每天8:00-20:00分4班", "1")]
        ).encode(),
        ("北门",),
        options=("--add-places", "--add-shift-types"),
        kind="posts",
    ),
    Case(
        "posts-in-groups.csv",
        csv_text(
            [("卡口", "班次", "人数"), ("东河沿社区", "", ""), ("南口", "上午班", "1"), ("北口", "晚班", "2")]
        ).encode(),
        ("南口", "北口"),
        kind="posts",
    ),
)
"""Every file and what becomes of it."""


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (out / case.name).write_bytes(case.data)
    sys.stdout.write(f"{len(CASES)} files in {out}\n")
