"""The page of one idea."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from loype.ideas.rules import (
    can_answer_reuse,
    can_comment_on_idea,
    can_edit_idea,
    can_read_reuse,
    can_support_idea,
    can_widen_visibility,
    can_withdraw_idea,
    shows_names,
)
from loype.ideas.states import IDEA
from loype.organisations.actor import Actor
from loype.trail.standing import standings, waiting_of
from loype.web.ideas.forms import CommentForm, SupportForm, VisibilityForm, WithdrawForm
from loype.web.ideas.loading import actor_of, load_idea, writer_ids, wrote
from loype.web.ideas.presenters import (
    comment_kinds,
    conversation,
    decisions_about,
    giver_name,
    last_comments,
    readable_target,
    writers_shown,
)
from loype.web.shared.context import address
from loype.web.shared.keywords import keywords_shown
from loype.web.shared.render import render
from loype.web.shared.reuse import kept_answer


@require_safe
def idea_page(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The giver's words, where it stands, who has it, and what was said and decided."""
    return show_idea(request, load_idea(request, idea_id))


def show_idea(request: HttpRequest, idea: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The idea's page, with a form that came back where there is one."""
    actor = actor_of(request)
    context = _facts(idea, actor=actor) | _around(request, idea) | _forms(idea, actor=actor)
    return render(request, "ideas/page.html", context | forms, status=status)


def _facts(idea: Any, *, actor: Actor) -> dict[str, Any]:
    """What the idea is and where it stands."""
    standing = standings([idea], actor=actor)[idea.pk]
    activity = standing.activity
    solution = activity.solution if activity is not None and standing.step == "spread" else None
    names = shows_names(actor)
    decisions = decisions_about(idea, actor=actor)
    return {
        "idea": idea,
        "keywords": keywords_shown(idea.keywords),
        "giver": giver_name(idea, actor=actor),
        "writers": writers_shown(idea, actor=actor),
        "standing": standing,
        "waiting": waiting_of(idea, actor=actor, day=localdate(), shows_names=names),
        "activity": activity,
        "activity_url": address("activity_page", activity.pk) if activity else "",
        "solution": solution,
        "solution_url": address("solution_page", solution.pk) if solution else "",
        "trail_url": address("trail_page", "idea", idea.pk),
        "merged_into": readable_target(idea.merged_into, actor=actor),
        "decisions": decisions,
        "joined": next((one for one in decisions if one.joins_now), None),
        **_reuse(idea, actor=actor),
    }


def _reuse(idea: Any, *, actor: Actor) -> dict[str, Any]:
    """Whether what others have is used, for those whom the answer is for."""
    writers = writer_ids(idea)
    reads = can_read_reuse(actor, idea, co_author_ids=writers)
    is_sent = idea.submitted_at is not None
    return {
        "reuse": kept_answer(idea) if reads else None,
        "can_answer_reuse": is_sent and can_answer_reuse(actor, idea, co_author_ids=writers),
    }


def _around(request: HttpRequest, idea: Any) -> dict[str, Any]:
    """What was said and attached."""
    everything = request.GET.get("comments") == "all"
    comments, has_more = last_comments(idea, everything=everything)
    return {
        "said": conversation(comments, idea=idea, actor=actor_of(request)),
        "has_more": has_more,
        "files": list(idea.files.filter(removed_at=None).select_related("file").order_by("pk")),
    }


def _forms(idea: Any, *, actor: Actor) -> dict[str, Any]:
    """What this reader may do here."""
    is_open = IDEA.may_move(before=idea.state, after="withdrawn")
    helps = {"helps": idea.helps_here, "note": idea.note_here}
    is_handed_in = idea.state not in ("draft", "withdrawn")
    is_writer = wrote(actor, idea)
    may_send = can_withdraw_idea(actor, idea) and idea.state in ("draft", "returned")
    return {
        "is_writer": is_writer,
        "is_giver": actor.is_signed_in and idea.giver_id == actor.person_id,
        "can_send": may_send,
        "can_edit": can_edit_idea(actor, idea, co_author_ids=writer_ids(idea)),
        "can_attach": is_writer and idea.state != "withdrawn",
        "can_support": is_handed_in and idea.state != "merged" and can_support_idea(actor, idea),
        "support_form": SupportForm(initial=helps, auto_id="support_%s"),
        "comment_form": CommentForm(kinds=comment_kinds(idea, actor=actor), auto_id="comment_%s")
        if is_handed_in and can_comment_on_idea(actor, idea)
        else None,
        "visibility_form": VisibilityForm(
            initial={"visibility": idea.visibility}, auto_id="visibility_%s"
        )
        if can_widen_visibility(actor, idea) and idea.state != "withdrawn"
        else None,
        "withdraw_form": WithdrawForm(auto_id="withdraw_%s")
        if can_withdraw_idea(actor, idea) and is_open
        else None,
    }
