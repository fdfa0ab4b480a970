"""The dossier of a case: complete, only what the one who asks may see, and safe to unpack."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from loype.councils.models import Case, DossierOrder
from loype.files.models import StoredFile
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.kernel.errors import NotAllowed, NotFound, WrongMoment
from loype.organisations.actor import HOUSE, NOBODY, Actor
from loype.trail.dossier import orders, sources
from loype.trail.dossier.gathering import gather_dossier
from loype.trail.dossier.naming import is_inside, safe_name
from loype.trail.dossier.orders import (
    fetch_dossier,
    make_dossier,
    take_dossier,
    tidy_dossiers,
)
from loype.trail.dossier.zipping import write_dossier
from tests.cast import TODAY
from tests.councils.openness.test_public_log import SECRET, locked, withheld
from tests.trail_world import TrailWorld, go_on, idea_of


def taken(idea: Idea, *, actor: Actor) -> zipfile.ZipFile:
    """The dossier of an idea as somebody unpacks it."""
    dossier = gather_dossier(idea.pk, actor=actor, at=TODAY)
    return zipfile.ZipFile(io.BytesIO(b"".join(write_dossier(dossier, actor=actor))))


def everything(archive: zipfile.ZipFile) -> str:
    """All texts of it."""
    return "\n".join(
        archive.read(name).decode()
        for name in archive.namelist()
        if name.endswith((".html", ".json", "SUMS"))
    )


@pytest.mark.requirement("NET-08")
def test_it_holds_every_step_with_sums_that_agree(trail: TrailWorld) -> None:
    archive = taken(trail["activity"].idea, actor=trail.world.actor("bo"))
    assert archive.testzip() is None
    names = archive.namelist()
    assert names[0] == "index.html"
    assert {"index.json", "SHA256SUMS"} <= set(names)
    index = json.loads(archive.read("index.json"))
    for one in index["files"]:
        content = archive.read(one["path"])
        assert (one["size"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    summed = dict(
        reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().split("\n")[:-1]
    )
    assert set(names) - set(summed) == {"SHA256SUMS"}
    chapters = [
        name.split("-", 1)[1].removesuffix(".html")
        for name in names
        if name[0] == "0" and name.endswith("html")
    ]
    assert chapters == ["idea", "case", "council", "decision", "activity", "history"]
    kinds = {row["row"] for name in names if name.startswith("data/0") and "history" not in name
             for row in json.loads(archive.read(name))}  # fmt: skip
    assert {"idea", "case", "agendaitem", "decision", "activity", "milestone", "statusreport",
            "participant"} <= kinds  # fmt: skip
    acts = json.loads(archive.read(next(n for n in names if n.endswith("history.json"))))
    assert {"submit_idea", "decide_case", "open_activity", "report_status"} <= {
        one["verb"] for one in acts
    }
    assert all(len(one["hash"]) == 64 for one in acts)
    assert Event.objects.get(hash=acts[0]["hash"]).number == acts[0]["number"]


@pytest.mark.requirement("NET-08")
def test_it_holds_the_files_as_they_were_handed_in(trail: TrailWorld) -> None:
    stored = StoredFile.objects.get(pk=trail["file"].file_id)
    archive = taken(trail["idea"], actor=trail.world.actor("ada"))
    assert "files/0001-skap.png" in archive.namelist()
    content = archive.read("files/0001-skap.png")
    assert hashlib.sha256(content).hexdigest() == stored.sha256
    Path(stored.content.path).write_bytes(b"something else")
    index = json.loads(taken(trail["idea"], actor=trail.world.actor("ada")).read("index.json"))
    assert index["stored_files"][0]["is_unchanged"] is False
    Path(stored.content.path).unlink()
    index = json.loads(taken(trail["idea"], actor=trail.world.actor("ada")).read("index.json"))
    assert (index["stored_files"][0]["is_there"], index["stored_files"][0]["path"]) == (False, "")


@pytest.mark.requirement("NET-08")
@pytest.mark.parametrize("reader", ["ada", "cai", "bo", "dee", "fia"])
def test_it_holds_only_what_the_one_who_asks_may_see(trail: TrailWorld, reader: str) -> None:
    actor = trail.world.actor(reader)
    idea = trail["planned_activity"].idea  # shared in the federation
    text = everything(taken(idea, actor=actor))
    in_room = trail.world.fjordvik.pk in actor.council_room_ids
    inside = in_room or actor.belongs_to(trail.world.fjordvik.pk)
    assert ('"row": "case"' in text) == (in_room or reader == "cai")
    assert ("Cai" in text) == (inside or reader == "cai")
    assert "Verdt å prøve i det små." in text
    for name in ("olaf", "eve"):
        with pytest.raises(NotFound):
            gather_dossier(idea.pk, actor=trail.world.actor(name), at=TODAY)


def test_an_unknown_giver_stays_unknown(trail: TrailWorld) -> None:
    idea = idea_of(trail.world, text="Noe må sies.", anonymity="hidden")
    for name in ("bo", "siv", "cai"):
        archive = taken(idea, actor=trail.world.actor(name))
        assert "Ada" not in everything(archive)
    assert "Ada" in everything(taken(idea, actor=trail.world.actor("ada")))


@pytest.mark.requirement("NET-08")
def test_what_is_withheld_shows_number_and_legal_basis_only(trail: TrailWorld) -> None:
    world = trail.world
    idea = idea_of(world, text="Støy ved legevakten.", visibility="public")
    decision = locked(go_on(world, idea, reasons=SECRET).decision)
    assert SECRET in everything(taken(idea, actor=NOBODY))
    withheld(world, decision)
    text = everything(taken(idea, actor=NOBODY))
    assert SECRET not in text
    assert decision.number in text
    assert "Offentleglova § 13" in text
    assert SECRET in everything(taken(idea, actor=world.actor("bo")))


@pytest.mark.requirement("NET-08")
def test_an_extract_for_others_holds_what_everybody_may_see(trail: TrailWorld) -> None:
    world = trail.world
    case = Case.objects.get(idea=trail["planned_activity"].idea)
    with pytest.raises(NotAllowed):
        take_dossier(case, actor=world.actor("ada"), at=TODAY, for_public=True)
    locked(trail["planned_activity"].decision)
    pieces: Any = take_dossier(case, actor=world.actor("siv"), at=TODAY, for_public=True)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert "nattpatrulje" not in everything(archive)
    assert trail["planned_activity"].decision.number in everything(archive)
    event = Event.objects.filter(verb="take_dossier").latest("pk")
    assert event.change == {"for_public": True, "by_job": False}
    with pytest.raises(NotAllowed):
        take_dossier(case, actor=NOBODY, at=TODAY)


def test_a_large_one_is_made_by_a_job_and_handed_to_its_asker_alone(
    trail: TrailWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "LARGE_ROWS", 1)
    world, case = trail.world, trail["case"]
    bo = world.actor("bo")
    order = take_dossier(case, actor=bo, at=TODAY)
    assert isinstance(order, DossierOrder)
    assert take_dossier(case, actor=bo, at=TODAY) == order
    with pytest.raises(WrongMoment):
        fetch_dossier(order, actor=bo)
    make_dossier(order.pk, at=TODAY)
    made = DossierOrder.objects.get(pk=order.pk)
    make_dossier(order.pk, at=TODAY + timedelta(days=1))
    assert DossierOrder.objects.get(pk=order.pk).made_at == made.made_at == TODAY
    with fetch_dossier(made, actor=bo).content.open("rb") as file:
        content = file.read()
    assert (made.size, made.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    with pytest.raises(NotFound):
        fetch_dossier(made, actor=world.actor("siv"))
    fewer = Actor(person_id=bo.person_id, name=bo.name, roles_held=bo.roles_held)
    with pytest.raises(WrongMoment, match="changed"):
        fetch_dossier(made, actor=fewer)
    path = Path(made.content.path)
    assert tidy_dossiers(at=TODAY + timedelta(days=6)) == 0
    assert tidy_dossiers(at=TODAY + timedelta(days=8)) == 1
    assert not path.exists()
    with pytest.raises(WrongMoment):
        fetch_dossier(DossierOrder.objects.get(pk=order.pk), actor=bo)


NAMES = {
    "../../etc/passwd": "0001-passwd",
    "..\\..\\windows\\system.ini": "0001-system.ini",
    "CON.txt": "0001-_CON.txt",
    "nul": "0001-_nul",
    "lpt1.tar.gz": "0001-_lpt1.tar.gz",
    "a<b>:c|d?.pdf": "0001-a_b__c_d_.pdf",
    "  . .. ": "0001-file",
    "rapport\u202egpj.exe": "0001-rapportgpj.exe",
    "æøå.png": "0001-æøå.png",
    "A" * 300 + ".docx": f"0001-{'A' * 90}.docx",
    "": "0001-file",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_stay_in_the_folder_and_are_taken_everywhere(name: str) -> None:
    made = safe_name(name, number=1)
    assert made == NAMES[name]
    assert is_inside(f"files/{made}")
    assert "/" not in made


def test_no_path_leaves_the_folder() -> None:
    for path in ("/etc/passwd", "../x", "a/../../x", "a\\..\\x", ""):
        assert not is_inside(path)


class Outline(HTMLParser):
    """What a screen reader goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.tags: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note headings, landmarks and the language."""
        self.tags.append(tag)
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        if tag in ("h1", "h2", "h3"):
            self.levels.append(int(tag[1]))


def test_its_pages_are_in_order_for_a_screen_reader(trail: TrailWorld) -> None:
    archive = taken(trail["activity"].idea, actor=trail.world.actor("bo"))
    for name in archive.namelist():
        if not name.endswith(".html"):
            continue
        outline = Outline()
        outline.feed(archive.read(name).decode())
        assert outline.language
        assert outline.levels.count(1) == 1, name
        assert outline.levels[0] == 1
        steps = zip(outline.levels, outline.levels[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), name
        assert {"main", "title"} <= set(outline.tags)


def test_words_that_people_wrote_are_never_markup(trail: TrailWorld) -> None:
    idea = idea_of(trail.world, text="<script>alert(1)</script> & mer")
    text = everything(taken(idea, actor=trail.world.actor("ada")))
    pages = text.split("<!doctype html>")[1:]
    assert pages
    assert all("<script>alert" not in page.split("</html>")[0] for page in pages)


def pointing_at_a_dossier() -> dict[str, type[Model]]:
    """Every foreign key of the house that points at something in a dossier."""
    within = {Idea, *(one.model for one in sources.SOURCES)}
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("loype."):
            continue
        for field in model._meta.concrete_fields:
            if field.related_model in within:
                found[f"{model._meta.label}.{field.name}"] = model
    return found


def test_no_table_is_forgotten() -> None:
    told = {one.model for one in sources.SOURCES}
    missing = [
        name
        for name, model in pointing_at_a_dossier().items()
        if model not in told and not {name, model._meta.label} & set(sources.LEFT_OUT)
    ]
    assert not missing, f"say in sources.py whether these belong to a dossier: {missing}"
    for name in sources.LEFT_OUT:
        assert apps.get_model(*name.split(".")[:2])


def test_the_operator_gets_everything(trail: TrailWorld) -> None:
    text = everything(taken(trail["idea"], actor=HOUSE))
    assert '"row": "comment"' in text
    assert "Vi har det samme i natt." in text
