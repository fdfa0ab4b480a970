"""`loype serve` and `loype worker` as real processes that can be killed, and a real mail server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from bench.memory import free_port, wait_for
from loype.config.database import PROJECT

SLOW_SECONDS = 0.15


class Command:
    """One `loype` command in a process group of its own; what it says goes to a file."""

    def __init__(self, *words: str, environment: Mapping[str, str], log: Path) -> None:
        self.words = words
        self.environment = {**environment, "DJANGO_SETTINGS_MODULE": "loype.config.settings"}
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it anew."""
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "loype.cli", *self.words],
                env=self.environment,
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def kill(self) -> None:
        """`kill -9` for it and all its processes: it can neither finish nor tidy up."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()


class Serve(Command):
    """The web process."""

    def __init__(self, *, environment: Mapping[str, str], log: Path, port: int = 0) -> None:
        self.port = port or free_port()
        super().__init__("serve", f"--port={self.port}", environment=environment, log=log)

    def start(self) -> None:
        """Start it and wait until it answers."""
        super().start()
        wait_for(self.port)


class PostOffice:
    """Takes mails by SMTP and remembers them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.mails: list[dict[str, str]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take one, slowly: a worker that is killed is then often in the middle of it."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        with self.lock:
            self.mails.append(
                {"id": mail["Message-ID"], "to": mail["To"], "subject": mail["Subject"]}
            )
        await asyncio.sleep(SLOW_SECONDS)
        return "250 taken"

    def doubled(self) -> list[str]:
        """Mails that came twice: by their id, or by reader and subject."""
        ids = Counter(mail["id"] for mail in self.mails)
        same = Counter((mail["to"], mail["subject"]) for mail in self.mails)
        return [f"{what} came {count} times" for what, count in (*ids.items(), *same.items())
                if count > 1]  # fmt: skip


@contextmanager
def post_office(port: int = 0) -> Iterator[tuple[PostOffice, int]]:
    """A running mail server, and the port it listens at."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield office, controller.port
    finally:
        controller.stop()


def commands_environment(database: str, *, folder: Path, mail_port: int) -> dict[str, str]:
    """What the commands are told: which database, where files go, and who takes the mail."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LOYPE_")}
    for name in ("PYTEST_VERSION", "PYTEST_CURRENT_TEST"):
        kept.pop(name, None)
    return {
        **kept,
        "LOYPE_EMBEDDED": "test",
        "LOYPE_DB_NAME": database,
        "LOYPE_FILES": str(folder / "files"),
        "LOYPE_SMTP_HOST": "127.0.0.1",
        "LOYPE_SMTP_PORT": str(mail_port),
        "LOYPE_MAIL_FROM": "Loype <loype@example.test>",
        "LOYPE_BUNDLE_MINUTES": "0",
        "PYTHONPATH": str(PROJECT),
    }
