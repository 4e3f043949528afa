"""What the bases of the rules do on their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import pytest

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.model.build import build
from scheduler.model.rule_model import RuleModel
from scheduler.rules import Cover, Quota
from scheduler.rules.base import PairRule, RosterRule, ShiftRule, Violation, VolunteerRule
from scheduler.score import Scorer, score
from scheduler.text import Language, Text
from tests.agreement import disagreement
from tests.builders import roster, world


class NoMornings(PairRule):
    """A pair rule that gives no keys of its own."""

    rule: Literal["no-mornings"] = "no-mornings"
    text: ClassVar[Text] = Text("{subject}: {shift}", "{subject}：{shift}")

    def judge(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> int:
        return 2 * int(shift.type.id == "morning" and volunteer.id == "a")


class FewInAll(RosterRule):
    """At most three assignments in the whole roster."""

    rule: Literal["few-in-all"] = "few-in-all"
    text: ClassVar[Text] = Text("{heads} serve", "{heads}人次")

    def post(self, model: RuleModel) -> None:
        model.at_most(3, model.terms(model.pairs[0]))

    def check(self, roster: Roster) -> Iterator[Violation]:
        if len(roster) > 3:
            yield self.breach(len(roster) - 3, heads=len(roster))


class SaysNothing(VolunteerRule):
    """A volunteer rule without rows."""

    rule: Literal["says-nothing"] = "says-nothing"

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        return iter(())


class SaysNothingOfCrews(ShiftRule):
    """A shift rule without rows."""

    rule: Literal["says-nothing"] = "says-nothing"

    def check(self, roster: Roster, shift: Shift) -> Iterator[Violation]:
        return iter(())


@pytest.mark.parametrize(
    "served", ["0 morning, 0 noon", "0 noon, 1 noon, 1 morning, 1 evening, 0 evening", ""]
)
def test_rules_with_only_what_the_bases_give_agree(served: str) -> None:
    instance = world(["a", "b"], days=2)
    for rule in (NoMornings(), FewInAll()):
        assert not disagreement(rule, roster(instance, a=served, b="0 morning"))


def test_a_roster_rule_is_checked_again_after_every_change() -> None:
    instance = world(["a", "b"], days=2)
    rules = [FewInAll(level=Level.WISH)]
    scorer = Scorer(roster(instance, a="0 morning, 0 noon, 1 noon"), rules)
    more = roster(instance, b="1 night").pairs
    assert scorer.change(add=more) == score(scorer.roster.changed(more), rules)
    assert scorer.change(add=more)[Level.WISH] == 1


def test_subjects_are_named_as_people_know_them() -> None:
    organisations = [{"id": "jiusan", "name": "九三学社"}]
    instance = world([{"id": "a", "name": "林安", "organisation": "jiusan"}], organisations=organisations)
    assert NoMornings().subject_label(instance, 0).say(Language.ZH) == "林安"
    assert Cover().subject_label(instance, 0) == instance.shifts[0].label
    assert Quota(organisations=("jiusan",), most=3).subject_label(instance, 0).say(Language.ZH) == "九三学社"
    assert FewInAll().subject_label(instance, 0).say(Language.ZH) == "整份排班表"


@pytest.mark.parametrize("rule", [SaysNothing(), SaysNothingOfCrews()])
def test_a_rule_that_writes_no_rows_is_a_broken_promise(rule: SaysNothing | SaysNothingOfCrews) -> None:
    with pytest.raises(AssertionError, match="says-nothing"):
        build(world(["a"], days=1), [rule])
