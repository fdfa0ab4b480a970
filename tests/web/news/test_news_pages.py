"""News on pages: to approve, to read, on an initiative's status page, also signed out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from loype.ideas.actions import change_visibility
from loype.news.actions import withdraw_news
from loype.news.models import NewsItem
from loype.web.news.forms import DraftForm
from tests.cast import TODAY, World
from tests.news.telling import activity_of, draft_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("EP-22")]
ClientOf = Callable[[str], Client]


def text_of(client: Client, name: str, *arguments: object) -> str:
    """A page as it is sent."""
    return client.get(reverse(name, args=arguments)).content.decode()


def test_an_editor_finds_a_draft_at_home_mends_it_and_tells_it(
    world: World, client_of: ClientOf
) -> None:
    item = draft_of(activity_of(world))
    siv = client_of("siv")
    assert "1 news item waits to be approved in Fjordvik kommune" in text_of(siv, "home")
    assert item.headline in text_of(siv, "news_drafts")
    page = text_of(siv, "news_page", item.pk)
    assert "Read and approve" in page
    assert 'value="public"' in page

    words = {"headline": "Låser uten nøkler", "text": "Vi prøver ti dører.", "version": 1}
    kept = siv.post(reverse("news_save", args=[item.pk]), {**words, "act": "keep"}, follow=True)
    assert "Nobody else sees it yet" in kept.content.decode()
    assert client_of("eve").get(reverse("news_page", args=[item.pk])).status_code == 404

    version = NewsItem.objects.get(pk=item.pk).version
    facts = {**words, "version": version, "act": "publish", "visibility": "public"}
    siv.post(reverse("news_save", args=[item.pk]), facts)
    eve = client_of("eve")
    for name, argument in (("news_page", item.pk), ("organisation_news", world.fjordvik.pk)):
        assert "Låser uten nøkler" in text_of(eve, name, argument)
    assert "Låser uten nøkler" in text_of(eve, "federation_news", world.federation.pk)  # type: ignore[union-attr]
    assert "waits to be approved" not in text_of(siv, "home")


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    world: World, client_of: ClientOf
) -> None:
    item = draft_of(activity_of(world))
    facts = {
        "headline": "",
        "text": "Vi prøver ti dører.",
        "visibility": "public",
        "act": "publish",
    }
    answer = client_of("siv").post(reverse("news_save", args=[item.pk]), facts)
    assert answer.status_code == 422
    assert "Write a headline of at most 200 signs." in answer.content.decode()
    assert "Vi prøver ti dører." in answer.content.decode()


def test_a_public_initiatives_status_page_shows_its_news_signed_out(
    world: World, client_of: ClientOf
) -> None:
    activity = activity_of(world)
    item = told(world, activity)
    eve = client_of("eve")
    page = text_of(eve, "trail_page", "idea", activity.idea_id)
    assert reverse("news_page", args=[item.pk]) in page

    change_visibility(activity.idea, visibility="organisation", actor=world.actor("bo"), at=TODAY)
    assert eve.get(reverse("trail_page", args=["idea", activity.idea_id])).status_code == 404
    assert item.headline not in text_of(eve, "news_list")
    assert item.headline in text_of(client_of("ada"), "news_list")


def test_a_correction_shows_with_the_words_as_they_were(world: World, client_of: ClientOf) -> None:
    item = told(world, activity_of(world))
    facts = {"note": "Det er elleve dører.", "headline": "Nye låser", "text": "Elleve dører."}
    client_of("siv").post(reverse("news_correct", args=[item.pk]), facts)
    page = text_of(client_of("eve"), "news_page", item.pk)
    assert '<h1 lang="nb">Nye låser</h1>' in page
    assert "Det er elleve dører." in page
    assert "As it was first told" in page
    assert "Correct it" not in page
    assert "corrected" in text_of(client_of("eve"), "news_list")


def test_news_taken_back_is_gone_and_says_why_to_editors(world: World, client_of: ClientOf) -> None:
    item = told(world, activity_of(world))
    siv = client_of("siv")
    assert siv.post(reverse("news_withdraw", args=[item.pk]), {}).status_code == 422
    siv.post(reverse("news_withdraw", args=[item.pk]), {"reason": "Stod feil navn."})
    assert client_of("eve").get(reverse("news_page", args=[item.pk])).status_code == 404
    assert "Stod feil navn." in text_of(siv, "news_page", item.pk)


def test_what_is_left_out_is_never_told(world: World, client_of: ClientOf) -> None:
    item = draft_of(activity_of(world))
    siv = client_of("siv")
    siv.post(reverse("news_leave_out", args=[item.pk]))
    assert "Nothing waits" in text_of(siv, "news_drafts")
    assert client_of("ada").get(reverse("news_page", args=[item.pk])).status_code == 404


def test_pages_lead_readers_to_the_feeds(world: World, client_of: ClientOf) -> None:
    eve = client_of("eve")
    feed = reverse("organisation_feed", args=[world.fjordvik.pk, "rss"])
    for name in ("organisation_news", "organisation_page"):
        page = text_of(eve, name, world.fjordvik.pk)
        assert (
            f'type="application/rss+xml" title="News from Fjordvik kommune" href="{feed}"' in page
        )
    assert "application/rss+xml" in text_of(eve, "federation_news", world.federation.pk)  # type: ignore[union-attr]
    assert "No news yet" in text_of(eve, "organisation_news", world.fjordvik.pk)


def test_one_follows_an_activity_from_its_page(world: World, client_of: ClientOf) -> None:
    activity = activity_of(world)
    dee = client_of("dee")
    assert "Follow: hear what happens" in text_of(dee, "activity_page", activity.pk)
    dee.post(reverse("activity_follow", args=[activity.pk]))
    assert "Stop following" in text_of(dee, "activity_page", activity.pk)
    dee.post(reverse("activity_unfollow", args=[activity.pk]))
    assert "Follow: hear what happens" in text_of(dee, "activity_page", activity.pk)
    ada = client_of("ada")
    ada.post(reverse("idea_follow", args=[activity.idea_id]))
    assert "You follow the idea it came from" in text_of(ada, "activity_page", activity.pk)


def test_a_withdrawn_item_cannot_come_back(world: World, client_of: ClientOf) -> None:
    item = told(world, activity_of(world))
    withdraw_news(item, reason="Feil.", actor=world.actor("siv"), at=TODAY)
    facts = {"headline": "Igjen", "text": "Igjen.", "visibility": "public", "act": "publish"}
    answer = client_of("siv").post(reverse("news_save", args=[item.pk]), facts)
    assert answer.status_code == 409


def test_what_was_written_stays_readable_when_somebody_else_was_faster(
    world: World, client_of: ClientOf
) -> None:
    item = draft_of(activity_of(world))
    facts = {"headline": "Låser", "text": "Vi prøver\nti <dører>.", "version": 1, "act": "keep"}
    siv, place = client_of("siv"), reverse("news_save", args=[item.pk])
    assert siv.post(place, {**facts, "text": "Noe annet."}).status_code == 302
    late = siv.post(place, {**facts, "new_password": "a long walk uphill"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "What you wrote" in page
    assert "<p>Vi prøver<br>ti &lt;dører&gt;.</p>" in page
    assert "a long walk uphill" not in page


def test_each_editor_gets_the_widths_of_their_own_draft(world: World) -> None:
    one = DraftForm(widths=["organisation"])
    other = DraftForm(widths=["organisation", "federation", "public"])
    assert [value for value, _label in one.fields["visibility"].choices] == ["organisation"]
    assert len(list(other.fields["visibility"].choices)) == 3
    assert not DraftForm.base_fields["visibility"].choices  # type: ignore[attr-defined]
