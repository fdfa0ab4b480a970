"""Making the decision form and carrying out what it says, on the case page and in a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.models import Meeting
from loype.councils.actions import DecisionWords
from loype.councils.models import Case, Decision
from loype.ideas.actions import ReuseWords
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.kernel.currency import currency_of
from loype.kernel.errors import BadInput
from loype.organisations.actor import Actor
from loype.portfolio.mandates.models import PoliticalMandate
from loype.portfolio.models import Activity
from loype.trail.handovers import council_to_portfolio
from loype.web.councils.elsewhere import elsewhere_for, joined
from loype.web.councils.forms import DecisionForm
from loype.web.councils.presenters import names
from loype.web.shared.likeness import Alike, alike, own_trail
from loype.web.shared.reuse import words_of


def decisions_of(case: Case) -> list[Decision]:
    """Everything decided about a case, newest first, with what came of each."""
    return list(
        case.decisions.select_related(
            "body",
            "organisation",
            "responsible",
            "merged_into",
            "corrects",
            "meeting",
            "corrected_by",
            "activity__evaluation",
        )
        .defer("merged_into__words")
        .with_joined()
        .order_by("-decided_at", "-id")
    )


def finished_trials(decisions: Iterable[Decision]) -> list[tuple[int, str]]:
    """The small-scale trials of a case that are finished and evaluated, as choices of a list."""
    activities = (getattr(decision, "activity", None) for decision in decisions)
    return [
        (one.pk, f"{one.title} ({one.get_form_display()})")
        for one in activities
        if one is not None and is_trial(one)
    ]


def is_trial(activity: Activity) -> bool:
    """Whether an activity is a finished and evaluated small-scale trial."""
    if activity.scale != "small" or activity.state != "finished":
        return False
    evaluation = getattr(activity, "evaluation", None)
    return evaluation is not None and evaluation.state == "concluded"


def has_already(actor: Actor, case: Case, decisions: Iterable[Decision]) -> list[Alike]:
    """Who has this already, here and elsewhere; what became of the case itself left out."""
    idea = case.idea
    was_opened = any(decision.outcome == "go_on" for decision in decisions)
    own = own_trail(idea.pk, actor=actor) if was_opened else ()
    return alike(
        words_of(idea),
        actor=actor,
        idea_id=idea.pk,
        own=own,
        language=idea.language,
        limit=6,
        is_for_support=False,
    )


def decision_form(
    request: HttpRequest | None,
    *,
    case: Case,
    people: dict[str, Person],
    similar: Iterable[Alike],
    trials: Iterable[tuple[int, str]],
    actor: Actor,
    matters: Iterable[str] = (),
) -> DecisionForm:
    """The form for deciding a case; with a request, as it was sent."""
    ideas = merge_choices(case, similar, actor=actor)
    wanted = request.POST.get("merged_into", "") if request is not None else ""
    if wanted.isdecimal() and wanted not in {str(key) for key, _name in ideas}:
        ideas.append((int(wanted), wanted))
    first: dict[str, Any] = {"version": case.version, "responsible": case.responsible_id or ""}
    return DecisionForm(
        request.POST if request is not None else None,
        people=names(people),
        ideas=ideas,
        trials=trials,
        elsewhere=partial(elsewhere_for, case, actor=actor),
        mandates=partial(mandate_choices, case, actor=actor),
        matters=matters,
        currency=currency_of(case.organisation.country),
        initial=first,
    )


def mandate_choices(case: Case, *, actor: Actor) -> list[tuple[str, str]]:
    """The political mandates in force today, as choices of a list."""
    held = PoliticalMandate.objects.visible_to(actor).in_force(localdate(now()))
    rows = held.filter(organisation=case.organisation_id)
    return [(str(one.pk), f"{one.title} ({one.decision_reference})") for one in rows]


def chosen_mandate(chosen: str, *, case: Case, actor: Actor) -> PoliticalMandate | None:
    """The mandate that was chosen, if one was."""
    if not chosen:
        return None
    held = PoliticalMandate.objects.visible_to(actor).filter(organisation=case.organisation_id)
    return held.filter(pk=int(chosen)).first()


def merge_choices(case: Case, similar: Iterable[Alike], *, actor: Actor) -> list[tuple[int, str]]:
    """The ideas alike of the organisation and its federation, as choices of a list."""
    near = actor.neighbour_ids | {case.organisation_id}
    return [
        (one.hit.thing_id, f"{one.hit.title} ({one.hit.organisation})")
        for one in similar
        if one.hit.kind == "idea" and one.hit.organisation_id in near
    ]


def decide(
    case: Case,
    said: dict[str, Any],
    *,
    people: dict[str, Person],
    actor: Actor,
    at: datetime,
    meeting: Meeting | None = None,
    seen: Iterable[tuple[str, int]] = (),
) -> Decision:
    """Carry out what the form says."""
    words = DecisionWords(
        outcome=said["outcome"],
        reasons=said["reasons"],
        form=said["form"],
        course=said["course"],
        scale=said["scale"],
        conditions=said["conditions"],
        responsible=people.get(said["responsible"]),
        deadline=said["deadline"],
        answer_by=said["answer_by"],
        merged_into=merge_target(case, said, actor=actor) if said["outcome"] == "merge" else None,
        joins=joined(said["joins"], actor=actor) if said["outcome"] == "join" else None,
        exemption_reason=said["exemption_reason"],
        amount=said["amount"],
        matter=said["matter"],
        reuse=reuse_said(said, seen=seen),
        seen_elsewhere=frozenset(int(one) for one in said["seen_elsewhere"]),
    )
    return council_to_portfolio(
        case,
        words=words,
        actor=actor,
        at=at,
        meeting=meeting,
        trial=chosen_trial(said["trial"], case=case, actor=actor),
        mandate=chosen_mandate(said["mandate"], case=case, actor=actor),
        activity_visibility=said["activity_visibility"] if said["outcome"] == "go_on" else "",
        version=said["version"],
    )


def reuse_said(said: dict[str, Any], *, seen: Iterable[tuple[str, int]]) -> ReuseWords | None:
    """What the decision form says of what others have; nothing where it was left alone."""
    answer, reason = said["reuse_answer"], said["reuse_reason"]
    if not (answer or reason.strip()):
        return None
    return ReuseWords(answer=answer, reason=reason, seen=tuple(seen))


def merge_target(case: Case, said: dict[str, Any], *, actor: Actor) -> Idea | None:
    """The idea that a case is merged into, among those of the organisation and its federation."""
    near = sorted(actor.neighbour_ids | {case.organisation_id})
    ideas = Idea.objects.visible_to(actor).filter(organisation__in=near)
    number = said["merge_number"].strip()
    if number:
        found = ideas.filter(case_number__in=[number, number.upper()]).first()
        if found is None:
            raise BadInput(
                {"merge_number": _("There is no idea with this number that you may see.")}
            )
        return found
    chosen = said["merged_into"]
    return ideas.filter(pk=int(chosen)).first() if chosen else None


def chosen_trial(chosen: str, *, case: Case, actor: Actor) -> Activity | None:
    """The trial that full scale builds on, when one was chosen."""
    if not chosen:
        return None
    return Activity.objects.visible_to(actor).filter(idea=case.idea_id, pk=int(chosen)).first()
