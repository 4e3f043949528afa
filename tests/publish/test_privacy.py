from pathlib import Path

import pytest

from scheduler.domain.profile import Profile
from scheduler.domain.publishing import Detail, Show
from scheduler.publish.leaks import leaks_in
from scheduler.publish.privacy import masked_id, masked_name, masked_phone, view, without_numbers
from scheduler.text import Text, same


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812341234", "138****1234"),
        ("138 1234-1234", "138****1234"),
        ("１３８１２３４１２３４", "138****1234"),
        ("+8613812341234", "138****1234"),
        ("008613812341234", "138****1234"),
        ("010-6527 1234", "010****1234"),
        ("65271234", "65****34"),
        ("110", "****"),
        ("1381234123*", "13****23"),
    ],
)
def test_a_phone_is_masked_and_stays_so(number: str, masked: str) -> None:
    assert masked_phone(number) == masked
    assert masked_phone(masked) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("110101199003071234", "110***********1234"),
        ("１１０１０１１９９００３０７１２３ｘ", "110***********123X"),
        ("12345", "*" * 18),
    ],
)
def test_an_identity_number_is_masked_and_stays_so(number: str, masked: str) -> None:
    assert masked_id(number) == masked
    assert masked_id(masked) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张*"),
        ("欧阳锋", "欧阳*"),
        ("欧阳", "欧*"),
        ("Wang Xiuying", "Wang *"),
        ("anna", "a*"),
        ("阿依古丽·买买提", "阿*"),
    ],
)
def test_a_name_is_masked_and_stays_so(name: str, masked: str) -> None:
    assert masked_name(same(name)) == same(masked)
    assert masked_name(same(masked)) == same(masked)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("联系陈主管13812341234。", "联系陈主管138****1234。"),
        ("陈 １３８ １２３４ １２３４", "陈 138****1234"),
        ("+86 138-1234-1234", "138****1234"),
        ("身份证110101199003071234", "身份证110***********1234"),
        ("电话 010-65271234", "电话 010****1234"),
        ("福光路12号，２楼，2020-03-05 18:00", "福光路12号，２楼，2020-03-05 18:00"),
    ],
)
def test_numbers_in_a_text_are_masked_and_other_texts_stay(text: str, clean: str) -> None:
    assert without_numbers(same(text)) == same(clean)
    assert without_numbers(same(clean)) == same(clean)


def test_the_public_sees_family_names_only_and_no_phone() -> None:
    public = view(Profile.PUBLIC)
    assert public.name(Text("Zhang San", "张三")) == Text("Zhang *", "张*")
    assert public.phone("13812341234", leader=True) == ""


@pytest.mark.parametrize("profile", [one for one in Profile if one is not Profile.PUBLIC])
def test_others_see_names_and_a_masked_phone_of_the_leader(profile: Profile) -> None:
    seen = view(profile)
    assert seen.name(same("张三")) == same("张三")
    assert seen.phone("13812341234", leader=True) == "138****1234"
    assert seen.phone("13812341234") in ("", "138****1234")


def test_a_plan_says_otherwise_for_one_reader_and_one_detail() -> None:
    show = {Profile.VOLUNTEER: Show(leader=Detail.FULL, partners=False)}
    seen = view(Profile.VOLUNTEER, show)
    assert (seen.leader, seen.partners, seen.names) == (Detail.FULL, False, Detail.FULL)
    assert view(Profile.POST, show) == view(Profile.POST)


@pytest.mark.parametrize("detail", list(Detail))
def test_phones_of_volunteers_are_never_shown_in_full(detail: Detail) -> None:
    if detail is Detail.FULL:
        with pytest.raises(ValueError, match="never handed out"):
            Show(phones=detail)
    else:
        assert "12341234" not in view(Profile.POST, {Profile.POST: Show(phones=detail)}).phone("13812341234")


@pytest.mark.parametrize(
    "number",
    [
        *("13812341234", "+86 138-1234-1234", "138.1234.1234", "13812-341234", "1 3 8 1 2 3 4 1 2 3 4"),
        *("1381234\u200b1234", "1.3812341234E+10", "Tel13812341234", "138  1234  1234"),
        *("110101199003071233", "110101 19900307 1233", "110101-1990-0307-1233", "11010519491231002x"),
    ],
)
def test_a_masked_text_holds_no_number_a_search_would_find(number: str) -> None:
    text = f"找王主任（{number}），或 {number}。"
    assert leaks_in({Path("a.txt"): text.encode()})
    masked = without_numbers(same(text))
    assert not leaks_in({Path("a.txt"): masked.zh.encode()})
    assert masked.zh.startswith("找王主任（")
    assert masked.zh.endswith("。")
    assert without_numbers(masked) == masked
