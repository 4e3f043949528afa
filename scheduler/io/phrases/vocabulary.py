"""The words the grammar of availability knows, in Chinese and English."""

from __future__ import annotations

from enum import Enum, StrEnum, auto

from scheduler.domain.calendar import DayClass
from scheduler.text import Text


class Kind(Enum):
    """Sorts of words."""

    WEEK = auto()
    WEEKDAY = auto()
    CLASS = auto()
    EVERY = auto()
    EVERY_DAY = auto()
    DATE = auto()
    MONTH = auto()
    THIRD = auto()
    DAY = auto()
    NUMBER = auto()
    PART = auto()
    TYPE = auto()
    CLOCK = auto()
    HOUR = auto()
    NEXT_DAY = auto()
    ALL_DAY = auto()
    TO = auto()
    FROM = auto()
    AFTER = auto()
    BEFORE = auto()
    UNTIL = auto()
    SINCE = auto()
    END = auto()
    TIMES = auto()
    PER_WEEK = auto()
    PER_DAY = auto()
    TOTAL = auto()
    MOST = auto()
    WITHIN = auto()
    EXCEPT = auto()
    OUTSIDE = auto()
    NOT = auto()
    EXCLUDED = auto()
    OTHERWISE = auto()
    YES = auto()
    ALWAYS = auto()
    NEVER = auto()
    ON = auto()
    FILLER = auto()
    TIGHT = auto()
    LOOSE = auto()
    VAGUE = auto()
    UNKNOWN = auto()


class Part(StrEnum):
    """Parts of a day."""

    DAWN = "dawn"
    EARLY = "early"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    DUSK = "dusk"
    EVENING = "evening"
    NIGHT = "night"
    DAYTIME = "daytime"


Value = None | int | str | Text | Part | tuple[int, ...] | tuple[DayClass, ...]
Meaning = tuple[Kind, Value]

WEEKDAYS = {**{character: n for n, character in enumerate("一二三四五六日")}, "天": 6} | {
    str(n + 1): n for n in range(7)
}
"""Weekdays by their Chinese or ASCII digit, 0 for Monday."""

MONTHS = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
"""Months by the first three letters of their English name."""

RELATIVE = Text("it depends on the day it was written", "取决于填写当天的日期")
NO_TIMES = Text("it names no time", "没有说明具体时间")

_ENGLISH_DAYS = {
    0: "mon monday mondays",
    1: "tue tues tuesday tuesdays",
    2: "wed wednesday wednesdays",
    3: "thu thur thurs thursday thursdays",
    4: "fri friday fridays",
    5: "sat saturday saturdays",
    6: "sun sunday sundays",
}

_PARTS = {
    Part.DAWN: "凌晨 dawn",
    Part.EARLY: "早上 早晨 清晨 清早 早 early",
    Part.MORNING: "上午 午前 morning mornings",
    Part.NOON: "中午 午间 noon midday",
    Part.AFTERNOON: "下午 午后 afternoon afternoons",
    Part.DUSK: "傍晚 dusk",
    Part.EVENING: "晚上 晚间 夜晚 晚 evening evenings",
    Part.NIGHT: "夜里 夜间 深夜 半夜 通宵 夜 night nights overnight",
    Part.DAYTIME: "白天 日间 daytime",
}

_CLASSES = {
    (DayClass.WORKDAY,): "工作日|上班日|平日|weekday|weekdays|workday|workdays|working day|working days",
    (DayClass.WEEKEND,): "周末|每周末|双休日|双休|weekend|weekends",
    (
        DayClass.HOLIDAY,
    ): "节假日|法定节假日|法定假日|法定节日|节日|holiday|holidays|public holiday|public holidays",
    (DayClass.WEEKEND, DayClass.HOLIDAY): "休息日|非工作日|days off",
    (DayClass.MAKEUP_WORKDAY,): "调休上班日|调休工作日|补班日|make-up workday|make-up workdays",
}

