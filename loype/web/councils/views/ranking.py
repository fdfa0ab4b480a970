"""One ranked list for the whole organisation: reading it, making it, moving in it, sharing it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.http import require_POST

from loype.councils.actions import current_council, refuse_unless_preparing
from loype.councils.assessing.actions import make_ranking, move_in_ranking, share_ranking
from loype.councils.assessing.reading import Placed, final_order
from loype.councils.assessing.rules import can_lead_assessing, can_move_in_ranking
from loype.councils.models import ManualMove, RankedCase, Ranking, Round
from loype.kernel.clock import now
from loype.organisations.models import Organisation
from loype.web.councils.ranking_forms import MeansForm, MoveForm, RankingForm
from loype.web.councils.ranking_presenters import (
    between_words,
    kept_picture,
    kept_words,
    list_lines,
)
from loype.web.councils.views.assessing import in_room, room_of
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.csv_tables import csv_table
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

DEFAULT_PLACES = 5
MOST_ROUNDS = 30


@login_required
def ranking_latest(request: HttpRequest) -> HttpResponse:
    """The newest list of the organisation; or how to come to a first one."""
    actor, organisation = actor_of(request), room_of(request)
    newest = Ranking.objects.visible_to(actor).filter(organisation=organisation)
    found = newest.values_list("pk", flat=True).order_by("-made_at", "-id").first()
    if found is not None:
        return HttpResponseRedirect(reverse("ranking_page", args=[found]))
    return show_making(request, organisation)


def show_making(
    request: HttpRequest, organisation: Organisation, *, form: RankingForm | None = None
) -> HttpResponse:
    """The page on which a list is made."""
    actor = actor_of(request)
    council = current_council(organisation.pk)
    context = {
        "organisation": organisation,
        "may_lead": can_lead_assessing(actor, organisation.pk, council=council),
        "form": form or ranking_form(closed_rounds(request, organisation)),
        "rounds_url": in_room("round_list", organisation.pk),
    }
    return render(request, "councils/ranking_new.html", context, status=422 if form else 200)


def closed_rounds(request: HttpRequest, organisation: Organisation) -> dict[str, Round]:
    """The rounds that a list may be made of, newest first."""
    rounds = Round.objects.visible_to(actor_of(request)).select_related("profile")
    closed = rounds.filter(organisation=organisation, state="closed")
    return {str(one.pk): one for one in closed.order_by("-closed_at", "-id")[:MOST_ROUNDS]}


def ranking_form(rounds: dict[str, Round], *, data: Any = None) -> RankingForm:
    """Closed rounds to choose from, the newest chosen."""
    return RankingForm(
        data,
        rounds=[(key, one.name) for key, one in rounds.items()],
        initial={"places": DEFAULT_PLACES, "rounds": list(rounds)[:1]},
    )


@login_required
def ranking_make(request: HttpRequest) -> HttpResponse:
    """Rank what closed rounds assessed."""
    actor, organisation, at = actor_of(request), room_of(request), now()
    if request.method != "POST":
        refuse_unless_preparing(actor, organisation.pk)
        return show_making(request, organisation)
    rounds = closed_rounds(request, organisation)
    form = ranking_form(rounds, data=request.POST)
    made: list[Ranking] = []

    def make(said: dict[str, Any]) -> None:
        chosen = [rounds[key] for key in said["rounds"]]
        made.append(
            make_ranking(organisation, rounds=chosen, places=said["places"], actor=actor, at=at)
        )

    if not carried_out(form, make):
        return show_making(request, organisation, form=form)
    return HttpResponseRedirect(reverse("ranking_page", args=[made[0].pk]))


def load_ranking(request: HttpRequest, ranking_id: int) -> Any:
    """A list one may see: one's council's own, or one that is shared."""
    rows = Ranking.objects.visible_to(actor_of(request)).with_newest()
    return get_object_or_404(
        rows.select_related("organisation", "profile", "made_by"), pk=ranking_id
    )


def read_ranking(request: HttpRequest, ranking: Ranking) -> tuple[list[RankedCase], list[Placed]]:
    """The rows one may read, and those that are ranked in the order they stand.

    In a shared list, cases one may not read leave a gap; who moved what stays in its own room.
    """
    actor = actor_of(request)
    rows = list(
        RankedCase.objects.visible_to(actor)
        .filter(ranking=ranking)
        .select_related("round_case__case__idea", "round_case__case__organisation")
        .defer("round_case__case__idea__words", "round_case__case__idea__text")
    )
    places, moves = final_order(ranking)
    found = {one.pk: Placed(one, places[one.pk]) for one in rows if one.pk in places}
    in_room = actor.is_house or ranking.organisation_id in actor.council_room_ids
    for move in moves if in_room else ():
        if move.ranked_id in found:
            found[move.ranked_id].moves.append(move)
    return rows, sorted(found.values(), key=lambda one: one.place)


@login_required
def ranking_page(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """The list as it stands, how sure it is, and who moved what."""
    return show_ranking(request, load_ranking(request, ranking_id))


def show_ranking(request: HttpRequest, ranking: Any, **returned: Any) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor = actor_of(request)
    rows, order = read_ranking(request, ranking)
    council = current_council(ranking.organisation_id)
    may_move = can_move_in_ranking(actor, ranking.organisation_id, council=council)
    newest_id = ranking.newest_id
    context: dict[str, Any] = {
        "ranking": ranking,
        "lines": list_lines(order, ranking=ranking),
        "picture": kept_picture(order, ranking=ranking) if order else "",
        "must_do": [one for one in rows if one.standing == "must_do"],
        "not_assessed": [one for one in rows if one.standing == "not_assessed"],
        "rounds": list(Round.objects.visible_to(actor).filter(rankings=ranking)),
        "in_room": ranking.organisation_id in actor.council_room_ids,
        "is_newest": newest_id == ranking.pk,
        "newest_id": newest_id,
        "may_lead": can_lead_assessing(actor, ranking.organisation_id, council=council),
        "may_move": may_move and newest_id == ranking.pk,
        "may_share": may_move and ranking.shared_at is None,
        "move_form": MoveForm(ranked=move_choices(order)),
        "means_form": MeansForm(auto_id="means_%s"),
    }
    return render(
        request, "councils/ranking.html", context | returned, status=422 if returned else 200
    )


def move_choices(order: list[Placed]) -> list[tuple[str, str]]:
    """The cases of the list as choices."""
    return [
        (str(one.ranked.pk), f"{one.place}. {one.ranked.round_case.case.idea.title}")
        for one in order
    ]


def back_to(ranking: Ranking) -> HttpResponseRedirect:
    """The list again, after an act."""
    return HttpResponseRedirect(reverse("ranking_page", args=[ranking.pk]))


@login_required
@require_POST
def ranking_move(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Move a case by hand."""
    ranking, actor = load_ranking(request, ranking_id), actor_of(request)
    _rows, order = read_ranking(request, ranking)
    ranked = {str(one.ranked.pk): one.ranked for one in order}
    form = MoveForm(request.POST, ranked=move_choices(order))
    done = carried_out(
        form,
        lambda said: move_in_ranking(
            ranked[said["ranked"]], to_place=said["to_place"], reason=said["reason"],
            actor=actor, at=now(),
        ),
    )  # fmt: skip
    if not done:
        return show_ranking(request, ranking, move_form=form)
    say(request, _("Moved. The reason stands beside it."))
    return back_to(ranking)


