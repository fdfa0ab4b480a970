"""Drafting news from what happened: by itself, once a step."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from loype.history.actions import record
from loype.history.models import Event
from loype.news.models import NewsItem
from loype.news.steps import Step, step_of
from loype.news.width import open_widths
from loype.news.words import headline, text
from loype.organisations.actor import HOUSE


@transaction.atomic
def draft_news(event_id: int, *, at: datetime) -> NewsItem | None:
    """Draft news of an event worth telling, in its organisation's language; twice makes one.

    Of what is confidential nothing is drafted: there is nobody to tell.
    """
    event = Event.objects.filter(pk=event_id).first()
    step = step_of(event) if event else None
    if event is None or step is None:
        return None
    written = _written(step, event=event, at=at)
    if not open_widths(written):
        return None
    facts = {
        one.name: getattr(written, one.name)
        for one in NewsItem._meta.concrete_fields
        if one.name not in ("id", "about")
    }
    item, is_new = NewsItem.objects.get_or_create(about=step.about, defaults=facts)
    if is_new:
        record(
            "draft_news", thing=item, actor=HOUSE, at=at, organisation_id=step.organisation.pk,
            change={"kind": step.kind.value, "event": event.pk},
        )  # fmt: skip
    return item


def _written(step: Step, *, event: Event, at: datetime) -> NewsItem:
    language = step.organisation.language
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(spoken):
        return NewsItem(
            about=step.about, event_id=event.pk, kind=step.kind, organisation=step.organisation,
            idea=step.idea, decision=step.decision, activity=step.activity,
            solution=step.solution, adoption=step.adoption, headline=headline(step),
            text=text(step), language=spoken, happened_at=event.at, drafted_at=at,
        )  # fmt: skip
