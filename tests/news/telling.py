"""News made for tests: a public idea that goes on, drafted and told."""

from __future__ import annotations

from typing import Any

from loype.history.models import Event
from loype.news.actions import publish_news
from loype.news.drafting import draft_news
from loype.news.models import NewsItem
from loype.portfolio.models import Activity
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of


def activity_of(
    world: World, *, visibility: str = "public", text: str = "Prøve digitale låser.", **more: Any
) -> Activity:
    """Something that Fjordvik decided to go on with."""
    return go_on(world, idea_of(world, text=text, visibility=visibility), **more)


def drafted(verb: str, thing: Any) -> NewsItem | None:
    """What is drafted of the newest event of a kind about a thing."""
    events = Event.objects.filter(verb=verb, thing_kind=thing.history_kind, thing_id=thing.pk)
    return draft_news(events.latest("pk").pk, at=TODAY)


def draft_of(activity: Activity) -> NewsItem:
    """The draft about the decision to go on."""
    item = drafted("decide_case", activity.decision)
    assert item is not None
    return item


def told(world: World, activity: Activity, *, visibility: str = "public", **more: Any) -> NewsItem:
    """The news about the decision to go on, published by Siv."""
    return publish_news(
        draft_of(activity), visibility=visibility, actor=world.actor("siv"), at=TODAY, **more
    )
