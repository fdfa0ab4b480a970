"""What an editor does with news: edit, publish, leave out, correct, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.news.models import NewsCorrection, NewsItem
from loype.news.rules import can_edit_news
from loype.news.states import NEWS
from loype.news.width import open_widths
from loype.organisations.actor import Actor

LONGEST_TEXT = 5_000


@dataclass(frozen=True, kw_only=True)
class NewsWords:
    """The words of a news item."""

    headline: str
    text: str

    def kept(self) -> dict[str, str]:
        """The words as they are kept; BadInput names what is missing."""
        headline, text = clean_line(self.headline), clean_text(self.text)
        problems: dict[str, Any] = {}
        if not 0 < len(headline) <= 200:
            problems["headline"] = _("Write a headline of at most %(most)s signs.") % {"most": 200}
        if not 0 < len(text) <= LONGEST_TEXT:
            problems["text"] = _("Write from 1 to %(most)s signs.") % {"most": LONGEST_TEXT}
        if problems:
            raise BadInput(problems)
        return {"headline": headline, "text": text}


def _lock(item: NewsItem, actor: Actor, *, after: str = "", version: int | None = None) -> NewsItem:
    """The item as it is now, if the person edits this organisation's news and it is time."""
    if not can_edit_news(actor, item.organisation_id):
        raise NotAllowed(
            _(
                "Only the council's leader or secretary, or an administrator, edits the "
                "organisation's news."
            )
        )
    rows = NewsItem.objects.select_for_update(of=("self",))
    item = rows.select_related("idea", "activity", "solution").get(pk=item.pk)
    if after and not NEWS.may_move(before=item.state, after=after):
        raise WrongMoment(
            _("It is “%(state)s” now, so this can no longer be done.")
            % {"state": item.get_state_display()}
        )
    if version is not None and version != item.version:
        raise Stale(_("Somebody changed this news item after you opened it. Look again."))
    return item


def _account(
    verb: str, item: NewsItem, *, actor: Actor, at: datetime, reason: str = "", **change: Any
) -> None:
    record(
        verb, thing=item, actor=actor, at=at, organisation_id=item.organisation_id,
        acting_as="editor", change=change, reason=reason, follow=False,
    )  # fmt: skip


@transaction.atomic
def edit_news(
    item: NewsItem, *, words: NewsWords, actor: Actor, at: datetime, version: int | None = None
) -> NewsItem:
    """Write a draft in better words."""
    item = _lock(item, actor, after="published", version=version)
    kept = words.kept()
    changed = sorted(name for name, value in kept.items() if getattr(item, name) != value)
    if changed:
        item.headline, item.text = kept["headline"], kept["text"]
        item.version += 1
        item.save(update_fields=["headline", "text", "version"])
        _account("edit_news", item, actor=actor, at=at, fields=changed)
    return item


@transaction.atomic
def publish_news(
    item: NewsItem,
    *,
    visibility: str,
    actor: Actor,
    at: datetime,
    words: NewsWords | None = None,
    version: int | None = None,
) -> NewsItem:
    """Approve a draft and tell it, never wider than what it is about; it is locked from now on."""
    item = _lock(item, actor, after="published", version=version)
    kept = words.kept() if words else {}
    widths = open_widths(item)
    if not widths:
        raise WrongMoment(
            _("This is confidential now, so nothing can be told of it. Leave the news out.")
        )
    if visibility not in widths:
        raise BadInput(
            {"visibility": _("News is never told to more people than what it is about.")}
        )
    for name, value in kept.items():
        setattr(item, name, value)
    before, item.state, item.visibility = item.state, "published", visibility
    item.published_at, item.published_by_id = at, actor.signed_in_id
    item.version += 1
    item.save(
        update_fields=[
            "headline", "text", "state", "visibility", "published_at", "published_by", "version",
        ]
    )  # fmt: skip
    record(
        "publish_news", thing=item, actor=actor, at=at, organisation_id=item.organisation_id,
        acting_as="editor", change={"state": [before, "published"], "visibility": visibility},
    )  # fmt: skip
    return item


@transaction.atomic
def leave_news_out(
    item: NewsItem, *, actor: Actor, at: datetime, version: int | None = None
) -> NewsItem:
    """Decide that a draft is not told."""
    item = _lock(item, actor, after="left_out", version=version)
    item.state, item.ended_at = "left_out", at
    item.version += 1
    item.save(update_fields=["state", "ended_at", "version"])
    _account("leave_news_out", item, actor=actor, at=at, state=["draft", "left_out"])
    return item


@transaction.atomic
def correct_news(
    item: NewsItem,
    *,
    words: NewsWords,
    note: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> NewsCorrection:
    """Put published news right; what was wrong is said under it, and the first words are kept."""
    item = _lock(item, actor, after="withdrawn", version=version)
    note = clean_text(note)
    if not 0 < len(note) <= LONGEST_TEXT:
        raise BadInput({"note": _("Say what was wrong, so that readers see what changed.")})
    correction = NewsCorrection.objects.create(
        item=item, note=note, corrected_at=at, corrected_by_id=actor.signed_in_id, **words.kept()
    )
    item.version += 1
    item.save(update_fields=["version"])
    _account("correct_news", item, actor=actor, at=at, reason=note, correction=correction.pk)
    return correction


@transaction.atomic
def withdraw_news(
    item: NewsItem, *, reason: str, actor: Actor, at: datetime, version: int | None = None
) -> NewsItem:
    """Take published news back; it leaves pages, feeds and what is still to be mailed."""
    item = _lock(item, actor, after="withdrawn", version=version)
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Say why it is taken back.")})
    item.state, item.ended_at, item.end_reason = "withdrawn", at, reason
    item.version += 1
    item.save(update_fields=["state", "ended_at", "end_reason", "version"])
    _account(
        "withdraw_news", item, actor=actor, at=at, reason=reason, state=["published", "withdrawn"]
    )
    return item
