"""The words of a sign-up line: whose name it begins with, which post it names, which time is left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.post import Post
from scheduler.domain.refusal import near
from scheduler.io.intake.roll import name_key
from scheduler.io.phrases.reading import Setting
from scheduler.io.phrases.tokens import plain, tokens
from scheduler.io.phrases.vocabulary import Kind
from scheduler.problem import Problem
from scheduler.text import Text

_CHATTER = re.compile(
    r"接龙|报名|我报|报|我来|收到|好的|辛苦了?|谢谢|感谢|加油|没问题|愿意|到岗|上岗|站岗|执勤|值守|值班|值岗|志愿者?服务|志愿者|"
    r"同志|可以|参加|已填|支持|sign(?:ed)? up|count me in|please|thanks?|volunteer",
    re.IGNORECASE,
)
_LABELS = re.compile(r"(?:活动)?(?:时间|日期|班次|时段|地点|岗位|点位|位置|集合地点)\s*[::]")
_STOPS = " \t,.;:、()/-—@|"


@dataclass(frozen=True, slots=True)
class Place:
    """A post a line names; or what it wrote instead, and the post that is near."""

    post: Post | None = None
    instead: str = ""
    likely: tuple[Text, ...] = ()


class ChatWords:
    """The names of a plan's people, organisations and posts as they stand in lines."""

    def __init__(self, problem: Problem) -> None:
        self.setting = Setting.of(problem)
        self._posts = {name: post for post in problem.posts for name in _names(post.label) if len(name) > 1}
        people = {name for one in problem.volunteers for name in _names(one.label)}
        self._people = [
            (name, re.compile(r"\s*".join(map(re.escape, name.replace(" ", "")))))
            for name in sorted(people, key=lambda name: (-len(name), name))
        ]
        self._known = {name_key(name) for name in people}
        self._organisations = {
            name: one.id
            for one in problem.organisations
            for name in (*_names(one.label), plain(one.short or ""))
            if len(name) > 1
        }

    def name(self, body: str) -> tuple[str, str]:
        """The name a line begins with, and the rest; a name nobody has is what stands before the first blank."""
        text = plain(body).strip(_STOPS)
        for name, pattern in self._people:
            match = pattern.match(text)
            if match and self._ends(text[match.end() :]):
                return name, text[match.end() :].strip(_STOPS)
        first = re.match(r"[^\W\d_]+(?:·[^\W\d_]+)?", text)
        return (first[0], text[first.end() :].strip(_STOPS)) if first else ("", text)

    def begins_with_name(self, body: str) -> bool:
        """Whether a line begins with the name of a volunteer."""
        return name_key(self.name(body)[0]) in self._known

    def _ends(self, rest: str) -> bool:
        """Whether a name may end before this: 张三丰 is not 张三, 张三上午 is."""
        if not rest or not rest[0].isalpha() or _CHATTER.match(rest):
            return True
        if any(rest.startswith(name) for name in (*self._posts, *self._organisations)):
            return True
        words = tokens(rest, self.setting.names)
        return bool(words) and words[0].kind is not Kind.UNKNOWN and rest[0] > "\x7f"

    def organisation(self, text: str) -> tuple[str | None, str]:
        """The organisation a text names, and the text without it."""
        for name in sorted(self._organisations, key=len, reverse=True):
            if name in text and not any(name in post and post in text for post in self._posts):
                return self._organisations[name], text.replace(name, " ")
        return None, text

    def place(self, text: str) -> tuple[Place, str]:
        """The post a text names, and the text without it.

        A part of a name counts if only one post has it; a name that is no more than near does not.
        """
        found: dict[str, Post] = {}
        names: list[str] = []
        for name in sorted(self._posts, key=len, reverse=True):
            if name in text:
                found[self._posts[name].id] = self._posts[name]
                names.append(name)
                text = text.replace(name, " ")
        if len(found) == 1:
            return Place(next(iter(found.values()))), text
        if found:
            return Place(instead="、".join(names), likely=_labels(found.values())), text
        return self._unknown_place(text)

    def _unknown_place(self, text: str) -> tuple[Place, str]:
        for run in self._unknown_runs(text):
            having = {post.id: post for name, post in self._posts.items() if run in name}
            rest = text.replace(run, " ")
            if len(having) == 1 and len(run) > 1:
                return Place(next(iter(having.values()))), rest
            likely = having or {self._posts[name].id: self._posts[name] for name in near(run, self._posts, 2)}
            return Place(instead=run, likely=_labels(likely.values())), rest
        return Place(), text

    def _unknown_runs(self, text: str) -> Iterable[str]:
        """Stretches of words that are no words of time, longest first; known words amid them count along."""
        for run in sorted(re.split(r"[\s,.;:、()/|@]+", text), key=len, reverse=True):
            words = tokens(run, self.setting.names)
            unknown = [n for n, word in enumerate(words) if word.kind is Kind.UNKNOWN]
            if unknown:
                first, last = words[unknown[0]], words[unknown[-1]]
                yield run[first.start : last.start + len(last.text)]


def without_chatter(text: str) -> str:
    """A text without courtesies and labels like 时间：."""
    return _CHATTER.sub(" ", _LABELS.sub(" ", text)).strip(_STOPS)


def _names(label: Text) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(plain(name).split()) for name in (label.zh, label.en)))


def _labels(posts: Iterable[Post]) -> tuple[Text, ...]:
    return tuple(post.label for post in sorted(posts, key=lambda post: post.id))
