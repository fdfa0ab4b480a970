"""The account of a case: every act, with its place in the chain that shows tampering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.trail.dossier.gathering import Dossier, Reader
from loype.trail.telling import Told
from loype.trail.words import STEP_OF, sentence


@dataclass(frozen=True)
class Act:
    """One row of the account."""

    at: datetime
    title: str
    who: str
    reason: str
    data: dict[str, Any]


def read_acts(dossier: Dossier, *, reader: Reader) -> list[Act]:
    """What happened to everything in a dossier, oldest first.

    People of the organisation read every act; others those that the story of the trail tells.
    """
    wanted = Q(pk__in=[])
    for kind, ids in dossier.ids.items():
        wanted |= Q(thing_kind=kind, thing_id__in=ids)
    idea = Idea.objects.select_related("case").filter(pk__in=dossier.ids.get("idea", ())).first()
    if idea is not None and hasattr(idea, "case"):
        wanted |= Q(thing_kind="case", thing_id=idea.case.pk, verb__in=STEP_OF)
    events = Event.objects.filter(wanted).order_by("at", "id")
    if not reader.is_inside:
        events = events.filter(verb__in=STEP_OF)
    told = list(events)
    people = Person.objects.filter(pk__in={one.person_id for one in told if one.person_id})
    names = dict(people.values_list("pk", "name"))
    return [_act(event, names=names, idea=idea, reader=reader) for event in told]


def _act(event: Event, *, names: dict[int, str], idea: Idea | None, reader: Reader) -> Act:
    name = names.get(event.person_id or 0, "")
    who = _who(event, name=name, idea=idea, reader=reader)
    data: dict[str, Any] = {
        "at": event.at.isoformat(), "verb": event.verb, "who": who, "acting_as": event.acting_as,
        "thing": f"{event.thing_kind} {event.thing_id}", "reason": event.reason,
        "chain": event.chain_id, "number": event.number, "hash": event.hash,
    }  # fmt: skip
    if reader.is_inside:
        data["change"] = event.change
    return Act(event.at, _title(event), who, event.reason, data)


def _who(event: Event, *, name: str, idea: Idea | None, reader: Reader) -> str:
    if event.person_id is None:
        return _("the system")
    if event.person_id == reader.actor.person_id:
        return name
    hidden = idea is not None and idea.is_anonymous and event.person_id == idea.giver_id
    if hidden:
        return _("somebody who wishes to stay unknown")
    return name if reader.is_inside else _("a person")


def _title(event: Event) -> str:
    """The sentence of the story, or the act's own name where the story does not tell it."""
    if event.verb not in STEP_OF:
        return event.verb.replace("_", " ")
    told = Told(
        verb=event.verb, at=event.at, person_id=event.person_id, acting_as=event.acting_as,
        thing_kind=event.thing_kind, thing_id=event.thing_id, change=event.change,
        reason=event.reason, name="", organisation="", is_still_there=False,
    )  # fmt: skip
    return sentence(told)
