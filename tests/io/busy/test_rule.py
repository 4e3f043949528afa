"""What a recurrence rule may say."""

import pytest

from scheduler.io.busy.rule import Frequency, Rule, parse
from scheduler.io.busy.trouble import UnreadableError


def test_a_rule_is_read_whole() -> None:
    rule = parse(
        "freq=monthly;INTERVAL=2;COUNT=+5;BYDAY=-1FR,MO;BYMONTH=3,1,3;BYHOUR=8,9;BYSETPOS=-1;WKST=SU"
    )
    assert rule == Rule(
        Frequency.MONTHLY, 2, 5, None, 6,
        by_month=(1, 3), by_day=((-1, 4), (None, 0)), by_hour=(8, 9), by_position=(-1,),
    )  # fmt: skip


def test_a_negative_count_is_none() -> None:
    assert parse("FREQ=DAILY;COUNT=-1").count is None


@pytest.mark.parametrize("times", ["BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,20,40", "BYMINUTE=0,30"])
def test_so_many_times_a_day_are_read(times: str) -> None:
    assert parse(f"FREQ=DAILY;{times}").frequency is Frequency.DAILY


@pytest.mark.parametrize(
    "words",
    [
        "", "FREQ=", "DAILY", "COUNT=3", "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY;INTERVAL=12",
        "FREQ=FORTNIGHTLY",
        "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=x",
        "FREQ=DAILY;INTERVAL=9999999", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=x", "FREQ=DAILY;UNTIL=20260230",
        "FREQ=DAILY;BYMONTH=13", "FREQ=DAILY;BYMONTHDAY=0", "FREQ=DAILY;BYMONTHDAY=-32", "FREQ=DAILY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=0MO", "FREQ=MONTHLY;BYDAY=100MO", "FREQ=DAILY;WKST=XX", "FREQ=DAILY;BYEASTER=0",
        "FREQ=DAILY;RSCALE=CHINESE", "FREQ=DAILY;BYHOUR=24", "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,15,30,45",
        "FREQ=DAILY;BYSECOND=0,1;BYMINUTE=0,1,2,3,4;BYHOUR=1,2,3", "AnythingRandom;FREQ=DAILY", "D2 #10",
    ],
)  # fmt: skip
def test_what_is_no_rule_or_too_often_is_refused(words: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        parse(words)
    assert refused.value.text.en
    assert refused.value.text.zh