@login_required
@require_POST
def ranking_share(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Let neighbouring councils and the federation see the list."""
    ranking = load_ranking(request, ranking_id)
    share_ranking(ranking, actor=actor_of(request), at=now())
    say(request, _("Shared. Others see the cases whose ideas they may read, and nothing more."))
    return back_to(ranking)


@login_required
def ranking_csv(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """The list as a table for a spreadsheet, with every move and its reason."""
    ranking = load_ranking(request, ranking_id)
    _rows, order = read_ranking(request, ranking)
    heads = [
        pgettext("in a ranking", "place"), _("place by the sums"), _("case"), _("title"),
        _("value"), _("points"), _("priority"), _("stays in"), _("in nine of ten draws"),
        _("members"), _("moved"),
    ]  # fmt: skip
    lines = [
        [
            one.place,
            one.computed_place,
            one.ranked.round_case.case.idea.case_number or "",
            one.ranked.round_case.case.idea.title,
            one.ranked.value,
            one.ranked.points,
            one.ranked.get_priority_display(),
            kept_words(one.ranked),
            between_words(one.ranked),
            one.ranked.members,
            " | ".join(move_words(move) for move in one.moves),
        ]
        for one in order
    ]
    return csv_table([heads, *lines], name=f"ranking-{ranking.pk}.csv")


def move_words(move: ManualMove) -> str:
    """Who moved it from where to where, when and why, on one line."""
    return _("%(day)s %(who)s: from %(from)s to %(to)s. %(reason)s") % {
        "day": localdate(move.moved_at).isoformat(),
        "who": move.moved_by.name,
        "from": move.from_place,
        "to": move.to_place,
        "reason": move.reason,
    }


@login_required
def ranking_list(request: HttpRequest) -> HttpResponse:
    """All lists of one council, newest first."""
    organisation = room_of(request)
    rows = Ranking.objects.visible_to(actor_of(request)).filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "page": keyset_page(
            rows.select_related("made_by"), request=request, order=("-made_at", "-id")
        ),
    }
    return render(request, "councils/rankings.html", context)
