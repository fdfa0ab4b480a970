"""Something that Fjordvik's council wants to run together with its neighbours."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from loype.councils.actions import (
    TermsWords,
    answer_joint_invitation,
    propose_joint_terms,
)
from loype.councils.models import JointCase, JointInvitation, JointTerms
from loype.organisations.models import Organisation
from loype.portfolio.models import Activity
from loype.trail.together import agree_to_run_together
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of

ANSWER_BY = TODAY.date() + timedelta(days=20)
DECIDERS = {"fjordvik": "bo", "elvestrand": "mia", "skogbygda": "gro"}
EXIT = "Den som går ut, betaler sin del ut året."


def run_together(world: World, *, course: str = "inter_municipal_should") -> Activity:
    """The council decides to run it together; both neighbours are asked."""
    idea = idea_of(world, text="Felles nattpatrulje med nabokommunene.", visibility="federation")
    return go_on(world, idea, course=course, answer_by=ANSWER_BY)


def answer(world: World, activity: Activity, place: str, said: str) -> JointInvitation:
    """A neighbour answers."""
    invitation = JointInvitation.objects.get(
        decision=activity.current_decision_id, organisation=world.organisations[place]
    )
    actor = world.actor(DECIDERS[place])
    return answer_joint_invitation(
        invitation, answer=said, reasons="Slik er det.", actor=actor, at=TODAY
    )


def joint_of(activity: Activity) -> JointCase:
    """The joint case behind an activity."""
    return JointCase.objects.get(decision=activity.current_decision_id)


def words_for(world: World, **more: Any) -> TermsWords:
    """Terms that can be agreed on."""
    facts: dict[str, Any] = {
        "lead_id": world.fjordvik.pk,
        "cost_key": "equal",
        "amount": Decimal("100000.00"),
        "exit_terms": EXIT,
        "exit_days": 90,
        **more,
    }
    return TermsWords(**facts)


def propose(world: World, joint: JointCase, *, by: str = "fjordvik", **more: Any) -> JointTerms:
    """One of them proposes terms."""
    return propose_joint_terms(
        joint,
        words=words_for(world, **more),
        organisation=world.organisations[by],
        actor=world.actor(DECIDERS[by]),
        at=TODAY,
    )


def agree(world: World, terms: JointTerms, *places: str) -> JointTerms:
    """These say yes to the terms."""
    for place in places:
        terms = agree_to_run_together(
            terms, organisation=world.organisations[place], actor=world.actor(DECIDERS[place]),
            at=TODAY,
        )  # fmt: skip
    return terms


def agreed(world: World, *, course: str = "inter_municipal_should") -> Activity:
    """Both neighbours said yes and all agreed on equal parts."""
    activity = run_together(world, course=course)
    answer(world, activity, "elvestrand", "yes")
    answer(world, activity, "skogbygda", "yes")
    agree(world, propose(world, joint_of(activity)), "elvestrand", "skogbygda")
    return activity


def shares_of(terms: JointTerms) -> dict[str, Decimal]:
    """Who pays what."""
    rows = terms.shares.select_related("organisation")
    return {one.organisation.name.split()[0].lower(): one.amount for one in rows}


def with_inhabitants(world: World, **counts: int) -> None:
    """How many live where."""
    for place, count in counts.items():
        Organisation.objects.filter(pk=world.organisations[place].pk).update(inhabitants=count)
        world.organisations[place].inhabitants = count
