"""What the validation library says, in both languages and in words a coordinator knows."""

from __future__ import annotations

import re

from pydantic_core import ErrorDetails

from scheduler.domain.refusal import REFUSED, did_you_mean, found
from scheduler.text import Text

QUOTES = Text("put it in quotes", "请加引号")
LIST = Text("write it as a list: [one, other]", "请写成列表：[甲, 乙]")

_EXPECTED: dict[str, Text] = {
    "string_type": Text("a text", "文本"),
    "int_type": Text("a whole number", "整数"),
    "int_parsing": Text("a whole number", "整数"),
    "int_parsing_size": Text("a smaller number", "较小的数"),
    "int_from_float": Text("a whole number", "整数"),
    "float_type": Text("a number", "数字"),
    "float_parsing": Text("a number", "数字"),
    "finite_number": Text("a finite number", "有限的数"),
    "bool_type": Text("true or false", " true 或 false"),
    "bool_parsing": Text("true or false", " true 或 false"),
    "tuple_type": Text("a list", "列表"),
    "list_type": Text("a list", "列表"),
    "set_type": Text("a list", "列表"),
    "frozen_set_type": Text("a list", "列表"),
    "dict_type": Text("a mapping (key: value)", "一组键值（key: value）"),
    "model_type": Text("a mapping (key: value)", "一组键值（key: value）"),
    "model_attributes_type": Text("a mapping (key: value)", "一组键值（key: value）"),
}
"""Errors that say: something else was expected."""

_BOUNDS: dict[str, Text] = {
    "greater_than": Text("must be more than {gt}", "须大于 {gt}"),
    "greater_than_equal": Text("must be at least {ge}", "不得小于 {ge}"),
    "less_than": Text("must be less than {lt}", "须小于 {lt}"),
    "less_than_equal": Text("must be at most {le}", "不得大于 {le}"),
    "multiple_of": Text("must be a multiple of {multiple_of}", "须为 {multiple_of} 的倍数"),
}
"""Errors that say: the number is out of bounds."""

_OTHERS: dict[str, Text] = {
    "missing": Text("this is missing", "缺少此项"),
    "extra_forbidden": Text("this key is not known here", "此处没有这个键"),
    "string_too_short": Text("must not be empty", "不能为空"),
    "string_too_long": Text(
        "must not be longer than {max_length} characters", "不得超过 {max_length} 个字符"
    ),
    "string_unicode": Text("this is not valid text", "不是合法的文本"),
    "too_short": Text(
        "at least {min_length} entries are needed, found {actual_length}",
        "至少需要 {min_length} 项，实有 {actual_length} 项",
    ),
    "too_long": Text(
        "at most {max_length} entries are possible, found {actual_length}",
        "最多 {max_length} 项，实有 {actual_length} 项",
    ),
    "union_tag_not_found": Text("the name of the rule is missing (rule: …)", "缺少规则名（rule: …）"),
}


def translated(error: ErrorDetails) -> tuple[Text, Text | None]:
    """An error's sentence and what to do about it."""
    kind, value = error["type"], error["input"]
    context = error.get("ctx", {})
    if kind == REFUSED:
        return Text(en=context["en"], zh=context["zh"]), context["hint"]
    if kind in _EXPECTED:
        return _unexpected(_EXPECTED[kind], value), _written_how(kind, value)
    if kind in _BOUNDS:
        bound, what = _BOUNDS[kind].format(**context), found(value)
        return Text(f"{bound.en}, found {what.en}", f"{bound.zh}，实为{what.zh}"), None
    if kind in ("enum", "literal_error"):
        return _not_among(re.findall(r"'([^']*)'", str(context["expected"])), value)
    if kind == "union_tag_invalid":
        return _no_such_kind(re.findall(r"'([^']*)'", str(context["expected_tags"])), str(context["tag"]))
    other = _OTHERS.get(kind, Text(f"not accepted: {error['msg']}", f"不符合要求：{error['msg']}"))
    return other.format(**context) if kind in _OTHERS else other, None


def _unexpected(expected: Text, value: object) -> Text:
    what = found(value)
    return Text(f"expected {expected.en}, found {what.en}", f"应为{expected.zh}，实为{what.zh}")


def _written_how(kind: str, value: object) -> Text | None:
    if kind == "string_type" and isinstance(value, int | float):
        return QUOTES
    return LIST if kind == "tuple_type" and isinstance(value, str) else None


def _not_among(choices: list[str], value: object) -> tuple[Text, Text | None]:
    what = found(value)
    text = Text(
        f"expected one of {', '.join(choices)}, found {what.en}",
        f"应为 {'、'.join(choices)} 之一，实为{what.zh}",
    )
    return text, did_you_mean(value, choices) if isinstance(value, str) else None


def _no_such_kind(names: list[str], given: str) -> tuple[Text, Text | None]:
    text = Text(f'there is no rule "{given}"', f"没有规则“{given}”")
    every = Text(f"rules: {', '.join(names)}", f"规则有：{'、'.join(names)}")
    return text, did_you_mean(given, names, most=3) or every
