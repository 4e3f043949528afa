"""The live line of a running search: time, heads, score and bound by level."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self

from rich.live import Live as RichLive
from rich.text import Text as RichText

from scheduler.cli.speech import speaker, words
from scheduler.domain.entity import LEVELS
from scheduler.domain.instance import Instance
from scheduler.engine.result import FoundBy, Progress
from scheduler.engine.stop import Deadline
from scheduler.text import Text

EVERY = 1.0
"""Seconds between two lines where the line cannot be redrawn."""

FOUND_BY = {
    FoundBy.START: Text("start", "起始"),
    FoundBy.CONSTRUCT: Text("construction", "逐日构造"),
    FoundBy.WALK: Text("local search", "局部搜索"),
    FoundBy.SEARCH: Text("neighbourhoods", "邻域搜索"),
    FoundBy.BOUNDS: Text("bounds", "下界"),
    FoundBy.EXACT: Text("exact", "精确求解"),
    FoundBy.GIVEN: Text("start", "起始"),
    FoundBy.BARGAIN: Text("soft prices", "柔性定价"),
    FoundBy.SWEEP: Text("person by person", "逐人优化"),
    FoundBy.COLUMNS: Text("column generation", "列生成"),
    FoundBy.DIVE: Text("dive", "下潜"),
    FoundBy.BRANCHING: Text("branching", "分支定界"),
    FoundBy.WINDOW: Text("windows", "窗口搜索"),
    FoundBy.SLICE: Text("stretches of days", "分段搜索"),
}
"""What the parts of the engine are called, as people read it."""


@contextmanager
def stop_on_interrupt(deadline: Deadline) -> Iterator[None]:
    """Ctrl-C asks for the best roster so far; a second one breaks off."""

    def handle(number: int, frame: FrameType | None) -> None:
        if deadline.interrupted:
            signal.default_int_handler(number, frame)
        deadline.interrupt()
        speaker.err.print(words("stopping with the best roster so far …", "正在停止，保留目前最好的排班……"))

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Live:
    """Shows progress on stderr: a line redrawn on a terminal, some lines elsewhere."""

    def __init__(self, instance: Instance, deadline: Deadline) -> None:
        self._demanded = sum(shift.wanted for shift in instance.shifts)
        self._deadline = deadline
        self._last: Progress | None = None
        self._printed = -EVERY
        self._console = speaker.err
        self._live = RichLive(
            self, console=self._console, refresh_per_second=5, transient=True, auto_refresh=True
        )

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def __rich__(self) -> RichText:
        return RichText(self.line(self._deadline.elapsed()), overflow="ellipsis", no_wrap=True)

    def watch(self, progress: Progress) -> None:
        """Take over what the engine has found."""
        self._last = progress
        if not self._console.is_terminal and progress.seconds - self._printed >= EVERY:
            self._printed = progress.seconds
            self._console.print(self.line(progress.seconds), markup=False)

    def line(self, seconds: float) -> str:
        """The line at a moment."""
        if self._last is None:
            return words(f"{seconds:5.1f} s  building the model …", f"{seconds:5.1f} 秒  正在建立模型……")
        heads = words("heads", "人次")
        parts = [f"{seconds:5.1f} {words('s', '秒')}", f"{heads} {self._last.heads}/{self._demanded}"]
        for number, level in enumerate(LEVELS):
            value, bound = self._last.score[number], self._last.bounds[number]
            if value or bound:
                gap = words("proven", "已证最优") if bound >= value - 1e-6 else f"≥ {bound:.0f}"
                parts.append(f"{speaker.say(level.label)} {value:.0f} ({gap})")
        return "  ".join([*parts, speaker.say(FOUND_BY[self._last.found_by])])
