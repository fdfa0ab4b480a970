"""Finding the same need in two places, and what councils and the federation say of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from loype.councils.actions import put_on_agenda
from loype.councils.models import Case, Decision
from loype.history.models import Event
from loype.ideas.actions import edit_idea, follow_idea, support_idea
from loype.ideas.actions.handing_in import change_visibility
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.organisations.actor import HOUSE
from loype.search.indexing import index_waiting
from loype.search.later import tell_later_matches
from loype.search.meaning import Meaning
from loype.search.models import LaterMatch, SameNeed, SameNeedCheck
from loype.search.needs import checking
from loype.search.needs.actions import (
    _answer,
    confirm_pair,
    dismiss_pair,
    link_ideas,
    merge_pair,
    take_back_answer,
)
from loype.search.needs.checking import check_needs, settle_merged
from tests.cast import TODAY, World
from tests.trail_world import idea_of

ALARM = "Trygghetsalarmene hos eldre går tomme for batteri uten at noen merker det."
ALARM_TOO = "Trygghetsalarmene til de eldre går tomme for batteri uten at noen merker noe."
SNOW = "Vis på et kart hvor brøytebilen har kjørt i natt."
BENCH = "Sett ut flere benker langs turveien ved elva."
LATER = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _by_words(settings: Any) -> None:
    """By words alone: the same on every machine, whether or not it has the language model."""
    settings.LOYPE_EMBEDDING_PROVIDER = "none"


def look(at: Any = TODAY) -> int:
    """What the worker does: read what waits, then look for the same need."""
    index_waiting(at=at)
    return check_needs(at=at)


def look_anew(at: Any = LATER) -> int:
    """The same after an edit: in a test, which is one transaction, the database's clock stands."""
    SameNeedCheck.objects.all().delete()
    return look(at)


def twins(world: World, **more: Any) -> tuple[Idea, Idea]:
    """The same need in Fjordvik and in Elvestrand."""
    more.setdefault("visibility", "federation")
    one = idea_of(world, text=ALARM, **more)
    return one, idea_of(world, text=ALARM_TOO, by="dee", **more)


def at_home(world: World) -> tuple[Idea, Idea]:
    """The same need twice in Fjordvik."""
    return idea_of(world, text=ALARM), idea_of(world, text=ALARM_TOO, by="cai")


def only_pair() -> SameNeed:
    """The one pair there is."""
    return SameNeed.objects.with_ideas().get()


def tell_all() -> None:
    """Tell everybody of everything that happened, as the worker would."""
    for event in Event.objects.order_by("id"):
        tell_about(event.pk, at=TODAY)


@pytest.mark.requirement("ROR-08")
def test_it_tells_both_councils_and_the_federation_before_either_decides(world: World) -> None:
    twins(world)
    idea_of(world, text=SNOW, visibility="federation")

    look()
    tell_all()
    tell_all()

    pair = only_pair()
    told = Notice.objects.filter(subject="same_need")
    names = sorted(told.values_list("person__name", flat=True))
    assert names == ["Bo", "Fia", "Mia", "Siv"]
    assert set(told.values_list("thing_id", flat=True)) == {pair.pk}
    assert not Decision.objects.exists()
    assert pair.evidence_of(pair.idea_a_id)[0] == "Trygghetsalarmene"


def test_it_tells_nobody_of_a_register_that_was_decided_long_ago(world: World) -> None:
    one, other = twins(world)
    Idea.objects.filter(pk__in=(one.pk, other.pk)).update(source="register")

    look()
    tell_all()

    assert only_pair().state == "proposed"
    assert not Notice.objects.filter(subject="same_need").exists()


def test_what_stays_in_an_organisation_is_compared_only_there(world: World) -> None:
    one, other = twins(world, visibility="organisation")

    look()
    assert not SameNeed.objects.exists()

    for idea, name in ((one, "ada"), (other, "dee")):
        change_visibility(idea, visibility="federation", actor=world.actor(name), at=TODAY)
    assert look() == 2, "who may read it changed, so it is looked at again"
    assert SameNeed.objects.count() == 1


def test_it_exists_for_nobody_who_may_not_read_both(world: World) -> None:
    one, other = at_home(world)
    change_visibility(one, visibility="public", actor=world.actor("ada"), at=TODAY)
    look()

    for name in ("ada", "bo", "cai", "siv", "fia", "dee", "mia", "gro", "olaf", "eve"):
        actor = world.actor(name)
        readable = set(Idea.objects.visible_to(actor).values_list("pk", flat=True))
        seen = SameNeed.objects.visible_to(actor).exists()
        assert seen == ({one.pk, other.pk} <= readable), name
    with pytest.raises(NotFound):
        confirm_pair(only_pair(), actor=world.actor("mia"), at=TODAY)


