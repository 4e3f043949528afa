"""The index of a folder of published calendars: which file is whose, its digest, its last change.

Whatever serves or pushes the calendars reads this file and the calendars, nothing else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, ValidationError

from scheduler.domain.entity import Entity, Words
from scheduler.errors import PublishError
from scheduler.io.files import write_text
from scheduler.publish.event import Audience
from scheduler.text import Text, same

INDEX = "index.json"
"""The name of the index in its folder."""

FORMAT = "duty-scheduler calendars 2"
_FIRST_FORMAT = "duty-scheduler calendars 1"
_OURS = re.compile(
    r"(?:(volunteer|post|organisation)s/(?:duty|post|organisation)-[A-Za-z0-9._-]+|all|open)\.ics"
)


class IndexedFile(Entity):
    """A calendar file: its path below the folder, whose it is, SHA-256 of its bytes, its last change in UTC.

    The owner is the id of a volunteer, post or organisation, empty for ``all`` and ``open``; a file that an
    interrupted run was about to write has no digest.
    """

    path: str = Field(pattern=f"^{_OURS.pattern}$")
    audience: Audience
    owner: str = ""
    label: Words
    digest: str | None = None
    modified: dt.datetime | None = None


class Index(Entity):
    """What a folder holds: files by path, the plan they belong to, the ledger that keeps them if one does."""

    format: str = FORMAT
    plan: str
    ledger: str | None = None
    url: str | None = Field(default=None, description="what the secret links to the calendars begin with")
    files: tuple[IndexedFile, ...]


def read_index(folder: Path) -> Index | None:
    """The index of a folder; None if there is none.

    Raises:
        PublishError: the file there is not an index of this program.
    """
    path = folder / INDEX
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text("utf-8"))
        if isinstance(content, dict) and content.get("format") == _FIRST_FORMAT:
            return _first_format(content)
        if isinstance(content, dict) and content.get("format") == FORMAT:
            return Index.model_validate(content)
    except (OSError, ValueError, ValidationError) as wrong:
        raise _foreign(path) from wrong
    raise _foreign(path)


def write_index(folder: Path, index: Index) -> None:
    """Write the index, files by path: the same bytes for the same index; not at all if it says so already."""
    files = [
        {
            "path": one.path,
            "audience": str(one.audience),
            "owner": one.owner,
            "label": {"en": one.label.en, "zh": one.label.zh},
            "digest": one.digest,
            "modified": None if one.modified is None else stamp(one.modified),
        }
        for one in sorted(index.files, key=lambda one: one.path)
    ]
    head = {"format": FORMAT, "plan": index.plan, "ledger": index.ledger, "url": index.url}
    text = json.dumps(head | {"files": files}, ensure_ascii=False, indent=1) + "\n"
    path = folder / INDEX
    if not path.is_file() or path.read_bytes() != text.encode():
        write_text(path, text)


def digest_of(data: bytes) -> str:
    """The digest of a file's bytes: SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def stamp(moment: dt.datetime) -> str:
    """A moment as the index and the ledger write it: ``2020-03-02T01:00:00Z``."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def ours(paths: Iterable[str]) -> list[tuple[str, Audience]]:
    """Those paths that this program may have written, with whom each is for."""
    found = [(path, _OURS.fullmatch(path)) for path in paths]
    return [(path, Audience(match[1] or path.removesuffix(".ics"))) for path, match in found if match]


def _first_format(content: dict[str, object]) -> Index:
    listed = content.get("files")
    paths = map(str, listed) if isinstance(listed, list) else ()
    files = (IndexedFile(path=path, audience=audience, label=same(path)) for path, audience in ours(paths))
    return Index(plan=str(content.get("plan")), files=tuple(files))


def _foreign(path: Path) -> PublishError:
    text = Text("this file does not list calendars of an earlier run", "该文件不是之前运行写入的日历清单")
    hint = Text("choose another folder, or move that file away", "请另选文件夹，或先移走该文件")
    return PublishError(text, str(path), hint)