_PLAIN: dict[Kind, str] = {
    Kind.WEEK: "周|星期|礼拜",
    Kind.EVERY: "每|每个|每逢|逢|凡|every|each",
    Kind.EVERY_DAY: "每天|每日|天天|每一天|every day|each day|daily|everyday",
    Kind.NEXT_DAY: "次日|第二天|next day|the next day",
    Kind.ALL_DAY: "全天|整天|一整天|全日|all day|the whole day|whole day",
    Kind.TO: "至|到|-|—|to|through|thru|until|till",
    Kind.FROM: "从|自|from",
    Kind.AFTER: "后|以后|之后|过后|after",
    Kind.BEFORE: "前|以前|之前|before",
    Kind.SINCE: "起|开始|onwards|onward|on and after",
    Kind.UNTIL: "截至|截止|截止到|up to and including",
    Kind.END: "止|为止",
    Kind.TIMES: "次|班|个班|个班次|班次|回|time|times|shift|shifts|duty|duties",
    Kind.PER_WEEK: "每周|每星期|每礼拜|一周|一星期|一个星期|a week|per week|each week|every week|weekly",
    Kind.PER_DAY: "一天|a day|per day",
    Kind.TOTAL: "共|一共|总共|合计|总计|in total|altogether|in all",
    Kind.MOST: "最多|至多|不超过|不多于|不超|限|上限|at most|max|maximum|up to|no more than|not more than",
    Kind.WITHIN: "以内|之内|内|封顶|or fewer|or less",
    Kind.EXCEPT: "除|除了|除去",
    Kind.OUTSIDE: "外|以外|之外",
    Kind.NOT: (
        "不含|不包括|except|except for|except on|excluding|not|not on|not in|no|but not|but not on|apart from"
    ),
    Kind.EXCLUDED: (
        "除外|不行|没空|没有空|没时间|没有时间|无空|不可|不可以|不能|不能来|不能参加|不参加|"
        "来不了|去不了|请假|有事|出差|不在|不方便|无法参加|不值班|休息|"
        "excluded|unavailable|not available|busy|away"
    ),
    Kind.OTHERWISE: (
        "其余时间|其他时间|其它时间|其余|其他|其它|别的时间|otherwise|other times|all other times|the rest"
    ),
    Kind.YES: (
        "可|可以|能|能来|能参加|可参加|可服务|可值班|可值守|有空|有时间|方便|参加|值班|available|ok|"
        "free|fine|possible"
    ),
    Kind.ALWAYS: (
        "随时|随时可以|随时待命|随叫随到|全天候|都可|无限制|无时间限制|听安排|随时都可以|都可以|都行|均可|皆可|都能|都有空|不限|不限时间|时间不限|"
        "全部时间|任何时间|任意时间|听从安排|服从安排|"
        "always|any time|anytime|whenever|whenever needed|all the time"
    ),
    Kind.NEVER: (
        "都没空|均不可|都不行|全部没空|一直没空|never|cannot|can't|can not|not at all|none|"
        "not available at all"
    ),
    Kind.ON: "on|in|at|during",
    Kind.FILLER: (
        "的|在|我|本人|我们|时间|时段|大家|是|都|也|均|只|只有|只能|仅|仅有|仅限|"
        "only|the|of|i|i'm|am|i am|can|do|come|be|on the"
    ),
    Kind.TIGHT: "、|和|及|与|以及|跟|/|&|and|还有",
    Kind.LOOSE: ",|;|。|!|\n|(|)|[|]|【|】|.|:|,and|;and|但|但是|不过|并且|而且",
}

_VAGUE = {
    "本周 这周 下周 上周 下下周 本月 下月 这个月 下个月 明天 后天 大后天 今天 昨天 今晚 明晚 周内 近期 最近 "
    "today tomorrow": RELATIVE,
    "左右 大概 大约 尽量 偶尔 有时 有时候 可能 也许 看情况 视情况 待定 不确定 不一定 再说 随机 "
    "灵活 月底 月初 月中 sometimes maybe perhaps about around roughly usually depends": NO_TIMES,
    "隔天 隔日 单日 双日 单号 双号 单周 双周 隔周 轮休 倒班": Text(
        "which days these are is not said", "没有说明具体是哪几天"
    ),
    "下班后 下班以后 上班时间 放学后 课后 饭后": Text("write the hours", "请写明钟点"),
    "不固定 看排班 按排班 轮班 再定": NO_TIMES,
    "或 或者 or": Text("one of them, or each of them?", "是任选其一，还是都可以？"),
    "至少 不少于 以上": Text("a promise of at least so many cannot be held", "无法记录“至少几次”这样的承诺"),
    "小时 个小时 hours hour": Text("limits are counted in shifts, not hours", "上限按班次计，不按小时计"),
    "每月 一个月": Text(
        "limits are by day, by week or in total, not by month", "上限只能按天、按周或按总数计，不能按月计"
    ),
}


def _words() -> dict[str, Meaning]:
    words: dict[str, Meaning] = {}
    for kind, listed in _PLAIN.items():
        words |= dict.fromkeys(listed.split("|"), (kind, None))
    for part, listed in _PARTS.items():
        words |= dict.fromkeys(listed.split(), (Kind.PART, part))
    for classes, listed in _CLASSES.items():
        words |= dict.fromkeys(listed.split("|"), (Kind.CLASS, classes))
    for weekday, listed in _ENGLISH_DAYS.items():
        words |= dict.fromkeys(listed.split(), (Kind.WEEKDAY, (weekday,)))
    for third, word in enumerate(("上旬", "中旬", "下旬")):
        words[word] = (Kind.THIRD, third)
    for listed, reason in _VAGUE.items():
        words |= dict.fromkeys(listed.split(), (Kind.VAGUE, reason))
    words["midnight"] = (Kind.CLOCK, (24, 0))
    return words


WORDS = _words()
"""Every word and what it means."""
