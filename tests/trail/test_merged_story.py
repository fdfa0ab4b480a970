"""The story of an idea that was merged leads on as far as the reader may go."""

from __future__ import annotations

import pytest

from loype.councils.actions import DecisionWords, put_on_agenda
from loype.councils.models import Case
from loype.trail.handovers import council_to_portfolio
from loype.trail.timeline import tell_story
from tests.cast import TODAY, World
from tests.trail_world import idea_of


@pytest.mark.requirement("EP-11")
def test_it_names_the_idea_it_was_merged_into_to_its_readers_only(world: World) -> None:
    target = idea_of(world, text="Bemanning på natt.")
    idea = idea_of(world, text="Flere på nattevakt.", visibility="public")
    case, bo = Case.objects.get(idea=idea), world.actor("bo")
    put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)  # type: ignore[arg-type]
    words = DecisionWords(outcome="merge", reasons="Det samme.", merged_into=target)
    council_to_portfolio(case, words=words, meeting=world.meeting, actor=bo, at=TODAY)
    for name, sees in (("ada", True), ("dee", False), ("olaf", False), ("eve", False)):
        links = tell_story("idea", idea.pk, actor=world.actor(name)).links
        found = [(one.id, one.title) for one in links if one.relation == "merged_into"]
        assert found == ([(target.pk, target.title)] if sees else []), name
    back = tell_story("idea", target.pk, actor=world.actor("ada")).links
    assert [one.id for one in back if one.relation == "merged_in"] == [idea.pk]
