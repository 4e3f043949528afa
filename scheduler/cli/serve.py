"""scheduler serve: published calendars over HTTP."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.link_options import Folder, TokensFile, base_of, expect_extra, store_of
from scheduler.cli.options import OPTIONS, option
from scheduler.cli.speech import speaker, words

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from scheduler.serve.folder import Published
    from scheduler.serve.tokens import Tokens

Host = Annotated[
    str,
    typer.Option(
        help=words("address to listen at; 0.0.0.0 is every network", "监听地址；0.0.0.0 表示所有网络"),
        rich_help_panel=OPTIONS,
    ),
]
Port = Annotated[
    int,
    typer.Option(min=0, max=65535, help=words("port; 0 is any", "端口；0 表示任意"), rich_help_panel=OPTIONS),
]
Links = Annotated[
    str | None,
    option(
        "--base-url",
        "URL",
        "what links on the pages begin with (default: as for scheduler tokens)",
        "页面上链接的开头（默认与 scheduler tokens 相同）",
    ),
]
Rate = Annotated[
    float,
    typer.Option(
        min=0,
        help=words(
            "requests a second that one address may keep up; 0 is no limit",
            "单个地址每秒的请求数上限，0 为不限",
        ),
        rich_help_panel=OPTIONS,
    ),
]
Proxies = Annotated[
    list[str] | None,
    option(
        "--behind",
        "ADDRESS",
        "address or network of a web server in front, whose X-Forwarded-For is believed (may be repeated)",
        "前置网站服务器的地址或网段，只采信它的 X-Forwarded-For（可重复）",
    ),
]


def serve(
    folder: Folder,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    base_url: Links = None,
    tokens: TokensFile = None,
    rate: Rate = 10,
    behind: Proxies = None,
) -> None:
    expect_extra()
    from scheduler.serve.folder import Published
    from scheduler.serve.run import expect_networks, is_loopback, listen, run
    from scheduler.serve.tokens import Tokens

    expect_networks(behind or ())
    published = Published(folder)
    with Tokens(store_of(folder, tokens)) as store, listen(host, port) as listener:
        here = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        base = base_of(base_url, store, published) or here
        _log_to_stderr()
        _announce(here, base, len(published.feeds()))
        if base.startswith("http://") and not is_loopback(host):
            _warn()
        run(_application(published, store, base, rate), listener, behind or ())
    speaker.err.print(words("stopped", "已停止"), markup=False)


serve.__doc__ = words(
    "Serve published calendars under the secret links of scheduler tokens, until Ctrl-C. Put a web server with "
    "HTTPS in front of it for the internet.\n\nExample:  scheduler serve published --port 8000",
    "按 scheduler tokens 生成的专属链接提供已发布的日历，按 Ctrl-C 停止。对互联网开放时，请在前面加一台启用 HTTPS 的"
    "网站服务器。\n\n示例：  scheduler serve published --port 8000",
)


def _application(published: Published, store: Tokens, base: str, rate: float) -> ASGIApp:
    import time

    from scheduler.cli.clock import now
    from scheduler.serve.app import Clocks, application
    from scheduler.serve.limits import RateLimit

    limit = RateLimit(rate, time.monotonic) if rate else None
    return application(published, store, base, Clocks(now, time.monotonic), limit)


def _announce(here: str, base: str, feeds: int) -> None:
    speaker.err.print(
        words(
            f"Serving {feeds} calendars at {here}; links begin with {base}. Stop with Ctrl-C.",
            f"正在 {here} 提供 {feeds} 份日历，链接以 {base} 开头。按 Ctrl-C 停止。",
        ),
        markup=False,
    )


def _warn() -> None:
    speaker.err.print(
        words(
            "Links that begin with http:// can be read on their way; use https:// beyond your own network.",
            "以 http:// 开头的链接在传输途中可能被窥看；超出本单位网络时请使用 https://。",
        ),
        markup=False,
    )


def _log_to_stderr() -> None:
    """A line a request and what went wrong, with times in UTC."""
    import time

    shown = logging.StreamHandler()
    formatter = logging.Formatter("%(asctime)sZ %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    shown.setFormatter(formatter)
    for name in ("scheduler.serve", "uvicorn.error"):
        logging.getLogger(name).addHandler(shown)
    logging.getLogger("scheduler.serve").setLevel(logging.INFO)
