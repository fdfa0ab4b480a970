"""One of everything on the trail, made by the cast; what the permission matrix asks about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from loype.accounts.actions import create_token
from loype.councils.actions import (
    DecisionWords,
    TermsWords,
    answer_joint_invitation,
    appoint_responsible,
    propose_joint_terms,
    put_on_agenda,
)
from loype.councils.models import AgendaItem, Case, DossierOrder, JointInvitation
from loype.evaluation.actions import (
    add_indicator,
    conclude_evaluation,
    measure,
    plan_evaluation,
)
from loype.history.models import Event
from loype.ideas.actions import attach_file, comment_on_idea, draft_idea
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.news.actions import publish_news
from loype.news.drafting import draft_news
from loype.notices.models import Notice
from loype.organisations.actions import (
    close_days,
    found_organisation,
    invite_person,
    propose_merge,
)
from loype.organisations.actor import HOUSE
from loype.organisations.models import Membership
from loype.portfolio.actions import (
    add_milestone,
    add_participant,
    finish_activity,
    report_status,
    share_activity,
)
from loype.portfolio.models import Activity
from loype.search.needs.actions import propose_pair
from loype.search.saved.models import SavedSearch
from loype.spread.actions import draft_solution, publish_solution, take_up
from loype.trail.handovers import council_to_portfolio, hand_in, start_running
from loype.trail.monthly import report_month
from tests.assessing_world import add_assessing
from tests.cast import TODAY, World
from tests.council_world import add_council_year, add_mandates, add_matters

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x03\x00\x08\xfc\x02\xfe\xa7\x9a\xa0"
    b"\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


@dataclass
class TrailWorld:
    """The cast's world with one thing of each kind."""

    world: World
    things: dict[str, Any] = field(default_factory=dict)
    secret: str = ""

    def __getitem__(self, name: str) -> Any:
        """A thing by its name, e.g. `trail["idea"]`."""
        return self.things[name]


def build_trail(world: World) -> TrailWorld:
    """An idea waiting, one decided and running, one finished, evaluated, published and reused."""
    trail = TrailWorld(world)
    _ideas(trail)
    _running(trail)
    _finished(trail)
    _around(trail)
    add_matters(world, trail.things)
    _pairs(trail)
    add_council_year(world, trail.things)
    add_assessing(world, trail.things)
    _news(trail)
    return trail


def idea_of(world: World, *, text: str, by: str = "ada", **more: Any) -> Idea:
    """An idea that somebody of the cast hands in at their own organisation."""
    actor = world.actor(by)
    organisation = next(
        one for one in world.organisations.values() if one.pk == actor.organisation_id
    )
    more.setdefault("kind", "idea")
    return hand_in(organisation=organisation, text=text, actor=actor, at=TODAY, **more)


def go_on(world: World, idea: Idea, *, shared_with: str | None = None, **more: Any) -> Activity:
    """Let Fjordvik's council decide that an idea goes on, led by Cai; where nothing else is said,
    it chooses to share the activity with those the idea is shared with."""
    if shared_with is None:
        shared_with = idea.visibility if idea.visibility in ("federation", "public") else ""
    bo = world.actor("bo")
    case = Case.objects.get(idea=idea)
    put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)  # type: ignore[arg-type]
    facts: dict[str, Any] = {
        "outcome": "go_on",
        "form": "experiment",
        "course": "own_pilot",
        "scale": "small",
        "reasons": "Verdt å prøve i det små.",
        "responsible": world.people["cai"],
        **more,
    }
    decision = council_to_portfolio(
        case, words=DecisionWords(**facts), meeting=world.meeting, actor=bo, at=TODAY,
        activity_visibility=shared_with,
    )  # fmt: skip
    return Activity.objects.get(decision=decision)


def _ideas(trail: TrailWorld) -> None:
    world, things = trail.world, trail.things
    ada, bo = world.actor("ada"), world.actor("bo")
    things["idea"] = idea_of(world, text="Nøkler til hjemmetjenesten tar for lang tid å finne.")
    things["case"] = appoint_responsible(
        Case.objects.get(idea=things["idea"]), person=world.people["cai"], actor=bo, at=TODAY
    )
    things["agenda_item"] = put_on_agenda(
        things["case"],
        meeting=world.meeting,  # type: ignore[arg-type]
        actor=bo,
        at=TODAY,
    )
    things["federation_idea"] = idea_of(
        world, text="Felles opplæring for vikarer i alle kommunene.", visibility="federation"
    )
    things["public_idea"] = idea_of(
        world, text="Benker langs turveien ved elva.", visibility="public"
    )
    things["confidential_idea"] = idea_of(
        world, text="Noe som bare rådet bør vite om.", visibility="confidential"
    )
    things["draft"] = draft_idea(
        organisation=world.fjordvik,
        text="Et utkast som ingen andre skal se.",
        kind="wish",
        actor=ada,
        at=TODAY,
    )
    things["comment"] = comment_on_idea(
        things["idea"], text="Vi har det samme i natt.", actor=world.actor("cai"), at=TODAY
    )
    things["file"] = attach_file(
        things["idea"], content=PICTURE, name="skap.png", alt_text="Et nøkkelskap",
        actor=ada, at=TODAY,
    )  # fmt: skip


