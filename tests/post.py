"""A mail server for tests that speaks real SMTP, and a postman that does the waiting jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from procrastinate.contrib.django.models import ProcrastinateJob

from bench.memory import free_port
from loype.jobs.tasks import deliver
from loype.mail.actions import DELIVER


@dataclass
class PostOffice:
    """What arrived, in order."""

    arrived: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.arrived.append(message)  # type: ignore[arg-type]
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return "250 taken"

    def deliver_waiting(self) -> int:
        """Do what a worker would do with every mail that waits now."""
        done = 0
        for job in ProcrastinateJob.objects.filter(task_name=DELIVER, status="todo"):
            deliver(**job.args)
            done += 1
        return done

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that somebody got."""
        return [mail for mail in self.arrived if mail["To"] == address]

    def text_to(self, address: str) -> str:
        """The words of the last mail that somebody got."""
        body = self.to(address)[-1].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def address_in_last(self, address: str) -> str:
        """The path of the first web address in the last mail that somebody got."""
        found = re.search(r"https?://[^/\s]+(/\S*)", self.text_to(address))
        assert found
        return found[1]


@contextmanager
def post_office(settings: Any) -> Iterator[PostOffice]:
    """A running mail server that the settings point at."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    try:
        yield office
    finally:
        controller.stop()
