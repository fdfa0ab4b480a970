"""News is read and approved by an editor, locked, corrected in the open, and never too wide."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.db import IntegrityError, transaction

from loype.history.models import Event
from loype.ideas.actions import change_visibility, follow_idea
from loype.kernel.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from loype.news.actions import (
    NewsWords,
    correct_news,
    edit_news,
    leave_news_out,
    publish_news,
    withdraw_news,
)
from loype.news.following import follow_activity, unfollow_activity
from loype.news.models import NewsCorrection, NewsItem
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.organisations.actor import NOBODY
from loype.portfolio.actions import share_activity
from loype.trail.handovers import start_running
from tests.cast import TODAY, World
from tests.news.telling import activity_of, draft_of, drafted, told

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("EP-22")]
WORDS = NewsWords(headline="Låser uten nøkler", text="Vi prøver ti dører.")


def readers(world: World, item: NewsItem, names: Iterable[str] = "") -> set[str]:
    """Who of the cast may read an item now."""
    cast = names or ("ada", "cai", "siv", "dee", "gro", "olaf", "eve")
    return {
        name
        for name in cast
        if NewsItem.objects.visible_to(world.actor(name)).filter(pk=item.pk).exists()
    }


def test_a_draft_is_the_editors_alone(world: World) -> None:
    names = ("ada", "bo", "cai", "siv", "fia", "dee", "mia", "olaf", "eve")
    assert readers(world, draft_of(activity_of(world)), names) == {"bo", "siv"}


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        ("organisation", {"ada", "cai", "siv"}),
        ("federation", {"ada", "cai", "siv", "dee", "gro"}),
        ("public", {"ada", "cai", "siv", "dee", "gro", "olaf", "eve"}),
    ],
)
def test_it_is_read_by_whom_the_editor_chose(world: World, width: str, expected: set[str]) -> None:
    assert readers(world, told(world, activity_of(world), visibility=width)) == expected


def test_it_is_never_wider_than_what_it_is_about(world: World) -> None:
    draft = draft_of(activity_of(world, visibility="organisation"))
    with pytest.raises(BadInput) as refused:
        publish_news(draft, visibility="public", actor=world.actor("siv"), at=TODAY)
    assert "visibility" in refused.value.fields
    with pytest.raises(IntegrityError, match="never wider"), transaction.atomic():
        NewsItem.objects.filter(pk=draft.pk).update(
            state="published", visibility="public", published_at=TODAY,
            published_by=world.people["siv"],
        )  # fmt: skip


def test_it_disappears_when_what_it_is_about_is_narrowed(world: World) -> None:
    activity = activity_of(world)
    item = told(world, activity)
    bo = world.actor("bo")

    change_visibility(activity.idea, visibility="organisation", actor=bo, at=TODAY)
    assert readers(world, item) == {"ada", "cai", "siv"}
    change_visibility(activity.idea, visibility="confidential", actor=bo, at=TODAY)
    # Ada gave it; Cai sits on the council and Siv is its secretary.
    assert readers(world, item, ("dee", "gro", "olaf", "eve")) == set()
    change_visibility(activity.idea, visibility="public", actor=bo, at=TODAY)
    assert "eve" in readers(world, item)


def test_news_of_an_activity_follows_the_activity(world: World) -> None:
    activity = start_running(activity_of(world), actor=world.actor("cai"), at=TODAY)
    draft = drafted("start_activity", activity)
    assert draft is not None
    item = publish_news(draft, visibility="public", actor=world.actor("siv"), at=TODAY)
    assert "eve" in readers(world, item)
    share_activity(activity, visibility="federation", actor=world.actor("cai"), at=TODAY)
    assert readers(world, item, ("dee", "olaf", "eve")) == {"dee"}


def test_what_became_confidential_cannot_be_told(world: World) -> None:
    activity = activity_of(world)
    draft = draft_of(activity)
    change_visibility(activity.idea, visibility="confidential", actor=world.actor("bo"), at=TODAY)
    with pytest.raises(WrongMoment):
        publish_news(draft, visibility="organisation", actor=world.actor("siv"), at=TODAY)


@pytest.mark.parametrize("name", ["ada", "cai", "fia", "dee", "mia", "olaf"])
def test_only_the_organisations_editors_may(world: World, name: str) -> None:
    activity = activity_of(world)
    draft, facts = draft_of(activity), {"actor": world.actor(name), "at": TODAY}
    with pytest.raises(NotAllowed):
        edit_news(draft, words=WORDS, **facts)
    with pytest.raises(NotAllowed):
        publish_news(draft, visibility="public", **facts)
    with pytest.raises(NotAllowed):
        leave_news_out(draft, **facts)
    item = told(world, activity)
    with pytest.raises(NotAllowed):
        correct_news(item, words=WORDS, note="Feil dag.", **facts)
    with pytest.raises(NotAllowed):
        withdraw_news(item, reason="Feil.", **facts)


def test_published_words_are_locked_but_for_a_correction_that_shows(world: World) -> None:
    siv = world.actor("siv")
    item = told(world, activity_of(world), words=WORDS)
    with pytest.raises(WrongMoment):
        edit_news(item, words=WORDS, actor=siv, at=TODAY)
    for change in ({"headline": "Noe annet"}, {"text": "x"}, {"visibility": "organisation"}):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            NewsItem.objects.filter(pk=item.pk).update(**change)
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        NewsItem.objects.get(pk=item.pk).delete()
    with pytest.raises(BadInput) as refused:
        correct_news(item, words=WORDS, note=" ", actor=siv, at=TODAY)
    assert set(refused.value.fields) == {"note"}

    better = NewsWords(headline=WORDS.headline, text="Vi prøver elleve dører.")
    correct_news(item, words=better, note="Det er elleve dører.", actor=siv, at=TODAY)

    shown = NewsItem.objects.visible_to(NOBODY).with_words().get(pk=item.pk)
    assert shown.now_text == "Vi prøver elleve dører."  # type: ignore[attr-defined]
    assert shown.correction == "Det er elleve dører."  # type: ignore[attr-defined]
    assert shown.text == WORDS.text
    with pytest.raises(IntegrityError, match="stays as it was made"), transaction.atomic():
        NewsCorrection.objects.update(note="Ingenting.")
    with pytest.raises(IntegrityError, match="stays as it was made"), transaction.atomic():
        NewsCorrection.objects.all().delete()


def test_a_draft_is_not_corrected_and_what_ended_stays_ended(world: World) -> None:
    siv = world.actor("siv")
    draft = draft_of(activity_of(world))
    with pytest.raises(WrongMoment):
        correct_news(draft, words=WORDS, note="Feil.", actor=siv, at=TODAY)
    left = leave_news_out(draft, actor=siv, at=TODAY)
    with pytest.raises(WrongMoment):
        publish_news(left, visibility="public", actor=siv, at=TODAY)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        NewsItem.objects.filter(pk=draft.pk).update(state="draft", ended_at=None)


def test_a_withdrawn_item_is_gone_for_readers_and_says_why_to_editors(world: World) -> None:
    siv = world.actor("siv")
    item = told(world, activity_of(world))
    with pytest.raises(BadInput):
        withdraw_news(item, reason="", actor=siv, at=TODAY)
    withdraw_news(item, reason="Stod feil navn.", actor=siv, at=TODAY)
    assert readers(world, item) == {"siv"}
    assert not NewsItem.objects.visible_to(siv).published().exists()


def test_two_editors_do_not_overwrite_each_other(world: World) -> None:
    siv = world.actor("siv")
    draft = draft_of(activity_of(world))
    edit_news(draft, words=WORDS, actor=siv, at=TODAY, version=draft.version)
    with pytest.raises(Stale):
        publish_news(
            draft, visibility="public", words=WORDS, actor=siv, at=TODAY, version=draft.version
        )


def test_every_act_has_its_account(world: World) -> None:
    siv = world.actor("siv")
    activity = activity_of(world)
    edit_news(draft_of(activity), words=WORDS, actor=siv, at=TODAY)
    item = told(world, activity)
    correct_news(item, words=WORDS, note="Feil.", actor=siv, at=TODAY)
    withdraw_news(item, reason="Feil.", actor=siv, at=TODAY)
    verbs = Event.objects.filter(thing_kind="news_item", thing_id=item.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "draft_news", "edit_news", "publish_news", "correct_news", "withdraw_news",
    ]  # fmt: skip


# --- who follows hears ---------------------------------------------------------------------------


def heard(item: NewsItem) -> set[str]:
    """Who is told that an item is published."""
    tell_about(Event.objects.get(verb="publish_news", thing_id=item.pk).pk, at=TODAY)
    rows = Notice.objects.filter(subject="news_published", thing_id=item.pk, kind="followed")
    return {notice.person.name for notice in rows.select_related("person")}


def test_followers_hear_of_published_news_as_far_as_they_may_read_it(world: World) -> None:
    activity = activity_of(world)
    for name in ("dee", "olaf", "mia"):
        follow_idea(activity.idea, actor=world.actor(name))
    assert heard(told(world, activity, visibility="federation")) == {"Ada", "Dee", "Mia"}


def test_one_follows_an_activity_whose_idea_one_may_not_read(world: World) -> None:
    activity, dee = activity_of(world, visibility="organisation"), world.actor("dee")
    with pytest.raises(NotFound):
        follow_activity(activity, actor=dee)
    share_activity(activity, visibility="federation", actor=world.actor("cai"), at=TODAY)
    follow_activity(activity, actor=dee)
    follow_activity(activity, actor=dee)
    running = start_running(activity, actor=world.actor("cai"), at=TODAY)

    tell_about(Event.objects.get(verb="start_activity").pk, at=TODAY)
    started = Notice.objects.get(person=world.people["dee"], subject="activity_started")
    assert (started.thing_kind, started.kind) == ("activity", "followed")

    draft = drafted("start_activity", running)
    assert draft is not None
    siv = world.actor("siv")
    item = publish_news(draft, visibility="federation", actor=siv, at=TODAY)
    assert "Dee" in heard(item)

    unfollow_activity(activity, actor=dee)
    Notice.objects.all().delete()
    assert "Dee" not in heard(item)
