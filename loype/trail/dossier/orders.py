"""Taking a dossier out: at once when it is small, by a job when it is large."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.councils.models import Case, DossierOrder
from loype.history.actions import record
from loype.history.following import follow_later
from loype.kernel.errors import NotAllowed, NotFound, WrongMoment
from loype.organisations.actor import NOBODY, Actor
from loype.trail.dossier.gathering import Dossier, gather_dossier
from loype.trail.dossier.zipping import write_dossier

MAKE = "dossier.make"
LARGE_BYTES = 20_000_000
LARGE_ROWS = 3_000
KEPT_DAYS = 7


def is_large(dossier: Dossier) -> bool:
    """Whether it is made by a job, so that nobody waits in front of a page."""
    rows = sum(len(chapter.entries) for chapter in dossier.chapters)
    return dossier.size > LARGE_BYTES or rows > LARGE_ROWS


def reads_for(actor: Actor, case: Case, *, for_public: bool) -> Actor:
    """As whom the dossier is read: oneself, or everybody for an extract to hand out."""
    if not for_public:
        return actor
    if not (actor.is_house or case.organisation_id in actor.council_room_ids):
        raise NotAllowed(_("Extracts for others are made by the council's secretary and leader."))
    return NOBODY


def rights_of(actor: Actor) -> str:
    """A short sum of everything an actor's rights come from."""
    held = [
        sorted((one.organisation_id, one.role) for one in actor.roles_held),
        sorted((one.body_id, one.seat_kind, one.is_leader) for one in actor.seats_held),
        sorted(actor.neighbour_ids),
    ]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()


def open_dossier(case: Case, *, actor: Actor, at: datetime, for_public: bool = False) -> Dossier:
    """What the dossier of a case holds for whoever asks."""
    reader = reads_for(actor, case, for_public=for_public)
    whom = _("everybody") if for_public else actor.name
    try:
        return gather_dossier(case.idea_id, actor=reader, at=at, for_whom=whom)
    except NotFound as problem:
        if not for_public:
            raise
        raise WrongMoment(
            _("Nothing of this case is open to everybody yet, not even a decision.")
        ) from problem


@transaction.atomic
def take_dossier(
    case: Case, *, actor: Actor, at: datetime, for_public: bool = False
) -> Iterator[bytes] | DossierOrder:
    """Take the dossier of a case out: its pieces at once, or an order when it is large.

    The account says who took it out and for whom.
    """
    if not actor.is_house and not actor.is_signed_in:
        raise NotAllowed(_("Sign in first."))
    dossier = open_dossier(case, actor=actor, at=at, for_public=for_public)
    large = is_large(dossier)
    note_taking(case, actor=actor, at=at, for_public=for_public, by_job=large)
    if large:
        return _order(case, actor=actor, at=at, for_public=for_public)
    return write_dossier(dossier, actor=NOBODY if for_public else actor)


def note_taking(case: Case, *, actor: Actor, at: datetime, for_public: bool, by_job: bool) -> None:
    """Keep in the account that a dossier was taken out, and for whom."""
    record(
        "take_dossier", thing=case, actor=actor, at=at, organisation_id=case.organisation_id,
        follow=False, change={"for_public": for_public, "by_job": by_job},
    )  # fmt: skip


def _order(case: Case, *, actor: Actor, at: datetime, for_public: bool) -> DossierOrder:
    order, new = DossierOrder.objects.get_or_create(
        case=case, asked_by_id=actor.signed_in_id, for_public=for_public, state="waiting",
        defaults={"asked_at": at, "rights": rights_of(actor)},
    )  # fmt: skip
    if new:
        follow_later(MAKE, order_id=order.pk)
    return order


def make_dossier(order_id: int, *, at: datetime) -> None:
    """Make an ordered dossier; made twice it is made once."""
    order = (
        DossierOrder.objects.select_related("case", "asked_by")
        .filter(pk=order_id, state="waiting")
        .first()
    )
    if order is None:
        return
    actor = _asker(order.asked_by, at=at)
    try:
        dossier = open_dossier(order.case, actor=actor, at=at, for_public=order.for_public)
    except (NotFound, NotAllowed, WrongMoment):
        DossierOrder.objects.filter(pk=order.pk).update(state="failed")
        return
    counted, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as file:
        for piece in write_dossier(dossier, actor=NOBODY if order.for_public else actor):
            counted.update(piece)
            size += len(piece)
            file.write(piece)
        file.seek(0)
        order.content.save("dossier.zip", File(file), save=False)
    order.state, order.made_at, order.rights = "ready", at, rights_of(actor)
    order.size, order.sha256 = size, counted.hexdigest()
    order.save()


def _asker(person: Person, *, at: datetime) -> Actor:
    return load_actor(person.pk, name=person.name, day=at.date())


def fetch_dossier(order: DossierOrder, *, actor: Actor) -> DossierOrder:
    """An order that may be handed over now: to the same person, with the same rights as then."""
    if order.asked_by_id != actor.person_id:
        raise NotFound("not yours")
    if order.state == "waiting":
        raise WrongMoment(_("It is still being made. Look again in a moment."))
    if order.state != "ready":
        raise WrongMoment(_("It is no longer here. Ask for it anew."))
    if order.rights != rights_of(actor):
        raise WrongMoment(_("What you may see has changed since it was made. Ask for it anew."))
    return order


def tidy_dossiers(*, at: datetime) -> int:
    """Clear away dossiers that have lain for a week; gives how many."""
    old = DossierOrder.objects.filter(state="ready", made_at__lt=at - timedelta(days=KEPT_DAYS))
    count = 0
    for order in old:
        order.content.delete(save=False)
        order.state, order.content, order.sha256 = "expired", "", order.sha256
        order.save(update_fields=["state", "content"])
        count += 1
    return count
