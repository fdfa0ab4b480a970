"""Files: what is taken, what is refused with words, and how they are given out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from loype.ideas.models import Idea, IdeaFile
from tests.cast import World
from tests.trail_world import PICTURE, TrailWorld, idea_of

SignIn = Callable[[str], Client]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(1)</script>"


def attach(client: Client, idea: Idea, *, name: str, content: bytes, alt_text: str = "") -> Any:
    upload = SimpleUploadedFile(name, content)
    return client.post(
        reverse("idea_files", args=[idea.pk]), {"file": upload, "alt_text": alt_text}
    )


@pytest.fixture
def idea(world: World) -> Idea:
    return idea_of(world, text="En idé med vedlegg")


@pytest.mark.parametrize(
    ("name", "content", "alt_text", "words"),
    [
        ("bilde.png", PAGE, "Et bilde", "This kind of file is not taken"),
        ("bilde.svg", SVG, "Et bilde", "This kind of file is not taken"),
        ("side.html", PAGE, "", "This kind of file is not taken"),
        ("bilde.jpg", PICTURE, "Et bilde", "This kind of file is not taken"),
        ("program.txt", b"MZ\x00\x00", "", "This kind of file is not taken"),
        ("bilde.png", PICTURE, "", "Describe the picture for those who cannot see it"),
        ("bilde.png", PICTURE, "   ", "Describe the picture for those who cannot see it"),
    ],
)
def test_it_refuses_what_it_cannot_take_and_keeps_the_words(
    name: str, content: bytes, alt_text: str, words: str, idea: Idea, client_of: SignIn
) -> None:
    response = attach(client_of("ada"), idea, name=name, content=content, alt_text=alt_text)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert f'value="{alt_text.strip()}"' in page or not alt_text.strip()
    assert not IdeaFile.objects.exists()


def test_it_refuses_what_is_too_large(idea: Idea, client_of: SignIn, settings: Any) -> None:
    settings.LARGEST_FILE_BYTES = 1_000_000
    response = attach(client_of("ada"), idea, name="stor.txt", content=b"a" * 1_000_001)
    assert response.status_code == 422
    assert "The file is larger than 1 MB." in response.content.decode()
    assert (
        attach(client_of("ada"), idea, name="ok.txt", content=b"a" * 1_000_000).status_code == 302
    )


def test_an_empty_upload_is_named(idea: Idea, client_of: SignIn) -> None:
    assert attach(client_of("ada"), idea, name="tom.txt", content=b"").status_code == 422
    assert client_of("ada").post(reverse("idea_files", args=[idea.pk])).status_code == 422


def test_a_picture_is_shown_with_its_words(idea: Idea, client_of: SignIn) -> None:
    attach(client_of("ada"), idea, name="skap.png", content=PICTURE, alt_text='Et "skap"')
    page = client_of("bo").get(reverse("idea_page", args=[idea.pk])).content.decode()
    assert 'alt="Et &quot;skap&quot;"' in page
    assert reverse("idea_file", args=[IdeaFile.objects.get().pk]) in page


def test_it_gives_a_file_out_so_that_it_cannot_act(idea: Idea, client_of: SignIn) -> None:
    attach(client_of("ada"), idea, name="../../notat æøå.txt", content=b"<b>Hei</b>")
    attached = IdeaFile.objects.get()
    response = client_of("bo").get(reverse("idea_file", args=[attached.pk]))
    assert b"".join(response.streaming_content) == b"<b>Hei</b>"
    assert response["Content-Disposition"].startswith("attachment")
    assert ".." not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Type"] == "text/plain"


@pytest.mark.parametrize(
    ("name", "status"), [("bo", 200), ("dee", 404), ("olaf", 404), ("eve", 404)]
)
def test_a_file_is_read_by_those_who_may_read_the_idea(
    name: str, status: int, trail: TrailWorld, client_of: SignIn
) -> None:
    address = reverse("idea_file", args=[trail["file"].pk])
    assert client_of(name).get(address).status_code == status


def test_a_file_that_was_taken_off_is_gone(idea: Idea, client_of: SignIn) -> None:
    client = client_of("ada")
    attach(client, idea, name="notat.txt", content=b"Hei")
    attached = IdeaFile.objects.get()
    client.post(reverse("idea_files", args=[idea.pk]), {"remove": str(attached.pk)})
    assert client.get(reverse("idea_file", args=[attached.pk])).status_code == 404
    assert "notat.txt" not in client.get(reverse("idea_page", args=[idea.pk])).content.decode()


def test_a_file_of_another_idea_cannot_be_taken_off(
    idea: Idea, trail: TrailWorld, client_of: SignIn
) -> None:
    address = reverse("idea_files", args=[idea.pk])
    response = client_of("ada").post(address, {"remove": str(trail["file"].pk)})
    assert response.status_code == 404


def test_a_lost_disk_is_said_plainly(
    idea: Idea, client_of: SignIn, settings: Any, tmp_path: Path
) -> None:
    client = client_of("ada")
    attach(client, idea, name="notat.txt", content=b"Hei")
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    response = client.get(reverse("idea_file", args=[IdeaFile.objects.get().pk]))
    assert response.status_code == 503
    assert "cannot be read right now" in response.content.decode()
