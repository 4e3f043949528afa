"""What people are called, and who is meant."""

import pytest

from scheduler.errors import Fault
from scheduler.io.xlsx.names import shown_names
from scheduler.io.xlsx.people import People
from scheduler.text import Language
from tests.io.xlsx import office

INSTANCE = office.plan().problem.instance()


def test_people_of_one_name_are_told_apart() -> None:
    names = shown_names(INSTANCE, Language.ZH)
    assert (names["w1"], names["w2"], names["w3"]) == (
        "王芳（九三）",
        "王芳（民建区委）",
        "王芳（民建区委2）",
    )
    assert names["li"] == "李强"
    assert len(set(names.values())) == len(INSTANCE.volunteers)
    assert shown_names(INSTANCE, Language.EN)["w2"] == "王芳 (Minjian)"


def test_a_mark_never_makes_a_name_that_is_there() -> None:
    people = [{"id": "a", "name": "王芳"}, {"id": "b", "name": "王芳"}, {"id": "c", "name": "王芳（1）"}]
    instance = office.plan(volunteers=people).problem.instance()
    assert len(set(shown_names(instance, Language.ZH).values())) == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("李强", "li"),
        ("李 强", "li"),
        ("王芳(九三)", "w1"),
        ("Zhao Lei", "zhao"),
        ("zhao", "zhao"),
        ("w3", "w3"),
    ],
)
def test_a_name_is_understood_as_people_type_it(typed: str, meant: str) -> None:
    assert People(INSTANCE, Language.ZH).found(typed, "here") == meant


def test_a_plain_name_of_several_is_not_guessed() -> None:
    fault = People(INSTANCE, Language.ZH).found("王芳", "here")
    assert isinstance(fault, Fault)
    assert fault.hint is not None
    assert "王芳（九三）、王芳（民建区委）、王芳（民建区委2）" in fault.hint.zh


def test_a_cell_is_taken_apart_into_names() -> None:
    people = People(INSTANCE, Language.ZH)
    assert people.crew("李强、王芳（九三）\n赵磊，缺2人", "here") == ["li", "w1", "zhao"]
    assert people.crew("=cmd|' /C calc'!A0", "here") == ["evil"]
    assert people.crew("— ", "here") == []
    assert isinstance(people.crew("李墙", "here")[0], Fault)
