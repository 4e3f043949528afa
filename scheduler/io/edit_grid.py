"""What an edit changes, as a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from scheduler.io.edit_changes import KEYS, Change
from scheduler.io.edit_data import Entry, canonical, follow
from scheduler.io.edit_words import EntryWords
from scheduler.references import SECTIONS
from scheduler.report.grid import Grid
from scheduler.text import Text, joined, same

TITLE = Text("Changes", "变更")
COLUMNS = (
    Text("where", "位置"),
    Text("who or what", "对象"),
    Text("what", "内容"),
    Text("before", "原值"),
    Text("after", "新值"),
)
NEW = Text("new", "新增")
GONE = Text("taken away", "删除")


def changes_grid(changes: Iterable[Change], was: Entry, now: Entry) -> Grid:
    """A row for each value that changes; an entry that is new or gone is one row with all it says."""
    words = EntryWords(was, now)
    before, after = _by_id(was), _by_id(now)
    rows: list[tuple[Text, ...]] = []
    for (section, name), group in groupby(changes, key=lambda change: (change.section, change.id)):
        some = list(group)
        where = SECTIONS.get(section, same(section))
        old, new = before.get((section, name)), after.get((section, name))
        who = _named(name, new or old or {})
        if name and not old:
            rows.append((where, who, NEW, same(""), _all(words, [(one.key, one.after) for one in some], new)))
        elif name and not new:
            rows.append(
                (where, who, GONE, _all(words, [(one.key, one.before) for one in some], old), same(""))
            )
        else:
            rows += _values(words, where, who, some, (old or was, new or now))
    return Grid(TITLE, COLUMNS, tuple(rows))


def _values(
    words: EntryWords, where: Text, who: Text, changes: Iterable[Change], versions: tuple[Entry, Entry]
) -> Iterator[tuple[Text, ...]]:
    for one in changes:
        shown = (
            _told(words, one, value, entry)
            for value, entry in zip((one.before, one.after), versions, strict=True)
        )
        yield where, who, _key(one.key), *shown


def _told(words: EntryWords, one: Change, value: str | None, entry: Entry) -> Text:
    """A value in words; an item of a list of the plan itself is found among the others by what it says."""
    if one.id or one.key:
        return words.told(one.key, value, follow(entry, one.key))
    items = entry.get(one.section)
    raw = (
        next((item for item in items if canonical(item) == value), None) if isinstance(items, list) else None
    )
    return words.told(one.section, value, raw)


def _all(words: EntryWords, values: Iterable[tuple[str, str | None]], entry: Entry | None) -> Text:
    """Values with what they are; the id and the name stand in a column of their own."""
    shown = [
        (_key(key), words.told(key, value, follow(entry or {}, key)))
        for key, value in values
        if key not in ("id", "name") and value
    ]
    parts = [Text(f"{key.en}: {value.en}", f"{key.zh}：{value.zh}") for key, value in shown]
    return joined(parts, en="; ", zh="；")


def _key(key: str) -> Text:
    return KEYS.get(key, same(key))


def _named(name: str, entry: Entry) -> Text:
    called = entry.get("name")
    if called is None:
        return same(name)
    both = called if isinstance(called, dict) else {"en": called, "zh": called}
    return Text(f"{both.get('en')} ({name})", f"{both.get('zh')} ({name})")


def _by_id(data: Entry) -> dict[tuple[str, str], Entry]:
    return {
        (section, str(entry["id"])): entry
        for section, entries in data.items()
        if isinstance(entries, list)
        for entry in entries
        if isinstance(entry, dict) and "id" in entry
    }
