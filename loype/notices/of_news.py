"""Who hears of news: its editors when it waits for them, followers when it is published."""

from __future__ import annotations

from collections.abc import Iterable

from loype.history.models import Event
from loype.news.models import NewsItem
from loype.notices.of_activities import initiative_people
from loype.notices.of_ideas import idea_people
from loype.notices.telling import Telling, role_holders
from loype.organisations.labels import Role
from loype.portfolio.models import Activity


def news_drafted(event: Event) -> Iterable[Telling]:
    """The council's secretary; where there is none, the administrators."""
    item = NewsItem.objects.get(pk=event.thing_id)
    editors = role_holders(item.organisation_id, (Role.COUNCIL_SECRETARY,), event.at)
    editors = editors or role_holders(item.organisation_id, (Role.ADMINISTRATOR,), event.at)
    for person in editors if item.state == "draft" else ():
        yield Telling(person, "news_drafted", "news_item", item.pk, {"title": item.headline})


def news_published(event: Event) -> Iterable[Telling]:
    """Those who wrote, lead or follow what it is about."""
    item = NewsItem.objects.select_related("idea").get(pk=event.thing_id)
    people = set(idea_people(item.idea)) if item.idea else set()
    for activity in _activities(item):
        people |= {activity.owner_id, *initiative_people(activity)}
    for person in sorted(people):
        facts = {"title": item.headline}
        yield Telling(person, "news_published", "news_item", item.pk, facts, is_important=False)


def _activities(item: NewsItem) -> Iterable[Activity]:
    rows = Activity.objects.select_related("idea")
    if item.solution_id is not None:
        return rows.filter(solution=item.solution_id)
    return rows.filter(pk=item.activity_id) if item.activity_id else rows.none()
