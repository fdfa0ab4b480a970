"""A mail goes out once: handed over, refused, tried again, or named as perhaps sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from bench.memory import free_port
from loype.mail.actions import (
    deliver_mail,
    queue_mail,
    requeue_waiting,
    send_again,
    settle_abandoned,
)
from loype.mail.models import OutgoingMail
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


class Server:
    """A mail server that takes mails, or says what it was told to say."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.answer = "250 taken"
        self.hangs_up = False

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:
        """Take one, refuse it, or hang up in the middle."""
        if self.hangs_up:
            server.transport.close()
            return "421 gone"
        if self.answer.startswith("250"):
            self.subjects.append(envelope.content.decode().split("Subject: ")[1].split("\r\n")[0])
        return self.answer


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """The mail server that the settings name."""
    took = Server()
    controller = Controller(took, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield took
    controller.stop()


def written(key: str = "news-1", **more: Any) -> OutgoingMail:
    """A mail that waits."""
    words = {"to": "ada@example.test", "subject": "Nytt", "body": "Noe skjedde.", **more}
    queue_mail(key=key, at=TODAY, **words)
    return OutgoingMail.objects.get(key=key)


def state_of(mail: OutgoingMail) -> str:
    mail.refresh_from_db()
    return mail.state


def test_it_hands_a_mail_over_once(server: Server) -> None:
    mail = written()

    for _time in range(3):
        deliver_mail(mail.pk, at=TODAY)

    assert server.subjects == ["Nytt"]
    assert state_of(mail) == "sent"
    assert mail.sent_at == TODAY


def test_the_same_news_is_one_mail() -> None:
    assert queue_mail(key="k", to="a@example.test", subject="x", body="y", at=TODAY)
    assert not queue_mail(key="k", to="a@example.test", subject="x", body="y", at=TODAY)

    assert OutgoingMail.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="mail.deliver").count() == 1


def test_it_queues_nothing_when_the_act_fails() -> None:
    def act() -> None:
        with transaction.atomic():
            written()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()

    assert not OutgoingMail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_subject_with_line_breaks_cannot_add_headers(server: Server) -> None:
    mail = written(subject="Hei\r\nBcc: eve@example.test")

    deliver_mail(mail.pk, at=TODAY)

    assert server.subjects == ["Hei Bcc: eve@example.test"]


def test_with_nobody_listening_it_waits_untouched(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = False
    mail = written()

    with pytest.raises(ConnectionRefusedError):
        deliver_mail(mail.pk, at=TODAY)

    assert (state_of(mail), mail.attempts) == ("queued", 0)


def test_a_no_for_good_is_kept_with_the_servers_words(server: Server) -> None:
    server.answer = "550 no such mailbox"
    mail = written()

    deliver_mail(mail.pk, at=TODAY)

    assert state_of(mail) == "failed"
    assert "no such mailbox" in mail.problem


def test_a_no_for_now_is_tried_again_and_goes_out_once(server: Server) -> None:
    server.answer = "451 try later"
    mail = written()

    with pytest.raises(OSError, match="try later"):
        deliver_mail(mail.pk, at=TODAY)
    assert (state_of(mail), mail.attempts) == ("queued", 1)

    server.answer = "250 taken"
    deliver_mail(mail.pk, at=TODAY)
    assert (state_of(mail), server.subjects) == ("sent", ["Nytt"])


def test_a_no_for_now_that_never_ends_is_given_up(server: Server) -> None:
    server.answer = "451 try later"
    mail = written()

    for _time in range(11):
        with pytest.raises(OSError, match="try later"):
            deliver_mail(mail.pk, at=TODAY)
    deliver_mail(mail.pk, at=TODAY)

    assert (state_of(mail), mail.attempts) == ("failed", 12)


def test_a_line_that_breaks_in_the_middle_leaves_it_perhaps_sent(server: Server) -> None:
    server.hangs_up = True
    mail = written()

    deliver_mail(mail.pk, at=TODAY)
    assert state_of(mail) == "uncertain"

    server.hangs_up = False
    deliver_mail(mail.pk, at=TODAY)
    assert server.subjects == []  # never by itself

    send_again(mail, at=TODAY)
    deliver_mail(mail.pk, at=TODAY)
    assert (state_of(mail), server.subjects) == ("sent", ["Nytt"])


def test_what_a_dead_worker_held_is_perhaps_sent_after_a_while() -> None:
    mail = written()
    OutgoingMail.objects.filter(pk=mail.pk).update(state="handing_over", handing_over_at=TODAY)

    assert settle_abandoned(at=TODAY + timedelta(minutes=4)) == 0
    assert settle_abandoned(at=TODAY + timedelta(minutes=6)) == 1

    assert state_of(mail) == "uncertain"
    assert "stopped" in mail.problem


def test_a_mail_whose_job_was_lost_gets_a_new_one_and_only_one() -> None:
    mail, later = written(), TODAY + timedelta(minutes=20)
    assert requeue_waiting(at=later) == 0  # its job waits still

    ProcrastinateJob.objects.filter(args__mail_id=mail.pk)._raw_delete("default")

    assert requeue_waiting(at=TODAY + timedelta(minutes=10)) == 0
    assert [requeue_waiting(at=later) for _time in range(3)] == [1, 0, 0]


def test_what_went_out_is_not_sent_again() -> None:
    mail = written()
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=TODAY)

    send_again(mail, at=TODAY)

    assert state_of(mail) == "sent"


def test_a_disconnect_counts_as_a_broken_line() -> None:
    """The house relies on the order of smtplib's failures."""
    assert issubclass(SMTPServerDisconnected, OSError)


def test_a_mail_waits_for_the_end_of_its_readers_quiet_hours(server: Server) -> None:
    morning = TODAY + timedelta(hours=9)
    mail = written(not_before=morning)
    job = ProcrastinateJob.objects.get(task_name="mail.deliver")

    deliver_mail(mail.pk, at=TODAY)
    assert (state_of(mail), server.subjects) == ("queued", [])
    assert job.scheduled_at == morning
    job.__class__.objects.filter(args__mail_id=mail.pk)._raw_delete("default")
    assert requeue_waiting(at=morning - timedelta(minutes=1)) == 0

    assert requeue_waiting(at=morning) == 1
    deliver_mail(mail.pk, at=morning)
    assert (state_of(mail), server.subjects) == ("sent", ["Nytt"])
