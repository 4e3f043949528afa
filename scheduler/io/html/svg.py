"""Figures of matplotlib as SVG that stands in a page: no style attributes, no ids, texts in both languages."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markupsafe import Markup

from scheduler.text import Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SPACE = "{http://www.w3.org/2000/svg}"
_KEPT = ("fill", "stroke", "stroke-width", "fill-opacity", "text-anchor", "font-size", "font-weight")
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


class Drawing:
    """Texts and titles that a figure is to carry: matplotlib sees marks in their place, whatever they hold.

    A mark keeps matplotlib from measuring, escaping or missing the glyphs of texts it has no font for.
    """

    def __init__(self) -> None:
        self._texts: list[Text] = []
        self.titles: dict[str, Sequence[Text]] = {}

    def mark(self, text: Text) -> str:
        """What matplotlib is to write for a text."""
        self._texts.append(text)
        return f"@{len(self._texts) - 1}@"

    def text(self, mark: str) -> Text | None:
        """The text of a mark; None if it is none."""
        found = re.fullmatch(r"@(\d+)@", mark)
        return self._texts[int(found[1])] if found else None


def inline_svg(draw: Callable[[Drawing], Figure], label: Text, languages: Sequence[Language]) -> Markup:
    """A figure as an ``<svg>`` element with a label for those who do not see it; the same bytes for the same figure.

    Args:
        draw: makes the figure; the paths in a group whose gid is in ``Drawing.titles`` get these as titles.
        label: what the figure shows, in a sentence.
        languages: those of the page.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of its caches
    from matplotlib import rc_context

    drawing, written = Drawing(), io.StringIO()
    with rc_context(
        {"svg.fonttype": "none", "svg.hashsalt": "page", "font.family": "DejaVu Sans", "font.size": 9.0}
    ):
        draw(drawing).savefig(written, format="svg", metadata=_NO_METADATA, transparent=True)
    root = ElementTree.fromstring(written.getvalue())  # noqa: S314 - written the line before
    for group in root.iter(f"{_SPACE}g"):
        for path, title in zip(group.iter(f"{_SPACE}path"), drawing.titles.get(group.get("id", ""), ())):
            ElementTree.SubElement(path, "title").text = _line(title, languages)
    head = {"role": "img", "aria-label": _line(label, languages)}
    return Markup(ElementTree.tostring(_clean(root, drawing, languages, head), "unicode"))  # noqa: S704


def _line(text: Text, languages: Sequence[Language]) -> str:
    return " / ".join(dict.fromkeys(map(text.say, languages)))


def _clean(
    root: ElementTree.Element, drawing: Drawing, languages: Sequence[Language], head: dict[str, str]
) -> ElementTree.Element:
    width, height = (float(n) for n in root.get("viewBox", "0 0 0 0").split()[2:])
    size = {
        "viewBox": f"0 0 {width:g} {height:g}",
        "width": f"{width * 1.25:g}",
        "height": f"{height * 1.25:g}",
    }
    page = ElementTree.Element("svg", size | head)
    for element in root.iter():
        if element.tag == f"{_SPACE}path" and not _is_frame(element):
            page.append(_shape(element))
        elif element.tag == f"{_SPACE}text":
            page.extend(_text(element, drawing, languages))
    return page


def _is_frame(path: ElementTree.Element) -> bool:
    style = path.get("style", "")
    return "fill: none" in style and "stroke:" not in style


def _shape(path: ElementTree.Element) -> ElementTree.Element:
    """A path with short numbers and its style as attributes, and its title."""
    shape = ElementTree.Element("path", {"d": _short(path.get("d", ""))} | _attributes(path))
    shape.extend(path)
    return shape


def _text(
    element: ElementTree.Element, drawing: Drawing, languages: Sequence[Language]
) -> list[ElementTree.Element]:
    """A text, or the one behind its mark: once a language where they differ."""
    place = {name: _short(element.get(name, "0")) for name in ("x", "y")} | _attributes(element)
    words = element.text or ""
    text = drawing.text(words)
    said = {language: words if text is None else text.say(language) for language in languages}
    if len(set(said.values())) == 1:
        return [_said(place, next(iter(said.values())))]
    return [_said({"lang": str(language)} | place, one) for language, one in said.items()]


def _said(attributes: dict[str, str], words: str) -> ElementTree.Element:
    element = ElementTree.Element("text", attributes)
    element.text = words
    return element


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    """The parts of a style that have attributes of the same name."""
    pairs = (part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    found = {name.strip(): value.strip().removesuffix("px") for name, value in pairs}
    return {name: found[name] for name in _KEPT if name in found}


def _short(numbers: str) -> str:
    rounded = re.sub(r"-?\d+\.\d+", lambda one: f"{float(one[0]):.1f}".removesuffix(".0"), numbers)
    return " ".join(rounded.split())
