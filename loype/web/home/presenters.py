"""What the home page shows to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from loype.bodies.models import Meeting
from loype.councils.models import Case, JointInvitation
from loype.councils.querysets import with_queue
from loype.ideas.models import Idea
from loype.news.models import NewsItem
from loype.news.rules import edited_ids
from loype.organisations.actor import Actor
from loype.organisations.labels import Role
from loype.organisations.models import Organisation
from loype.portfolio.models import Activity
from loype.spread.models import Solution
from loype.trail.standing import Standing, Waiting, standings, waiting_of, with_waiting
from loype.web.home.lines import Line, gather, lines_of

MOST_WAITING = 10
MOST_MINE = 5
MOST_NEAR = 6
QUIET_FOR = timedelta(weeks=4)


@dataclass(frozen=True)
class Mine:
    """An idea of mine, where it stands, and who has it."""

    idea: Any
    standing: Standing
    waiting: Waiting | None


def run_organisations(actor: Actor) -> set[int]:
    """Where the person leads the council, is its secretary, or decides without one."""
    leads = actor.led_council_ids
    roles = (Role.COUNCIL_SECRETARY, Role.DECIDER)
    return {*leads, *(one.organisation_id for one in actor.roles_held if one.role in roles)}


def waits_for(actor: Actor, *, at: datetime) -> list[Line]:
    """What waits for this person, the council's questions first; one statement."""
    run = run_organisations(actor)
    parts = [_questions(actor), _meetings(actor, at=at), _cases(actor)]
    parts += [_left_open(actor, at=at)] if prepares(actor) else []
    parts += [_invitations(actor, run=run), _queues(actor, run=run)] if run else []
    parts += [_news(actor)] if edited_ids(actor) else []
    return gather([*parts, _reports(actor, at=at), _drafts(actor)])


def _questions(actor: Actor) -> Any:
    rows = Idea.objects.visible_to(actor).filter(
        giver=actor.person_id, state__in=("needs_information", "returned")
    )
    return lines_of(
        "question", rows.order_by("pk")[:MOST_WAITING],
        title="title", spoken="language", place="state",
    )  # fmt: skip


def _cases(actor: Actor) -> Any:
    rows = Case.objects.visible_to(actor).undecided().filter(responsible=actor.person_id)
    return lines_of(
        "case", rows.longest_waiting_first()[:MOST_WAITING],
        title="idea__title", spoken="idea__language", place="organisation__name",
        moment="waiting_since",
    )  # fmt: skip


def _meetings(actor: Actor, *, at: datetime) -> Any:
    bodies = sorted({seat.body_id for seat in actor.seats_held})
    rows = Meeting.objects.visible_to(actor).coming(at).filter(body__in=bodies, state="called")
    return lines_of(
        "meeting", rows.order_by("starts_at", "pk")[:MOST_WAITING], title="body__name",
        place="place", moment="starts_at",
    )  # fmt: skip


def prepares(actor: Actor) -> Q:
    """The bodies whose meetings the person prepares, as leader or secretary; empty for none."""
    homes = {one.organisation_id for one in actor.roles_held if one.role == Role.COUNCIL_SECRETARY}
    bodies = {seat.body_id for seat in actor.seats_held if seat.is_leader}
    found = Q()
    if homes:
        found |= Q(organisation__in=sorted(homes))
    if bodies:
        found |= Q(body__in=sorted(bodies))
    return found


def _left_open(actor: Actor, *, at: datetime) -> Any:
    """Meetings whose day has passed and that this person is to close or call off."""
    rows = Meeting.objects.visible_to(actor).left_open(localdate(at)).filter(prepares(actor))
    return lines_of(
        "left_open", rows[:MOST_WAITING], title="body__name", place="place", moment="starts_at"
    )


def _invitations(actor: Actor, *, run: Iterable[int]) -> Any:
    rows = JointInvitation.objects.visible_to(actor).unanswered()
    return lines_of(
        "invitation",
        rows.filter(organisation__in=sorted(run)).order_by("answer_by", "pk")[:MOST_WAITING],
        title="decision__case__idea__title", spoken="decision__case__idea__language",
        place="decision__organisation__name", day="answer_by",
    )  # fmt: skip


