"""Certificates: what stands on them, that nothing in them is markup, and that no number leaks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scheduler.domain.attendance import Attendance, Attended
from scheduler.errors import PublishError
from scheduler.io.certificates import Issuer, Occasion, certificate, write_certificates
from scheduler.report.duties import Period, book
from scheduler.report.service import Credit, Service, services
from scheduler.text import Text
from tests.builders import day, roster, world

OCCASION = Occasion(
    Text("control", "联防联控"), Credit(30, 480), Issuer("街道办"), dt.date(2024, 4, 1), "small"
)


def found(name: str = "张三", *days: int) -> tuple[Service, ...]:
    instance = world(
        [{"id": "a:1", "name": name, "organisation": "branch"}], organisations=[{"id": "branch"}]
    )
    records = [
        Attended(shift=f"gate/{day(n)}/morning", volunteer="a:1", presence="attended", minutes=235)
        for n in days or (0,)
    ]
    records.append(Attended(shift=f"gate/{day(0)}/noon", walk_in="李四", presence="attended"))
    return services(
        book([Period("r", roster(instance), Attendance(records=tuple(records)))]), Credit(30, 480)
    )


def test_it_says_who_when_what_and_how_long() -> None:
    page = certificate(found("张三", 0, 2)[0], OCCASION)
    assert (
        "兹证明张三（branch）于2024年3月4日至2024年3月6日参与联防联控，服务2次，计入志愿服务时长7小时。"
        in page
    )
    assert "张三 (branch) took part in control from 2024-03-04 to 2024-03-06" in page
    assert "编号 No. small-a:1" in page
    assert "<dd>街道办</dd>" in page
    assert "2024年4月1日" in page
    assert page.count("<tr><td>") == 2


def test_one_day_is_one_day() -> None:
    assert "于2024年3月4日参与" in certificate(found()[0], OCCASION)


def test_a_name_is_never_markup() -> None:
    page = certificate(found("<script>alert(1)</script>$title")[0], OCCASION)
    assert "<script" not in page
    assert "$title" in page


def test_files_are_written_whole_under_names_any_system_takes(tmp_path: Path) -> None:
    pages = write_certificates(tmp_path, found(), OCCASION)
    assert len(pages) == 2
    assert all(path.is_file() and ":" not in path.name for path in pages)
    before = pages[0].read_bytes()
    with pytest.raises(PublishError, match="there already"):
        write_certificates(tmp_path, found("王五"), OCCASION)
    assert pages[0].read_bytes() == before
    write_certificates(tmp_path, found(), OCCASION, force=True)
    assert pages[0].read_bytes() == before


def test_no_number_is_handed_out_but_the_issuers_own(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"138\*\*\*\*1234"):
        write_certificates(tmp_path / "a", found("张三13812341234"), OCCASION)
    assert not (tmp_path / "a").exists()
    contact = Occasion(
        OCCASION.activity, OCCASION.credit, Issuer(contact="139-1234-1234"), OCCASION.issued, "x"
    )
    assert write_certificates(tmp_path / "b", found(), contact)
