"""scheduler tokens: the secret links under which published calendars are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.link_options import (
    BaseUrl,
    Everyone,
    Folder,
    For,
    ListFile,
    Names,
    TokensFile,
    expect_base,
    expect_extra,
    expect_some,
    store_of,
)
from scheduler.cli.options import OPTIONS, Force, Json
from scheduler.cli.speech import speaker, words
from scheduler.cli.usage import Command

if TYPE_CHECKING:
    from scheduler.serve.folder import Holder, Published
    from scheduler.serve.tokens import Link, Tokens

app = typer.Typer(
    help=words(
        "Give people secret links to their calendars, renew and revoke them.",
        "为每个人生成日历的专属链接，可更换、可停用。",
    ),
    no_args_is_help=True,
)
COMMANDS = words("Commands", "命令")


@app.command(
    "list",
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Show whose link lives since when. The links themselves are not stored and cannot be shown.\n\n"
        "Example:  scheduler tokens list published",
        "列出每个对象的链接状态。链接本身不保存，无法再次显示。\n\n示例：  scheduler tokens list published",
    ),
)
def list_(folder: Folder, tokens: TokensFile = None, as_json: Json = False) -> None:
    from scheduler.cli.tables import as_json as json_of
    from scheduler.cli.tables import show
    from scheduler.serve.folder import Published
    from scheduler.serve.handout import overview
    from scheduler.serve.tokens import Tokens

    published, path = Published(folder), store_of(folder, tokens)
    links: tuple[Link, ...] = ()
    if path.exists():
        with Tokens(path) as store:
            links = store.links()
    grid = overview(published.feeds(), links)
    if as_json:
        typer.echo(json_of([grid]))
    else:
        show(grid)


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Make links for those named, or with --all for everybody who has none. They are shown this once.\n\n"
        "Example:  scheduler tokens new published --all --base-url https://duty.example.org --out links.csv",
        "为指定对象生成链接；--all 为所有尚无链接的对象生成。链接只显示这一次。\n\n"
        "示例：  scheduler tokens new published --all --base-url https://duty.example.org --out links.csv",
    ),
)
def new(
    folder: Folder,
    names: Names = None,
    everyone: Everyone = False,
    audiences: For = None,
    base_url: BaseUrl = None,
    out: ListFile = None,
    tokens: TokensFile = None,
    force: Force = False,
) -> None:
    from scheduler.serve.choice import chosen, lacking, of_audiences

    def whom(published: Published, store: Tokens) -> tuple[Holder, ...]:
        known = [feed.holder for feed in published.feeds()]
        held = {link.holder for link in store.links() if link.revoked is None}
        if everyone:
            return tuple(holder for holder in of_audiences(known, audiences or ()) if holder not in held)
        return lacking(chosen(names or (), known), held)

    expect_some(names, everyone=everyone)
    _issue(folder, tokens, base_url, out, whom, force=force)


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Replace links: the old ones stop working at once. The new ones are shown this once.\n\n"
        "Example:  scheduler tokens rotate published wang",
        "更换链接：旧链接立即失效，新链接只显示这一次。\n\n示例：  scheduler tokens rotate published wang",
    ),
)
def rotate(
    folder: Folder,
    names: Names = None,
    everyone: Everyone = False,
    audiences: For = None,
    base_url: BaseUrl = None,
    out: ListFile = None,
    tokens: TokensFile = None,
    force: Force = False,
) -> None:
    from scheduler.serve.choice import chosen, of_audiences

    def whom(published: Published, store: Tokens) -> tuple[Holder, ...]:
        del published
        held = [link.holder for link in store.links() if link.revoked is None]
        return of_audiences(held, audiences or ()) if everyone else chosen(names or (), held)

    expect_some(names, everyone=everyone)
    _issue(folder, tokens, base_url, out, whom, force=force)


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Stop links: from now on they are not found.\n\nExample:  scheduler tokens revoke published wang",
        "停用链接：此后将无法访问。\n\n示例：  scheduler tokens revoke published wang",
    ),
)
def revoke(
    folder: Folder,
    names: Names = None,
    everyone: Everyone = False,
    audiences: For = None,
    tokens: TokensFile = None,
) -> None:
    from scheduler.cli.clock import now
    from scheduler.serve.choice import chosen, of_audiences
    from scheduler.serve.tokens import Tokens

    expect_some(names, everyone=everyone)
    with Tokens(store_of(folder, tokens)) as store, store.change():
        held = [link.holder for link in store.links() if link.revoked is None]
        gone = of_audiences(held, audiences or ()) if everyone else chosen(names or (), held)
        store.revoke(gone, now())
    speaker.out.print(words(f"Links revoked: {len(gone)}", f"已停用 {len(gone)} 个链接"), markup=False)


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Write the feeds as plain files for a web server or an object store: SITE/f/<token>/duty.ics and a page "
        "each. Links are taken from the lists that new and rotate wrote, and from the site itself when it is "
        "written again; folders of links that live no more are removed.\n\n"
        "Example:  scheduler tokens export published --links links.csv --out site",
        "把日历写成静态文件，供网站服务器或对象存储使用：SITE/f/<令牌>/duty.ics 及说明页。链接取自 new、rotate 写出的"
        "清单；再次写入时也取自该文件夹本身。已失效链接的文件夹会被删除。\n\n"
        "示例：  scheduler tokens export published --links links.csv --out site",
    ),
)
def export(
    folder: Folder,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="SITE",
            help=words("folder of the site (made if missing)", "站点文件夹（不存在则新建）"),
            rich_help_panel=OPTIONS,
        ),
    ],
    links: Annotated[
        list[Path] | None,
        typer.Option(
            "--links",
            metavar="FILE",
            help=words("list of links (may be repeated)", "链接清单（可重复）"),
            rich_help_panel=OPTIONS,
        ),
    ] = None,
    base_url: BaseUrl = None,
    tokens: TokensFile = None,
) -> None:
    expect_extra()
    from scheduler.serve.folder import Published
    from scheduler.serve.handout import refuse_inside
    from scheduler.serve.static import tokens_in, write_site
    from scheduler.serve.tokens import Tokens

    refuse_inside(out, [folder])
    known = [token for path in links or () for token in tokens_in(path)]
    published = Published(folder)
    with Tokens(store_of(folder, tokens)) as store:
        site = write_site(out, published, store, expect_base(base_url, store, published), known)
    for holder in site.left_out:
        speaker.err.print(
            words(
                f"left out, its link is not in the lists given: {holder.word}",
                f"未写出（清单中没有其链接）：{holder.word}",
            ),
            markup=False,
        )
    speaker.out.print(
        words(
            f"Calendars in {out}: {site.feeds}, files written: {site.changed}, links removed: {site.removed}",
            f"{out} 中有 {site.feeds} 份日历，写入 {site.changed} 个文件，删除 {site.removed} 个失效链接",
        ),
        markup=False,
    )


def _issue(
    folder: Path,
    tokens: Path | None,
    base_url: str | None,
    out: Path | None,
    whom: Callable[[Published, Tokens], tuple[Holder, ...]],
    *,
    force: bool,
) -> None:
    """Make links and hand them out; if the list cannot be written, no link is made."""
    from scheduler.cli.clock import now
    from scheduler.cli.tables import as_csv
    from scheduler.io.files import refuse_to_overwrite
    from scheduler.serve.folder import Published
    from scheduler.serve.handout import handout, refuse_inside, write_private
    from scheduler.serve.tokens import Tokens

    published = Published(folder)
    if out is not None:
        refuse_inside(out, [folder])
        refuse_to_overwrite([out], force=force)
    with Tokens(store_of(folder, tokens), make=True) as store, store.change():
        store.base_url = base = expect_base(base_url, store, published)
        made = store.issue(whom(published, store), now())
        table = as_csv(handout(made, {feed.holder: feed.name for feed in published.feeds()}, base))
        if out is not None:
            write_private(out, table.encode("utf-8-sig"))
    if out is None:
        typer.echo(table, nl=False)
    said = words("Links made: {count}", "已生成 {count} 个链接").format(count=len(made))
    where = "" if out is None else words(f" in {out}", f"：{out}")
    speaker.err.print(said + where, markup=False)
