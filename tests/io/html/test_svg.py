"""Figures as SVG that a strict page takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from scheduler.io.html.svg import Drawing, inline_svg
from scheduler.text import Language, Text, same

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BOTH = (Language.ZH, Language.EN)


def bars(name: Text):
    def draw(drawing: Drawing) -> Figure:
        from matplotlib.figure import Figure

        figure = Figure(figsize=(3, 2))
        axes = figure.add_subplot()
        axes.bar([0, 1], [2, 3])
        axes.set_xticks([0, 1], [drawing.mark(name), "one"])
        return figure

    return draw


def svg(name: Text, languages: tuple[Language, ...] = BOTH) -> str:
    return str(inline_svg(bars(name), Text("two bars", "两根柱"), languages))


def test_a_drawing_has_no_styles_ids_or_scripts() -> None:
    made = svg(same("甲"))
    assert not re.search(r"style=|<style|\sid=|url\(|<script|href", made)
    assert made.startswith("<svg ")


def test_a_drawing_says_what_it_shows_in_both_languages() -> None:
    root = ElementTree.fromstring(svg(same("甲")))  # noqa: S314
    assert root.get("role") == "img"
    assert root.get("aria-label") == "两根柱 / two bars"


def test_texts_that_differ_stand_once_a_language() -> None:
    root = ElementTree.fromstring(svg(Text("gate", "大门")))  # noqa: S314
    found = {(one.get("lang"), one.text) for one in root.iter("text")}
    assert {("zh", "大门"), ("en", "gate"), (None, "one")} <= found
    assert ">gate<" not in svg(Text("gate", "大门"), (Language.ZH,))


def test_a_name_with_markup_is_text() -> None:
    name = "<script>alert(1)</script>$x^2$"
    root = ElementTree.fromstring(svg(same(name)))  # noqa: S314
    assert name in [one.text for one in root.iter("text")]
    assert not list(root.iter("script"))


def test_the_same_figure_has_the_same_bytes() -> None:
    assert svg(same("甲")) == svg(same("甲"))
