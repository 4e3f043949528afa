"""What is wrong with a YAML text, in words that do not need the YAML specification."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError

from scheduler.errors import Fault
from scheduler.text import Text

_NO_COLON = "could not find expected ':'"
_KNOWN: tuple[tuple[str, Text, Text | None], ...] = (
    (
        r"character '\t'",
        Text("a tab where blanks belong", "此处应为空格，却是制表符(Tab)"),
        Text("indent with blanks", "请用空格缩进"),
    ),
    (
        "mapping values are not allowed",
        Text("a colon that does not fit here", "此处的冒号位置不对"),
        Text("check the indentation, or put the text in quotes", "请检查缩进，或给文本加引号"),
    ),
    (
        _NO_COLON,
        Text("a key without a colon", "键后缺少冒号"),
        Text("write key: value", "请写成 key: value"),
    ),
    (
        "found unexpected end of stream",
        Text("a quotation mark that is never closed", "引号没有闭合"),
        None,
    ),
    (
        "found unexpected document separator",
        Text("a quotation mark that is never closed", "引号没有闭合"),
        None,
    ),
    ("expected ',' or", Text("a bracket that is not closed", "括号没有闭合"), None),
    (
        "<block end>",
        Text("the indentation does not fit the rows above", "缩进与上文不一致"),
        Text("entries of one list or mapping begin in the same column", "同一列表或键值的各项须左对齐"),
    ),
    (
        "unknown escape character",
        Text("an unknown escape in double quotes", "双引号内有未知的转义"),
        Text("write \\\\ for a backslash, or use single quotes", "反斜杠请写成 \\\\，或改用单引号"),
    ),
    (
        "cannot start any token",
        Text("a character that cannot begin a value", "值不能以该字符开头"),
        Text("put the text in quotes", "请给文本加引号"),
    ),
)


NOT_YAML = Text("this is not valid YAML", "不是合法的 YAML")


def syntax_fault(wrong: MarkedYAMLError, file: str, first_row: int) -> Fault:
    """The fault for what the parser met."""
    at, begun = wrong.problem_mark or wrong.context_mark, wrong.context_mark
    row = first_row + (at.line if at else 0)
    begins = None
    if begun and first_row + begun.line != row:
        first = first_row + begun.line
        begins = Text(f"it begins in row {first}", f"起于第 {first} 行")
    for words, text, hint in _KNOWN:
        if words in str(wrong.problem):
            if words == _NO_COLON and begun:
                return Fault(f"{file}:{first_row + begun.line}", text, hint)
            return Fault(f"{file}:{row}", text, hint or begins)
    return Fault(f"{file}:{row}", NOT_YAML)
