"""Mutated phrases, tick grids, old rosters and chats: read or refused in words, and the plan whole either way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from scheduler.errors import InputError
from scheduler.io.edit import PlanEdit
from scheduler.io.intake.availability import take_availability
from scheduler.io.intake.chat import take_chat
from scheduler.io.intake.history import take_history
from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading
from scheduler.io.phrases.render import said
from scheduler.io.read import read_plan
from tests.io.intake.circle import PLAN
from tests.io.phrases.settings import MARCH

PHRASES = (
    "周一至周五晚7点后，周末全天，15日除外，每周三次以内",
    "3月5日-8日上午、下旬周末；节假日除外",
    "每天下午2点到6点，除１５日外都可以",
    "weekday evenings after 7pm, not on 15 March, at most 3 shifts a week",
)
GRID = """\
2020年2月勾选表,,,,,
图例：√可服务 ×不可 △待定,,,,,
姓名,2月15日,,2月16日,,可服务时间
,上午,晚上,上午,晚上,
王芳,√,,√,,
刘娜,×,×,,√,
陈静,,,,,周末全天，除22日外
"""
ROSTER = """\
2020年2月值班表,,,
日期,星期,上午班,晚班
2月10日,周一,王芳、刘娜,陈静
11日,周二,王 芳 刘　娜,陈静（组长）
2020/2/13,周四,王芳/李建国,缺1人
"""
CHAT = """\
#接龙 2月16日上午福光路西口
1. 王芳 15日上午 福光路西口
② 刘　娜 16日晚上🌹 +1
3、张伟 13800003333 17日
4. 王芳 退出
"""
NOISE = (
    "，、；：。（）“”()+-=/\\\t\n\r\0\x0b 　０１９9〇十两周日月号点半上下午晚夜√×△#@|\"'·"
    "🌹\ufe0f\u200b\ufeff①⒈至到除外每"
)
_ENCODINGS = ("utf-8", "utf-8", "gb18030", "utf-16", "utf-8-sig")


def mutated(text: str, rng: random.Random, most: int = 8) -> str:
    """A text with a few characters lost, doubled, swapped, added or moved, and lines likewise."""
    letters = list(text)
    for _ in range(rng.randint(1, most)):
        at = rng.randrange(len(letters) or 1)
        match rng.randrange(5):
            case 0:
                del letters[at : at + rng.randint(1, 4)]
            case 1:
                letters[at:at] = letters[at : at + rng.randint(1, 6)]
            case 2:
                letters.insert(at, rng.choice(NOISE))
            case 3 if len(letters) > at:
                letters[at] = rng.choice(NOISE)
            case _:
                rows = "".join(letters).split("\n")
                rng.shuffle(rows)
                letters = list("\n".join(rows))
    return "".join(letters)


def damaged(text: str, rng: random.Random) -> bytes:
    """A text in some encoding, at times cut or with a byte changed."""
    data = bytearray(text.encode(rng.choice(_ENCODINGS), errors="replace"))
    if data and rng.random() < 0.15:
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data[: rng.randrange(len(data) + 1)] if rng.random() < 0.05 else data)


def phrase(rng: random.Random) -> str:
    """Read a mutated phrase; what is understood must read back the same in both languages."""
    reading = read_phrase(mutated(rng.choice(PHRASES), rng, most=2), MARCH)
    if not isinstance(reading, Reading):
        return "unclear"
    sentence = said(reading, MARCH)
    assert read_phrase(sentence.zh, MARCH) == read_phrase(sentence.en, MARCH) == reading, sentence
    return "understood"


def _grid(edit: PlanEdit, path: Path) -> Mapping[Path, bytes]:
    return take_availability(edit, [path]).evidence


def _roster(edit: PlanEdit, path: Path) -> Mapping[Path, bytes]:
    return take_history(edit, [path]).evidence


def _chat(edit: PlanEdit, path: Path) -> Mapping[Path, bytes]:
    return take_chat(edit, path.name, path.read_bytes()).evidence


Take = Callable[[PlanEdit, Path], Mapping[Path, bytes]]
_TAKES: tuple[tuple[str, Take], ...] = ((GRID, _grid), (ROSTER, _roster), (CHAT, _chat))


def imported(folder: Path, rng: random.Random) -> str:
    """Import a mutated file into a plan; it is refused in words, or the plan is sound after it."""
    text, take = rng.choice(_TAKES)
    plan = folder / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    file = folder / "given.csv"
    file.write_bytes(damaged(mutated(text, rng), rng))
    edit = PlanEdit(plan)
    try:
        edit.commit(take(edit, file))
    except InputError as refused:
        faults = refused.faults
    else:
        read_plan(plan)
        return "imported"
    assert all(fault.text.en and fault.text.zh for fault in faults)
    assert plan.read_text(encoding="utf-8") == PLAN
    return "refused"


def run(folder: Path, cases: int, seed: int) -> Counter[str]:
    """How many of each outcome; three of four cases are phrases, the others files."""
    rng = random.Random(seed)
    return Counter(imported(folder, rng) if n % 4 == 0 else phrase(rng) for n in range(cases))
