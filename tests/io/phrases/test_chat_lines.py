"""Lines of a sign-up chain: numbers in all shapes, emoji, +1, withdrawing, phones."""

from __future__ import annotations

import pytest

from scheduler.io.phrases.chat_lines import ChatLine, chat_lines


def entry(text: str) -> ChatLine:
    (line,) = chat_lines(text, lambda body: body.startswith("张三")).entries
    return line


@pytest.mark.parametrize(
    "start",
    [
        "1. ",
        "1.",
        "1、",
        "1）",
        "(1) ",
        "（1）",
        "【1】",
        "１．",
        "１、",
        "① ",
        "①",
        "⒈",
        "❶",
        "1️⃣ ",
        "一、",
        "1: ",
        "1 ",
        "01. ",
        "1",
        "  1. ",
    ],
)
def test_numbering_in_all_shapes(start: str) -> None:
    line = entry(f"{start}张三 15日上午")
    assert (line.numbered, line.body) == (True, "张三 15日上午")


@pytest.mark.parametrize("text", ["15日上午 张三", "3月5日 张三", "18:00 张三", "2020年2月15日", "5个人"])
def test_a_date_is_no_number(text: str) -> None:
    assert chat_lines(text, lambda _: False).entries == ()


def test_a_line_without_a_number_is_an_entry_if_it_begins_with_a_name() -> None:
    assert entry("张三 15日").numbered is False


@pytest.mark.parametrize(
    "text", ["1. 张三🌹15日", "1. 张三[玫瑰] 15日", "1. 张三\u200b 15日💪🏻", "1.张三　15日 ❤️"]
)
def test_emoji_and_invisible_signs_are_left_out(text: str) -> None:
    assert entry(text).body.replace(" ", "") == "张三15日"


@pytest.mark.parametrize(
    ("text", "more"),
    [("1. 张三+1", 1), ("1. 张三 ＋２人", 2), ("1. 张三 加一位", 1), ("1. 张三 +10", 0), ("+1", 1)],
)
def test_more_people_without_names(text: str, more: int) -> None:
    assert [line.more for line in chat_lines(text, lambda _: False).entries] == [more]


@pytest.mark.parametrize("word", ["退出", "取消", "不去了", "来不了", "请假", "withdraw"])
def test_words_of_withdrawing(word: str) -> None:
    line = entry(f"3. 张三 {word}")
    assert (line.withdrawn, line.body) == (True, "张三")


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("1. 张三 13800001111 15日", "13800001111"),
        ("1. 张三 +86 138-0000-1111 15日", "13800001111"),
        ("1. 张三 尾号1111 15日", "1111"),
        ("1. 张三 １３８００００１１１１ 15日", "13800001111"),
    ],
)
def test_phones(text: str, phone: str) -> None:
    line = entry(text)
    assert (line.phone, line.body) == (phone, "张三 15日")


def test_head_example_and_what_stands_aside() -> None:
    chat = chat_lines(
        "#接龙\n2月15日值守\n例 张三 15日上午\n\n1. 张三 15日\n大家辛苦了\n2. \n", lambda _: False
    )
    assert [line.row for line in chat.head] == [1, 2, 3]
    assert [line.row for line in chat.entries] == [5]
    assert [line.row for line in chat.aside] == [6]
