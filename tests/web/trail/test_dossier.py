"""Taking a dossier out on the pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from loype.councils.models import DossierOrder
from loype.history.models import Event
from loype.kernel.clock import now
from loype.trail.dossier import orders
from loype.trail.dossier.orders import make_dossier
from tests.trail_world import TrailWorld

SignIn = Callable[[str], Client]


def take(client: Client, idea_id: int, **said: str) -> zipfile.ZipFile:
    answer = client.post(reverse("dossier_take", args=[idea_id]), said)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


@pytest.mark.requirement("NET-08")
def test_it_is_taken_out_by_whoever_may_read_the_idea(trail: TrailWorld, client_of: SignIn) -> None:
    idea = trail["activity"].idea
    page = client_of("bo").get(reverse("dossier_page", args=[idea.pk])).content.decode()
    assert idea.case_number in page
    archive = take(client_of("bo"), idea.pk)
    assert archive.testzip() is None
    assert idea.title in archive.read("index.html").decode()
    assert Event.objects.filter(verb="take_dossier", person_id=trail.world.people["bo"].pk).exists()
    assert (
        "To hand out"
        not in client_of("ada").get(reverse("dossier_page", args=[idea.pk])).content.decode()
    )
    place = reverse("dossier_take", args=[idea.pk])
    assert client_of("olaf").post(place).status_code == 404
    assert client_of("eve").post(place).status_code == 302


def test_its_pages_speak_the_language_of_the_one_who_asks(
    trail: TrailWorld, client_of: SignIn
) -> None:
    ada = trail.world.people["ada"]
    ada.language = "nb"
    ada.save(update_fields=["language"])
    archive = take(client_of("ada"), trail["idea"].pk)
    for name in archive.namelist():
        if name.endswith(".html"):
            assert '<html lang="nb">' in archive.read(name).decode()


def test_a_large_one_is_fetched_when_it_is_ready(
    trail: TrailWorld, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "LARGE_BYTES", -1)
    idea, siv = trail["idea"], client_of("siv")
    page = reverse("dossier_page", args=[idea.pk])
    assert siv.post(reverse("dossier_take", args=[idea.pk]))["Location"] == page
    order = DossierOrder.objects.get(asked_by=trail.world.people["siv"])
    assert "Being made" in siv.get(page).content.decode()
    make_dossier(order.pk, at=now())
    fetch = reverse("dossier_fetch", args=[order.pk])
    assert fetch in siv.get(page).content.decode()
    answer = siv.get(fetch)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert client_of("bo").get(fetch).status_code == 404
