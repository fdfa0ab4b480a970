"""A process with one filled database behind it; it asks itself what it is told, line by line.

Two of these stand side by side, one for each size, and take turns: whatever else the machine does
then hits both alike.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from typing import Any

import django

from bench.places import environment
from loype.config.database import PROJECT, ensure_running

LOAD = "load"


class Stage:
    """The process, seen from outside."""

    def __init__(self, name: str, *, seed: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.stage", str(seed)],
            env={**environment(name), "LOYPE_DB_POOL": "2"},
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, name: str) -> dict[str, Any]:
        """Ask for one page or act; gives its figures, or raises with what was wrong."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process that asked for {name} is gone")
        answer: dict[str, Any] = json.loads(line)
        if "wrong" in answer:
            raise RuntimeError(f"{name}: {answer['wrong']}")
        return answer

    def close(self) -> None:
        """End it."""
        with contextlib.suppress(BrokenPipeError):
            assert self.process.stdin is not None
            self.process.stdin.close()
        self.process.wait(timeout=20)


def main(seed: int) -> None:
    """Answer the lines that come in until there are no more."""
    ensure_running()
    django.setup()
    from bench.asked import Asked
    from bench.site import Site

    asked = Asked(Site(), seed=seed)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else is said goes to the side
    for line in sys.stdin:
        name = line.strip()
        told = {"load": asked.load()} if name == LOAD else _figures(asked, name)
        answers.write(json.dumps(told) + "\n")
        answers.flush()


def _figures(asked: Any, name: str) -> dict[str, Any]:
    from bench.asked import EXPECTED, question

    answer = question(asked, name)()
    if answer.status == EXPECTED[name]:
        return dict(answer.figures())
    return {"wrong": f"answered {answer.status}: {answer.body[:300]!r}"}


if __name__ == "__main__":
    main(int(sys.argv[1]))
