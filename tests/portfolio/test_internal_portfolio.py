"""A portfolio is its organisation's own, until somebody shares an activity."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from loype.cli.exporting.fields import KINDS
from loype.cli.exporting.writing import write_rows
from loype.councils.actions import DecisionWords
from loype.councils.models import Case
from loype.kernel.errors import BadInput
from loype.portfolio.actions import share_activity
from loype.portfolio.models import Activity
from loype.portfolio.owning import share_ownership
from loype.search.models import SearchText
from loype.trail.handovers import council_to_portfolio
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of

SignIn = Callable[[str], Client]
TITLE = "Hemmelig test i det stille"
EVERYBODY = ("ada", "bo", "cai", "fia", "dee", "mia", "olaf", "eve")
INSIDE = ["ada", "bo", "cai", "fia"]


@pytest.fixture
def activity(world: World) -> Activity:
    """An activity of Fjordvik's that nobody has shared."""
    return go_on(world, idea_of(world, text=f"{TITLE}."))


def places(world: World, activity: Activity, client_of: SignIn) -> dict[str, list[str]]:
    """Who finds it where."""
    page = reverse("activity_page", args=[activity.pk])
    story = reverse("trail_page", args=["activity", activity.pk])
    asks = {
        "list": lambda one: TITLE in one.get("/portfolio/?scope=all&view=list").content.decode(),
        "board": lambda one: TITLE in one.get("/portfolio/?scope=all").content.decode(),
        "page": lambda one: one.get(page).status_code == 200,
        "story": lambda one: one.get(story).status_code == 200,
        "api": lambda one: TITLE in one.get("/api/v1/activities").content.decode(),
        "api, one": lambda one: one.get(f"/api/v1/activities/{activity.pk}").status_code == 200,
    }
    found = {
        place: [name for name in EVERYBODY if ask(client_of(name))] for place, ask in asks.items()
    }
    texts = SearchText.objects.filter(kind="activity", thing_id=activity.pk)
    found["search"] = [n for n in EVERYBODY if texts.visible_to(world.actor(n)).exists()]
    found["export"] = [name for name in EVERYBODY if TITLE in exported(world, name)]
    return found


def exported(world: World, name: str) -> str:
    """What somebody gets when they export the activities."""
    file = io.StringIO()
    write_rows(KINDS["activities"], file, form="csv", actor=world.actor(name))
    return file.getvalue()


@pytest.mark.requirement("ROR-23")
def test_it_is_hidden_from_other_municipalities_unless_shared(
    world: World, activity: Activity, client_of: SignIn
) -> None:
    assert activity.visibility == "organisation"
    for place, readers in places(world, activity, client_of).items():
        assert readers == INSIDE, place
    cai = world.actor("cai")
    share_activity(activity, visibility="federation", actor=cai, at=TODAY)
    for place, readers in places(world, activity, client_of).items():
        assert readers == [*INSIDE, "dee", "mia"], place
    share_activity(activity, visibility="public", actor=cai, at=TODAY)
    for place, readers in places(world, activity, client_of).items():
        assert readers == list(EVERYBODY), place
    share_activity(activity, visibility="organisation", actor=cai, at=TODAY)
    assert places(world, activity, client_of)["page"] == INSIDE


@pytest.mark.requirement("ROR-23")
@pytest.mark.parametrize("visibility", ["federation", "public"])
def test_it_is_internal_even_where_the_idea_is_shared(
    world: World, client_of: SignIn, visibility: str
) -> None:
    idea = idea_of(world, text=f"{TITLE}.", visibility=visibility)
    activity = go_on(world, idea, shared_with="")
    assert (idea.visibility, activity.visibility) == (visibility, "organisation")
    for place, readers in places(world, activity, client_of).items():
        assert readers == INSIDE, place


@pytest.mark.requirement("ROR-23")
def test_it_stays_with_the_council_where_the_idea_is_confidential(world: World) -> None:
    idea = idea_of(world, text="Noe fortrolig.", visibility="confidential")
    assert go_on(world, idea).visibility == "confidential"


@pytest.mark.requirement("ROR-23")
@pytest.mark.parametrize("chosen", ["organisation", "federation", "public"])
def test_whoever_decides_may_choose_to_share_it(world: World, chosen: str) -> None:
    idea = idea_of(world, text=f"{TITLE}.")
    assert go_on(world, idea, shared_with=chosen).visibility == chosen


