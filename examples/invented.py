"""Invented people: names and dates of birth, all out of one seeded generator, and tables to put them in."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Row = dict[str, object]

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)
"""Family names, the frequent ones first."""

MEN = {
    1940: "德福 国良 振华 永昌 玉山 世荣 宝贵 文祥 广义 长顺",
    1950: "建国 国强 志强 建华 玉成 卫东 保国 振江 福生 永利 学文 德明",
    1960: "建军 红军 卫国 志刚 立新 永红 国庆 春生 铁军 庆和 晓东 新民",
    1970: "勇 军 伟 海涛 立军 志伟 永强 晓峰 建平 宏伟 东升 林",
    1980: "磊 鹏 超 涛 凯 海波 志远 宇 晨 斌 旭东 一鸣",
    1990: "浩 翔 子豪 宇航 泽宇 文博 天宇 嘉诚 俊杰 思远 昊 瑞",
}
WOMEN = {
    1940: "秀兰 桂英 玉珍 淑兰 凤英 素芬 淑贤 玉华 桂芝 文英",
    1950: "秀英 桂兰 淑珍 玉兰 凤琴 秀华 淑芬 桂荣 玉梅 淑敏 惠兰 金凤",
    1960: "红 丽华 建英 淑琴 卫红 春梅 秀云 丽萍 国英 亚男 晓红 玉霞",
    1970: "艳 丽 敏 静 海燕 晓梅 红梅 丽娜 春燕 雪梅 慧 俊英",
    1980: "婷 娜 雪 倩 丹 晶晶 晓娟 琳 莉 佳 颖 蕾",
    1990: "雨桐 思雨 梦瑶 欣怡 佳琪 子涵 悦 可欣 诗雨 瑶 萌 晓彤",
}
"""Given names by decade of birth; the lists are short, so that two people may bear one name, as they do."""


class Invented:
    """Chance out of one seed: the same seed, the same people, with every version of Python."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def chance(self, share: float) -> bool:
        """True this often."""
        return self._random() < share

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random() * (most - least + 1))

    def pick(self, of: Sequence[T]) -> T:
        """One of several."""
        return of[self.between(0, len(of) - 1)]

    def born(self, youngest: int, oldest: int) -> dt.date:
        """A date of birth for an age in years at the beginning of 2020."""
        return dt.date(2020, 1, 1) - dt.timedelta(days=self.between(youngest * 366, oldest * 366 + 365))

    def surname(self) -> str:
        """A family name; the first of the list come more often."""
        return SURNAMES[int(len(SURNAMES) * self._random() ** 1.8)]

    def given(self, born: dt.date, *, man: bool) -> str:
        """A given name of the time of birth."""
        return self.pick((MEN if man else WOMEN)[min(max(born.year // 10 * 10, 1940), 1990)].split())

    def person(self, youngest: int, oldest: int) -> Row:
        """Name and date of birth of somebody of that age."""
        born = self.born(youngest, oldest)
        return {"name": self.surname() + self.given(born, man=self.chance(0.5)), "born": born}


def write(path: Path, columns: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Write a table in UTF-8 with LF; what a row does not have stays empty."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns.split(","), restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
