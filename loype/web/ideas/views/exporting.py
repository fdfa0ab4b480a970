"""The filtered list as a table for a spreadsheet, streamed row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loype.organisations.actor import Actor
from loype.web.ideas.filters import Chosen, read_choices
from loype.web.ideas.presenters import giver_name
from loype.web.shared.csv_tables import csv_stream

CHUNK = 500


@require_safe
def idea_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same ideas as in the list, as far as the reader may see them."""
    lines = _lines(read_choices(request), headings=_headings())
    return csv_stream(lines, name="ideas.csv")


def _headings() -> list[str]:
    return [
        _("Case number"), _("Kind"), _("State"), _("Title"), _("Text"), _("Language"),
        _("Organisation"), _("Unit"), _("Handed in by"), _("Handed in"), _("Visibility"),
        _("Changes the service"), _("Digital element"), _("Have this too"), _("Would help"),
        _("Comments"), _("Source"), _("Licence of the source"),
    ]  # fmt: skip


def _lines(chosen: Chosen, *, headings: list[str]) -> Iterator[list[Any]]:
    yield headings
    ideas = chosen.ideas().with_authors(localdate()).defer("words").order_by(*chosen.order)
    for idea in ideas.iterator(chunk_size=CHUNK):
        yield _cells(idea, actor=chosen.actor)


def _cells(idea: Any, *, actor: Actor) -> list[Any]:
    changes = {True: _("yes"), False: _("no"), None: ""}
    submitted = idea.submitted_at
    return [
        idea.case_number or "", idea.get_kind_display(), idea.get_state_display(), idea.title,
        idea.text, idea.language, idea.organisation.name, idea.unit.name if idea.unit else "",
        giver_name(idea, actor=actor),
        localtime(submitted).isoformat(timespec="minutes") if submitted else "",
        idea.get_visibility_display(), changes[idea.changes_service],
        idea.get_digital_element_display() if idea.digital_element else "",
        idea.support_count, idea.helps_count, idea.comment_count,
        idea.source, idea.source_licence,
    ]  # fmt: skip