def test_it_is_shared_with_somebody_there_is(world: World) -> None:
    with pytest.raises(BadInput) as problem:
        go_on(world, idea_of(world, text=f"{TITLE}."), shared_with="everybody")
    assert set(problem.value.fields) == {"activity_visibility"}


@pytest.mark.requirement("ROR-23")
def test_whoever_owns_it_too_reads_it_and_nobody_else(world: World, client_of: SignIn) -> None:
    activity = go_on(
        world, idea_of(world, text=f"{TITLE}.", visibility="federation"), shared_with=""
    )
    places_of = {key: one.pk for key, one in world.organisations.items()}
    share_ownership(
        activity, shares={places_of["fjordvik"]: Decimal(60), places_of["elvestrand"]: Decimal(40)},
        currency="NOK", lead_id=places_of["fjordvik"], actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip
    readers = [
        name
        for name in (*EVERYBODY, "gro")
        if Activity.objects.visible_to(world.actor(name)).filter(pk=activity.pk).exists()
    ]
    assert readers == [*INSIDE, "dee", "mia"]


@pytest.mark.requirement("ROR-23")
@pytest.mark.parametrize(
    ("said", "stands"),
    [("", "organisation"), ("federation", "federation"), ("public", "public")],
)
def test_it_is_chosen_on_the_page_where_it_is_decided(
    world: World, client_of: SignIn, said: str, stands: str
) -> None:
    gro = client_of("gro")
    idea = idea_of(world, text=f"{TITLE}.", by="gro", visibility="federation")
    case = Case.objects.get(idea=idea)
    shown = gro.get(reverse("case_page", args=[case.pk])).content.decode()
    assert "Who else may read about the activity" in shown
    assert "nobody outside, for now" in shown
    form = {
        "outcome": "go_on", "form": "experiment", "course": "own_pilot", "scale": "small",
        "reasons": "Vi prøver.", "responsible": world.people["gro"].pk,
        "activity_visibility": said, "version": case.version,
    }  # fmt: skip
    assert gro.post(reverse("case_decide", args=[case.pk]), form).status_code == 302
    assert Activity.objects.get(idea=idea).visibility == stands


@pytest.mark.requirement("ROR-23")
def test_a_later_decision_shares_it_or_leaves_it_as_it_is(world: World) -> None:
    gro = world.actor("gro")
    idea = idea_of(world, text=f"{TITLE}.", by="gro")
    words = DecisionWords(
        outcome="go_on", form="experiment", course="own_pilot", scale="small",
        reasons="Vi prøver.", responsible=world.people["gro"],
    )  # fmt: skip
    for chosen, stands in (("", "organisation"), ("federation", "federation"), ("", "federation")):
        case = Case.objects.get(idea=idea)
        council_to_portfolio(case, words=words, activity_visibility=chosen, actor=gro, at=TODAY)
        assert Activity.objects.get(idea=idea).visibility == stands


@pytest.mark.requirement("ROR-23")
@pytest.mark.parametrize(("said", "stands"), [(None, "organisation"), ("public", "public")])
def test_it_is_chosen_by_programs(
    world: World, client_of: SignIn, said: str | None, stands: str
) -> None:
    idea = idea_of(world, text=f"{TITLE}.", by="gro", visibility="public")
    case = Case.objects.get(idea=idea)
    wanted = {
        "outcome": "go_on", "form": "experiment", "course": "own_pilot", "scale": "small",
        "reasons": "Vi prøver.", "responsible_id": world.people["gro"].pk,
        **({"activity_visibility": said} if said else {}),
    }  # fmt: skip
    answer = client_of("gro").post(
        f"/api/v1/cases/{case.pk}/decisions", wanted, content_type="application/json"
    )
    assert answer.status_code == 201, answer.content
    assert Activity.objects.get(idea=idea).visibility == stands


@pytest.mark.requirement("ROR-23")
def test_the_mandate_behind_it_stays_inside_when_it_is_shared(
    world: World, activity: Activity, client_of: SignIn
) -> None:
    share_activity(activity, visibility="public", actor=world.actor("cai"), at=TODAY)
    address = reverse("activity_mandate", args=[activity.pk])
    answers = {name: client_of(name).get(address).status_code for name in EVERYBODY}
    assert answers == {
        "ada": 200, "bo": 200, "cai": 200, "fia": 200, "dee": 403, "mia": 403, "olaf": 403,
        "eve": 302,
    }  # fmt: skip
