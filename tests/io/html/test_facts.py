"""What a page tells depends on who reads it; what they may not see is not there at all."""

from __future__ import annotations

import dataclasses

import pytest

from scheduler.domain.profile import Profile
from scheduler.io.html.facts import page_facts
from scheduler.text import Text
from tests.io.html.pages import PEOPLE, empty, record


def facts(profile: Profile, **more: object):
    made = record(**more)  # type: ignore[arg-type]
    return page_facts(made.plan.problem, made.roster, profile)


def test_the_public_sees_family_names_only() -> None:
    made = facts(Profile.PUBLIC)
    assert [one.name.zh for one in made.people] == ["林*", "王*", "蔡*"]
    assert made.masked
    assert not any(one.phone for one in made.people)


def test_a_liaison_sees_names_and_masked_phones() -> None:
    made = facts(Profile.LIAISON)
    found = {one.name.zh: one.phone for one in made.people}
    assert found == {"林安然": "138****1234", "王博文": "139****5678", "蔡青": ""}
    assert not made.masked


def test_people_the_reader_cannot_tell_apart_are_one() -> None:
    twins = (PEOPLE[0], {**PEOPLE[1], "name": {"en": "Lin Jing", "zh": "林静"}, "organisation": "first"})
    served = {"anna": "0 morning", "bo": "0 evening"}
    assert len(facts(Profile.PUBLIC, people=twins, served=served).people) == 1
    assert len(facts(Profile.LIAISON, people=twins, served=served).people) == 2


@pytest.mark.parametrize("show", [{"names": "hidden"}, {"partners": False}])
def test_where_nobody_is_named_only_heads_are_told(show: dict[str, object]) -> None:
    made = facts(Profile.PUBLIC, publish={"show": {"public": show}})
    assert not made.named
    assert made.people == ()
    assert [duty.crew for duty in made.duties] == [()] * 12
    assert sum(duty.heads for duty in made.duties) == 6


def test_who_does_not_serve_is_not_on_the_page() -> None:
    made = facts(Profile.COORDINATOR, served={"anna": "0 morning"})
    assert [one.name.zh for one in made.people] == ["林安然"]


def test_the_leader_of_a_post_is_told_as_far_as_the_reader_may_know() -> None:
    assert facts(Profile.PUBLIC).posts[0].leader == Text("", "")
    assert facts(Profile.POST).posts[0].leader.zh == "赵站长 137****1111"


def test_a_shift_with_fewer_than_the_least_has_a_gap() -> None:
    made = facts(Profile.PUBLIC)
    assert [duty.missing for duty in made.duties[:4]] == [0, 1, 0, 1]
    assert sum(duty.missing for duty in made.duties) == 6


def test_the_digest_is_that_of_the_roster() -> None:
    one, same, other = facts(Profile.PUBLIC), facts(Profile.COORDINATOR), facts(Profile.PUBLIC, served={})
    assert one.digest == same.digest != other.digest
    assert len(one.digest) == 12


def test_organisations_of_the_first_rank_with_several_have_colours_their_branches_share() -> None:
    tree = [
        {"id": "party", "name": "Party"},
        {"id": "first", "name": "First", "within": "party"},
        {"id": "second", "name": "Second", "within": "party"},
        {"id": "cell", "name": "Cell", "within": "second"},
    ]
    made = facts(Profile.PUBLIC, organisations=tree)
    colours = {one.id: one.colour for one in made.organisations}
    assert colours["first"] != colours["second"] == colours["cell"]


def test_a_roster_without_anybody_has_facts() -> None:
    made = empty()
    found = page_facts(made.plan.problem, made.roster, Profile.PUBLIC)
    assert found.people == ()
    assert dataclasses.replace(found.duties[0]).missing == 1