def _queues(actor: Actor, *, run: Iterable[int]) -> Any:
    """How many wait for the council, since when the oldest, and how many nobody follows up."""
    rows = (
        Case.objects.visible_to(actor)
        .undecided()
        .filter(organisation__in=sorted(run))
        .order_by()
        .values("organisation", "organisation__name")
        .annotate(
            oldest=Min("waiting_since"),
            total=Count("pk"),
            alone=Count("pk", filter=Q(responsible=None)),
        )
    )
    return lines_of(
        "queue", rows, thing="organisation", title="organisation__name", moment="oldest",
        number="total", other="alone",
    )  # fmt: skip


def _news(actor: Actor) -> Any:
    """How many drafts of news wait to be approved, organisation by organisation."""
    rows = (
        NewsItem.objects.visible_to(actor)
        .drafts()
        .filter(organisation__in=sorted(edited_ids(actor)))
        .order_by()
        .values("organisation", "organisation__name")
        .annotate(oldest=Min("drafted_at"), total=Count("pk"))
    )
    return lines_of(
        "news", rows, thing="organisation", title="organisation__name", moment="oldest",
        number="total",
    )  # fmt: skip


def _reports(actor: Actor, *, at: datetime) -> Any:
    rows = (
        Activity.objects.visible_to(actor)
        .filter(owner=actor.person_id, state="running")
        .annotate(heard_at=Coalesce("reported_at", "started_at"))
        .filter(heard_at__lt=at - QUIET_FOR)
    )
    return lines_of(
        "report", rows.order_by("heard_at")[:MOST_WAITING], title="title", moment="heard_at",
        place="organisation__name",
    )  # fmt: skip


def _drafts(actor: Actor) -> Any:
    rows = Idea.objects.visible_to(actor).filter(giver=actor.person_id, state="draft")
    return lines_of(
        "draft", rows.order_by("-created_at")[:MOST_WAITING], title="title", spoken="language",
        moment="created_at",
    )  # fmt: skip


def mine(actor: Actor, *, at: datetime) -> list[Mine]:
    """The newest ideas of this person with their latest news; two statements."""
    day = localdate(at)
    rows = Idea.objects.visible_to(actor).written_by(actor).filter(submitted_at__isnull=False)
    ideas = with_waiting(rows.exclude(state="withdrawn"), day=day).defer("words")
    newest = list(ideas.order_by("-submitted_at", "-pk")[:MOST_MINE])
    stands = standings(newest, actor=actor)
    return [
        Mine(
            idea=idea,
            standing=stands[idea.pk],
            waiting=waiting_of(idea, actor=actor, day=day, shows_names=True),
        )
        for idea in newest
    ]


def around(actor: Actor) -> dict[str, list[Line]]:
    """What is new near this person, what could be reused, and where ideas have nobody; one
    statement."""
    parts = [_new_ideas(actor), _reusable(actor)]
    parts += [_alone(actor)] if actor.organisation_ids else []
    found = gather(parts)
    return {
        "near": [line for line in found if line.kind == "idea"],
        "reusable": [line for line in found if line.kind == "solution"],
        "alone": [line for line in found if line.kind == "alone"],
    }


def _alone(actor: Actor) -> Any:
    """How many ideas of the person's organisations have nobody responsible, zero said too."""
    own = Organisation.objects.visible_to(actor).filter(pk__in=sorted(actor.organisation_ids))
    return lines_of(
        "alone", with_queue(own).order_by(), title="name", moment="oldest_waiting_since",
        number="without_responsible_count", other="undecided_count",
    )  # fmt: skip


def _new_ideas(actor: Actor) -> Any:
    """From the person's organisation and those it works with; else what is public."""
    rows = Idea.objects.visible_to(actor).filter(submitted_at__isnull=False)
    if actor.organisation_ids:
        rows = rows.filter(organisation__in=sorted(actor.neighbour_ids))
        rows = rows.exclude(giver=actor.person_id)
    else:
        rows = rows.filter(visibility="public")
    return lines_of(
        "idea", rows.order_by("-submitted_at", "-pk")[:MOST_NEAR], title="title",
        spoken="language", place="organisation__name", moment="submitted_at",
        number=Coalesce(F("unit"), 0), other="support_count",
    )  # fmt: skip


def _reusable(actor: Actor) -> Any:
    """The newest solutions of others that are not taken up here yet."""
    rows = Solution.objects.visible_to(actor).published()
    if actor.organisation_ids:
        ours = sorted(actor.organisation_ids)
        rows = rows.exclude(organisation__in=ours).exclude(adoptions__organisation__in=ours)
    return lines_of(
        "solution", rows.order_by("-published_at", "-pk")[:MOST_NEAR], title="title",
        spoken="language", place="organisation__name", moment="published_at",
        number="in_use_count",
    )  # fmt: skip
