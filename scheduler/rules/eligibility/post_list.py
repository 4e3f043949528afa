"""post-list: where some volunteers serve, and where they do not."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from scheduler.domain.entity import PlaceOrPostId
from scheduler.domain.instance import Instance
from scheduler.domain.refusal import refused
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import PairRule, parameter
from scheduler.text import Text


class PostList(PairRule):
    """Keep volunteers at the posts of a list, or away from them.

    The filters say whom it concerns: without them, everybody. They serve only at posts under ``allow`` and at
    none under ``deny``; a place stands for all posts in it and in the places within it. ``deny`` is stronger.

    ```yaml
    rule: post-list
    volunteers: [zhang-san]
    allow: [longtan]
    deny: [gate-3]
    ```
    """

    rule: Literal["post-list"] = "post-list"
    allow: tuple[PlaceOrPostId, ...] | None = parameter(
        None, en="serve only at these posts and places", zh="只在这些岗位或地点值守"
    )
    deny: tuple[PlaceOrPostId, ...] = parameter(
        (), en="do not serve at these posts and places", zh="不在这些岗位或地点值守"
    )

    title: ClassVar[Text] = Text("Where people may serve", "可值守岗位")
    text: ClassVar[Text] = Text(
        "{subject} is not to serve at this post: {shift}", "{subject}不应在该岗位值守：{shift}"
    )
    manual_zh: ClassVar[str] = """
        限定某些志愿者可在哪些岗位值守；针对何人由筛选条件确定，无筛选条件则针对所有人。
        只在 allow 所列岗位值守，不在 deny 所列岗位值守；写地点即包括其内及下级地点的全部岗位。
        两者冲突时以 deny 为准。
        """
    category: ClassVar[str] = "eligibility"

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.allow is None and not self.deny:
            raise refused(Text("post-list needs allow or deny, or both", "post-list 须写 allow 或 deny"))
        return self

    def judge(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> int:
        allowed = self.allow is None or self._listed(instance, shift, self.allow)
        return int(not allowed or self._listed(instance, shift, self.deny))

    def volunteer_key(self, instance: Instance, volunteer: Volunteer) -> Hashable:
        return None

    def shift_key(self, instance: Instance, shift: Shift) -> Hashable:
        return shift.post.id

    @staticmethod
    def _listed(instance: Instance, shift: Shift, places: tuple[str, ...]) -> bool:
        return any(instance.stands_in(shift.post, place) for place in places)
