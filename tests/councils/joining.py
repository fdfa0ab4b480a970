"""Two municipalities with the same need, of which one asks the other to run it together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from loype.councils.actions import (
    DecisionWords,
    answer_joint_invitation,
    put_on_agenda,
    tell_of_same_need,
)
from loype.councils.models import Case, Decision, JointInvitation, NeedElsewhere
from loype.ideas.models import Idea
from loype.trail.handovers import council_to_portfolio
from tests.cast import TODAY, World
from tests.trail_world import idea_of

ANSWER_BY = TODAY.date() + timedelta(days=20)
REASONS = "Vi får mer ut av det sammen med Elvestrand."


def need_of_fjordvik(world: World) -> Idea:
    """What Ada misses."""
    return idea_of(
        world, text="Trygghetsalarmen går tom uten at noen ser det.", visibility="federation"
    )


def asked_to_join(world: World, ours: Idea, *, answer: str = "yes") -> JointInvitation:
    """Elvestrand has the same need, decides to run it together, and Fjordvik's council answers."""
    theirs = idea_of(
        world, text="Ingen merker at batteriet i alarmen er flatt.", by="dee",
        visibility="federation",
    )  # fmt: skip
    tell_of_same_need(ours, theirs, at=TODAY)
    decision = decide_in_elvestrand(
        world, theirs, outcome="go_on", form="experiment", course="inter_municipal_shall",
        scale="small", responsible=world.people["dee"], answer_by=ANSWER_BY,
    )  # fmt: skip
    invitation = decision.invitations.get(organisation=world.fjordvik)
    if answer:
        return answer_joint_invitation(
            invitation, answer=answer, reasons="Slik er det.", actor=world.actor("bo"), at=TODAY
        )
    return invitation


def decide_in_elvestrand(world: World, idea: Idea, **words: Any) -> Decision:
    """Elvestrand has no council: its named decider decides."""
    case = Case.objects.get(idea=idea)
    seen = NeedElsewhere.objects.filter(case=case).values_list("pk", flat=True)
    facts = {"reasons": "Vi gjør det sammen.", "seen_elsewhere": frozenset(seen), **words}
    return council_to_portfolio(
        case, words=DecisionWords(**facts), actor=world.actor("mia"), at=TODAY
    )


def join(world: World, ours: Idea, invitation: JointInvitation | None, **more: Any) -> Decision:
    """Fjordvik's council closes its own case by joining."""
    case, bo = Case.objects.get(idea=ours), world.actor("bo")
    if case.state == "waiting":
        put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)  # type: ignore[arg-type]
    seen = NeedElsewhere.objects.filter(case=case).values_list("pk", flat=True)
    facts: dict[str, Any] = {
        "outcome": "join", "reasons": REASONS, "joins": invitation,
        "seen_elsewhere": frozenset(seen), **more,
    }  # fmt: skip
    return council_to_portfolio(
        case, words=DecisionWords(**facts), actor=bo, at=TODAY, meeting=world.meeting
    )
