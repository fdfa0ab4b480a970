"""“An organisation you work with has something like this”: only where the owner chose to say so.

Everything else that search answers comes from what the reader may read. Here, and only here, a
text that the reader may not read can be felt: of an organisation that chose it, works together
with the reader's, and shares the text among all its own people. Nothing but the organisation's
name comes out, and only where the need is the same. What was typed is shared when its writer asks
for contact, not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotFound, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor, RoleHeld
from loype.organisations.labels import Role
from loype.organisations.models import Organisation
from loype.search.asking import Asked, asked
from loype.search.audience import EVERYBODY, INSIDER, NEIGHBOUR, neighbours_of
from loype.search.candidates import gather
from loype.search.labels import Band
from loype.search.meaning import asked_vector, may_be_understood
from loype.search.models import ContactRequest, SearchText
from loype.search.ranking import rank

FEWEST_SIGNS = 40  # a word or two would feel about in the dark
LONGEST_WORDS = 1_000
MOST_A_DAY = 5
MOST_LOOKED_AT = 40


@dataclass(frozen=True)
class Hint:
    """Who has something like it; nothing else."""

    organisation_id: int
    organisation: str


def hints(text: str, *, actor: Actor, language: str = "") -> list[Hint]:
    """Organisations one works with that have the same, unseen, and chose to say so; by name."""
    text = clean_text(text)
    owners = _owners(actor) if len(text) >= FEWEST_SIGNS else {}
    if not owners:
        return []
    question = asked(text, language=language, is_own_text=True)
    same = _same(question, owners=owners, actor=actor)
    if not same:
        return []
    rows = SearchText.objects.filter(pk__in=same).values_list("organisation_id", "audience")
    found = {home for home, audience in rows if _is_for_insiders(home, audience)}
    hinted = [Hint(number, name) for number, name in owners.items() if number in found]
    return sorted(hinted, key=lambda hint: hint.organisation)


def _owners(actor: Actor) -> dict[int, str]:
    """Organisations that chose it and work together with the reader's own."""
    near = neighbours_of(actor)
    if not actor.organisation_ids or not near:
        return {}
    rows = Organisation.objects.filter(pk__in=near, tells_of_likeness=True, state="active")
    return dict(rows.values_list("pk", "name"))


def _same(question: Asked, *, owners: dict[int, str], actor: Actor) -> list[int]:
    """Texts that are the same need, among what those organisations' own people may read.

    Whether the words may leave the machine is asked of their writer's organisation, not of those.
    """
    insider = Actor(
        roles_held=tuple(RoleHeld(number, name, Role.EMPLOYEE) for number, name in owners.items())
    )
    vector = None
    if may_be_understood(actor):
        vector = asked_vector(question.text, languages=question.languages)
    pool = gather(
        question
        if vector is not None
        else asked(question.text, by_meaning=False, is_own_text=True),
        actor=insider,
        wanted={"organisation": [str(number) for number in owners]},
        only_comparable=True,
        most=MOST_LOOKED_AT,
        vector=vector,
    )
    return [one.candidate.text_id for one in rank(question, pool) if one.band == Band.SAME]


def _is_for_insiders(organisation_id: int, audience: Sequence[int]) -> bool:
    """Shared within its organisation and no further: wider texts one finds in the open, and what
    is for the council alone is never felt."""
    home = organisation_id * 8
    return (
        home + INSIDER in audience
        and home + NEIGHBOUR not in audience
        and EVERYBODY not in audience
    )


@transaction.atomic
def ask_for_contact(
    organisation: Organisation, *, words: str, actor: Actor, at: datetime, language: str = ""
) -> ContactRequest:
    """Tell an organisation's administrators and secretaries who looks for the same, and what they
    wrote. Only where a hint was given; asked twice, it is told once."""
    home = actor.acting_organisation_id
    words = clean_text(words)
    if not words:
        raise BadInput({"text": _("Write what you look for first.")})
    if organisation.pk not in {
        hint.organisation_id for hint in hints(words, actor=actor, language=language)
    }:
        raise NotFound(_("There is nothing to ask about."))
    words = words[:LONGEST_WORDS]
    person = Person.objects.select_for_update(of=("self",)).get(pk=actor.signed_in_id)
    mine = ContactRequest.objects.filter(asker=person)
    before = mine.filter(organisation=organisation, words=words).first()
    if before is not None:
        return before
    if mine.filter(asked_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise WrongMoment(_("You have asked several organisations today. Try again tomorrow."))
    request = ContactRequest.objects.create(
        asker=person, asker_organisation_id=home, organisation=organisation, words=words,
        asked_at=at,
    )  # fmt: skip
    record(
        "ask_for_contact", thing=request, actor=actor, at=at, organisation_id=organisation.pk,
        change={"asker_organisation": home},
    )  # fmt: skip
    record(
        "send_contact_request", thing=request, actor=actor, at=at, organisation_id=home,
        change={"organisation": organisation.pk}, follow=False,
    )  # fmt: skip
    return request
