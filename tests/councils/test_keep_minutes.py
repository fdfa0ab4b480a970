"""Minutes: the same words in HTML, PDF and Word, locked when the leader approves them."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from docx import Document as WordFile
from pypdf import PdfReader

from loype.bodies.models import Meeting
from loype.councils.actions import (
    add_agenda_item,
    approve_minutes,
    conclude_item,
    declare_interest,
    propose,
    record_dissent,
    record_votes,
)
from loype.councils.minutes.as_docx import docx
from loype.councils.minutes.as_html import page
from loype.councils.minutes.as_pdf import pdf
from loype.councils.minutes.document import Document
from loype.councils.minutes.reading import read_minutes
from loype.councils.models import Minutes
from loype.history.models import Event
from loype.kernel.errors import NotAllowed
from loype.trail.handovers import end_meeting
from tests.cast import TODAY, World
from tests.councils.test_decide_case import decide, meeting_of, on_agenda
from tests.councils.test_meeting_votes import call_of, item_of, votes_of


@pytest.fixture
def kept(world: World) -> Minutes:
    """A meeting with everything in it, approved."""
    bo, meeting = world.actor("bo"), meeting_of(world)
    case = on_agenda(world, text="Nøklene henger feil.\n\nHver natt.")
    item = item_of(case)
    proposal = propose(item, text="Prøv i to uker.", actor=bo, at=TODAY)
    said = votes_of(world, meeting, bo="for", cai="against", fia="for")
    record_votes(proposal, choices=said, actor=bo, at=TODAY)
    cai = call_of(meeting, "cai", world)
    record_dissent(item, call=cai, text="Det er for dyrt.", actor=bo, at=TODAY)
    decide(world, case)
    matter = add_agenda_item(meeting, kind="discussion", title="Framdrift", actor=bo, at=TODAY)
    declare_interest(matter, call=cai, reason="Eier huset", actor=bo, at=TODAY)
    conclude_item(matter, conclusion="Tatt opp igjen i mai.", actor=bo, at=TODAY)
    end_meeting(meeting, minutes="God stemning.", actor=bo, at=TODAY + timedelta(hours=5))
    approve_minutes(meeting, actor=bo, at=TODAY + timedelta(days=3))
    return Minutes.objects.get(meeting=meeting)


WORDS = (
    "Fjordvik kommune", "Nøklene henger feil", "Prøv i to uker.", "Verdt å prøve i det små.",
    "FJO-2026-D-0001", "Det er for dyrt.", "Eier huset", "Tatt opp igjen i mai.", "God stemning.",
    "Bo", "Cai", "Fia",
)  # fmt: skip


def read_pdf(minutes: Minutes) -> PdfReader:
    assert minutes.pdf is not None
    return PdfReader(io.BytesIO(minutes.pdf.content.read()))


@pytest.mark.requirement("ROR-13")
def test_they_hold_decisions_reasons_votes_dissent_and_attendance(kept: Minutes) -> None:
    in_pdf = " ".join("\n".join(p.extract_text() for p in read_pdf(kept).pages).split())
    assert kept.docx is not None
    word = WordFile(io.BytesIO(kept.docx.content.read()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    in_word = "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)
    for words in WORDS:
        assert words in kept.html
        assert words in in_pdf
        assert words in in_word


@pytest.mark.requirement("S19-55")
def test_the_secretary_cannot_approve_them(world: World) -> None:
    decide(world, on_agenda(world))
    end_meeting(meeting_of(world), minutes="Slutt.", actor=world.actor("siv"), at=TODAY)
    for name in ("siv", "cai", "fia"):
        with pytest.raises(NotAllowed):
            approve_minutes(meeting_of(world), actor=world.actor(name), at=TODAY)
    assert not Minutes.objects.exists()


@pytest.mark.requirement("S19-55")
def test_the_database_lets_only_the_leader_approve_them(world: World) -> None:
    end_meeting(meeting_of(world), minutes="Slutt.", actor=world.actor("siv"), at=TODAY)
    held = Meeting.objects.filter(pk=meeting_of(world).pk)
    for name in ("siv", "cai", "fia"):
        refused = pytest.raises(IntegrityError, match="only the leader of a body approves")
        with refused, transaction.atomic():
            held.update(state="approved", approved_at=TODAY, approved_by=world.people[name])
    held.update(state="approved", approved_at=TODAY, approved_by=world.people["bo"])


def test_their_marks_stand_in_the_history(kept: Minutes) -> None:
    event = Event.objects.get(verb="keep_minutes")
    assert kept.pdf is not None
    assert kept.docx is not None
    for key, stored in (("pdf", kept.pdf), ("docx", kept.docx)):
        mark = hashlib.sha256(stored.content.read()).hexdigest()
        assert event.change[key] == mark == stored.sha256
    assert event.change["html"] == hashlib.sha256(kept.html.encode()).hexdigest()


def tags_of(node: Any) -> list[str]:
    """The structure of a PDF, from the top, as the names of its tags."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for child in node for tag in tags_of(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (tags_of(node["/K"]) if "/K" in node else [])


