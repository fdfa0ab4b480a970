"""What may be said of a pair of ideas: verbs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loype.bodies.models import Meeting
from loype.councils.actions import DecisionWords, end_same_need, tell_of_same_need
from loype.councils.models import Case
from loype.history.actions import record
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import HOUSE, Actor
from loype.organisations.models import FederationMembership
from loype.search.models import SameNeed
from loype.search.needs.evidence import digest_of
from loype.search.needs.labels import Relation
from loype.search.needs.rules import (
    can_answer_pair,
    can_be_merged,
    may_be_compared,
    younger_first,
)
from loype.search.needs.states import PAIR, TAKEN_BACK
from loype.trail.handovers import council_to_portfolio

GONE = frozenset({"draft", "withdrawn", "merged"})


@transaction.atomic
def propose_pair(
    one: Idea,
    other: Idea,
    *,
    probability: float,
    evidence: Mapping[str, Any],
    embedder: str,
    at: datetime,
) -> SameNeed | None:
    """Say that two ideas are probably the same need; None where it is not said (any more).

    Said again, nothing happens. A pair that was dismissed stays so until both texts have changed.
    """
    first, second = sorted((one, other), key=lambda idea: idea.pk)
    if not may_be_compared(first, second) or {first.state, second.state} & GONE:
        return None
    seen = {
        "probability": probability,
        "evidence": dict(evidence),
        "checked_by_embedder": embedder,
        "digest_a": digest_of(first),
        "digest_b": digest_of(second),
    }
    pair, is_new = SameNeed.objects.select_for_update().get_or_create(
        idea_a=first, idea_b=second, defaults={**seen, "found_at": at}
    )
    if is_new or _is_news(pair, seen):
        pair = _proposed(pair, seen, at=at)
        tell_of_same_need(first, second, at=at)
        return pair
    if _is_same(pair):
        tell_of_same_need(first, second, at=at)
    if pair.state != "proposed":
        return None
    SameNeed.objects.filter(pk=pair.pk).update(**_stronger(pair, seen))
    return pair


def _is_same(pair: SameNeed) -> bool:
    """Whether the two count as the same need, found or said."""
    said = pair.state == "confirmed" or pair.relation == Relation.SAME_NEED
    return said or pair.state == "proposed"


def _stronger(pair: SameNeed, seen: Mapping[str, Any]) -> dict[str, Any]:
    """What is known now; of the same texts the larger likeness, whichever of them was asked."""
    same = (pair.digest_a, pair.digest_b) == (seen["digest_a"], seen["digest_b"])
    before = pair.probability or 0.0
    return {
        **seen,
        "probability": max(before, seen["probability"]) if same else seen["probability"],
    }


def _is_news(pair: SameNeed, seen: Mapping[str, Any]) -> bool:
    """Whether both texts are others than those that were dismissed."""
    return (
        pair.state == "dismissed"
        and pair.digest_a != seen["digest_a"]
        and pair.digest_b != seen["digest_b"]
    )


def _proposed(pair: SameNeed, seen: Mapping[str, Any], *, at: datetime) -> SameNeed:
    if pair.state != "proposed":
        pair.state, pair.found_at, pair.reason = "proposed", at, ""
        pair.answered_by, pair.answered_at = None, None
        pair.version += 1
        for name, value in seen.items():
            setattr(pair, name, value)
        pair.save()
    record(
        "propose_same_need", thing=pair, actor=HOUSE, at=at, organisation_id=None,
        change={"ideas": [pair.idea_a_id, pair.idea_b_id]},
    )  # fmt: skip
    return pair


@transaction.atomic
def drop_proposal(pair: SameNeed, *, at: datetime) -> bool:
    """Take a proposal away whose texts were changed and are alike no longer."""
    found = SameNeed.objects.select_for_update().filter(pk=pair.pk, state="proposed").first()
    if found is None:
        return False
    record(
        "drop_same_need", thing=found, actor=HOUSE, at=at, organisation_id=None, follow=False,
        change={"ideas": [found.idea_a_id, found.idea_b_id]},
    )  # fmt: skip
    end_same_need(found.idea_a, found.idea_b, at=at)
    found.delete()
    return True


@transaction.atomic
def confirm_pair(
    pair: SameNeed, *, actor: Actor, at: datetime, reason: str = "", version: int | None = None
) -> SameNeed:
    """Say that the two are the same need."""
    pair = _lock_to_answer(pair, actor=actor, at=at, version=version)
    return _answer("confirm_same_need", pair, "confirmed", actor=actor, at=at, reason=reason)


@transaction.atomic
def dismiss_pair(
    pair: SameNeed, *, actor: Actor, at: datetime, reason: str = "", version: int | None = None
) -> SameNeed:
    """Say that the two are not the same; nobody is asked again."""
    pair = _lock_to_answer(pair, actor=actor, at=at, version=version)
    return _answer("dismiss_same_need", pair, "dismissed", actor=actor, at=at, reason=reason)


@transaction.atomic
def link_ideas(
    one: Idea,
    other: Idea,
    *,
    relation: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> SameNeed:
    """Say how one idea stands to another, whether or not they were found to be alike."""
    if relation not in Relation.values:
        raise BadInput({"relation": _("Choose one from the list.")})
    if one.pk == other.pk:
        raise BadInput({"other": _("Choose another idea than this one.")})
    pair = _pair_to_link(one, other, actor=actor, at=at, version=version)
    pair.is_turned = pair.idea_a_id != one.pk
    return _answer(
        "link_ideas", pair, "linked", actor=actor, at=at, reason=reason, relation=relation
    )


def _pair_to_link(
    one: Idea, other: Idea, *, actor: Actor, at: datetime, version: int | None
) -> SameNeed:
    first, second = sorted((one, other), key=lambda idea: idea.pk)
    pair = SameNeed.objects.filter(idea_a=first, idea_b=second).first()
    if pair is not None:
        return _lock_to_answer(pair, actor=actor, at=at, version=version)
    for idea in (first, second):
        if not Idea.objects.visible_to(actor).filter(pk=idea.pk).exists():
            raise NotFound(_("There is no such idea."))
    pair = SameNeed(idea_a=first, idea_b=second, found_at=at)
    _refuse_unless_answering(pair, actor=actor, at=at)
    _refuse_gone(pair)
    return pair


@transaction.atomic
def merge_pair(
    pair: SameNeed,
    *,
    reasons: str,
    actor: Actor,
    at: datetime,
    meeting: Meeting | None = None,
    version: int | None = None,
) -> SameNeed:
    """Decide that the younger idea goes into the older, as the council of both.

    It is an ordinary decision of the council: the younger keeps its history, and its supporters
    and followers go along.
    """
    pair = _lock_to_answer(pair, actor=actor, at=at, version=version)
    if not can_be_merged(pair.idea_a, pair.idea_b):
        raise WrongMoment(
            _("Ideas of two organisations are not merged: each council decides its own. Link them.")
        )
    younger, older = younger_first(pair.idea_a, pair.idea_b)
    if younger.state == "going_on":
        raise WrongMoment(_("The younger of the two goes on already. Link them instead."))
    case = Case.objects.get(idea=younger)
    words = DecisionWords(outcome="merge", reasons=reasons, merged_into=older)
    council_to_portfolio(
        case, words=words, actor=actor, at=at, meeting=meeting or _meeting_of(case)
    )
    return _answer("merge_same_need", pair, "merged", actor=actor, at=at, reason=reasons)


def _meeting_of(case: Case) -> Meeting | None:
    """The called meeting on whose agenda the case lies, where there is one."""
    return Meeting.objects.filter(state="called", items__case=case, items__removed_at=None).first()


@transaction.atomic
def take_back_answer(
    pair: SameNeed, *, actor: Actor, at: datetime, version: int | None = None
) -> SameNeed | None:
    """Take an answer back: the pair waits for one again. A link made by hand is gone (None)."""
    pair = _lock_to_answer(pair, actor=actor, at=at, version=version)
    if pair.state not in TAKEN_BACK:
        raise WrongMoment(_("There is no answer here to take back."))
    before = pair.state
    pair.state, pair.relation, pair.is_turned, pair.reason = "proposed", "", False, ""
    pair.answered_by, pair.answered_at = None, None
    pair.version += 1
    _tell("take_back_same_need", pair, before=before, actor=actor, at=at)
    if pair.probability is None:
        end_same_need(pair.idea_a, pair.idea_b, at=at)
        pair.delete()
        return None
    pair.save()
    tell_of_same_need(pair.idea_a, pair.idea_b, at=at)
    return pair


def _lock_to_answer(pair: SameNeed, *, actor: Actor, at: datetime, version: int | None) -> SameNeed:
    """The pair as it is now, held, if the actor may see and answer it; in this order."""
    if not SameNeed.objects.visible_to(actor).filter(pk=pair.pk).exists():
        raise NotFound(_("There is no such pair."))
    _refuse_unless_answering(pair, actor=actor, at=at)
    pair = SameNeed.objects.select_for_update(of=("self",)).with_ideas().get(pk=pair.pk)
    if version is not None and version != pair.version:
        raise Stale(_("Somebody answered after you opened this. Look again."))
    _refuse_gone(pair)
    return pair


def _refuse_unless_answering(pair: SameNeed, *, actor: Actor, at: datetime) -> None:
    coordinated = FederationMembership.objects.filter(
        federation__in=sorted(actor.coordinated_federation_ids)
    ).on(at.date())
    if not can_answer_pair(
        actor,
        organisation_ids={pair.idea_a.organisation_id, pair.idea_b.organisation_id},
        coordinated_ids=set(coordinated.values_list("organisation_id", flat=True)),
    ):
        raise NotAllowed(
            _("The councils of the two organisations and their federation answer this.")
        )


def _refuse_gone(pair: SameNeed) -> None:
    if {pair.idea_a.state, pair.idea_b.state} & GONE:
        raise WrongMoment(_("One of the two is not there any more, or was merged already."))


def _answer(
    verb: str,
    pair: SameNeed,
    state: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    relation: str = "",
) -> SameNeed:
    before = pair.state if pair.pk else ""
    if before and not PAIR.may_move(before=before, after=state):
        raise WrongMoment(_("This pair is answered already. Take the answer back first."))
    pair.state, pair.relation, pair.reason = state, relation, clean_text(reason)
    pair.is_turned = pair.is_turned and state == "linked"
    pair.answered_by_id, pair.answered_at = actor.signed_in_id, at
    pair.digest_a, pair.digest_b = digest_of(pair.idea_a), digest_of(pair.idea_b)
    pair.version += 1 if before else 0
    _keep(pair)
    inform = tell_of_same_need if _is_same(pair) else end_same_need
    inform(pair.idea_a, pair.idea_b, at=at)
    _tell(verb, pair, before=before, actor=actor, at=at)
    return pair


def _keep(pair: SameNeed) -> None:
    """Save a pair; a new one may have been found by the worker, or linked by another, meanwhile."""
    if pair.pk:
        pair.save()
        return
    try:
        with transaction.atomic():
            pair.save(force_insert=True)
    except IntegrityError as problem:
        raise Stale(_("Somebody answered after you opened this. Look again.")) from problem


def _tell(verb: str, pair: SameNeed, *, before: str, actor: Actor, at: datetime) -> None:
    """Write it into the account of the pair and of both ideas, each in its own organisation."""
    change = {"pair": pair.pk, "state": [before, pair.state], "relation": pair.relation}
    record(
        verb, thing=pair, actor=actor, at=at, organisation_id=None, follow=False,
        acting_as="council", reason=pair.reason,
        change=change | {"ideas": [pair.idea_a_id, pair.idea_b_id]},
    )  # fmt: skip
    for idea in (pair.idea_a, pair.idea_b):
        inside = idea.organisation_id in actor.council_room_ids
        record(
            verb, thing=idea, actor=actor, at=at, organisation_id=idea.organisation_id,
            acting_as="council" if inside else "federation", reason=pair.reason, follow=False,
            change=change | {"other": pair.other(idea.pk).pk},
        )  # fmt: skip
