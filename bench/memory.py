"""How much memory a real `loype serve` takes under load."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bench.places import environment
from loype.config.database import PROJECT

THREADS = 4
PROC = Path("/proc")


def memory_under_load(
    database: str,
    load: Sequence[Sequence[str]],
    *,
    requests: int,
    before: Sequence[Sequence[str]] = (),
) -> dict[str, Any]:
    """Serve the database, ask for many pages at once, and read what the process holds (MB).

    Pages given as `before` are asked for first, so that what the load adds to them can be told.
    """
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "loype.cli", "serve", f"--port={port}"],
        env={**environment(database), "DJANGO_SETTINGS_MODULE": "loype.config.settings"},
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        idle = _held(server.pid)
        earlier = _ask(port, before, requests=requests if before else 0)
        held_before = _held(server.pid)
        began = time.perf_counter()
        statuses = [*earlier, *_ask(port, load, requests=requests)]
        took = time.perf_counter() - began
        return {
            "idle": idle,
            "before_load": held_before,
            "under_load": _held(server.pid),
            "requests": requests,
            "requests_a_second": requests / took,
            "answers_other_than_200": sum(status != 200 for status in statuses),
        }
    finally:
        server.terminate()
        server.wait(timeout=30)


def _ask(port: int, load: Sequence[Sequence[str]], *, requests: int) -> list[int]:
    """Ask for pages in turn, several at once; the status of each answer."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda one: _status(port, *one), islice(cycle(load), requests)))


def free_port() -> int:
    """A port nobody listens at, outside the range from which the system gives callers theirs.

    Within that range a caller that tries a dead server again and again is one day given the very
    port it calls, speaks with itself, and the server cannot have its port back.
    """
    for port in random.sample(range(20_000, 32_000), 200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no port is free")


def wait_for(port: int, *, seconds: float = 60) -> None:
    """Wait until somebody listens at a port."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens at {port}")


def _status(port: int, address: str, cookie: str) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{address}", headers={"Cookie": cookie}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _held(pid: int) -> dict[str, float]:
    """Resident and proportional memory in MB: of the process that answers, and of both."""
    children = (PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    process = int(children[0]) if children else pid
    return {
        "web_process_rss": _kilobytes(process, "Rss") / 1024,
        "web_process_pss": _kilobytes(process, "Pss") / 1024,
        "with_its_parent_pss": (_kilobytes(process, "Pss") + _kilobytes(pid, "Pss")) / 1024,
    }


def _kilobytes(pid: int, name: str) -> int:
    for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise ValueError(f"the kernel does not say {name} of {pid}")
