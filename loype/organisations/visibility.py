"""Who may read what: one rule for everything that has an owner and a visibility."""

from __future__ import annotations

from django.db.models import Q

from loype.organisations.actor import Actor
from loype.organisations.labels import Visibility

WIDTH = {value: width for width, value in enumerate(Visibility.values)}


def readable_by(actor: Actor, *, owner: str = "organisation", visibility: str = "visibility") -> Q:
    """The rows an actor may read by the owner organisation and the row's visibility."""
    if actor.is_house:
        return Q()
    allowed = Q(**{visibility: Visibility.PUBLIC})
    if actor.organisation_ids:
        allowed |= Q(
            **{
                f"{owner}__in": sorted(actor.organisation_ids),
                f"{visibility}__in": (Visibility.ORGANISATION, Visibility.FEDERATION),
            }
        )
    if others := actor.neighbour_ids - actor.organisation_ids:
        allowed |= Q(**{f"{owner}__in": sorted(others), visibility: Visibility.FEDERATION})
    if actor.council_room_ids:
        allowed |= Q(
            **{
                f"{owner}__in": sorted(actor.council_room_ids),
                f"{visibility}__in": (
                    Visibility.CONFIDENTIAL,
                    Visibility.ORGANISATION,
                    Visibility.FEDERATION,
                ),
            }
        )
    return allowed


def may_read(actor: Actor, *, organisation_id: int, visibility: str) -> bool:
    """The same rule for one row in memory."""
    if actor.is_house or visibility == Visibility.PUBLIC:
        return True
    if organisation_id in actor.council_room_ids:
        return True
    if visibility == Visibility.CONFIDENTIAL:
        return False
    if actor.belongs_to(organisation_id):
        return True
    return visibility == Visibility.FEDERATION and organisation_id in actor.neighbour_ids


def is_wider(after: str, *, than: str) -> bool:
    """Whether `after` lets more people read than `than`."""
    return WIDTH[after] > WIDTH[than]
