"""Names from imported data: proposed, answered by the right people, once."""

from __future__ import annotations

import pytest

from loype.kernel.errors import NotAllowed, WrongMoment
from loype.organisations.actions import answer_merge_proposal
from loype.organisations.models import MergeProposal
from tests.cast import TODAY
from tests.trail_world import TrailWorld


@pytest.mark.parametrize("stranger", ["ada", "fia", "olaf", "eve"])
def test_it_takes_no_answer_from_others(stranger: str, trail: TrailWorld) -> None:
    with pytest.raises(NotAllowed):
        answer_merge_proposal(
            trail["merge_proposal"], same=True, actor=trail.world.actor(stranger), at=TODAY
        )


def test_it_is_answered_once(trail: TrailWorld) -> None:
    siv = trail.world.actor("siv")
    answer_merge_proposal(trail["merge_proposal"], same=False, actor=siv, at=TODAY)
    with pytest.raises(WrongMoment):
        answer_merge_proposal(trail["merge_proposal"], same=True, actor=siv, at=TODAY)


def test_it_is_seen_by_the_administrators_of_the_known_one(trail: TrailWorld) -> None:
    for name, count in (("siv", 1), ("ada", 0), ("olaf", 0), ("eve", 0)):
        assert MergeProposal.objects.visible_to(trail.world.actor(name)).count() == count
