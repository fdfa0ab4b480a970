"""What was referred to a body: its queue, its way onto an agenda, and the answer there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loype.bodies.actions import lock_meeting, refuse_unless_preparing
from loype.bodies.models import Meeting, Referral
from loype.councils.actions.agenda_items import conclude_item, refuse_closed_agenda
from loype.councils.meeting_labels import ItemKind
from loype.councils.models import AgendaItem
from loype.history.actions import record, told_together
from loype.kernel.errors import BadInput, WrongMoment
from loype.organisations.actor import Actor


@transaction.atomic
def put_referral_on_agenda(
    referral: Referral, *, actor: Actor, at: datetime, meeting: Meeting | None = None
) -> AgendaItem:
    """Lay what was referred to a body on an agenda, the next one where none is named; done twice
    it changes nothing."""
    referral = (
        Referral.objects.select_for_update(of=("self",)).select_related("body").get(pk=referral.pk)
    )
    refuse_unless_preparing(actor, referral.body)
    if (lying := _lying(referral)) is not None:
        return lying
    meeting = lock_meeting(meeting or _next_meeting(referral, at=at))
    refuse_closed_agenda(meeting)
    if referral.state != "with_the_body":
        raise WrongMoment(_("This is decided already."))
    if meeting.body_id != referral.body_id:
        raise BadInput({"meeting": _("The meeting belongs to another body.")})
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, kind=ItemKind.DECISION, title=referral.title, notes=referral.reasons,
        referral=referral, matter=referral.matter, position=last + 1,
    )  # fmt: skip
    record(
        "put_referral_on_agenda", thing=item, actor=actor, at=at,
        organisation_id=meeting.organisation_id, acting_as="council",
        change={"meeting": meeting.pk, "referral": referral.pk}, follow=False,
    )  # fmt: skip
    return item


def _lying(referral: Referral) -> AgendaItem | None:
    """The item by which it lies on an agenda that is still open."""
    items = AgendaItem.objects.filter(referral=referral, removed_at=None)
    return items.filter(meeting__state__in=("planned", "called")).first()


def _next_meeting(referral: Referral, *, at: datetime) -> Meeting:
    """The first that lies ahead; else the last that is still open."""
    still_open = list(Meeting.objects.filter(body=referral.body_id).open_for_cases())
    ahead = [one for one in still_open if one.decides_on >= at.date()] or still_open[-1:]
    if not ahead:
        raise WrongMoment(_("No meeting lies ahead. Plan one first."))
    return ahead[0]


@transaction.atomic
def answer_referral(
    referral: Referral,
    *,
    meeting: Meeting,
    is_agreed: bool,
    answer: str,
    actor: Actor,
    at: datetime,
) -> Referral:
    """Write the body's answer down as the conclusion of its item, so that it takes a quorum and
    stands in the minutes; what lies on no agenda yet is laid on that of the meeting."""
    with told_together():
        item = put_referral_on_agenda(referral, meeting=meeting, actor=actor, at=at)
        if item.meeting_id != meeting.pk:
            raise WrongMoment(_("It lies on the agenda of another meeting."))
        item = conclude_item(item, conclusion=answer, is_agreed=is_agreed, actor=actor, at=at)
    assert item.referral is not None
    return item.referral
