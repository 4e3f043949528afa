"""Other people's calendar programs read in the files what the roster says."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from typing import Any

import pytest

from scheduler.io.ics import to_ics
from scheduler.publish.edition import edition
from scheduler.publish.event import Audience
from scheduler.text import Languages
from tests.caldav.servers import PASSWORD, USER, radicale
from tests.readers import programs
from tests.readers.facts import Key, expected
from tests.readers.programs import PROGRAMS, Program
from tests.readers.worlds import WORLDS

MISREAD = {(programs.ics, "backslashes")}
"""ics 0.7 takes a backslash that was escaped, with the letter after it, for an escape."""

CASES = pytest.mark.parametrize(
    ("world", "languages", "utc"),
    [(world, language, False) for world, language in zip(WORLDS, cycle(Languages))]
    + [("leap-day", Languages.BOTH, True), ("new-york-spring", Languages.ZH, True)],
)
"""Every world in times of its zone, in a language by turns; in UTC worlds differ less."""


SLOW = {programs.ics, programs.khal}
SOME = ((Audience.ALL, ""), (Audience.POST, "post-0"), (Audience.VOLUNTEER, "人0"))
"""What slow programs read of every world."""


@cache
def files(world: str, languages: Languages, utc: bool) -> dict[Key, bytes]:
    made = edition(*WORLDS[world]())
    return {(one.audience, one.owner): to_ics(one, *languages.spoken, utc=utc) for one in made}


@CASES
@pytest.mark.parametrize("read", PROGRAMS, ids=lambda read: read.__name__)
def test_a_program_reads_what_the_roster_says(
    read: Program, world: str, languages: Languages, utc: bool
) -> None:
    if (read, world) in MISREAD:
        pytest.skip("the program unescapes in the wrong order")
    wanted = expected(*WORLDS[world](), *languages.spoken)
    made = files(world, languages, utc)
    assert wanted.keys() == made.keys()
    for key in SOME if read in SLOW else made:
        assert (key, read(made[key])) == (key, wanted[key])


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from caldav import DAVClient
    with radicale(tmp_path_factory.mktemp("dav") / "radicale") as server:
        yield DAVClient(url=server.base, username=USER, password=PASSWORD)


@pytest.mark.filterwarnings("ignore")
@CASES
def test_a_server_gives_back_what_the_roster_says(
    client: Any, world: str, languages: Languages, utc: bool
) -> None:
    wanted = expected(*WORLDS[world](), *languages.spoken)
    made = files(world, languages, utc)
    for key in SOME:
        url = f"{client.url}{world}-{languages}-{key[0]}/"
        assert (key, programs.radicale(client, url, made[key])) == (key, wanted[key])
