"""Who reads a decision: those who read the idea, and those who wrote it together."""

from __future__ import annotations

from loype.councils.models import Decision
from loype.ideas.actions import add_co_author
from loype.ideas.models import Idea
from tests.cast import TODAY, World
from tests.councils.test_decide_case import decide, on_agenda


def test_who_wrote_the_idea_together_reads_the_decision(world: World) -> None:
    case = on_agenda(world, by="cai", visibility="confidential")
    add_co_author(case.idea, person=world.people["ada"], actor=world.actor("cai"), at=TODAY)
    decision = decide(world, case)
    for name in ("cai", "ada", "bo"):
        assert Idea.objects.visible_to(world.actor(name)).filter(pk=case.idea_id).exists()
        assert decision in Decision.objects.visible_to(world.actor(name))
    for name in ("dee", "mia", "olaf", "eve"):
        assert decision not in Decision.objects.visible_to(world.actor(name))
