from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain.volunteer import Volunteer


def person(**more: Any) -> Volunteer:
    return Volunteer(id="a", **more)


@pytest.mark.parametrize("phone", ["138 1234-1234", "１３８１２３４１２３４", 13812341234, "(138)12341234"])
def test_a_phone_is_kept_as_plain_digits(phone: object) -> None:
    assert person(phone=phone).phone == "13812341234"


@pytest.mark.parametrize("phone", ["12", "1" * 21, "no", "138*1234123", 123, True, ""])
def test_what_is_no_phone_is_refused_without_quoting_it(phone: object) -> None:
    with pytest.raises(ValidationError, match="this is no phone number") as wrong:
        person(phone=phone)
    assert wrong.value.errors()[0]["msg"] == "this is no phone number"


@pytest.mark.parametrize(
    ("email", "good"), [("a@b.cn", True), ("ａ@b.cn", True), ("a@b", False), ("a b@c.cn", False)]
)
def test_an_address_has_a_name_and_a_domain(email: str, good: bool) -> None:
    if good:
        assert person(email=email).email == "a@b.cn"
    else:
        with pytest.raises(ValidationError, match="no e-mail"):
            person(email=email)


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("11010119900307123x", True),
        ("1101011990030712３４", True),
        ("11010119900307123", False),
        ("1" * 19, False),
    ],
)
def test_an_identity_number_has_18_characters(number: str, good: bool) -> None:
    if good:
        assert len(person(id_number=number).id_number or "") == 18
    else:
        with pytest.raises(ValidationError, match="18 characters"):
            person(id_number=number)


def test_contacts_are_not_in_what_is_logged() -> None:
    shown = repr(person(phone="13812341234", email="a@b.cn", id_number="110101199003071234"))
    assert not any(secret in shown for secret in ("1381234", "a@b.cn", "1990"))