def _running(trail: TrailWorld) -> None:
    world, things = trail.world, trail.things
    cai = world.actor("cai")
    idea = idea_of(world, text="Felles nattpatrulje med nabokommunen.", visibility="federation")
    activity = go_on(
        world, idea,
        course="inter_municipal_should",
        answer_by=TODAY.date() + timedelta(days=20),
    )  # fmt: skip
    things["decision"] = activity.decision
    things["invitation"] = JointInvitation.objects.get(
        decision=activity.decision, organisation=world.organisations["elvestrand"]
    )
    other = idea_of(world, text="Prøve digitale låser på ti dører.")
    running = start_running(go_on(world, other), actor=cai, at=TODAY)
    report_status(
        running, light="yellow", text="To låser mangler", next_step="Bestille", actor=cai, at=TODAY
    )
    things["activity"] = Activity.objects.get(pk=running.pk)
    things["milestone"] = add_milestone(
        running, title="Ti låser på plass", due_date=TODAY.date() + timedelta(days=30),
        actor=cai, at=TODAY,
    )  # fmt: skip
    things["participant"] = add_participant(
        running, organisation=world.organisations["elvestrand"], role="følger med",
        actor=cai, at=TODAY,
    )  # fmt: skip
    things["planned_activity"] = activity
    _together(trail)


def _together(trail: TrailWorld) -> None:
    """Skogbygda says yes, and Fjordvik proposes terms that Skogbygda has not answered."""
    world, things = trail.world, trail.things
    skogbygda = world.organisations["skogbygda"]
    asked = JointInvitation.objects.get(decision=things["decision"], organisation=skogbygda)
    answer_joint_invitation(
        asked, answer="yes", reasons="Vi er med.", actor=world.actor("gro"), at=TODAY
    )
    things["joint_case"] = things["decision"].joint_case
    words = TermsWords(
        lead_id=world.fjordvik.pk, cost_key="equal", amount=Decimal(1000), exit_days=90,
        exit_terms="Den som går, betaler ut året.",
    )  # fmt: skip
    things["joint_terms"] = propose_joint_terms(
        things["joint_case"], words=words, organisation=world.fjordvik, actor=world.actor("bo"),
        at=TODAY,
    )  # fmt: skip


def _finished(trail: TrailWorld) -> None:
    world, things = trail.world, trail.things
    cai, dee = world.actor("cai"), world.actor("dee")
    for number, name in enumerate(("finished_activity", "second_finished")):
        idea = idea_of(world, text=f"Kortere vei til svar på søknader {number}.")
        activity = start_running(go_on(world, idea), actor=cai, at=TODAY)
        finished = finish_activity(activity, result="Svar på to dager", actor=cai, at=TODAY)
        evaluation = plan_evaluation(
            finished, question="Ble svartiden kortere?", depth="light", values=["quality"],
            actor=cai, at=TODAY,
        )  # fmt: skip
        indicator = add_indicator(
            evaluation, value="quality", name="Svartid", unit="dager", better="down",
            baseline=Decimal(20), target=Decimal(5), actor=cai, at=TODAY,
        )  # fmt: skip
        measurement = measure(
            indicator, value=Decimal(8), measured_date=TODAY.date(), actor=cai, at=TODAY
        )
        share_activity(finished, visibility="federation", actor=cai, at=TODAY)
        things[name] = Activity.objects.get(pk=finished.pk)
        if name == "finished_activity":
            conclude_evaluation(
                evaluation, verdict="worked", conclusion="Ja.",
                unexpected_findings="Færre telefoner.", actor=cai, at=TODAY,
            )  # fmt: skip
            things["concluded_evaluation"] = evaluation
        else:
            things["evaluation"], things["indicator"] = evaluation, indicator
            things["measurement"] = measurement
    facts = {
        "for_whom": "Saksbehandlere",
        "core_parts": "Malene",
        "contact_role": "Leder for servicetorget",
    }
    solution = draft_solution(
        things["finished_activity"], actor=cai, at=TODAY, visibility="federation", **facts
    )
    things["solution"] = publish_solution(solution, actor=cai, at=TODAY)
    things["draft_solution"] = draft_solution(
        things["second_finished"], actor=cai, at=TODAY, **facts
    )
    things["adoption"] = take_up(things["solution"], actor=dee, at=TODAY)


