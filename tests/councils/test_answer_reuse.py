"""Reuse first: is what others have used, adapted, an inspiration, or why does none of it fit?"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.councils.actions import DecisionWords, put_on_agenda
from loype.councils.models import Case, Decision
from loype.history.models import Event
from loype.ideas.actions import ImportedIdea, ReuseWords, add_co_author, answer_reuse
from loype.ideas.models import Idea, ReuseAnswer
from loype.kernel.errors import BadInput, NotAllowed, NotFound, Stale
from loype.organisations.actor import HOUSE
from loype.portfolio.models import Activity
from loype.trail.handovers import council_to_portfolio, take_ideas_over, withdraw
from tests.cast import TODAY, World
from tests.councils.test_decide_case import decide, meeting_of, on_agenda, said
from tests.trail_world import idea_of

pytestmark = pytest.mark.requirement("S19-19")


def answered(idea: Idea, world: World, *, by: str = "ada", **more: Any) -> ReuseAnswer:
    """Somebody answers; that it is adapted unless said otherwise."""
    facts: dict[str, Any] = {"answer": "adapt", "reason": "Med vår egen opplæring.", **more}
    return answer_reuse(idea, actor=world.actor(by), at=TODAY, **facts)


# --- the gate ------------------------------------------------------------------------------------


def test_it_stops_a_new_project_while_the_question_is_unanswered(world: World) -> None:
    case = on_agenda(world)
    with pytest.raises(BadInput, match="Before a new project") as refused:
        decide(world, case, form="project", reuse=None)
    assert list(refused.value.fields) == ["reuse_answer"]
    assert not Decision.objects.exists()
    assert not Activity.objects.exists()


def test_it_lets_a_project_pass_once_the_giver_has_answered(world: World) -> None:
    case = on_agenda(world)
    answered(case.idea, world)
    assert decide(world, case, form="project", reuse=None).form == "project"


def test_it_may_be_answered_in_the_decision_itself(world: World) -> None:
    case = on_agenda(world)
    words = ReuseWords(answer="copy", reason="", seen=(("solution", 7), ("solution", 7)))
    decide(world, case, form="project", reuse=words)
    kept = ReuseAnswer.objects.get(idea=case.idea)
    assert (kept.answer, kept.seen) == ("copy", [{"kind": "solution", "id": 7}])
    assert kept.answered_by == world.people["bo"]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (ReuseWords(answer="none"), "reuse_reason"),
        (ReuseWords(answer="none", reason=" \n"), "reuse_reason"),
        (ReuseWords(answer="perhaps", reason="?"), "reuse_answer"),
        (ReuseWords(answer="", reason="?"), "reuse_answer"),
    ],
)
def test_an_answer_that_says_nothing_does_not_pass(
    world: World, words: ReuseWords, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        decide(world, on_agenda(world), form="project", reuse=words)
    assert list(refused.value.fields) == [field]
    assert not ReuseAnswer.objects.exists()


@pytest.mark.parametrize("form", ["experiment", "mini_development", "line_task"])
def test_what_is_tried_in_the_small_is_not_stopped(world: World, form: str) -> None:
    assert decide(world, on_agenda(world), form=form).form == form


def test_a_correction_of_a_project_is_not_stopped_again(world: World) -> None:
    case = on_agenda(world)
    decide(world, case, form="project")
    ReuseAnswer.objects.all().delete()
    assert decide(world, case, form="project", reasons="Nye ord.", reuse=None).corrects is not None


def test_a_trial_that_becomes_a_project_is_stopped_all_the_same(world: World) -> None:
    case = on_agenda(world)
    decide(world, case)
    with pytest.raises(BadInput, match="Before a new project"):
        decide(world, case, form="project", reuse=None)


def test_it_stops_the_named_decider_too(world: World) -> None:
    case = Case.objects.get(idea=idea_of(world, text="Felles tavle.", by="gro"))
    facts = vars(said(world)) | {"form": "project", "responsible": world.people["gro"]}
    with pytest.raises(BadInput, match="Before a new project"):
        council_to_portfolio(case, words=DecisionWords(**facts), actor=world.actor("gro"), at=TODAY)


def test_importing_asks_nobody_but_a_project_of_it_does(world: World) -> None:
    row = ImportedIdea(
        external_id="1", title="Benker", text="Benker langs elva.", kind="idea", language="nb",
        submitted_at=TODAY,
    )  # fmt: skip
    [idea] = take_ideas_over(
        rows=[row], organisation=world.fjordvik, source="test", licence="CC0",
        fetched_date=TODAY.date(), actor=HOUSE, at=TODAY,
    )  # fmt: skip
    case = Case.objects.get(idea=idea)
    put_on_agenda(case, meeting=meeting_of(world), actor=world.actor("bo"), at=TODAY)
    with pytest.raises(BadInput, match="Before a new project"):
        decide(world, case, form="project", reuse=None)


# --- who and how ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["ada", "bo", "cai", "fia", "siv"])
def test_those_who_wrote_it_and_the_council_answer(world: World, by: str) -> None:
    idea = idea_of(world, text="Nøklene henger feil.")
    answered(idea, world, by=by)
    event = Event.objects.get(verb="answer_reuse")
    assert event.acting_as == ("giver" if by == "ada" else "council")
    assert event.change["answer"] == ["", "adapt"]


def test_a_co_author_answers(world: World) -> None:
    idea = idea_of(world, text="Nøklene henger feil.", by="siv", visibility="federation")
    add_co_author(idea, person=world.people["ada"], actor=world.actor("siv"), at=TODAY)
    assert answered(idea, world, by="ada").version == 1


@pytest.mark.parametrize("by", ["dee", "olaf"])
def test_others_do_not(world: World, by: str) -> None:
    hidden = idea_of(world, text="Nøklene henger feil.")
    with pytest.raises(NotFound):
        answered(hidden, world, by=by)
    with pytest.raises(NotAllowed):
        answered(idea_of(world, text="Benker.", visibility="public"), world, by=by)


def test_those_who_wrote_it_answer_until_it_is_decided(world: World) -> None:
    case = on_agenda(world)
    decide(world, case)
    idea = Idea.objects.get(pk=case.idea_id)
    with pytest.raises(NotAllowed):
        answered(idea, world, by="ada")
    assert answered(idea, world, by="bo").answer == "adapt"


def test_nobody_answers_for_what_is_withdrawn(world: World) -> None:
    idea = idea_of(world, text="Nøklene henger feil.", by="siv")
    withdraw(idea, actor=world.actor("siv"), at=TODAY)
    with pytest.raises(NotAllowed):
        answered(Idea.objects.get(pk=idea.pk), world, by="siv")


def test_a_later_answer_replaces_the_first_and_both_are_in_the_history(world: World) -> None:
    idea = idea_of(world, text="Nøklene henger feil.")
    first = answered(idea, world)
    second = answered(idea, world, by="bo", answer="none", reason="For dyrt.", version=1)
    assert (second.pk, second.version) == (first.pk, 2)
    changes = Event.objects.filter(verb="answer_reuse").order_by("pk")
    assert [one.change["answer"] for one in changes] == [["", "adapt"], ["adapt", "none"]]
    assert [one.reason for one in changes] == ["Med vår egen opplæring.", "For dyrt."]


@pytest.mark.parametrize("version", [0, 2])
def test_an_answer_that_somebody_else_gave_meanwhile_is_not_overwritten(
    world: World, version: int
) -> None:
    idea = idea_of(world, text="Nøklene henger feil.")
    answered(idea, world)
    with pytest.raises(Stale):
        answered(idea, world, by="bo", answer="copy", version=version)
    assert ReuseAnswer.objects.get().answer == "adapt"


def test_the_database_keeps_the_promise_too(world: World) -> None:
    kept = answered(idea_of(world, text="Nøklene henger feil."), world)
    for facts in ({"answer": "none", "reason": ""}, {"answer": "maybe"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReuseAnswer.objects.filter(pk=kept.pk).update(**facts)


@pytest.mark.parametrize(
    ("name", "sees"),
    [("ada", True), ("bo", True), ("fia", True), ("dee", False), ("olaf", False), ("eve", False)],
)
def test_the_answer_is_read_by_colleagues_and_the_council(
    world: World, name: str, sees: bool
) -> None:
    answered(idea_of(world, text="Benker ved elva.", visibility="public"), world)
    assert ReuseAnswer.objects.visible_to(world.actor(name)).exists() is sees
