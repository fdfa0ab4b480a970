"""One need in two municipalities, in different words: told, decided, answered, shared, archived."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from loype.councils.models import Decision
from loype.history.verify import find_flaws
from loype.ideas.models import Idea
from loype.search.meaning import current_meaning
from tests.cast import World
from tests.journeys import agreeing, meeting_steps as steps
from tests.journeys.archived import refuse_unless_archived, words_of
from tests.journeys.axe_walking import Walker, wait_for_notice, worker_at_work
from tests.journeys.neighbours import LEADERS, five_municipalities

pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_no_old_jobs"),
]
NORWEGIAN = "Nattevaktene oppdager ikke fall: beboere på sykehjemmet faller uten at noen ser det."
SWEDISH = "För få på nattskiftet: de boende ramlar på natten utan att någon märker det i tid."


@pytest.fixture
def neighbours(world: World) -> World:
    """Five municipalities with councils, and the model that reads their words."""
    words = "The language model is not here: run `loype search build` (tools/install.sh does)."
    assert current_meaning() is not None, words
    return five_municipalities(world)


@pytest.mark.requirement("ROR-07")
@pytest.mark.requirement("ROR-08")
@pytest.mark.requirement("ROR-13")
@pytest.mark.requirement("ROR-15")
@pytest.mark.requirement("S19-13")
def test_it_goes_from_two_wordings_to_one_agreement(
    neighbours: World, live_server: LiveServer, browser: Browser, tmp_path: Path
) -> None:
    people = neighbours.people
    walkers = {
        name: Walker(browser, person=people[name], at=live_server.url)
        for name in ("ada", "elin", "siv", "bo", "fia", "tor", "liv", *LEADERS.values())
    }
    with worker_at_work(tmp_path):
        ours = _hand_in_and_share(walkers["ada"], NORWEGIAN)
        theirs = _hand_in_and_share(walkers["elin"], SWEDISH)
        _both_are_told(walkers, ours, theirs, world=neighbours)
        decision = _meet_and_decide(walkers, ours, theirs, world=neighbours)
        _minutes_are_archived(walkers["bo"], decision, into=tmp_path)
        _answer_and_agree(walkers, decision, theirs, world=neighbours)
    for walker in walkers.values():
        walker.done()
    assert list(find_flaws()) == []


def _hand_in_and_share(giver: Walker, words: str) -> Idea:
    """Somebody hands a need in and lets the neighbours read it."""
    giver.open("/")
    giver.write("What could be better where you work", words)
    giver.press("^Go on")
    giver.pick("What do you come with", "Need")
    giver.press("^Send")
    giver.press("^Go to your idea", role="link")
    giver.unfold("Let others read it")
    giver.choose("Who may read it", "The organisations we work with")
    giver.press("^Save")
    return Idea.objects.get(text=words)


def _both_are_told(walkers: dict[str, Walker], ours: Idea, theirs: Idea, *, world: World) -> None:
    """Both councils and the federation hear of it and see it where they decide; nobody has yet."""
    agreeing.wait_for_all(world, "same_need", "bo", "alva", "fia")
    for name, own, other in (("bo", ours, theirs), ("alva", theirs, ours)):
        walker, place = walkers[name], other.organisation.name
        walker.follow_notice("may be the same need as one in")
        walker.sees("The same need, in two places?")
        for idea in (own, other):
            walker.sees(idea.title)
        walker.press(f"^The case.*{re.escape(own.title[:40])}", role="link")
        walker.sees("Others may have the same need")
        walker.open("/council/")
        walker.sees(f"The same need: {place}")
        walker.press(re.escape(own.title[:40]), role="link")
        walker.sees("Others may have the same need")
        expect(walker.page.get_by_role("link", name=f"{place}: {other.title}")).to_be_visible()
    walkers["fia"].follow_notice("may be the same need as one in")
    walkers["fia"].open("/federation/overview/")
    walkers["fia"].sees("can be run together")
    assert not Decision.objects.exists()


def _meet_and_decide(
    walkers: dict[str, Walker], ours: Idea, theirs: Idea, *, world: World
) -> Decision:
    """Fjordvik's council meets, votes, and decides that it should be run together."""
    siv, bo = walkers["siv"], walkers["bo"]
    meeting = steps.plan_and_call(siv, ours)
    wait_for_notice(world.people["tor"], "meeting_called")
    steps.answer_the_call(walkers["tor"], walkers["liv"], deputy=world.people["liv"])
    steps.open_the_meeting(siv, meeting)
    steps.vote(siv)
    decision = steps.decide_together(bo, ours, elsewhere=theirs.organisation.name)
    steps.record_dissent(siv, meeting)
    steps.close_the_meeting(siv)
    return decision


def _minutes_are_archived(bo: Walker, decision: Decision, *, into: Path) -> None:
    """The leader approves; the PDF says who was there, what was decided, why, and who dissents."""
    steps.approve(bo)
    file = bo.download("^As PDF", into=into)
    refuse_unless_archived(file, language="nb", title="Innovasjonsrådet i Fjordvik")
    words = words_of(file)
    for told in (
        decision.number, steps.REASONS, steps.CONDITIONS, steps.PROPOSAL, steps.DISSENT,
        steps.INTEREST, steps.STATEMENT, steps.SPOKEN, "Liv, vara for Tor",
    ):  # fmt: skip
        assert told in words
    for name in ("Bo", "Cai", "Fia", "Una"):
        assert name in words
    decision.refresh_from_db()
    assert decision.locked_at is not None


def _answer_and_agree(
    walkers: dict[str, Walker], decision: Decision, theirs: Idea, *, world: World
) -> None:
    """Three say yes and one later; then those who take part agree on lead and cost."""
    bo, title = walkers["bo"], decision.case.idea.title
    agreeing.wait_for_all(world, "council_invited", *LEADERS.values())
    for place, leader in LEADERS.items():
        agreeing.answer(
            walkers[leader], place=place, title=title,
            own_need=theirs.title if place == "norrsund" else "",
        )  # fmt: skip
    wait_for_notice(world.people["bo"], "council_answered")
    joint = agreeing.read_answers(bo, decision, world=world)
    agreeing.propose(bo, world=world, lead="norrsund")
    partners = [LEADERS[place] for place, (said, _why) in agreeing.ANSWERS.items() if said == "yes"]
    agreeing.wait_for_all(world, "terms_proposed", *partners)
    for leader in partners:
        agreeing.agree(walkers[leader])
    wait_for_notice(world.people["bo"], "terms_settled")
    agreeing.read_shares(bo, joint, world=world)
    bo.sees("Agreed: Norrsunds kommun leads")
    for leader in partners:
        _stands_in_the_portfolio(walkers[leader], title)


def _stands_in_the_portfolio(walker: Walker, title: str) -> None:
    """Each of the owners finds the activity in their own portfolio, and the terms from there."""
    walker.open("/portfolio/?view=list")
    walker.press(re.escape(title[:40]), role="link")
    walker.press("^Who leads, who pays what", role="link")
    walker.sees("Agreed: Norrsunds kommun leads")