def _around(trail: TrailWorld) -> None:
    world, things = trail.world, trail.things
    things["organisation"], things["unit"] = world.fjordvik, world.unit
    things["closed_days"] = close_days(
        world.fjordvik, name="Planleggingsdag", from_date=date(2031, 8, 18),
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    things["council"], things["meeting"] = world.council, world.meeting
    things["seat"] = world.council.seats.get(is_leader=True)  # type: ignore[union-attr]
    things["federation_seat"] = world.council.seats.get(kind="federation")  # type: ignore[union-attr]
    things["term"] = things["seat"].terms.get()
    things["membership"] = Membership.objects.get(person=world.people["ada"], role="employee")
    things["federation"] = world.federation
    things["federation_membership"] = world.federation.memberships.get(  # type: ignore[union-attr]
        organisation=world.organisations["skogbygda"]
    )
    invite, trail.secret = invite_person(
        world.fjordvik, email="new@example.test", roles=["employee"], actor=world.actor("siv"),
        at=now(),
    )  # fmt: skip
    things["invite"] = invite
    token, _secret = create_token(
        world.people["ada"], name="Regneark", scopes=["read"], days=30, actor=world.actor("ada"),
        at=now(),
    )  # fmt: skip
    things["token"] = token
    things["notice"] = Notice.objects.create(
        person=world.people["ada"], event_id=1, subject="receipt",
        facts={"title": things["idea"].title, "case": things["idea"].case_number},
        thing_kind="idea", thing_id=things["idea"].pk, made_at=TODAY,
    )  # fmt: skip
    things["saved_search"] = SavedSearch.objects.create(
        person=world.people["ada"], name="Natt", asked="nattpatrulje", saved_at=TODAY, run_at=TODAY
    )
    named = found_organisation(
        name="Fjordvik Municipality", short_name="X-FJO", kind="other", state="proposed",
        source="cases", actor=HOUSE, at=TODAY,
    )  # fmt: skip
    things["merge_proposal"] = propose_merge(
        named, candidate=world.fjordvik, likeness=Decimal("0.800"), reason="Nearly the same name",
        actor=HOUSE, at=TODAY,
    )  # fmt: skip
    things["month"] = report_month(
        world.fjordvik, month=date(TODAY.year, TODAY.month - 1, 1), at=TODAY
    )
    add_mandates(world, things)
    _openness(trail)
    things["agenda_items"] = list(AgendaItem.objects.filter(meeting=world.meeting))


def _openness(trail: TrailWorld) -> None:
    """A decision of Elvestrand's named decider, in the log at once; a dossier that Bo asked for."""
    world, things = trail.world, trail.things
    rejected = idea_of(world, text="Flere parkeringsplasser ved rådhuset.", by="dee")
    words = DecisionWords(outcome="reject", reasons="Det er plass nok.")
    things["logged_decision"] = council_to_portfolio(
        Case.objects.get(idea=rejected), words=words, actor=world.actor("mia"), at=TODAY
    )
    things["dossier_order"] = DossierOrder.objects.create(
        case=things["case"], asked_by=world.people["bo"], asked_at=TODAY, rights="x"
    )


def _pairs(trail: TrailWorld) -> None:
    """The same need in Fjordvik and Elvestrand, and twice within Fjordvik."""
    world, things = trail.world, trail.things
    things["twin"] = idea_of(
        world, text="Opplæring av vikarer sammen med naboene.", by="dee", visibility="federation"
    )
    sides = {
        "pair": (things["federation_idea"], things["twin"]),
        "inner_pair": (things["idea"], things["confidential_idea"]),
    }
    evidence = {"words_a": ["opplæring"], "words_b": ["Opplæring"], "concepts": []}
    for name, (one, other) in sides.items():
        things[name] = propose_pair(
            one, other, probability=0.8, evidence=evidence, embedder="", at=TODAY
        )


def _news(trail: TrailWorld) -> None:
    """News of a solution, told to the federation; a draft about an activity."""
    world, things = trail.world, trail.things
    steps = {
        "news_item": ("publish_solution", "solution"),
        "news_draft": ("start_activity", "activity"),
    }
    for name, (verb, thing) in steps.items():
        event = Event.objects.get(verb=verb, thing_id=things[thing].pk)
        things[name] = draft_news(event.pk, at=TODAY)
    things["news_item"] = publish_news(
        things["news_item"], visibility="federation", actor=world.actor("siv"), at=TODAY
    )
