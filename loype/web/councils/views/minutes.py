"""A meeting's minutes: read on the page, and as PDF, Word and HTML files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language

from loype.councils.minutes.as_docx import docx
from loype.councils.minutes.as_html import body, page
from loype.councils.minutes.as_pdf import pdf
from loype.councils.minutes.document import Document
from loype.councils.minutes.reading import read_minutes
from loype.councils.models import Minutes
from loype.kernel.clock import now
from loype.web.councils.views.items import room_meeting
from loype.web.shared.acting import actor_of
from loype.web.shared.render import render

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@login_required
def meeting_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The minutes as they were approved, or as they stand now."""
    meeting = room_meeting(request, meeting_id)
    if meeting.state in ("planned", "cancelled"):
        raise Http404
    kept = (
        Minutes.objects.visible_to(actor_of(request))
        .filter(meeting=meeting)
        .select_related("pdf", "docx")
        .first()
    )
    language = kept.language if kept else (get_language() or meeting.organisation.language)
    document = read_minutes(meeting, language=language)
    context: dict[str, Any] = {
        "meeting": meeting,
        "document": document,
        "body": body(document),
        "kept": kept,
    }
    if kept is not None:
        context["pdf_mark"] = kept.pdf.sha256 if kept.pdf else ""
        context["docx_mark"] = kept.docx.sha256 if kept.docx else ""
    return render(request, "councils/minutes.html", context)


@login_required
def meeting_minutes_file(request: HttpRequest, meeting_id: int, ending: str) -> HttpResponseBase:
    """The approved file as it is kept, or a draft made now."""
    meeting = room_meeting(request, meeting_id)
    if meeting.state in ("planned", "cancelled") or ending not in MEDIA_TYPES:
        raise Http404
    kept = (
        Minutes.objects.visible_to(actor_of(request))
        .filter(meeting=meeting)
        .select_related("pdf", "docx")
        .first()
    )
    response: HttpResponseBase
    if kept is not None and ending != "html":
        stored = kept.pdf if ending == "pdf" else kept.docx
        if stored is None:
            raise Http404
        response = FileResponse(stored.content.open("rb"), content_type=MEDIA_TYPES[ending])
    elif kept is not None:
        response = HttpResponse(kept.html, content_type=MEDIA_TYPES["html"])
    else:
        document = read_minutes(meeting, language=meeting.organisation.language)
        response = HttpResponse(_drafted(document, ending), content_type=MEDIA_TYPES[ending])
    name = f"minutes-{meeting.starts_at:%Y-%m-%d}-{meeting.pk}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _drafted(document: Document, ending: str) -> bytes | str:
    if ending == "html":
        return page(document)
    return pdf(document, at=now()) if ending == "pdf" else docx(document, at=now())