def test_looking_again_finds_nothing_new(world: World) -> None:
    twins(world)

    assert look() == 2
    events = Event.objects.count()
    assert look() == 0
    SameNeedCheck.objects.all().delete()
    assert look() == 2

    assert SameNeed.objects.count() == 1
    assert Event.objects.count() == events


def test_a_run_that_dies_half_way_leaves_the_rest_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins(world)
    idea_of(world, text=SNOW, visibility="federation")
    idea_of(world, text=f"{SNOW} Da slipper folk å ringe.", by="dee", visibility="federation")
    index_waiting(at=TODAY)
    proposals: list[int] = []

    def dies(*ideas: Idea, **more: Any) -> object:
        proposals.append(1)
        if len(proposals) > 1:
            raise KeyboardInterrupt
        return checking_propose(*ideas, **more)

    checking_propose = checking.propose_pair
    with monkeypatch.context() as patched:
        patched.setattr(checking, "propose_pair", dies)
        with pytest.raises(KeyboardInterrupt):
            check_needs(at=TODAY)
    assert SameNeed.objects.count() == 1

    assert check_needs(at=TODAY) == 4
    assert SameNeed.objects.count() == 2
    assert Event.objects.filter(verb="propose_same_need").count() == 2


@pytest.mark.model
def test_what_does_not_leave_this_machine_is_compared_by_its_words(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "builtin"
    monkeypatch.setattr(Meaning, "is_outside", True)  # and no organisation lets its texts out
    mine, _other = twins(world)
    assert look() == 2
    assert only_pair().state == "proposed"
    assert look() == 0
    assert tell_later_matches(at=TODAY) == 2
    assert LaterMatch.objects.filter(idea=mine).exists()
    assert tell_later_matches(at=TODAY) == 0


def test_dismissed_stays_dismissed_until_both_texts_have_changed(world: World) -> None:
    one, other = twins(world)
    look()
    dismiss_pair(only_pair(), actor=world.actor("bo"), at=TODAY, reason="Ulike alarmer.")

    look_anew()
    assert only_pair().state == "dismissed", "read anew, as with another model"

    edit_idea(one, text=f"{ALARM} Nå igjen.", actor=world.actor("ada"), at=LATER)
    look_anew()
    assert only_pair().state == "dismissed", "one text changed"

    edit_idea(other, text=f"{ALARM_TOO} Også her.", actor=world.actor("dee"), at=LATER)
    look_anew()
    pair = only_pair()
    assert (pair.state, pair.reason, pair.found_at) == ("proposed", "", LATER)


def test_a_proposal_goes_when_a_text_speaks_of_something_else(world: World) -> None:
    _one, other = twins(world)
    look()

    edit_idea(other, text=BENCH, title="Benker", actor=world.actor("dee"), at=LATER)
    look_anew()

    assert not SameNeed.objects.exists()
    assert Event.objects.filter(verb="drop_same_need").count() == 1


@pytest.mark.parametrize("name", ["bo", "siv", "mia", "fia"])
def test_both_councils_and_the_federation_may_answer(world: World, name: str) -> None:
    one, other = twins(world)
    look()

    pair = confirm_pair(only_pair(), actor=world.actor(name), at=TODAY, reason="Samme sak.")

    assert (pair.state, pair.answered_by_id) == ("confirmed", world.people[name].pk)
    told = Event.objects.filter(verb="confirm_same_need")
    assert {(event.thing_kind, event.thing_id) for event in told} == {
        ("idea", one.pk), ("idea", other.pk), ("same_need", pair.pk),
    }  # fmt: skip


def test_nobody_else_may_answer(world: World) -> None:
    twins(world, visibility="public")
    look()

    for name in ("ada", "dee", "gro", "olaf"):
        with pytest.raises(NotAllowed):
            dismiss_pair(only_pair(), actor=world.actor(name), at=TODAY)


def test_an_answer_is_given_to_what_was_read(world: World) -> None:
    twins(world)
    look()
    seen = only_pair()
    dismiss_pair(seen, actor=world.actor("bo"), at=TODAY, version=seen.version)

    with pytest.raises(Stale):
        confirm_pair(seen, actor=world.actor("mia"), at=TODAY, version=seen.version)
    with pytest.raises(WrongMoment):
        dismiss_pair(seen, actor=world.actor("mia"), at=TODAY)


@pytest.mark.parametrize("answer", [confirm_pair, dismiss_pair])
def test_an_answer_may_be_taken_back(world: World, answer: Any) -> None:
    twins(world)
    look()
    answer(only_pair(), actor=world.actor("bo"), at=TODAY, reason="Feil.")

    take_back_answer(only_pair(), actor=world.actor("mia"), at=TODAY)

    pair = only_pair()
    assert (pair.state, pair.reason, pair.answered_at) == ("proposed", "", None)
    with pytest.raises(WrongMoment):
        take_back_answer(pair, actor=world.actor("mia"), at=TODAY)


@pytest.mark.requirement("ROR-22")
def test_any_two_readable_ideas_may_be_linked_by_hand(world: World) -> None:
    snow = idea_of(world, text=SNOW)
    bench = idea_of(world, text=BENCH, by="cai")
    bo = world.actor("bo")

    pair = link_ideas(bench, snow, relation="depends_on", actor=bo, at=TODAY)

    assert (pair.first, pair.second, pair.relation) == (bench, snow, "depends_on")
    again = link_ideas(snow, bench, relation="parent", actor=bo, at=TODAY)
    assert (again.pk, again.first, again.relation) == (pair.pk, snow, "parent")
    assert take_back_answer(again, actor=bo, at=TODAY) is None
    assert not SameNeed.objects.exists()


def test_a_pair_that_is_found_while_it_is_linked_is_not_an_error(world: World) -> None:
    snow = idea_of(world, text=SNOW)
    bench = idea_of(world, text=BENCH, by="cai")
    bo = world.actor("bo")

    late = SameNeed(idea_a=snow, idea_b=bench, found_at=TODAY)
    link_ideas(snow, bench, relation="related", actor=bo, at=TODAY)
    with pytest.raises(Stale):
        _answer("link_ideas", late, "linked", actor=bo, at=TODAY, reason="", relation="parent")

    assert only_pair().relation == "related"


def test_it_refuses_links_that_make_no_sense(world: World) -> None:
    snow = idea_of(world, text=SNOW)
    hidden = idea_of(world, text=BENCH, by="dee")
    bo = world.actor("bo")

    with pytest.raises(BadInput):
        link_ideas(snow, snow, relation="related", actor=bo, at=TODAY)
    with pytest.raises(BadInput):
        link_ideas(snow, hidden, relation="wherever", actor=bo, at=TODAY)
    with pytest.raises(NotFound):
        link_ideas(snow, hidden, relation="related", actor=bo, at=TODAY)


@pytest.mark.requirement("ROR-22")
def test_the_council_merges_the_younger_into_the_older(world: World) -> None:
    older, younger = at_home(world)
    look()
    support_idea(younger, helps=4, actor=world.actor("siv"), at=TODAY)
    follow_idea(younger, actor=world.actor("bo"))
    told_before = Event.objects.filter(thing_kind="idea", thing_id=younger.pk).count()
    bo = world.actor("bo")

    with pytest.raises(WrongMoment):
        merge_pair(only_pair(), reasons="Samme behov.", actor=bo, at=TODAY)
    assert only_pair().state == "proposed"

    case = Case.objects.get(idea=younger)
    put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)  # type: ignore[arg-type]
    pair = merge_pair(only_pair(), reasons="Samme behov.", actor=bo, at=TODAY)

    younger.refresh_from_db()
    assert (pair.state, younger.state, younger.merged_into) == ("merged", "merged", older)
    supporters = older.supports.values_list("person__name", flat=True)
    assert set(supporters) == {"Siv", "Cai"}
    assert older.follows.filter(person=world.people["bo"]).exists()
    told = Event.objects.filter(thing_kind="idea", thing_id=younger.pk)
    assert told.count() > told_before, "its history is kept and goes on"
    assert Decision.objects.get(case=case).merged_into == older


