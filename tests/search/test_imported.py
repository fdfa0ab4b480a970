"""Other people's real texts, imported and searched; left out where they are not beside us."""

from __future__ import annotations

import csv
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from django.test import Client

from loype.cli import loype
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.organisations.actor import HOUSE
from loype.search.finding import Filters, find, find_alike
from loype.search.indexing import index_waiting, lag
from loype.search.models import SearchText
from tests.cast import World
from tests.cli.conftest import PROJECT, shared_data

FILES = {
    ("ideas", "decide-madrid.toml"): ("decide-madrid-2024", "proposals.csv"),
    ("ideas", "uk-petitions-2017-2019.toml"): ("uk-petitions", "closed_2017-2019.csv"),
    ("solutions", "public-sector-tech-watch.toml"): (
        "pstw-public-sector-tech-watch",
        "pstw_2025-06.csv",
    ),
}
TAG = "<a onclick=alert(1)>"
SCANNED = "Testing with YouTube URL that includes SSRF target"
REPEATED = "Legalise cannabis for medical and recreational use."


class Attributes(HTMLParser):
    """Every attribute of every element of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attrs]


@pytest.fixture
def imported(world: World, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> World:
    """8,500 proposals, petitions and cases, taken in and read as an operator would."""
    settings.LOYPE_EMBEDDING_PROVIDER = "none"
    monkeypatch.chdir(tmp_path)
    for (what, mapping), words in FILES.items():
        command = ["import", what, str(shared_data(*words)), "--map"]
        command.append(str(PROJECT / "examples" / mapping))
        command += ["--organisation", "FJO"] if what == "ideas" else []
        told = CliRunner().invoke(loype, command, catch_exceptions=False)
        assert told.exit_code in (0, 1), told.output
    index_waiting(at=now(), most=20_000)
    return world


@pytest.mark.requirement("S19-18")
@pytest.mark.requirement("EP-36")
def test_imported_texts_are_found_and_stay_words(
    imported: World, client_of: Callable[[str], Client]
) -> None:
    assert lag().waiting == 0
    assert SearchText.objects.filter(kind="idea").count() == Idea.objects.count() > 6_700
    assert SearchText.objects.filter(kind="solution").count() == 1_826
    _finds_each_kind()
    _offers_what_was_said_before()
    _shows_markup_as_words(client_of("ada"))


@pytest.mark.model
def test_repeated_petitions_are_called_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With meaning, over a sample: a title that stands twice is the same need."""
    monkeypatch.chdir(tmp_path)
    with shared_data("uk-petitions", "closed_2017-2019.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    sample = [row for row in rows if row["Petition"].strip() == REPEATED] + rows[:4000:50]
    with Path("sample.csv").open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(sample)
    mapping = PROJECT / "examples" / "uk-petitions-2017-2019.toml"
    command = ["import", "ideas", "sample.csv", "--map", str(mapping), "--organisation", "FJO"]
    assert CliRunner().invoke(loype, command, catch_exceptions=False).exit_code == 0
    index_waiting(at=now())
    assert lag().waiting == 0
    one, other = Idea.objects.filter(title__iexact=REPEATED).order_by("pk")
    offered = find_alike(REPEATED, actor=HOUSE, exclude=("idea", one.pk))
    assert (offered[0].thing_id, offered[0].band) == (other.pk, "same")
    assert offered[0].probability > max(hit.probability for hit in offered[1:])


def _finds_each_kind() -> None:
    chatbots = find("chatbot tax administration", actor=HOUSE, filters=_only("solution"))
    assert any("chatbot" in hit.title.casefold() for hit in chatbots.hits[:5])
    signs = find("sign language in schools", actor=HOUSE)
    assert "Sign Language" in signs.hits[0].title
    bicycles = find("carril bici", actor=HOUSE, filters=_only("idea"))
    assert "bici" in f"{bicycles.hits[0].title} {bicycles.hits[0].body}".casefold()


def _offers_what_was_said_before() -> None:
    """Somebody who types a title that stands twice is offered both."""
    twice = Idea.objects.filter(title__iexact=REPEATED)
    assert twice.count() == 2
    offered = find_alike(REPEATED, actor=HOUSE, limit=8)
    assert {one.pk for one in twice} <= {hit.thing_id for hit in offered[:3] if hit.kind == "idea"}
    assert {hit.band for hit in offered[:2]} <= {"same", "similar"}
    other = find_alike(f"{REPEATED}\n{twice[0].text}", actor=HOUSE, exclude=("idea", twice[0].pk))
    assert other[0].thing_id == twice[1].pk


def _shows_markup_as_words(client: Client) -> None:
    tagged = Idea.objects.get(text=TAG)
    for asked in (TAG, f'"{tagged.title}"', SCANNED, "SSRF", "javascript alert onclick"):
        page = client.get(f"/search/?q={quote(asked)}").content.decode()
        assert "<a onclick" not in page.casefold()
        for element, name, value in Attributes(page).found:
            assert not name.startswith("on"), (element, name, value)
            assert not value.strip().casefold().startswith("javascript:"), (element, name)
            if name in ("src", "srcset", "href", "action", "poster", "data", "style"):
                assert not value.startswith(("http:", "https:", "//")), (element, name, value)
    shown = client.get(f"/search/?q={quote(tagged.title)}").content.decode()
    assert "&lt;a onclick=alert(1)&gt;" in shown


def _only(kind: str) -> Filters:
    return Filters(kinds=frozenset({kind}))
