"""The rows behind an idea's answer, read with as few statements as the answer needs."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from loype.api.finding import find
from loype.api.ideas.shapes import (
    IdeaDetail,
    IdeaFilters,
    NextStep,
    ReuseShape,
    Scope,
    file_shape,
    idea_facts,
    idea_ref,
    reuse_shape,
    support_shape,
)
from loype.api.shapes import person_shape
from loype.ideas.models import Idea, ReuseAnswer
from loype.ideas.rules import (
    can_answer_reuse,
    can_comment_on_idea,
    can_edit_idea,
    can_read_reuse,
    can_support_idea,
    can_widen_visibility,
    can_withdraw_idea,
    is_giver,
    shows_giver,
)
from loype.ideas.states import IDEA, WAITING
from loype.kernel.calendar import day_in
from loype.organisations.actor import Actor
from loype.search.similar import CONFIGURATIONS
from loype.trail.standing import promised_days


def readable(actor: Actor) -> QuerySet[Idea]:
    """Ideas the actor may read, with whose they are; search words stay in the database."""
    return (
        Idea.objects.visible_to(actor)
        .select_related("organisation", "unit", "giver")
        .defer("words")
    )


def matching(actor: Actor, filters: IdeaFilters) -> tuple[QuerySet[Idea], tuple[str, str]]:
    """The ideas that fit the filters, and the order they come in."""
    rows = readable(actor).defer("words", "text")
    order = ("-submitted_at", "-id")
    if filters.scope == Scope.MINE:
        rows = rows.filter(_written_by(actor))
        order = ("-created_at", "-id")
    else:
        rows = rows.filter(submitted_at__isnull=False)
    if filters.scope == Scope.ORGANISATION:
        rows = rows.filter(organisation=actor.organisation_id or 0)
    if filters.scope == Scope.FOLLOWED:
        rows = rows.filter(follows__person=actor.person_id or 0)
    for name in ("kind", "state"):
        if wanted := getattr(filters, name):
            rows = rows.filter(**{name: wanted})
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    if filters.q:
        rows = rows.filter(_about(filters.q))
    return rows, order


def _written_by(actor: Actor) -> Q:
    mine = actor.person_id or 0
    with_me = Idea.objects.visible_to(actor).filter(co_authors__person=mine)
    return Q(giver=mine) | Q(pk__in=with_me.values("pk"))


def _about(text: str) -> Q:
    """All the words in any of our languages, part of the title, or the case number itself."""
    wanted = Q(title__icontains=text) | Q(case_number__iexact=text)
    for configuration in CONFIGURATIONS:
        wanted |= Q(words=SearchQuery(text, config=configuration, search_type="websearch"))
    return wanted


def detail(idea_id: int, *, actor: Actor) -> IdeaDetail:
    """One idea with everything under it."""
    rows = readable(actor).select_related("merged_into", "reuse").defer("merged_into__words")
    idea = find(rows, idea_id)
    authors = [author.person for author in idea.co_authors.select_related("person")]
    author_ids = {person.pk for person in authors}
    wrote_it = is_giver(actor, idea, co_author_ids=author_ids)
    files = idea.files.filter(removed_at=None).select_related("file").order_by("id")
    support = idea.supports.filter(person=actor.person_id).first() if actor.is_signed_in else None
    named = wrote_it or shows_giver(actor, idea)
    return IdeaDetail(
        **idea_facts(idea, actor=actor),
        text=idea.text,
        merged_into=idea_ref(idea.merged_into, actor=actor),
        co_authors=[shape for one in authors if named and (shape := person_shape(one))],
        files=[file_shape(attached) for attached in files],
        my_support=support_shape(support) if support else None,
        reuse=_reuse(idea, actor=actor, author_ids=author_ids),
        i_follow=actor.is_signed_in and idea.follows.filter(person=actor.person_id).exists(),
        next_step=_next_step(idea) if wrote_it else None,
        may=_allowed(actor, idea, author_ids=author_ids),
    )


def _reuse(idea: Idea, *, actor: Actor, author_ids: set[int]) -> ReuseShape | None:
    kept: ReuseAnswer | None = getattr(idea, "reuse", None)
    if kept is None or not can_read_reuse(actor, idea, co_author_ids=author_ids):
        return None
    return reuse_shape(kept, actor=actor)


def _next_step(idea: Idea) -> NextStep | None:
    if idea.submitted_at is None or idea.state not in WAITING:
        return None
    home = idea.organisation
    promise = promised_days(home, handed_in=day_in(idea.submitted_at, home.time_zone))
    return NextStep(
        responsible_by=promise.responsible.isoformat(), decision_by=promise.decision.isoformat()
    )


def _allowed(actor: Actor, idea: Idea, *, author_ids: set[int]) -> list[str]:
    """The acts that the rules and the idea's state leave open to this reader."""
    owns = can_withdraw_idea(actor, idea)
    edits = can_edit_idea(actor, idea, co_author_ids=author_ids)
    answers: dict[str, bool] = {
        "edit": edits,
        "submit": owns and IDEA.may_move(before=idea.state, after="submitted"),
        "withdraw": owns and IDEA.may_move(before=idea.state, after="withdrawn"),
        "support": can_support_idea(actor, idea) and idea.state not in ("draft", "withdrawn"),
        "comment": can_comment_on_idea(actor, idea),
        "change_visibility": can_widen_visibility(actor, idea) or edits,
        "name_co_authors": owns,
        "answer_reuse": idea.submitted_at is not None
        and can_answer_reuse(actor, idea, co_author_ids=author_ids),
    }
    return [act for act, allowed in answers.items() if allowed]