def test_ideas_of_two_organisations_are_linked_but_not_merged(world: World) -> None:
    twins(world)
    look()

    with pytest.raises(WrongMoment):
        merge_pair(only_pair(), reasons="Samme behov.", actor=world.actor("bo"), at=TODAY)


def test_only_the_council_merges(world: World) -> None:
    at_home(world)
    look()

    with pytest.raises(NotAllowed):
        merge_pair(only_pair(), reasons="Samme behov.", actor=world.actor("cai"), at=TODAY)
    assert only_pair().state == "proposed"


def test_a_pair_merged_in_a_meeting_is_merged_by_morning(world: World) -> None:
    from loype.councils.actions import DecisionWords
    from loype.trail.handovers import council_to_portfolio

    older, younger = at_home(world)
    look()
    bo, case = world.actor("bo"), Case.objects.get(idea=younger)
    put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)  # type: ignore[arg-type]
    words = DecisionWords(outcome="merge", reasons="Samme behov.", merged_into=older)
    council_to_portfolio(case, words=words, meeting=world.meeting, actor=bo, at=TODAY)

    assert settle_merged(at=LATER) == 1
    assert settle_merged(at=LATER) == 0

    pair = only_pair()
    assert (pair.state, pair.answered_by_id) == ("merged", world.people["bo"].pk)
    assert SameNeed.objects.visible_to(HOUSE).standing().exists()
