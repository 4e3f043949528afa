"""How the feed server bears load: 868 feeds, 200 clients that poll with their ETags, hostile requests, memory.

    python tests/benchmarks/serve_load.py [--requests 40000] [--hostile 10000]

Everything runs on loopback and is bounded by numbers of requests. The server is a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scheduler.io.published import Index, write_index
from scheduler.publish.event import Audience
from scheduler.serve.folder import Holder, Published
from scheduler.serve.tokens import Tokens, tokens_file
from scheduler.text import same
from tests.serve.fuzz import attack
from tests.serve.world import NOW, calendar, event, indexed

CLIENTS = 200
SIZES = {Audience.VOLUNTEER: (800, 16), Audience.POST: (60, 210), Audience.ORGANISATION: (6, 2100)}
"""Feeds of each kind and events in each; all.ics has 13,000."""

ATTACKERS = 8
PACED = 200
"""Requests a second of the run that is not saturated: all 868 people polling every four seconds."""


@dataclass(frozen=True)
class Answered:
    """One request: seconds from sending to the last byte, and the status."""

    seconds: float
    status: int


def write_feeds(folder: Path) -> None:
    """868 feeds as publish would write them."""
    files = []
    for audience, (count, events) in SIZES.items():
        data = calendar(*(event(n, f"值班:福光路西口(早班){n}") for n in range(events)))
        for number in range(count):
            stem = "duty" if audience is Audience.VOLUNTEER else str(audience)
            files.append((audience, f"{number}", f"{audience}s/{stem}-{number}.ics", data))
    files.append((Audience.ALL, "", "all.ics", calendar(*(event(n, "值班") for n in range(13_000)))))
    files.append((Audience.OPEN, "", "open.ics", calendar(*(event(n, "缺2人") for n in range(40)))))
    for _, _, path, data in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    listed = (indexed(audience, owner, path, same(path), data) for audience, owner, path, data in files)
    write_index(folder, Index(plan="load", files=tuple(listed)))


@contextlib.contextmanager
def serving(folder: Path, log: Path) -> Iterator[tuple[int, int]]:
    """The real process, without a limit a client: its id and port."""
    command = [
        sys.executable,
        "-m",
        "scheduler",
        "--lang",
        "en",
        "serve",
        str(folder),
        "--port",
        "0",
        "--rate",
        "0",
    ]
    with log.open("wb") as file, subprocess.Popen(command, stderr=file) as process:
        try:
            while not (said := re.search(rb"at http://127\.0\.0\.1:(\d+);", log.read_bytes())):
                assert process.poll() is None, log.read_text("utf-8")
                time.sleep(0.05)
            yield process.pid, int(said[1])
        finally:
            process.terminate()


def resident(pid: int) -> float:
    """Resident memory of a process in MB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("utf-8"))
    assert found
    return int(found[1]) / 1024


def processor(pid: int) -> float:
    """Seconds of one core that a process has used so far: unlike times, they do not depend on what else runs."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Client:
    """A subscriber on one connection that remembers the tag of each feed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.tags: dict[str, bytes] = {}

    async def poll(self, paths: Sequence[str], pause: float, answered: list[Answered]) -> None:
        """Ask for feeds one after the other."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)
        for path in paths:
            await asyncio.sleep(pause)
            tag = self.tags.get(path)
            known = b"If-None-Match: " + tag + b"\r\n" if tag else b""
            began = time.perf_counter()
            writer.write(
                b"GET %s HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n%s\r\n" % (path.encode(), known)
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if length := re.search(rb"content-length: (\d+)", head):
                await reader.readexactly(int(length[1]))
            answered.append(Answered(time.perf_counter() - began, int(head[9:12])))
            if found := re.search(rb'etag: ("[^"]+")', head):
                self.tags[path] = found[1]
        writer.close()
        await writer.wait_closed()


async def polling(
    clients: Sequence[Client], paths: Sequence[str], requests: int, pause: float
) -> list[Answered]:
    """All clients at once, each asking for feeds of its own in turn."""
    rng = random.Random(1)
    answered: list[Answered] = []
    mine = [[rng.choice(paths) for _ in range(4)] for _ in clients]
    await asyncio.gather(
        *(
            client.poll([*islice(_cycle(own), requests // len(clients))], pause, answered)
            for client, own in zip(clients, mine)
        )
    )
    return answered


def _cycle(paths: Sequence[str]) -> Iterator[str]:
    while True:
        yield from paths


def report(name: str, answered: Sequence[Answered], seconds: float, used: float, memory: float) -> None:
    """A line of figures."""
    times = sorted(one.seconds * 1000 for one in answered)
    statuses = dict(Counter(one.status for one in answered))
    middle, late = times[len(times) // 2], times[len(times) * 99 // 100]
    print(
        f"{name:10} {len(times):7} requests  {len(times) / seconds:6.0f}/s  p50 {middle:6.1f} ms  "
        f"p99 {late:6.1f} ms  most {times[-1]:6.1f} ms  {used / len(times) * 1000:4.2f} ms of a core each  "
        f"{memory:5.1f} MB  {statuses}"
    )


def measure(folder: Path, log: Path, requests: int, hostile: int) -> None:
    """The runs, one after the other, on one server."""
    write_feeds(folder)
    holders = [feed.holder for feed in Published(folder).feeds()]
    with Tokens(tokens_file(folder), make=True) as store, store.change():
        token = store.issue(holders, NOW)
    paths = [f"/f/{one}/duty.ics" for who, one in token.items() if who != Holder(Audience.ALL)]
    with serving(folder, log) as (pid, port):
        print(f"{len(holders)} feeds, {CLIENTS} clients; server at rest {resident(pid):.1f} MB")
        clients = [Client(port) for _ in range(CLIENTS)]
        for name, count, pause in (
            ("every feed", len(paths), 0.0),
            ("saturated", requests, 0.0),
            ("saturated", requests, 0.0),
            ("paced", PACED * 20, CLIENTS / PACED),
        ):
            began, used = time.perf_counter(), processor(pid)
            if name == "every feed":
                answered: list[Answered] = []
                asyncio.run(Client(port).poll(paths, 0, answered))
            else:
                answered = asyncio.run(polling(clients, paths, count, pause))
            report(name, answered, time.perf_counter() - began, processor(pid) - used, resident(pid))
        began = time.perf_counter()
        living = [*token.values()]
        with ThreadPoolExecutor(ATTACKERS) as pool:
            parts = pool.map(
                lambda seed: [*attack(port, living, hostile // ATTACKERS, seed)], range(ATTACKERS)
            )
            heard = [one for part in parts for one in part]
        secrets = [*(one.encode() for one in living), b"BEGIN:VEVENT"]
        leaks = sum(not one.knew and any(secret in one.got for secret in secrets) for one in heard)
        statuses = dict(sorted(Counter(one.status for one in heard).items()))
        seconds = time.perf_counter() - began
        print(
            f"hostile    {len(heard):7} requests  {len(heard) / seconds:6.0f}/s  {resident(pid):.1f} MB  {statuses}"
        )
        print(f"answers 5xx: {sum(one.status >= 500 for one in heard)}, leaks: {leaks}")
    logged = log.read_text("utf-8")
    print(f"tokens in {logged.count(chr(10))} lines of log: {sum(one in logged for one in living)}")


def main() -> None:
    """Parse the numbers and measure in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=40_000)
    parser.add_argument("--hostile", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place) / "published", Path(place) / "log", options.requests, options.hostile)


if __name__ == "__main__":
    main()
