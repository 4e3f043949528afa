"""The words of a link's page: what to do on each phone and in each program, short."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Guide:
    """How one kind of phone or program subscribes: its name and steps."""

    title: Text
    steps: tuple[Text, ...]


TITLE = Text("Duty calendar", "值班日历")
WHOSE = Text("{name} – duty calendar", "{name} · 值班日历")
SECRET = Text(
    "This link is yours alone. Whoever has it can read this calendar; do not pass it on. If it got into other "
    "hands, ask the coordinator for a new one.",
    "此链接仅供本人使用。任何人得到它都能查看这份日历，请勿转发；如已泄露，请联系负责人更换。",
)
WECHAT = Text(
    "In WeChat: tap ··· at the top right, then “Open in browser”; the buttons do not work inside WeChat.",
    "在微信中打开的，请点右上角“···”，选择“在浏览器中打开”，否则下面的按钮可能无效。",
)
SUBSCRIBE = Text("Subscribe (iPhone, iPad, Mac)", "一键订阅（iPhone、iPad、Mac）")
OPEN = Text("Open or download the calendar file", "打开或下载日历文件")
COPY = Text("Address to subscribe to (copy it whole)", "订阅地址（请完整复制）")
SCAN = Text("Scan to open this page on a phone", "用手机扫码打开本页")
NEXT = Text("Next duties", "近期值班")
TENTATIVE = Text("(tentative)", "（待定）")
NONE = Text("No duty ahead in this calendar.", "这份日历中暂无即将到来的值班。")
HOW = Text("How to subscribe", "订阅方法")
WHY = Text(
    "A subscription follows changes by itself; a downloaded file stays as it was.",
    "订阅后，调班会自动更新；下载的文件不会更新。",
)

GUIDES = (
    Guide(
        Text("iPhone, iPad, Mac", "iPhone、iPad、Mac"),
        (
            Text("Tap “Subscribe” above and confirm.", "点击上面的“一键订阅”并确认。"),
            Text(
                "For reminders: in the settings of this subscribed calendar switch “Remove Alarms” off.",
                "需要提醒：在该订阅日历的设置中关闭“移除提醒”。",
            ),
        ),
    ),
    Guide(
        Text("Xiaomi, Redmi", "小米、红米"),
        (
            Text(
                "Calendar app → settings: look for importing or subscribing by URL and paste the address.",
                "打开系统“日历”→ 设置，找到按网址（URL）导入或订阅，粘贴订阅地址。",
            ),
            Text(
                "If yours has no such item, use a CalDAV account or an app as for Huawei below.",
                "如果没有这一项，请按下面“华为”的办法操作。",
            ),
        ),
    ),
    Guide(
        Text("Huawei, Honor", "华为、荣耀"),
        (
            Text(
                "Do not open the file with the calendar: many versions take only the first duty.",
                "请不要直接用系统日历打开文件：不少版本只会导入第一个班次。",
            ),
            Text(
                "Use a CalDAV account (ask the coordinator), or the free app ICSx⁵ and paste the address.",
                "请使用 CalDAV 账户（向负责人索取），或安装免费应用 ICSx⁵ 后粘贴订阅地址。",
            ),
        ),
    ),
    Guide(
        Text("OPPO, OnePlus, realme, vivo", "OPPO、一加、realme、vivo"),
        (
            Text(
                "Where the calendar offers to subscribe by URL, paste the address; else as for Huawei.",
                "系统日历若有按网址订阅，请粘贴订阅地址；若没有，请按“华为”的办法操作。",
            ),
            Text(
                "Then compare the hour of one duty with your roster: it must be the same.",
                "随后请对照排班表核对一个班次，时间应当一致。",
            ),
        ),
    ),
    Guide(
        Text("Outlook", "Outlook"),
        (
            Text(
                "Add calendar → From Internet (on the web: Subscribe from web) and paste the address.",
                "添加日历 → 从 Internet（网页版：从 Web 订阅），粘贴订阅地址。",
            ),
            Text(
                "Do not open the downloaded file twice: that makes duties appear twice.",
                "请勿重复打开下载的文件，否则班次会重复出现。",
            ),
        ),
    ),
    Guide(
        Text("Google Calendar", "Google 日历"),
        (
            Text(
                "On a computer: Other calendars → From URL, paste the address.",
                "在电脑上：其他日历 → 通过网址添加，粘贴订阅地址。",
            ),
            Text(
                "Changes arrive after 8 to 24 hours, without reminders. Not reachable in mainland China.",
                "更新要等 8 至 24 小时，且不带提醒；中国大陆无法直接访问。",
            ),
        ),
    ),
    Guide(
        Text("DingTalk, Feishu, WeCom", "钉钉、飞书、企业微信"),
        (
            Text(
                "These speak CalDAV: add a CalDAV account in their calendar settings; ask the coordinator for it.",
                "请在其日历设置中添加 CalDAV 账户，账户信息请向负责人索取。",
            ),
        ),
    ),
)
