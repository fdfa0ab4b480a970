"""Keeping the minutes as they were approved."""

from __future__ import annotations

import hashlib
from datetime import datetime

from loype.bodies.models import Meeting
from loype.councils.minutes.as_docx import docx
from loype.councils.minutes.as_html import page
from loype.councils.minutes.as_pdf import pdf
from loype.councils.minutes.reading import read_minutes
from loype.councils.models import Minutes
from loype.files.actions import store_file
from loype.history.actions import record
from loype.organisations.actor import Actor


def keep_minutes(meeting: Meeting, *, actor: Actor, at: datetime) -> Minutes:
    """Write the approved minutes down once as HTML, PDF and DOCX; their hashes go into the
    history, so that a later change would show."""
    meeting = Meeting.objects.select_related("body", "organisation", "approved_by").get(
        pk=meeting.pk
    )
    language = meeting.organisation.language
    document = read_minutes(meeting, language=language)
    html = page(document)
    name = f"{meeting.starts_at:%Y-%m-%d}-{meeting.pk}"
    files = {
        ending: store_file(made, name=f"{name}.{ending}", alt_text="", actor=actor, at=at)
        for ending, made in (("pdf", pdf(document, at=at)), ("docx", docx(document, at=at)))
    }
    minutes = Minutes.objects.create(
        meeting=meeting, language=language, html=html, made_at=at,
        html_sha256=hashlib.sha256(html.encode()).hexdigest(), **files,
    )  # fmt: skip
    record(
        "keep_minutes", thing=minutes, actor=actor, at=at,
        organisation_id=meeting.organisation_id, acting_as="council", follow=False,
        change={
            "meeting": meeting.pk,
            "html": minutes.html_sha256,
            **{ending: kept.sha256 for ending, kept in files.items()},
        },
    )  # fmt: skip
    return minutes
