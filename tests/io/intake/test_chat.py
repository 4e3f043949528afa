"""A sign-up chain becomes wishes and available time; what is not certain is listed, every line is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scheduler.errors import InputError
from scheduler.io.intake.chat import take_chat
from scheduler.io.intake.chat_chain import Chain, Fate
from tests.io.intake.circle import after, edit_in, said, written

WEST = "福光路西口"


def take(folder: Path, text: str | bytes, name: str = "二月.txt") -> Chain:
    edit = edit_in(folder)
    chain = take_chat(edit, name, text if isinstance(text, bytes) else text.encode())
    edit.commit(chain.evidence)
    return chain


def fates(chain: Chain) -> list[str]:
    return [str(one.fate) for one in chain.entries]


def wishes(folder: Path, name: str) -> list[object]:
    return list(written(folder, name).get("requests") or [])


def want(when: str, post: str | None = None, times: int | None = None) -> dict[str, object]:
    posts = {} if post is None else {"posts": [post]}
    return (
        {"kind": "want", "when": f"{when} from chat-二月"}
        | posts
        | ({} if times is None else {"times": times})
    )


def test_a_line_becomes_a_wish_and_available_time(tmp_path: Path) -> None:
    chain = take(tmp_path, "1. 王芳 15日上午 福光路西口\n2. 刘娜 16日\n")
    assert chain.unsettled == []
    assert wishes(tmp_path, "wang") == [want("2020-02-15 08:00-12:00", "west-gate")]
    assert written(tmp_path, "wang")["availability"] == {"only": ["2020-02-15 08:00-12:00 from chat-二月"]}
    assert wishes(tmp_path, "liu") == [want("2020-02-16")]
    assert written(tmp_path, "liu")["availability"] == "always"


def test_time_already_free_is_not_added(tmp_path: Path) -> None:
    take(tmp_path, "1. 陈静 15日上午\n")
    chen = written(tmp_path, "chen")
    assert chen["availability"]["only"] == ["weekend"]
    assert chen["requests"] == [{"kind": "avoid", "when": "sun"}, want("2020-02-15 08:00-12:00")]


def test_time_that_is_not_free_is_added_unless_it_is_ruled_out(tmp_path: Path) -> None:
    chain = take(tmp_path, "1. 陈静 17日晚上\n2. 陈静 另加 22日上午\n")
    assert written(tmp_path, "chen")["availability"]["only"] == [
        "weekend",
        "2020-02-17 18:00-22:00 from chat-二月",
    ]
    assert said(chain.unsettled) == ["二月.txt:2 “2. 陈静 另加 22日上午”：计划中写明陈静该时间不可服务"]
    assert fates(chain) == ["taken", "unsettled"]


def test_the_head_gives_day_time_and_post_where_a_line_does_not(tmp_path: Path) -> None:
    head = "#接龙\n2月16日（周日）上午 福光路西口值守\n请在2月14日18点前接龙\n例 张三 15日上午\n"
    chain = take(
        tmp_path, f"{head}1. 王芳\n2. 刘娜 下午\n3. 李建国 17日 东河沿北门\n4. 欧阳小雨 可以参加👍\n"
    )
    assert chain.unsettled == []
    assert wishes(tmp_path, "wang") == [want("2020-02-16 08:00-12:00", "west-gate")]
    assert wishes(tmp_path, "liu") == [want("2020-02-16 13:00-17:00", "west-gate")]
    assert wishes(tmp_path, "li") == [want("2020-02-17", "north-gate")]
    assert wishes(tmp_path, "ouyang") == [want("2020-02-16 08:00-12:00", "west-gate")]


def test_a_head_with_two_days_gives_none(tmp_path: Path) -> None:
    chain = take(tmp_path, "2月16日上午 西口\n2月17日上午 西口\n1. 王芳\n")
    assert said(chain.unsettled) == ["二月.txt:3 “1. 王芳”：没有说明是哪一天"]


def test_every_day_is_a_wish_of_its_own_up_to_a_week(tmp_path: Path) -> None:
    take(
        tmp_path,
        "1. 王芳 15日、16日上午\n2. 刘娜 17日-18日晚上\n3. 李建国 15日上午、16日晚上\n4. 陈静 15日起\n",
    )
    assert wishes(tmp_path, "wang") == [want("2020-02-15 08:00-12:00"), want("2020-02-16 08:00-12:00")]
    assert wishes(tmp_path, "liu") == [want("2020-02-17 18:00-22:00"), want("2020-02-18 18:00-22:00")]
    assert wishes(tmp_path, "li") == [want("2020-02-15 08:00-12:00"), want("2020-02-16 18:00-22:00")]
    assert wishes(tmp_path, "chen")[1:] == [want("2020-02-15..", times=9)]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("周一上午", "2020-02-17 08:00-12:00"),
        ("2/17 18:00-22:00", "2020-02-17 18:00-22:00"),
        ("17号晚7点到9点半", ""),
        ("周六上午", ""),
        ("每周六上午", "sat 08:00-12:00"),
        ("17日上午报名", "2020-02-17 08:00-12:00"),
        ("时间：17日，班次：上午", ""),
    ],
)
def test_days_and_times(tmp_path: Path, text: str, when: str) -> None:
    chain = take(tmp_path, f"1. 王芳 {text}\n")
    assert wishes(tmp_path, "wang") == ([want(when)] if when else [])
    assert bool(chain.unsettled) is not bool(when)


def test_why_a_time_is_not_certain(tmp_path: Path) -> None:
    chain = take(
        tmp_path, "1. 王芳 周六上午\n2. 刘娜 17日晚7点到9点\n3. 李建国\n4. 陈静 随时\n5. 欧阳小雨 明天\n"
    )
    assert said(chain.unsettled) == [
        "二月.txt:1 “1. 王芳 周六上午”：是2020年2月15日（周六）、2020年2月22日（周六）中的哪一天？",
        "二月.txt:2 “2. 刘娜 17日晚7点到9点”：计划中没有这样的班次：2020年2月17日 19:00-21:00",
        "二月.txt:3 “3. 李建国”：没有说明是哪一天",
        "二月.txt:4 “4. 陈静 随时”：不是可报名的日期和时间",
        "二月.txt:5 “5. 欧阳小雨 明天”：“明天”：取决于填写当天的日期",
    ]


@pytest.mark.parametrize(
    ("post", "meant", "hint"),
    [
        ("福光路西口", "west-gate", None),
        ("西口", "west-gate", None),
        ("北门", "north-gate", None),
        ("Fuguang Road west gate", "west-gate", None),
        ("福光路东口", None, "是否指福光路西口？"),
        ("门", None, "是否指东河沿北门？"),
        ("体育馆", None, None),
        ("福光路西口、东河沿北门", None, "是否指东河沿北门 / 福光路西口？"),
    ],
)
def test_posts_by_name_or_a_part_only_one_has(
    tmp_path: Path, post: str, meant: str | None, hint: str | None
) -> None:
    chain = take(tmp_path, f"1. 王芳 17日上午 {post}\n")
    assert wishes(tmp_path, "wang") == ([want("2020-02-17 08:00-12:00", meant)] if meant else [])
    if meant is None:
        (fault,) = chain.unsettled
        assert (fault.hint.zh if fault.hint else None) == hint


def test_withdrawing_takes_back_all_or_the_day_named(tmp_path: Path) -> None:
    chain = take(
        tmp_path,
        "1. 王芳 15日上午\n2. 刘娜 16日上午、17日上午\n3. 王芳 退出\n4. 刘娜 16日取消\n"
        "5. 李建国 不去了\n6. 刘娜 20日不去了\n",
    )
    assert (wishes(tmp_path, "wang"), wishes(tmp_path, "liu")) == ([], [want("2020-02-17 08:00-12:00")])
    assert fates(chain) == ["withdrawn", "taken", "withdraws", "withdraws", "unsettled", "unsettled"]
    assert after(edit_in(tmp_path), "wang").availability.answered is False


def test_a_later_line_replaces_an_earlier_one_unless_it_adds(tmp_path: Path) -> None:
    chain = take(tmp_path, "1. 王芳 15日上午\n2. 刘娜 15日上午\n3. 王芳 16日上午\n4. 刘娜 另加16日上午\n")
    assert wishes(tmp_path, "wang") == [want("2020-02-16 08:00-12:00")]
    assert wishes(tmp_path, "liu") == [want("2020-02-15 08:00-12:00"), want("2020-02-16 08:00-12:00")]
    assert [note.zh for note in chain.notes] == ["二月.txt:3：王芳在第 1 行已报名，以后一行为准"]
    assert fates(chain)[0] == Fate.REPLACED


def test_that_a_chain_replaces_the_one_of_its_name_is_said(tmp_path: Path) -> None:
    assert take(tmp_path, "1. 王芳 15日上午\n").notes == []
    assert take(tmp_path, "1. 王芳 15日上午\n").notes == []
    (note,) = take(tmp_path, "1. 刘娜 15日上午\n").notes
    assert "“二月”上次导入的报名将全部被替换" in note.zh
    assert take(tmp_path, "1. 刘娜 15日上午\n", name="三月.txt").notes == []


@pytest.mark.parametrize("instead", ["改成", "改为：", "换到 ", "改报"])
def test_a_line_may_say_that_it_replaces(tmp_path: Path, instead: str) -> None:
    chain = take(tmp_path, f"1. 王芳 15日上午\n2. 王芳 {instead}16日上午\n")
    assert fates(chain) == ["replaced", "taken"]
    assert wishes(tmp_path, "wang") == [want("2020-02-16 08:00-12:00")]


def test_a_change_within_a_line_is_not_guessed_and_the_earlier_line_counts(tmp_path: Path) -> None:
    chain = take(tmp_path, "1. 王芳 15日上午\n2. 王芳 15日上午改到16日上午\n")
    assert fates(chain) == ["taken", "unsettled"]
    assert [one.hint.zh for one in chain.unsettled if one.hint] == ["在此之前第 1 行的报名仍计入"]


def test_one_more_without_a_name_is_listed(tmp_path: Path) -> None:
    chain = take(tmp_path, "1. 王芳 15日上午 +1\n+1\n2. +2\n")
    assert said(chain.unsettled) == [
        "二月.txt:1 “1. 王芳 15日上午 +1”：王芳另带 1 人，未写姓名",
        "二月.txt:2 “+1”：另有 1 人未写姓名",
        "二月.txt:3 “2. +2”：另有 2 人未写姓名",
    ]
    assert wishes(tmp_path, "wang") == [want("2020-02-15 08:00-12:00")]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("1. 张伟 13800003333 15日上午", "zhang-2"),
        ("1. 张伟 尾号2222 15日上午", "zhang-1"),
        ("1. 张伟（二支部）15日上午", "zhang-2"),
        ("1. 民建一支部 张伟 15日上午", "zhang-1"),
        ("1. 欧 阳 小 雨 15日上午", "ouyang"),
        ("1. Wang Fang 15日上午", "wang"),
        ("1. 王芳15日上午", "wang"),
        ("1. 王芳上午15日", None),
        ("1. 张伟 15日上午", None),
        ("1. 王芳芳 15日上午", None),
        ("1. 刘娜娜15日上午", None),
    ],
)
def test_who_it_is(tmp_path: Path, line: str, who: str | None) -> None:
    chain = take(tmp_path, line + "\n")
    ids = ("wang", "zhang-1", "zhang-2", "liu", "ouyang")
    assert [one for one in ids if wishes(tmp_path, one)] == ([who] if who else [])
    assert bool(chain.unsettled) is (who is None)


def test_the_next_import_of_a_group_replaces_the_last_one_only(tmp_path: Path) -> None:
    take(tmp_path, "1. 王芳 15日上午\n2. 陈静 17日上午\n")
    take(tmp_path, "1. 王芳 18日上午\n", name="另一群.txt")
    take(tmp_path, "1. 王芳 16日上午\n")
    found = wishes(tmp_path, "wang")
    assert found == [
        {"kind": "want", "when": "2020-02-18 08:00-12:00 from chat-另一群"},
        want("2020-02-16 08:00-12:00"),
    ]
    chen = written(tmp_path, "chen")
    assert (chen["requests"], chen["availability"]["only"]) == (
        [{"kind": "avoid", "when": "sun"}],
        ["weekend"],
    )
    before = (tmp_path / "plan.yaml").read_bytes()
    take(tmp_path, "1. 王芳 16日上午\n")
    assert (tmp_path / "plan.yaml").read_bytes() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    take(tmp_path, "#接龙\r\n１．王芳　１５日上午　福光路西口\r\n".encode(encoding))
    assert wishes(tmp_path, "wang") == [want("2020-02-15 08:00-12:00", "west-gate")]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        take_chat(edit_in(tmp_path), "a.txt", b"\x00\xff\xfe\x00\x80")


def test_every_line_is_kept_with_masked_phones(tmp_path: Path) -> None:
    chain = take(tmp_path, "#接龙\n1. 张伟 13800003333 15日上午\n2. 某某 13912345678 15日\n谢谢大家\n")
    text = (tmp_path / "intake" / "chat-二月.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(one["line"], one["outcome"]) for one in lines] == [
        (1, "aside"),
        (2, "taken"),
        (3, "unsettled"),
        (4, "aside"),
    ]
    assert lines[1]["text"] == "1. 张伟 138****3333 15日上午"
    shown = text + " ".join(said(chain.unsettled)) + str(chain.grid())
    assert "13800003333" not in shown
    assert "13912345678" not in shown
