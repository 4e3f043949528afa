"""Where the parts of a YAML text stand: a tree of nodes with their positions, for editing the text in place."""

from __future__ import annotations

from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)


@dataclass(slots=True)
class Node:
    """A mapping, list, scalar or repetition (``*name``): its first character and the one after its last.

    ``keys`` are the keys of a mapping in order, ``items`` the values of a mapping or list. The end is that of
    the last thing inside: comments and blank lines after it do not belong to it.
    """

    start: int
    end: int
    kind: str
    flow: bool = False
    keys: list[Node] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    word: str = ""


def parse_tree(text: str) -> Node:
    """The tree of a YAML text that ``parse_yaml`` has accepted."""
    opened: list[Node] = []
    root: Node | None = None
    for event in YAML(typ="safe", pure=True).parse(text):
        if isinstance(event, CollectionEndEvent):
            closed = opened.pop()
            closed.end = event.end_mark.index if closed.flow else _content_end(closed)
            continue
        if not isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent):
            continue
        node = _node(event, text)
        if opened:
            _add(opened[-1], node, text)
        root = root or node
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            opened.append(node)
    assert root is not None, "a text without a value was accepted"
    return root


def _node(event: MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent, text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, ScalarEvent):
        while end > start and text[end - 1] in " \t\r\n":
            end -= 1
        return Node(start, end, "scalar", word=str(event.value))
    if isinstance(event, AliasEvent):
        return Node(start, end, "alias")
    kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
    return Node(start, end, kind, flow=bool(event.flow_style))


def _add(around: Node, node: Node, text: str) -> None:
    if around.kind == "mapping" and len(around.keys) == len(around.items):
        around.keys.append(node)
        return
    if around.kind == "mapping" and node.start == node.end:
        node.start = node.end = text.index(":", around.keys[-1].end) + 1
    around.items.append(node)


def _content_end(node: Node) -> int:
    return node.items[-1].end if node.items else node.start
