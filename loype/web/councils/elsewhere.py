"""What the decision form says of other councils: the same need there, and what one may join."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loype.councils.actions.joining import needs_elsewhere
from loype.councils.models import Case, JointInvitation
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.visibility import may_read


@dataclass(frozen=True)
class Elsewhere:
    """What is still to be ticked, with a link beside each, and what may be joined."""

    unseen: list[tuple[str, str]] = field(default_factory=list)
    links: dict[str, SafeString] = field(default_factory=dict)
    joins: list[tuple[str, str]] = field(default_factory=list)


def elsewhere_for(case: Case, *, actor: Actor) -> Elsewhere:
    """The same need before other councils, as the form shows it; one statement."""
    rows = needs_elsewhere(case, day=now().date())
    unseen = [row for row in rows if row.is_shared and row.seen_at is None]
    return Elsewhere(
        unseen=[(str(row.pk), elsewhere_words(row.other)) for row in unseen],
        links={str(row.pk): link for row in unseen if (link := _link(row.other, actor=actor))},
        joins=[(str(row.yes_id), _joined_words(row)) for row in rows if row.yes_id is not None],
    )


def elsewhere_words(other: Case) -> str:
    """Where the same need stands, what it is called there, and how far it has come."""
    idea = other.idea
    return _("%(place)s: “%(title)s” (%(state)s)") % {
        "place": other.organisation.name,
        "title": idea.title,
        "state": idea.get_state_display(),
    }


def _link(other: Case, *, actor: Actor) -> SafeString | None:
    """The way to the other idea, where this reader may read it."""
    idea = other.idea
    if not may_read(actor, organisation_id=other.organisation_id, visibility=idea.visibility):
        return None
    return format_html(
        '<a class="ds-link" href="{}">{}<span class="ds-sr-only">: {}</span></a>',
        reverse("idea_page", args=[idea.pk]),
        _("Read it"),
        idea.title,
    )


def _joined_words(row: Any) -> str:
    """What is run together, and who leads it."""
    return _("“%(title)s”, led by %(lead)s") % {"title": row.other.idea.title, "lead": row.lead}


def joined(chosen: str, *, actor: Actor) -> JointInvitation | None:
    """The invitation that was answered, if one was chosen."""
    if not chosen.isdecimal():
        return None
    asked = JointInvitation.objects.visible_to(actor)
    return asked.select_related("decision__organisation").filter(pk=int(chosen)).first()
