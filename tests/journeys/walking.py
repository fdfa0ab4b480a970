"""The steps of the trail as people take them in a browser."""

from __future__ import annotations

import re
from datetime import timedelta

from loype.bodies.actions import call_meeting, plan_meeting
from loype.councils.models import Decision
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.portfolio.models import Activity
from loype.spread.models import Adoption, Solution
from tests.cast import World, everybody_comes
from tests.journeys.keyboard import Hands


def meet_soon(world: World) -> None:
    """A meeting ahead of today's clock, which the browser goes by."""
    assert world.council is not None
    bo = world.actor("bo", at=now())
    meeting = plan_meeting(world.council, starts_at=now() + timedelta(days=2), actor=bo, at=now())
    everybody_comes(call_meeting(meeting, actor=bo, at=now()), actor=bo, at=now())


def decide(bo: Hands, idea: Idea, *, from_queue: bool = True) -> Decision:
    """The council's leader names somebody responsible and writes the decision down."""
    bo.open("/council/" if from_queue else f"/council/cases/{idea.case.pk}/")
    if from_queue:
        bo.press(re.escape(idea.title[:40]), role="link")
    bo.choose("Name the responsible", "Cai")
    bo.press("^Appoint")
    bo.press("^Put on the agenda")
    meeting = idea.case.agenda_items.get().meeting
    bo.open(f"/council/meetings/{meeting.pk}/live/")
    bo.choose("What we decide", "go on with")
    bo.choose("Form", "an experiment")
    bo.choose("Course", "as our own")
    bo.choose("Scale", "small")
    bo.choose("Led by", "Cai")
    bo.write("because", "Mange kjenner seg igjen. Prøv i det små.")
    bo.press("^Write the decision down")
    return Decision.objects.get(case__idea=idea)


def carry_out(cai: Hands, idea: Idea) -> Activity:
    """The owner starts it, says how it goes and finishes it."""
    activity = Activity.objects.get(idea=idea)
    cai.open(f"/portfolio/{activity.pk}/")
    cai.press("^Start")
    cai.unfold("Say how it goes now")
    cai.pick("How does it go", "on track")
    cai.write("In a few words", "Ti dører er i gang.")
    cai.write("What is the next step", "Ti til.")
    cai.press("^Send the report")
    cai.sees("Ti dører er i gang.")
    cai.unfold("It is done")
    cai.write("What came of it", "Nattrunden er førti minutter kortere.")
    cai.press("^Finish it")
    activity.refresh_from_db()
    assert activity.state == "finished"
    return activity


def evaluate(cai: Hands, activity: Activity) -> None:
    """The owner plans, sets an indicator and concludes."""
    cai.open(f"/portfolio/{activity.pk}/evaluation/")
    cai.write("What do you want to find out", "Ble nattrunden kortere?")
    cai.tick("efficiency")
    cai.pick("How thoroughly", "light")
    cai.press("^Keep the plan")
    cai.unfold("Measure something")
    cai.write("What is measured", "Kjøring for å hente nøkler")
    cai.write("Unit", "minutter per vakt")
    cai.pick("Which way is better", "lower")
    cai.write("Before", "58")
    cai.write("Target", "20,5")
    cai.press("^Measure this")
    cai.unfold("Conclude")
    cai.pick("The verdict", "it worked")
    cai.write("What do you conclude", "Ja, vi sparer førti minutter.")
    cai.write("What did you not expect", "Pårørende sov bedre.")
    cai.page.once("dialog", lambda dialog: dialog.accept())
    cai.press("^Conclude the evaluation")
    activity.evaluation.refresh_from_db()
    assert activity.evaluation.state == "concluded"


def publish(cai: Hands, activity: Activity) -> Solution:
    """The owner writes what others may reuse and publishes it."""
    cai.open(f"/portfolio/{activity.pk}/solution/")
    cai.write("For whom", "Hjemmetjenester med nattpatrulje")
    cai.write("What must be kept", "Lås som virker uten nett")
    cai.write("Whom to ask", "Avdelingsleder i hjemmetjenesten")
    cai.press("^Keep as a draft")
    cai.press("^Publish")
    solution = Solution.objects.get(activity=activity)
    assert solution.state == "published"
    return solution


def look_on(fia: Hands, idea: Idea, decision: Decision) -> None:
    """The federation's seat sees the council's room and the decision, but does not decide."""
    fia.open("/council/")
    fia.open(f"/council/decisions/{decision.pk}/")
    fia.sees(decision.number)


def reuse(dee: Hands, solution: Solution) -> Adoption:
    """Another organisation takes it up and confirms that it is in use."""
    dee.open(f"/solutions/{solution.pk}/")
    dee.press("^We want to use this")
    adoption = Adoption.objects.get(solution=solution)
    dee.open(f"/adoptions/{adoption.pk}/")
    dee.unfold("It is in use here")
    dee.write("What value does it give", "Vi henter ikke nøkler lenger.")
    dee.press("^Confirm that it is in use")
    adoption.refresh_from_db()
    return adoption


def read_the_story(ada: Hands, idea: Idea) -> None:
    """The giver reads what became of it."""
    ada.open(f"/trail/idea/{idea.pk}/")
    for words in ("Handed in as", "Decided: go on", "Evaluated: it worked", "Published"):
        ada.sees(words)
