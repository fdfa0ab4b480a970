"""With something gone, an act succeeds whole and catches up, or fails whole in a plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from bench.commands import Command, Serve, commands_environment, post_office
from bench.killing import build_small_world, wait_until
from bench.memory import free_port
from bench.reader import Reader
from loype.files.models import StoredFile
from loype.history.models import Event
from loype.ideas.models import Idea, IdeaFile
from loype.mail.models import OutgoingMail
from loype.notices.models import Notice
from tests.cast import PASSWORD, World
from tests.trail_world import PICTURE, idea_of


def database() -> str:
    """The database of this test."""
    return str(connection.settings_dict["NAME"])


def hand_in(client: Client, text: str) -> Idea:
    """Hand an idea in through the page."""
    answer = client.post("/ideas/new/", {"act": "send", "kind": "idea", "text": text})
    assert answer.status_code == 302
    return Idea.objects.get(text=text)


@pytest.mark.usefixtures("_no_old_jobs")
def test_with_the_mail_server_away_mails_go_out_when_it_is_back(
    world: World, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    port = free_port()
    environment = commands_environment(database(), folder=tmp_path, mail_port=port)
    worker = Command("worker", environment=environment, log=tmp_path / "worker.log")
    worker.start()
    try:
        idea = hand_in(client_of("ada"), "Noe mens posten er borte")
        wait_until(_her_mail_was_tried, seconds=60)
        assert Notice.objects.filter(subject="receipt", thing_id=idea.pk).count() == 1
        assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"queued"}
        assert all(mail.handing_over_at is None for mail in OutgoingMail.objects.all())

        with post_office(port) as (office, _port):
            wait_until(_all_mails_are_sent, seconds=90)
    finally:
        worker.stop()
    assert office.doubled() == []
    assert [mail["to"] for mail in office.mails].count("ada@example.test") == 1


def _her_mail_was_tried() -> bool:
    mail = OutgoingMail.objects.filter(to="ada@example.test").first()
    jobs = ProcrastinateJob.objects.filter(task_name="mail.deliver", attempts__gte=1)
    return mail is not None and jobs.filter(status="todo", args__mail_id=mail.pk).exists()


def _all_mails_are_sent() -> bool:
    return not OutgoingMail.objects.exclude(state="sent").exists()


@pytest.mark.usefixtures("_no_old_jobs")
def test_with_the_worker_away_acts_succeed_and_notices_come_later(
    world: World, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    idea = hand_in(client_of("ada"), "Noe mens arbeideren er borte")
    assert client_of("ada").get(f"/ideas/{idea.pk}/receipt/").status_code == 200
    assert not Notice.objects.exists()

    with post_office() as (office, mail_port):
        environment = commands_environment(database(), folder=tmp_path, mail_port=mail_port)
        for _time in range(2):  # the second finds nothing left to do
            worker = Command("worker", "--once", environment=environment, log=tmp_path / "log")
            worker.start()
            assert worker.process is not None
            assert worker.process.wait(timeout=60) == 0

    assert Notice.objects.filter(subject="receipt", thing_id=idea.pk).count() == 1
    assert [mail["to"] for mail in office.mails].count("ada@example.test") == 1


@pytest.mark.django_db(transaction=True)
def test_with_the_disk_away_an_upload_fails_whole(
    world: World, client_of: Callable[[str], Client], settings: Any, tmp_path: Path
) -> None:
    idea = idea_of(world, text="Noe med bilde")
    client = client_of("ada")
    events = Event.objects.count()
    settings.MEDIA_ROOT = tmp_path / "disk"
    settings.MEDIA_ROOT.write_text("not a folder")  # also root cannot write below a file

    answer = client.post(f"/ideas/{idea.pk}/files/", _picture())

    assert answer.status_code == 503
    assert "Files cannot be stored right now. Nothing was changed" in answer.content.decode()
    assert (IdeaFile.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert Event.objects.count() == events

    settings.MEDIA_ROOT.unlink()
    assert client.post(f"/ideas/{idea.pk}/files/", _picture()).status_code == 302
    assert IdeaFile.objects.get().idea == idea


def _picture() -> dict[str, object]:
    return {
        "file": SimpleUploadedFile("skap.png", PICTURE, content_type="image/png"),
        "alt_text": "Et nøkkelskap",
    }


@pytest.mark.django_db(transaction=True)
def test_with_the_disk_away_a_file_cannot_be_read_and_the_page_says_so(
    world: World, client_of: Callable[[str], Client], settings: Any
) -> None:
    idea = idea_of(world, text="Noe med bilde")
    client = client_of("ada")
    assert client.post(f"/ideas/{idea.pk}/files/", _picture()).status_code == 302
    kept = settings.MEDIA_ROOT
    kept.rename(kept.with_name("elsewhere"))

    answer = client.get(f"/files/{IdeaFile.objects.get().pk}/")

    assert answer.status_code == 503
    assert "The file cannot be read right now" in answer.content.decode()
    assert client.get(f"/ideas/{idea.pk}/").status_code == 200


@pytest.mark.usefixtures("_no_old_jobs")
def test_with_the_database_away_for_a_moment_the_page_says_so_and_then_works_again(
    tmp_path: Path,
) -> None:
    world = build_small_world()
    environment = commands_environment(database(), folder=tmp_path, mail_port=free_port())
    web = Serve(environment=environment, log=tmp_path / "serve.log")
    web.start()
    try:
        reader = Reader(web.port)
        reader.sign_in(world.people["per"].email, PASSWORD)
        form = {"act": "send", "kind": "idea", "text": "Skrevet mens basen var borte"}
        _away(True)
        for address, sent in (("/ideas/", None), ("/ideas/new/", form), ("/", None)):
            status, _location, page = reader.ask(address, sent)
            assert status == 503, (address, status)
            assert "Traceback" not in page
            assert "<h1" in page
        status, _location, page = reader.ask("/api/v1/ideas")
        assert (status, '"status": 503' in page or '"status":503' in page) == (503, True)

        _away(False)
        wait_until(lambda: reader.ask("/ideas/")[0] == 200, seconds=60)
        assert not Idea.objects.exists()
        assert reader.ask("/ideas/new/", form)[0] == 302
        assert Idea.objects.get().case.state == "waiting"
    finally:
        _away(False)
        web.stop()


def _away(is_away: bool) -> None:
    """Let nobody into this test's database, and show everybody out; the server itself stays."""
    name = database()
    connections.close_all()
    address = {**connection.get_connection_params(), "dbname": "postgres"}
    for key in ("cursor_factory", "context", "prepare_threshold"):
        address.pop(key, None)
    allowed = "false" if is_away else "true"
    with psycopg.connect(**address, autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')  # type: ignore[arg-type]
        if is_away:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
