"""Numbers in a text, however they are written, and digits that are something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.publish.leaks import leaks_in
from scheduler.text import Language

PHONE = "13812341234"


def faults(name: str, text: str) -> list[str]:
    return [fault.say(Language.EN).split(";")[0] for fault in leaks_in({Path(name): text.encode()})]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("张三,13812341234", "mobile number 138****1234"),
        ("138 1234 1234", "mobile number 138****1234"),
        ("138-1234-1234", "mobile number 138****1234"),
        ("138.1234.1234", "mobile number 138****1234"),
        ("1381234 1234", "mobile number 138****1234"),
        ("13812-341234", "mobile number 138****1234"),
        ("1 3 8 1 2 3 4 1 2 3 4", "mobile number 138****1234"),
        ("１３８１２３４１２３４", "mobile number 138****1234"),
        ("１３８　１２３４　１２３４", "mobile number 138****1234"),
        ("138\u200b1234\u200b1234", "mobile number 138****1234"),
        ("+8613812341234", "mobile number 138****1234"),
        ("+86 138 1234 1234", "mobile number 138****1234"),
        ("0086-13812341234", "mobile number 138****1234"),
        ("tel:13812341234", "mobile number 138****1234"),
        ("wx13812341234", "mobile number 138****1234"),
        ("13812341234@example.org", "mobile number 138****1234"),
        ("1.3812341234E+10", "mobile number 138****1234"),
        ("13812341234.0", "mobile number 138****1234"),
        ("https://example.org/?p=%2B8613812341234", "mobile number 138****1234"),
        ('{"phone": "\\u0031\\u0033812341234"}', "mobile number 138****1234"),
        ("110101199003071233", "identity number 110***********1233"),
        ("１１０１０１１９９００３０７１２３３", "identity number 110***********1233"),
        ("110101 19900307 1233", "identity number 110***********1233"),
        ("11010519491231002X", "identity number 110***********002X"),
        ("11010519491231002x", "identity number 110***********002X"),
        (
            "110101199003071234",
            "most likely an identity number (its check digit does not fit) 110***********1234",
        ),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, says: str) -> None:
    assert faults("a.txt", f"值班\n{text}。") == [f"a.txt:2: {says} can be read"]


@pytest.mark.parametrize(
    "text",
    [
        "138****1234",
        "110***********1233",
        "12812341234",
        "1381234123",
        "138123412345",
        "213812341234",
        "1583000000000",
        "20200305180000",
        "20200305T180000Z",
        "UID:550e8400-e29b-41d4-a716-138123412345@duty",
        "sha256 13812341234abcdef0123456789abcdef",
        "deadbeef13812341234",
        "0.13812341234",
        "116.13812341234",
        "13812341234.5",
        "6222 0200 1381 2341 234",
        "1530-1600 123",
        "1 3 8 1 2 3 4 1 2 3 4 5",
        "010-65271234",
        "110101199013071233",
        "110101189903071233",
        "991201199003071233",
        "1101011990030712334",
        "福光路 2020-03-05 18:00–22:00 13 人次 1380 分钟",
    ],
)
def test_other_digits_are_let_be(text: str) -> None:
    assert faults("a.txt", text) == []


def test_a_number_twice_at_a_place_is_said_once_and_two_numbers_twice() -> None:
    assert len(faults("a.txt", f"{PHONE} {PHONE}")) == 1
    assert len(faults("a.txt", f"{PHONE}、13912341234")) == 2
