from __future__ import annotations

import pytest
from pydantic import ValidationError

from scheduler.rules.eligibility.post_list import PostList
from tests.builders import roster, world

PLACES = [{"id": "town"}, {"id": "lake", "within": "town"}, {"id": "hill", "within": "town"}]
POSTS = [{"id": "gate", "place": "lake"}, {"id": "bridge", "place": "lake"}, {"id": "tower", "place": "hill"}]
INSTANCE = world(["a", "b"], days=1, posts=POSTS, places=PLACES)


def broken(rule: PostList, person: str = "a") -> list[str]:
    """The posts at which a person breaks the rule, who serves at all three."""
    scope = rule.scope(INSTANCE)
    served = roster(INSTANCE, **{person: "0 morning@gate, 0 noon@bridge, 0 night@tower"})
    found = rule.check_all(served.within(scope.volunteers, scope.shifts))
    return [violation.shifts[0].partition("/")[0] for violation in found if violation.amount == 1]


@pytest.mark.parametrize(
    ("allow", "posts"),
    [
        (("gate",), ["bridge", "tower"]),
        (("lake",), ["tower"]),
        (("lake", "tower"), []),
        (("town",), []),
        ((), ["gate", "bridge", "tower"]),
    ],
)
def test_allow_keeps_people_at_its_posts_and_places(allow: tuple[str, ...], posts: list[str]) -> None:
    assert broken(PostList(allow=allow)) == posts


@pytest.mark.parametrize(
    ("deny", "posts"), [(("gate",), ["gate"]), (("lake",), ["gate", "bridge"]), (("hill",), ["tower"])]
)
def test_deny_keeps_people_away(deny: tuple[str, ...], posts: list[str]) -> None:
    assert broken(PostList(deny=deny)) == posts


def test_deny_is_stronger_and_a_shift_counts_once() -> None:
    assert broken(PostList(allow=("lake",), deny=("bridge", "tower"))) == ["bridge", "tower"]


def test_it_concerns_only_whom_the_filters_leave() -> None:
    rule = PostList(volunteers=("a",), deny=("town",))
    assert len(broken(rule, "a")) == 3
    assert broken(rule, "b") == []


def test_the_sentence_names_person_and_shift() -> None:
    [violation] = PostList(deny=("gate",)).check_all(roster(INSTANCE, a="0 morning"))
    assert violation.text.en.startswith("a is not to serve at this post: gate, 2024-03-04 morning")
    assert violation.text.zh.startswith("a不应在该岗位值守：gate")


def test_it_needs_a_list() -> None:
    with pytest.raises(ValidationError, match="allow or deny"):
        PostList()
