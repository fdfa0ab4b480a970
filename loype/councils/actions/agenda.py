"""What a meeting will treat, and the locking of what it decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef
from django.utils.translation import gettext as _

from loype.bodies.actions import approve_meeting
from loype.bodies.models import Meeting, Referral
from loype.councils.actions.cases import lock_case, refuse_unless_preparing
from loype.councils.actions.keeping import keep_minutes
from loype.councils.actions.meeting_room import refuse_unless_preparer
from loype.councils.meeting_labels import ItemKind
from loype.councils.models import AgendaItem, Case, Decision
from loype.councils.querysets import AgendaItemQuerySet
from loype.history.actions import record
from loype.kernel.errors import BadInput, WrongMoment
from loype.organisations.actor import Actor


def _open_meeting(meeting: Meeting) -> Meeting:
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("body")
    meeting = locked.get(pk=meeting.pk)
    if meeting.state not in ("planned", "called"):
        raise WrongMoment(_("The agenda of this meeting is closed."))
    return meeting


@transaction.atomic
def put_on_agenda(case: Case, *, meeting: Meeting, actor: Actor, at: datetime) -> AgendaItem:
    """Lay a case on a coming meeting's agenda, last in order; doing it twice changes nothing."""
    refuse_unless_preparing(actor, case.organisation_id)
    meeting = _open_meeting(meeting)
    case = lock_case(case)
    if meeting.organisation_id != case.organisation_id:
        raise BadInput({"meeting": _("The meeting belongs to another council.")})
    if not meeting.body.is_council:
        raise BadInput(
            {"meeting": _("Only the innovation council decides cases; others may discuss them.")}
        )
    if existing := AgendaItem.objects.filter(case=case, meeting=meeting, removed_at=None).first():
        return existing
    if case.state != "waiting" and case.state != "decided":
        raise WrongMoment(_("The case is already on an agenda or closed."))
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, case=case, position=last + 1)
    if case.state == "waiting":
        case.state = "on_agenda"
        case.version += 1
        case.save(update_fields=["state", "version"])
    record(
        "put_on_agenda", thing=case, actor=actor, at=at, organisation_id=case.organisation_id,
        acting_as="council", change={"meeting": meeting.pk, "idea": case.idea_id},
    )  # fmt: skip
    return item


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, actor: Actor, at: datetime) -> None:
    """Take an item off the agenda; a case goes back to the queue with its old waiting time."""
    refuse_unless_preparer(actor, item.meeting)
    _open_meeting(item.meeting)
    case = lock_case(item.case) if item.case is not None else None
    item = AgendaItem.objects.get(pk=item.pk)
    if item.removed_at is not None:
        return
    decided = case is not None and Decision.objects.filter(meeting=item.meeting_id, case=case)
    if item.concluded_at is not None or (decided and decided.exists()):
        raise WrongMoment(_("It was decided in this meeting, so it stays on the agenda."))
    item.removed_at = at
    item.save(update_fields=["removed_at"])
    if case is None:
        record(
            "remove_agenda_item", thing=item, actor=actor, at=at,
            organisation_id=item.meeting.organisation_id, acting_as="council",
            change={"meeting": item.meeting_id, "title": item.title}, follow=False,
        )  # fmt: skip
        return
    _back_to_queue(case)
    record(
        "take_off_agenda", thing=case, actor=actor, at=at, organisation_id=case.organisation_id,
        acting_as="council", change={"meeting": item.meeting_id},
    )  # fmt: skip


def _back_to_queue(case: Case) -> None:
    """Let a case wait again, if no other agenda that is open holds it."""
    if case.state == "on_agenda" and not _lying([case.pk]).exists():
        case.state = "waiting"
        case.version += 1
        case.save(update_fields=["state", "version"])


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, upwards: bool, actor: Actor, at: datetime) -> None:
    """Let an item change places with its neighbour."""
    refuse_unless_preparer(actor, item.meeting)
    meeting = _open_meeting(item.meeting)
    items = list(AgendaItem.objects.filter(meeting=meeting, removed_at=None))
    places = [other.pk for other in items]
    if item.pk not in places:
        raise WrongMoment(_("The case is no longer on this agenda."))
    here = places.index(item.pk)
    there = here - 1 if upwards else here + 1
    if not 0 <= there < len(items):
        return
    items[here], items[there] = items[there], items[here]
    for position, other in enumerate(items, start=1):
        other.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
    record(
        "move_agenda_item", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id, change={"order": [o.pk for o in items]},
        follow=False,
    )  # fmt: skip


def _undecided_items() -> AgendaItemQuerySet:
    """What lies on agendas and was not decided there."""
    here = Decision.objects.filter(meeting=OuterRef("meeting"), case=OuterRef("case"))
    return AgendaItem.objects.filter(removed_at=None).exclude(Exists(here))


def _lying(cases: Iterable[int]) -> AgendaItemQuerySet:
    """By which items cases lie on agendas that are open, yet to be decided there."""
    return _undecided_items().filter(case__in=cases, meeting__state__in=("planned", "called"))


@transaction.atomic
def release_agenda(meeting: Meeting, *, at: datetime) -> None:
    """Give undecided cases of a meeting that is over or called off back to the queue.

    What was decided here stays in the minutes, also where the case lies on a later agenda.
    """
    items = _undecided_items().filter(meeting=meeting)
    found = Case.objects.filter(state="on_agenda", pk__in=items.values("case"))
    cases = list(found.select_for_update().order_by("pk").values_list("pk", flat=True))
    items.filter(case__in=cases).update(removed_at=at)
    waiting = Case.objects.filter(pk__in=cases).exclude(pk__in=_lying(cases).values("case"))
    waiting.update(state="waiting", version=F("version") + 1)


def has_decided(meeting: Meeting) -> bool:
    """Whether a meeting has decided, concluded or settled anything."""
    decided = (
        Exists(Decision.objects.filter(meeting=OuterRef("pk"))),
        Exists(Referral.objects.filter(meeting=OuterRef("pk"))),
        Exists(
            AgendaItem.objects.filter(
                meeting=OuterRef("pk"), kind=ItemKind.DECISION, concluded_at__isnull=False
            )
        ),
    )
    found = Meeting.objects.filter(decided[0] | decided[1] | decided[2], pk=meeting.pk)
    return found.exists()


def refuse_if_decided(meeting: Meeting) -> None:
    """Stop anybody from calling off a meeting that has already decided something."""
    if has_decided(meeting):
        raise WrongMoment(
            _("The meeting has already decided something. Close it with its minutes instead.")
        )


@transaction.atomic
def approve_minutes(meeting: Meeting, *, actor: Actor, at: datetime) -> Meeting:
    """Approve a meeting's minutes: they are kept as they are, and its decisions are locked."""
    meeting = approve_meeting(meeting, actor=actor, at=at)
    Decision.objects.filter(meeting=meeting, locked_at=None).update(locked_at=at)
    keep_minutes(meeting, actor=actor, at=at)
    return meeting