def test_the_pdf_is_tagged_and_made_for_the_archive(kept: Minutes) -> None:
    """What a library can check of PDF/A-2a and PDF/UA-1; the setter refuses the rest itself."""
    reader = read_pdf(kept)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "nb"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in root["/OutputIntents"][0]
    xmp = root["/Metadata"].get_data().decode()
    for mark in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert mark in xmp
    assert reader.xmp_metadata is not None
    assert "Innovasjonsrådet i Fjordvik" in str(reader.xmp_metadata.dc_title)
    tags = tags_of(root["/StructTreeRoot"])
    for tag in ("/Document", "/Title", "/H1", "/H2", "/P", "/Table", "/THead", "/TH", "/TD", "/L"):
        assert tag in tags
    assert not reader.is_encrypted
    for number in range(len(reader.pages)):
        fonts: Any = reader.pages[number]["/Resources"]["/Font"]  # type: ignore[index]
        for font in fonts.values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            described = inner["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in described)


def test_nothing_that_was_typed_becomes_markup_and_every_sign_is_set() -> None:
    document = Document("A <b>title</b>", "X", "en", "Page")
    document.heading("#eval(1) *x* <script>alert(1)</script>")
    document.say(
        "$ a_b ^2 @ref \\ \"quoted\" 'it' \u4f60\u597d \U0001f600 \ua9c5 =head", label="<i>"
    )
    html = page(document)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    text = PdfReader(io.BytesIO(pdf(document, at=TODAY))).pages[0].extract_text()
    assert "#eval(1) *x* <script>" in text
    assert "$ a_b ^2 @ref" in text
    word = WordFile(io.BytesIO(docx(document, at=TODAY)))
    assert any("#eval(1)" in paragraph.text for paragraph in word.paragraphs)


def test_a_draft_says_that_it_is_one(world: World) -> None:
    draft = page(read_minutes(meeting_of(world), language="en"))
    assert "not approved yet" in draft
    assert '<html lang="en">' in draft


def test_a_draft_is_read_in_few_statements(world: World, statements: Any) -> None:
    for number in range(3):
        decide(world, on_agenda(world, text=f"Sak {number}"))
    meeting = meeting_of(world)
    with statements() as counted:
        read_minutes(meeting, language="nb")
    assert len(counted) <= 12


@pytest.mark.requirement("S19-55")
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\uf0b7 Nøkler", "• Nøkler"),  # as a word processor's bullet is pasted
        ("Slutt\ufffe her", "Slutt"),
        ("".join(map(chr, range(0x4E00, 0x4E60))), "?"),
        (" ".join(map(chr, range(0x1F600, 0x1F640))), "?"),
        ("\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35", "?"),
    ],
)
def test_whatever_is_pasted_the_minutes_can_be_kept(written: str, shown: str) -> None:
    document = Document("Referat", "Fjordvik kommune", "nb", "Side")
    document.say(f"Før. {written} Blåbær – etter.")
    told = PdfReader(io.BytesIO(pdf(document, at=TODAY))).pages[0].extract_text()
    assert shown in told
    assert "Blåbær – etter." in told
    word = WordFile(io.BytesIO(docx(document, at=TODAY)))
    assert word.paragraphs[-1].text.endswith("Blåbær – etter.")
