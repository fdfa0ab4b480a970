"""The pages that lead a council, and the giver, to what is run together on the same need."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from loype.councils.actions import put_on_agenda
from loype.councils.models import Case, Decision, JointInvitation, NeedElsewhere
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.notices.words import explanation
from loype.portfolio.models import Activity
from loype.trail.handovers import start_running
from tests.cast import TODAY, World
from tests.councils.joining import REASONS, asked_to_join, join, need_of_fjordvik
from tests.councils.together import agree, propose

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ROR-08")]

ClientOf = Callable[[str], Client]


@pytest.fixture
def ours(world: World) -> Idea:
    """Ada's idea, on the agenda of Fjordvik's council."""
    idea = need_of_fjordvik(world)
    case, bo = Case.objects.get(idea=idea), world.actor("bo")
    put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)  # type: ignore[arg-type]
    return idea


def live(world: World, idea: Idea) -> tuple[str, str]:
    """The live page of a case, and where it is decided."""
    assert world.meeting is not None
    case, meeting = Case.objects.get(idea=idea).pk, world.meeting.pk
    return (
        f"/council/meetings/{meeting}/live/?case={case}",
        f"/council/meetings/{meeting}/decide/{case}/",
    )


def kept_inside(invitation: JointInvitation) -> Activity:
    """Elvestrand has not shown the others what it runs."""
    rows = Activity.objects.filter(current_decision=invitation.decision_id)
    rows.update(visibility="organisation")
    return rows.get()


def agreed_with_elvestrand(world: World, invitation: JointInvitation) -> Activity:
    """Both agree on terms; Fjordvik owns the activity too, and so its people may read it."""
    joint = invitation.decision.joint_case
    terms = propose(world, joint, by="elvestrand", lead_id=world.organisations["elvestrand"].pk)
    agree(world, terms, "fjordvik")
    return Activity.objects.get(current_decision=invitation.decision_id)


def test_the_council_joins_from_the_live_meeting(
    world: World, ours: Idea, client_of: ClientOf
) -> None:
    bo = client_of("bo")
    page, decide = live(world, ours)
    assert "join others with" not in bo.get(page).content.decode()  # nobody has asked yet
    invitation = asked_to_join(world, ours)
    said = bo.get(page).content.decode()
    assert "join others with" in said
    assert "led by Elvestrand kommune" in said
    seen = NeedElsewhere.objects.get(case__idea=ours).pk
    sent = {"outcome": "join", "reasons": REASONS, "seen_elsewhere": str(seen)}
    refused = bo.post(decide, sent)
    assert refused.status_code == 422
    assert "Choose what your own council was asked to join." in refused.content.decode()
    assert bo.post(decide, sent | {"joins": "0"}).status_code == 422
    assert bo.post(decide, sent | {"joins": str(invitation.pk)}).status_code == 302
    assert Decision.objects.get(case__idea=ours).joins == invitation


def test_the_invitation_leads_to_ones_own_case_and_back(
    world: World, ours: Idea, client_of: ClientOf
) -> None:
    invitation = asked_to_join(world, ours, answer="")
    bo, place = client_of("bo"), f"/council/invitations/{invitation.pk}/"
    assert f"/council/cases/{ours.case.pk}/" in bo.get(place).content.decode()
    assert "your own case still waits" not in bo.get(place).content.decode()
    assert bo.post(place, {"answer": "yes", "reasons": "Vi er med."}).status_code == 302
    assert "your own case still waits" in bo.get(place).content.decode()
    decision = join(world, ours, invitation)
    said = bo.get(place).content.decode()
    assert "your own case still waits" not in said
    assert f"/council/decisions/{decision.pk}/" in said
    assert "your own case still waits" not in client_of("mia").get(place).content.decode()


def test_the_giver_reads_where_it_goes_on(world: World, ours: Idea, client_of: ClientOf) -> None:
    invitation = asked_to_join(world, ours)
    join(world, ours, invitation)
    kept_inside(invitation)
    ada, place = client_of("ada"), f"/ideas/{ours.pk}/"
    before = ada.get(place).content.decode()
    assert "It goes on in what is run together, led by Elvestrand kommune." in before
    assert "as soon as it is open to you" in before
    activity = agreed_with_elvestrand(world, invitation)
    now = ada.get(place).content.decode()
    assert f'href="/portfolio/{activity.pk}/"' in now
    assert ada.post(f"/portfolio/{activity.pk}/follow/").status_code == 302
    page = ada.get(f"/council/decisions/{Decision.objects.get(case__idea=ours).pk}/")
    assert f'href="/portfolio/{activity.pk}/"' in page.content.decode()


def test_the_story_shows_the_way_on_both_ways(
    world: World, ours: Idea, client_of: ClientOf
) -> None:
    invitation = asked_to_join(world, ours)
    join(world, ours, invitation)
    kept_inside(invitation)
    ada, place = client_of("ada"), f"/trail/idea/{ours.pk}/"
    said = ada.get(place).content.decode()
    assert "Decided: we join what is run together, led by Elvestrand kommune" in said
    assert "/portfolio/" + str(Activity.objects.get().pk) not in said  # not open to her yet
    activity = agreed_with_elvestrand(world, invitation)
    assert f'href="/portfolio/{activity.pk}/"' in ada.get(place).content.decode()
    theirs = client_of("dee").get(f"/trail/idea/{activity.idea_id}/").content.decode()
    assert f'href="/ideas/{ours.pk}/"' in theirs
    assert "Joined it" in theirs


@pytest.mark.requirement("EP-22")
def test_the_giver_is_told_and_hears_how_it_goes(world: World, ours: Idea) -> None:
    invitation = asked_to_join(world, ours)
    join(world, ours, invitation)
    _tell("decide_case")
    notice = Notice.objects.get(person=world.people["ada"], subject="decided")
    said = explanation(notice.subject, notice.facts)
    assert "We join what is run together, led by Elvestrand kommune." in said
    assert REASONS in said
    assert "Your need is met there." in said
    activity = agreed_with_elvestrand(world, invitation)
    start_running(activity, actor=world.actor("dee"), at=TODAY)
    _tell("start_activity")
    heard = Notice.objects.get(person=world.people["ada"], subject="activity_started")
    assert (heard.thing_kind, heard.thing_id) == ("idea", ours.pk)


@pytest.mark.requirement("EP-22")
def test_the_giver_hears_nothing_of_what_is_not_open_to_them(world: World, ours: Idea) -> None:
    invitation = asked_to_join(world, ours)
    join(world, ours, invitation)
    start_running(kept_inside(invitation), actor=world.actor("dee"), at=TODAY)
    _tell("start_activity")
    assert not Notice.objects.filter(person=world.people["ada"], subject="activity_started")


def _tell(verb: str) -> None:
    for event in Event.objects.filter(verb=verb).order_by("pk"):
        tell_about(event.pk, at=TODAY)


def test_a_link_stands_beside_what_is_ticked(world: World, ours: Idea, client_of: ClientOf) -> None:
    invitation = asked_to_join(world, ours, answer="")
    theirs = invitation.decision.case.idea
    bo, (page, decide) = client_of("bo"), live(world, ours)
    link = f'href="/ideas/{theirs.pk}/"'
    assert link in _notice(bo.get(page).content.decode())
    refused = bo.post(decide, {"outcome": "park", "reasons": "Senere."})
    assert link in _notice(refused.content.decode())
    mia, case = client_of("mia"), Case.objects.get(idea=theirs).pk
    NeedElsewhere.objects.filter(case=case).update(seen_at=None, seen_by=None)
    theirs_page = mia.get(f"/council/cases/{case}/").content.decode()
    assert f'href="/ideas/{ours.pk}/"' in _notice(theirs_page)


def _notice(page: str) -> str:
    """What stands where the council ticks what it has seen."""
    start = page.index('name="seen_elsewhere"')
    return page[start : page.index("</fieldset>", start)]
