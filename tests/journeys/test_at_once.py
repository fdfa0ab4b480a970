"""Two presses in the same moment: one counts, and nobody is left with half of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from loype.councils.models import Case
from loype.history.models import Event
from loype.history.verify import find_flaws
from loype.ideas.actions import draft_idea
from loype.ideas.models import Idea, Support
from loype.organisations.actions import give_role, leave_organisation
from loype.organisations.actor import HOUSE
from loype.organisations.models import Membership
from loype.portfolio.models import Activity
from loype.spread.models import Adoption
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, idea_of

pytestmark = pytest.mark.django_db(transaction=True)
Press = Callable[[], HttpResponse]


def at_once(*presses: Callable[[], object]) -> list[object]:
    """Do everything in the same moment, each on a connection of its own; failures are answers."""
    start = Barrier(len(presses))

    def press(act: Callable[[], object]) -> object:
        start.wait(timeout=20)
        try:
            return act()
        except Exception as failure:  # noqa: BLE001  the failure is what is looked at
            return failure
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


def statuses(*presses: Press) -> list[int]:
    """What the pages answered, sorted."""
    answers = at_once(*presses)
    assert all(isinstance(answer, HttpResponse) for answer in answers), answers
    return sorted(answer.status_code for answer in answers if isinstance(answer, HttpResponse))


def twice(client_of: Callable[[str], Client], name: str, address: str, **form: object) -> list[int]:
    """Somebody presses the same button twice, on two devices."""
    one, other = client_of(name), client_of(name)
    return statuses(lambda: one.post(address, form), lambda: other.post(address, form))


@pytest.mark.requirement("ROR-04")
def test_it_takes_one_form_sent_twice_as_one_idea(
    world: World, client_of: Callable[[str], Client]
) -> None:
    form = {
        "act": "send", "kind": "need", "text": "To trykk på samme knapp.",
        "form_key": "2f1c3a52-6c0e-4d53-9a0e-1d2b3c4d5e6f",
    }  # fmt: skip

    assert twice(client_of, "ada", "/ideas/new/", **form) == [302, 302]

    idea = Idea.objects.get()
    assert Case.objects.get().idea == idea
    assert Event.objects.filter(verb="submit_idea").count() == 1


def test_it_submits_a_draft_once(world: World, client_of: Callable[[str], Client]) -> None:
    draft = draft_idea(
        organisation=world.fjordvik, text="Et utkast", kind="idea", actor=world.actor("ada"),
        at=TODAY,
    )  # fmt: skip

    assert twice(client_of, "ada", f"/ideas/{draft.pk}/submit/") == [302, 302]

    assert Case.objects.filter(idea=draft).count() == 1
    assert Event.objects.filter(verb="submit_idea", thing_id=draft.pk).count() == 1


def test_it_counts_a_support_once(world: World, client_of: Callable[[str], Client]) -> None:
    idea = idea_of(world, text="Noe mange har", visibility="federation")

    assert twice(client_of, "dee", f"/ideas/{idea.pk}/support/", helps="12") == [302, 302]

    idea.refresh_from_db()
    assert Support.objects.filter(idea=idea).count() == 1
    assert (idea.support_count, idea.helps_count) == (1, 12)
    assert Event.objects.filter(verb="support_idea").count() == 1


def test_it_counts_everybody_who_supports_at_once(
    world: World, client_of: Callable[[str], Client]
) -> None:
    idea = idea_of(world, text="Noe mange har", visibility="federation")
    names = ("bo", "cai", "dee", "mia", "gro", "fia")
    clients = [client_of(name) for name in names]

    def supporting(client: Client) -> Press:
        return lambda: client.post(f"/ideas/{idea.pk}/support/", {"helps": "2"})

    assert statuses(*map(supporting, clients)) == [302] * len(names)

    idea.refresh_from_db()
    assert (idea.support_count, idea.helps_count) == (len(names), 2 * len(names))
    assert list(find_flaws()) == []


@pytest.mark.requirement("ROR-13")
def test_it_decides_once_where_a_named_decider_presses_twice(
    world: World, client_of: Callable[[str], Client]
) -> None:
    idea = idea_of(world, by="gro", text="En sak uten råd")
    case = Case.objects.get(idea=idea)
    form = {
        "outcome": "go_on", "form": "experiment", "course": "own_pilot", "scale": "small",
        "reasons": "Verdt det.", "responsible": world.people["gro"].pk, "version": case.version,
    }  # fmt: skip

    answers = twice(client_of, "gro", f"/council/cases/{case.pk}/decide/", **form)

    assert answers == [302, 409]
    assert Activity.objects.filter(idea=idea).count() == 1


def test_it_takes_a_solution_up_once(trail: TrailWorld, client_of: Callable[[str], Client]) -> None:
    before = Adoption.objects.count()

    answers = twice(client_of, "gro", f"/solutions/{trail['solution'].pk}/take-up/")

    assert Adoption.objects.count() == before + 1, answers
    assert 500 not in answers


def test_the_last_of_two_administrators_stays(world: World) -> None:
    """Both leave in the same moment; one of them is told that somebody must stay."""
    home = world.fjordvik
    give_role(world.people["ada"], organisation=home, role="administrator", actor=HOUSE, at=TODAY)

    def leaving(name: str) -> Callable[[], object]:
        return lambda: leave_organisation(
            home, person=world.people[name], actor=world.actor(name), at=TODAY
        )

    answers = at_once(leaving("siv"), leaving("ada"))

    left = Membership.objects.filter(organisation=home, role="administrator").on(TODAY.date())
    assert left.count() == 1
    refusals = [str(one) for one in answers if isinstance(one, Exception)]
    assert refusals == ["This is the last administrator. Make somebody else administrator first."]


def test_numbers_have_no_gap_and_no_double(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Six colleagues hand in at once: each idea gets the next number of the year."""
    clients = [client_of(name) for name in ("ada", "bo", "cai", "siv", "ada", "bo")]

    def handing_in(number: int, client: Client) -> Press:
        form = {"act": "send", "kind": "idea", "text": f"Samtidig {number}"}
        return lambda: client.post("/ideas/new/", form)

    assert statuses(*(handing_in(n, one) for n, one in enumerate(clients))) == [302] * 6

    numbers = sorted(Idea.objects.values_list("case_number", flat=True))
    assert len(set(numbers)) == 6
    ends = [int(number.rpartition("-")[2]) for number in numbers]
    assert ends == list(range(ends[0], ends[0] + 6))
    assert list(find_flaws()) == []
