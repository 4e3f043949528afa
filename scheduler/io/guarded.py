"""Files written only if nobody's number can be read in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from scheduler.domain.profile import Profile
from scheduler.domain.publishing import Detail
from scheduler.errors import Fault, PublishError
from scheduler.io.files import write_bytes
from scheduler.problem import Problem
from scheduler.publish.leak_numbers import numbers
from scheduler.publish.leaks import leaks, leaks_in
from scheduler.publish.privacy import view
from scheduler.text import Text


def write_guarded(path: Path, data: bytes, problem: Problem, profile: Profile) -> None:
    """Write a file for a sort of reader, whole or not at all.

    Raises:
        PublishError: it shows a phone or identity number the plan does not say to show, or cannot be written.
    """
    expect_no_leak(path, data, problem, profile)
    write_bytes(path, data)


def expect_no_leak(path: Path, data: bytes, problem: Problem, profile: Profile) -> None:
    """Raise PublishError if a file would show a number the plan does not say to show this reader."""
    _refuse(leaks_in({path: data}, tuple(meant(problem, profile))), _WOULD)


def expect_no_leaks_in(contents: Mapping[Path, bytes], problem: Problem) -> None:
    """Raise PublishError if files to be written would show a number the plan does not say to show to anybody."""
    _refuse(leaks_in(contents, meant_at_all(problem)), _WOULD)


def expect_no_leaks(paths: Iterable[Path], problem: Problem) -> None:
    """Raise PublishError if files that were written show a number the plan does not say to show to anybody."""
    _refuse(leaks(paths, meant_at_all(problem)), _SHOWS)


_WOULD = Text("an unmasked phone or identity number would be handed out", "其中有未遮挡的手机号或身份证号")
_SHOWS = Text(
    "files that were written show a phone or identity number: mend the plan, then write them again",
    "已写入的文件中有未遮挡的手机号或身份证号：请修改计划后重新生成，勿分发",
)


def _refuse(found: tuple[Fault, ...], what: Text) -> None:
    if found:
        error = PublishError(what)
        error.faults = (*error.faults, *found)
        raise error


def meant(problem: Problem, profile: Profile) -> Iterator[str]:
    """Numbers of posts that the plan says this reader may see in full."""
    if view(profile, problem.publish.show).leader is not Detail.FULL:
        return
    for post in problem.posts:
        if post.phone:
            yield post.phone
        for text in (post.leader, post.tasks):
            for words in {text.en, text.zh} if text else ():
                yield from (one.digits for one in numbers(words))


def meant_at_all(problem: Problem) -> frozenset[str]:
    """Numbers that the plan says anybody may see in full."""
    return frozenset(number for profile in Profile for number in meant(problem, profile))
