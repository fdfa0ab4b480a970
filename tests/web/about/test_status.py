"""The status page: what is wrong, and what to do; undelivered mails are sent again by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from loype.accounts.models import Person
from loype.kernel.clock import now
from loype.mail.actions import queue_mail
from loype.mail.models import MailState, OutgoingMail
from loype.notices.readings import Readings, take_readings
from loype.web.about.status import lines_of
from tests.cast import World
from tests.post import PostOffice


@pytest.fixture
def operator(db: None) -> Client:
    """Somebody who operates the installation."""
    person = Person.objects.create_user("op@example.test", name="Operator", is_staff=True)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def well() -> Readings:
    """An installation where all is well."""
    return replace(
        take_readings(), worker_heard_at=now(), oldest_job_at=None, jobs_failed=0, mails_failed=0,
        mails_uncertain=0, oldest_mail_at=None, free_bytes=50_000_000_000, can_write_files=True,
    )  # fmt: skip


def test_it_says_that_all_is_well(db: None) -> None:
    assert all(line.is_fine and not line.advice for line in lines_of(well(), at=now()))


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ({"worker_heard_at": None}, "loype worker"),
        ({"worker_heard_at": now() - timedelta(minutes=3)}, "loype worker"),
        ({"jobs_failed": 2}, "worker's log"),
        ({"oldest_job_at": now() - timedelta(hours=1)}, "keeps up"),
        ({"oldest_mail_at": now() - timedelta(hours=1)}, "loype check"),
        ({"mails_failed": 1}, "send it again"),
        ({"mails_uncertain": 1}, "never sent twice"),
        ({"free_bytes": 1000}, "Make room"),
        ({"can_write_files": False}, "LOYPE_FILES"),
    ],
)
def test_it_says_what_to_do(wrong: dict[str, Any], advice: str, db: None) -> None:
    broken = [line for line in lines_of(replace(well(), **wrong), at=now()) if not line.is_fine]
    assert len(broken) == 1
    assert advice in broken[0].advice


def test_it_reads_what_the_database_knows(world: World) -> None:
    queue_mail(key="k", to="a@example.test", subject="s", body="b", at=now() - timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    read = take_readings()
    assert read.mails_waiting == 1
    assert read.jobs_waiting >= 1
    assert read.oldest_job_at is not None
    assert read.worker_heard_at is not None
    assert read.history_rows > 10
    assert read.server_version.split(".")[0].isdigit()


def test_it_shows_administrators_numbers_and_operators_mails(
    operator: Client, client_of: Callable[[str], Client]
) -> None:
    queue_mail(key="k", to="lost@example.test", subject="Lost", body="b", at=now())
    OutgoingMail.objects.update(state=MailState.FAILED, problem="550 no such box")
    shown = client_of("siv").get(reverse("status")).content.decode()
    assert "1 refused" in shown
    assert "lost@example.test" not in shown
    shown = operator.get(reverse("status")).content.decode()
    assert "lost@example.test" in shown
    assert "550 no such box" in shown


def test_an_operator_sends_a_mail_again(operator: Client, post: PostOffice) -> None:
    queue_mail(key="k", to="lost@example.test", subject="Lost", body="b", at=now())
    OutgoingMail.objects.update(state=MailState.UNCERTAIN)
    assert post.deliver_waiting() == 1
    assert not post.arrived
    mail = OutgoingMail.objects.get()
    assert operator.post(reverse("status_mail_again", args=[mail.pk])).status_code == 302
    post.deliver_waiting()
    assert len(post.to("lost@example.test")) == 1
    assert OutgoingMail.objects.get().state == MailState.SENT


def test_only_an_operator_sends_mails_again(client_of: Callable[[str], Client]) -> None:
    queue_mail(key="k", to="lost@example.test", subject="Lost", body="b", at=now())
    OutgoingMail.objects.update(state=MailState.FAILED)
    place = reverse("status_mail_again", args=[OutgoingMail.objects.get().pk])
    assert client_of("siv").post(place).status_code == 403
    assert OutgoingMail.objects.get().state == MailState.FAILED


def test_it_stays_within_its_statements(operator: Client, statements: Callable[[], Any]) -> None:
    with statements() as counted:
        operator.get(reverse("status"))
    assert len(counted) <= 8
