"""How a council's secretary, members and leader take a case through a meeting in the browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from loype.bodies.models import Meeting
from loype.councils.models import Decision
from loype.ideas.models import Idea
from loype.kernel.clock import now
from tests.journeys.axe_walking import Walker, wait_for_notice
from tests.journeys.neighbours import TECHNICAL, UNION

PLACE = "Rådssalen i Fjordvik"
SUMMARY = "To kommuner har meldt inn at fall om natten oppdages for sent."
STATEMENT = "De ansatte støtter en prøve, hvis nattevaktene får opplæring."
INTEREST = "Broren selger alarmer."
PROPOSAL = "Prøv varsling ved fall på to avdelinger, sammen med naboene."
REASONS = "Begge kommuner har behovet. Sammen får vi en rimeligere avtale."
CONDITIONS = "Beboere og pårørende spørres først."
DISSENT = "Bemanningen må økes først; en alarm løper ikke."
SPOKEN = "Tillitsvalgt ba om en egen sak om nattbemanning i januar."
# What the council's seats are called on the page, and what each says.
VOTES = {"Leader": "For", "Teknisk": "For", "The federation's seat": "For", "Tillitsvalgt": "Ag"}


@dataclass
class Held:
    """A meeting and what it decided."""

    meeting: Meeting
    decision: Decision


def plan_and_call(siv: Walker, idea: Idea) -> Meeting:
    """The secretary plans a meeting, puts the case on its agenda, writes the paper and calls it."""
    siv.open("/council/")
    siv.press("^Plan a meeting", role="link")
    siv.write_moment("Day and time", timezone.localtime(now() + timedelta(hours=1)))
    siv.write("Place", PLACE)
    siv.press("^Plan it")
    meeting = Meeting.objects.get(place=PLACE)
    siv.open("/council/")
    siv.press(re.escape(idea.title[:40]), role="link")
    siv.choose("Name the responsible", "Cai")
    siv.press("^Appoint")
    siv.press("^Put on the agenda")
    siv.open(f"/council/meetings/{meeting.pk}/")
    siv.press("^no paper yet", role="link")
    siv.press("^Write the paper", role="link")
    siv.write("Summary", SUMMARY)
    siv.write("The employees' statement", STATEMENT)
    siv.press("^Keep the paper")
    siv.open(f"/council/meetings/{meeting.pk}/")
    siv.press("^Call the meeting")
    return meeting


def answer_the_call(tor: Walker, liv: Walker, *, deputy: object) -> None:
    """A member cannot come; the deputy is told."""
    tor.follow_notice("meeting")
    tor.press("^I cannot come")
    wait_for_notice(deputy, "deputy_called")  # type: ignore[arg-type]
    liv.follow_notice("cannot come")


def open_the_meeting(siv: Walker, meeting: Meeting) -> None:
    """The secretary writes down who is there, and who has an interest of their own."""
    siv.open(f"/council/meetings/{meeting.pk}/")
    siv.press("^Open the live meeting", role="link")
    siv.sees("Others may have the same need")
    siv.choose(TECHNICAL, "Liv")
    siv.press("^Write attendance down")
    siv.unfold("Somebody has an interest of their own")
    siv.choose("Who", "Helse")
    siv.write("Why", INTEREST)
    siv.press("^Write it down")
    siv.sees("4 with a vote are present; 3 are needed.")


def vote(siv: Walker) -> None:
    """A proposal of the leader's is put to the vote, seat by seat."""
    siv.unfold("Make a proposal")
    siv.write("What is proposed", PROPOSAL)
    siv.choose("Proposed by", "Leader")
    siv.press("^Propose it")
    siv.unfold("Take a vote")
    for seat, choice in VOTES.items():
        siv.pick(f"^{seat}", choice)
    siv.press("^Count the votes")
    siv.sees("3 for, 1 against, 0 abstained")


def decide_together(bo: Walker, idea: Idea, *, elsewhere: str) -> Decision:
    """The leader says that the council has seen the neighbour's, and writes the decision down."""
    bo.open("/council/")
    bo.press("^Open the live meeting", role="link")
    bo.tick(re.escape(elsewhere))
    bo.choose("What we decide", "go on with")
    bo.choose("Form", "an experiment")
    bo.choose("Course", "preferably together")
    bo.choose("Scale", "small")
    bo.choose("Led by", "Cai")
    bo.write_day("The other councils answer by", timezone.localdate(now()) + timedelta(days=21))
    bo.write("because", REASONS)
    bo.write("on these conditions", CONDITIONS)
    bo.press("^Write the decision down")
    bo.sees("Decided in this meeting")
    decision = Decision.objects.get(case__idea=idea)
    assert decision.course == "inter_municipal_should"
    return decision


def record_dissent(siv: Walker, meeting: Meeting) -> None:
    """Who was voted down has their own words written into the minutes."""
    siv.open(f"/council/meetings/{meeting.pk}/live/")
    siv.unfold("Write down dissent")
    siv.choose("Who", UNION)
    siv.write("What they do not agree with", DISSENT)
    siv.press("^Write it down")
    siv.sees(DISSENT)


def close_the_meeting(siv: Walker) -> None:
    """The secretary closes the meeting, and cannot approve its minutes."""
    siv.press("close the meeting", role="link")
    siv.unfold("Close the meeting")
    siv.write("What was said", SPOKEN)
    siv.press("^Close the meeting")
    siv.sees("The minutes wait for the leader's approval.")
    siv.sees("Liv came")
    expect(siv.page.get_by_role("button", name="Approve the minutes")).to_have_count(0)


def approve(bo: Walker) -> None:
    """The leader finds the minutes in the council's room, reads them and approves them."""
    bo.open("/council/")
    bo.press("the meeting of", role="link")
    bo.press("^The minutes$", role="link")
    for words in (REASONS, DISSENT, SPOKEN, "not approved yet"):
        bo.sees(words)
    bo.page.go_back()
    bo.press("^Approve the minutes")
    bo.sees("The decisions are locked.")
    bo.press("^The minutes$", role="link")
    bo.sees("These minutes are locked")
