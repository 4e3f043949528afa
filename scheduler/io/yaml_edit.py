"""A YAML text made to hold other data: only what differs is touched, all else stays as it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeGuard

from scheduler.errors import InputError
from scheduler.io.yaml_marked import parse_yaml
from scheduler.io.yaml_tree import Node, parse_tree
from scheduler.io.yaml_words import block, flow


def edited_yaml(text: str, data: dict[str, object]) -> str | None:
    """The text changed so that it reads as ``data``; comments, order and layout of the rest are kept.

    None if the text is written in a way that cannot be changed in place (parts repeated by ``*name``).
    """
    was = parse_yaml(text, "").data
    editor = _Editor(text, "\r\n" if "\r\n" in text else "\n")
    editor.change(parse_tree(text), was, data)
    edited = editor.result()
    try:
        return edited if parse_yaml(edited, "").data == data else None
    except InputError:
        return None


@dataclass(slots=True)
class _Editor:
    """Collects replacements of stretches of a text."""

    text: str
    line_end: str
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    def result(self) -> str:
        text = self.text
        for start, end, new in reversed(sorted(self.edits, key=lambda edit: edit[:2])):  # noqa: C413 - equal ones too
            text = text[:start] + new.replace("\n", self.line_end) + text[end:]
        return text

    def change(self, node: Node, was: object, now: object) -> None:
        """Make a node hold another value."""
        if was == now and type(was) is type(now):
            return
        if node.kind == "mapping" and isinstance(was, dict) and isinstance(now, dict) and was and now:
            self._mapping(node, was, now)
        elif node.kind == "list" and isinstance(was, list) and isinstance(now, list) and was and now:
            self._list(node, was, now)
        else:
            self._replace(node, now)

    def _mapping(self, node: Node, was: dict[str, object], now: dict[str, object]) -> None:
        gone = [n for n, key in enumerate(node.keys) if key.word not in now]
        new = {key: value for key, value in now.items() if key not in was}
        if 0 in gone or (gone and node.flow):
            self._replace(node, {key: now[key] for key in (*was, *new) if key in now})
            return
        for n, (key, item) in enumerate(zip(node.keys, node.items)):
            if n in gone:
                self._drop(
                    node.keys[n].start, item.end, node.keys[n + 1].start if n + 1 < len(node.keys) else None
                )
            else:
                self.change(item, was[key.word], now[key.word])
        indent = self._indent(node.keys[0].start)
        for name, value in new.items():
            words = f"{flow(name)}: {flow(value)}"
            if not indent and _entries(value):
                words = f"{flow(name)}:" + "".join(f"\n  - {flow(one)}" for one in value)
            self._add(node, words, indent)

    def _list(self, node: Node, was: list[object], now: list[object]) -> None:
        pairs, gone, new = _matched(was, now)
        if gone and (node.flow or len(gone) == len(was)):
            self._replace(node, now)
            return
        for n in gone:
            dash = self._dash(node.items[n])
            self._drop(dash, node.items[n].end, self._dash(node.items[n + 1]) if n + 1 < len(was) else None)
        for n, value in pairs:
            self.change(node.items[n], was[n], value)
        if node.flow:
            for value in new:
                self._add(node, flow(value), "")
            return
        dash = self._dash(node.items[0])
        indent, last = self._indent(dash), node.items[-1]
        spread = last.kind == "mapping" and not last.flow
        for value in new:
            tall = spread and isinstance(value, dict)
            self._add(node, f"- {block(value, indent) if tall else flow(value)}", indent)

    def _add(self, node: Node, words: str, indent: str) -> None:
        """Put one more part at the end of a mapping or list."""
        end = node.items[-1].end
        if not node.flow:
            line = self._line_end(end)
            self.edits.append((line, line, f"\n{indent}{words}"))
            return
        parts = node.keys or node.items
        between = self.text[node.items[-2].end : parts[-1].start] if len(parts) > 1 else ", "
        tidy = between.replace("\r\n", "\n")
        self.edits.append((end, end, (tidy if tidy.replace(",", "").isspace() else ", ") + words))

    def _replace(self, node: Node, now: object) -> None:
        if not node.flow and node.kind in ("mapping", "list"):
            start = self._dash(node.items[0]) if node.kind == "list" else node.keys[0].start
            self.edits.append((start, node.end, ("  " if node.kind == "list" else "") + flow(now)))
        elif _entries(now) and self._is_top(node):
            line = self._line_end(node.end)
            self.edits.append((node.start, node.end, ""))
            self.edits.append((line, line, "".join(f"\n  - {flow(one)}" for one in now)))
        else:
            blank = "" if self.text[node.start - 1 : node.start].isspace() or not node.start else " "
            self.edits.append((node.start, node.end, (blank if node.start == node.end else "") + flow(now)))

    def _is_top(self, node: Node) -> bool:
        """Whether a value belongs to a key of the plan itself, at the start of its line."""
        return self.text[self.text.rfind("\n", 0, node.start) + 1 :][:1].isalpha()

    def _drop(self, start: int, end: int, following: int | None) -> None:
        """Take out a key or item of a block: its lines, or if it shares its line, up to the next one."""
        line = self.text.rfind("\n", 0, start) + 1
        if self.text[line:start].strip() and following is not None:
            self.edits.append((start, following, ""))
            return
        after = self._line_end(end)
        self.edits.append((max(line - 1, 0), after, "") if line else (0, min(after + 1, len(self.text)), ""))

    def _line_end(self, position: int) -> int:
        """Where the line ends on which a part ends."""
        end = self.text.find("\n", position)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" else end

    def _dash(self, item: Node) -> int:
        return self.text.rfind("-", 0, item.start)

    def _indent(self, position: int) -> str:
        return " " * (position - self.text.rfind("\n", 0, position) - 1)


def _entries(value: object) -> TypeGuard[list[dict[str, object]]]:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _matched(
    was: list[object], now: list[object]
) -> tuple[list[tuple[int, object]], list[int], list[object]]:
    """Which items stay (their number and what they become), which are gone, and which are new at the end.

    Items with ids are told by them; others by being equal, and what differs in between by position.
    """
    old, new = [_id(one) for one in was], [_id(one) for one in now]
    if None not in (*old, *new):
        by_id = dict(zip(new, now))
        kept = [(n, by_id[key]) for n, key in enumerate(old) if key in by_id]
        return (
            kept,
            [n for n, key in enumerate(old) if key not in by_id],
            [by_id[k] for k in new if k not in old],
        )
    pairs = list(enumerate(now[: len(was)]))
    return pairs, list(range(len(now), len(was))), now[len(was) :]


def _id(value: object) -> str | None:
    name = value.get("id") if isinstance(value, dict) else None
    return None if name is None else str(name)
