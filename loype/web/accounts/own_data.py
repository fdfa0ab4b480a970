"""What is kept about somebody, gathered for themselves."""

from __future__ import annotations

from typing import Any

from loype.accounts.models import Person
from loype.ideas.models import Comment, Idea, ReuseAnswer
from loype.notices.models import KindWish, NoticeRhythm
from loype.organisations.actor import Actor
from loype.search.models import ContactRequest
from loype.search.saved.models import SavedSearch


def own_data(person: Person, *, actor: Actor) -> dict[str, Any]:
    """The account and what the person gave, said and keeps here: as plain values for JSON."""
    return {
        "account": account_of(person),
        "memberships": [
            {
                "organisation": held.organisation.name,
                "role": held.role,
                "unit": held.unit.name if held.unit else "",
                "job_title": held.job_title,
                "from_date": held.from_date,
                "to_date": held.to_date,
            }
            for held in person.memberships.select_related("organisation", "unit").order_by("pk")
        ],
        "ideas": ideas_of(person, actor=actor),
        "comments": comments_of(person, actor=actor),
        "supports": [
            {"idea": one.idea_id, "helps": one.helps, "note": one.note, "at": one.supported_at}
            for one in person.supports.order_by("pk")
        ],
        "saved_searches": [
            {"name": one.name, "asked": one.asked, "narrowed": one.narrowed,
             "saved_at": one.saved_at}
            for one in SavedSearch.objects.visible_to(actor).defer("known").order_by("pk")
        ],
        "reuse_answers": [
            {"idea": one.idea_id, "answer": one.answer, "reason": one.reason,
             "at": one.answered_at}
            for one in ReuseAnswer.objects.visible_to(actor)
            .filter(answered_by=person.pk)
            .order_by("pk")
        ],
        "contact_requests": [
            {"organisation": one.organisation.name, "words": one.words, "at": one.asked_at}
            for one in ContactRequest.objects.visible_to(actor)
            .filter(asker=person.pk)
            .select_related("organisation")
            .order_by("pk")
        ],
        "notice_wishes": wishes_kept(actor),
        "tokens": [
            {"name": one.name, "scopes": one.scopes, "created_at": one.created_at,
             "expires_at": one.expires_at, "last_used_at": one.last_used_at,
             "revoked_at": one.revoked_at}
            for one in person.tokens.order_by("pk")
        ],
    }  # fmt: skip


def account_of(person: Person) -> dict[str, Any]:
    """The account itself, without the password's hash."""
    return {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "colour_scheme": person.colour_scheme,
        "mail_wish": person.mail_wish,
        "joined_at": person.joined_at,
        "last_login": person.last_login,
    }


def wishes_kept(actor: Actor) -> dict[str, Any]:
    """How and when the person wants to hear of news."""
    rhythm = NoticeRhythm.objects.visible_to(actor).first() or NoticeRhythm()
    kinds = KindWish.objects.visible_to(actor)
    return {
        "kinds": dict(kinds.values_list("kind", "how")),
        "time_zone": rhythm.time_zone,
        "digest_time": rhythm.digest_time,
        "digest_weekday": rhythm.digest_weekday,
        "quiet_from": rhythm.quiet_from,
        "quiet_to": rhythm.quiet_to,
        "quiet_days": sorted(rhythm.quiet_days),
    }


def ideas_of(person: Person, *, actor: Actor) -> list[dict[str, Any]]:
    """Every idea the person gave, drafts too."""
    given = Idea.objects.visible_to(actor).filter(giver=person.pk).order_by("pk")
    return [
        {
            "id": idea.pk,
            "case_number": idea.case_number,
            "kind": idea.kind,
            "title": idea.title,
            "text": idea.text,
            "language": idea.language,
            "visibility": idea.visibility,
            "anonymity": idea.anonymity,
            "state": idea.state,
            "created_at": idea.created_at,
            "submitted_at": idea.submitted_at,
        }
        for idea in given
    ]


def comments_of(person: Person, *, actor: Actor) -> list[dict[str, Any]]:
    """What the person wrote under ideas they may still read."""
    written = Comment.objects.visible_to(actor).filter(author=person.pk, removed_at=None)
    return [
        {"idea": one.idea_id, "kind": one.kind, "text": one.text, "written_at": one.written_at}
        for one in written.order_by("pk")
    ]
