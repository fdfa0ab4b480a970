"""The story of one thing, and the figures of the whole flow."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from loype.kernel.clock import now
from loype.news.models import NewsItem
from loype.organisations.actor import Actor
from loype.trail.flow import can_see_flow, measure_flow
from loype.trail.timeline import KINDS, Story, tell_story
from loype.web.shared.render import render
from loype.web.trail.presenters import PERIODS, FlowPicture, StoryPicture, period_from

MOST_NEWS = 5


def trail_page(request: HttpRequest, kind: str, thing_id: int) -> HttpResponse:
    """From the first word to the latest reuse, as far as the reader may see."""
    if kind not in KINDS:
        raise Http404
    actor: Actor = request.actor  # type: ignore[attr-defined]
    story = tell_story(kind, thing_id, actor=actor)
    told = {"story": story, "picture": StoryPicture(story), "news": news_of(story, actor=actor)}
    return render(request, "trail/story.html", told)


def news_of(story: Story, *, actor: Actor) -> list[NewsItem]:
    """The newest news about anything in the story, as far as the reader may see it."""
    things = [(story.kind, story.id), *((link.kind, link.id) for link in story.links)]
    ids = {kind: [pk for named, pk in things if named == kind] for kind in KINDS}
    rows = NewsItem.objects.visible_to(actor).published().with_words()
    found = rows.of_trail(ideas=ids["idea"], activities=ids["activity"], solutions=ids["solution"])
    return list(found.newest_first()[:MOST_NEWS])


@login_required
def flow(request: HttpRequest) -> HttpResponse:
    """How many come in and go on, and how long each step takes."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    organisation_id = _chosen(request, actor)
    if organisation_id is None:
        return render(request, "trail/no_flow.html")
    at = now()
    period = request.GET.get("period", "")
    period = period if period in PERIODS else ""
    since, until = period_from(period, at=at)
    figures = measure_flow([organisation_id], since=since, until=until, at=at)
    picture = FlowPicture(figures, period=period, actor=actor, organisation_id=organisation_id)
    context = {
        "flow": figures,
        "picture": picture,
        "own": f"?organisation={organisation_id}",
        "at": at,
    }
    return render(request, "trail/flow.html", context)


def _chosen(request: HttpRequest, actor: Actor) -> int | None:
    """The organisation whose flow is asked for: one's own, else 404."""
    asked = request.GET.get("organisation", "")
    if not asked:
        return actor.organisation_id
    if not asked.isdigit() or len(asked) > 18 or not can_see_flow(actor, int(asked)):
        raise Http404
    return int(asked)
