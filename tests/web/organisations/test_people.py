"""Looking after people: roles, place, leaving; the last administrator stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from loype.accounts.models import Person
from loype.kernel.errors import WrongMoment
from loype.organisations.actions import end_membership, give_role, leave_organisation
from loype.organisations.actor import HOUSE
from loype.organisations.models import Membership
from tests.cast import TODAY, World


def held(name: str, role: str) -> Membership:
    return Membership.objects.get(person__name=name.capitalize(), role=role, to_date=None)


def test_it_gives_and_ends_a_role(world: World, client_of: Callable[[str], Client]) -> None:
    siv, ada = client_of("siv"), world.people["ada"]
    siv.post(reverse("organisation_role_give", args=[ada.pk]), {"role": "council_secretary"})
    assert world_actor_has(ada, "council_secretary", world)
    siv.post(reverse("organisation_role_end", args=[held("ada", "council_secretary").pk]))
    assert not world_actor_has(ada, "council_secretary", world)


def world_actor_has(person: Person, role: str, world: World) -> bool:
    from loype.bodies.loading import load_actor
    from loype.kernel.clock import now

    actor = load_actor(person.pk, name=person.name, day=now().date())
    return actor.has_role(role, world.fjordvik.pk)


def test_it_sets_unit_and_title_in_all_roles(
    world: World, client_of: Callable[[str], Client]
) -> None:
    place = reverse("organisation_person_place", args=[world.people["siv"].pk])
    answer = client_of("siv").post(place, {"unit": str(world.unit.pk), "job_title": "Leder"})  # type: ignore[union-attr]
    assert answer.status_code == 302
    rows = Membership.objects.filter(person=world.people["siv"])
    assert {(one.unit_id, one.job_title) for one in rows} == {(world.unit.pk, "Leder")}  # type: ignore[union-attr]
    client_of("siv").post(place, {"unit": "", "job_title": ""})
    assert {(one.unit_id, one.job_title) for one in rows.all()} == {(None, "")}


def test_it_keeps_the_last_administrator(world: World, client_of: Callable[[str], Client]) -> None:
    siv = client_of("siv")
    for place in (
        reverse("organisation_leave"),
        reverse("organisation_role_end", args=[held("siv", "administrator").pk]),
    ):
        answer = siv.post(place)
        assert answer.status_code == 409
        assert "last administrator" in answer.content.decode()
    with pytest.raises(WrongMoment):
        end_membership(held("siv", "administrator"), actor=HOUSE, at=TODAY)
    with pytest.raises(WrongMoment):
        leave_organisation(
            world.fjordvik, person=world.people["siv"], actor=world.actor("siv"), at=TODAY
        )
    assert Membership.objects.filter(person=world.people["siv"], to_date=None).count() == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisations_membership SET to_date = '2026-03-01' WHERE id = %s",
        "UPDATE organisations_membership SET role = 'coordinator' WHERE id = %s",
        "DELETE FROM organisations_membership WHERE id = %s",
    ],
)
def test_the_database_keeps_the_last_administrator_too(world: World, statement: str) -> None:
    row = held("siv", "administrator").pk
    with pytest.raises(IntegrityError, match="last administrator"):
        run_now(statement, row)


def run_now(statement: str, row: int) -> None:
    """Run a statement behind the verbs' back and let the database check it at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [row])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_it_lets_an_administrator_go_when_there_is_another(
    world: World, client_of: Callable[[str], Client]
) -> None:
    give_role(
        world.people["ada"], organisation=world.fjordvik, role="administrator", actor=HOUSE,
        at=TODAY,
    )  # fmt: skip
    answer = client_of("siv").post(reverse("organisation_leave"))
    assert answer.status_code == 302
    assert not Membership.objects.filter(person=world.people["siv"], to_date=None).exists()


def test_it_takes_who_has_left_off_everything_new(
    world: World, client_of: Callable[[str], Client]
) -> None:
    cai = world.people["cai"]
    siv = client_of("siv")
    assert "Cai" in siv.get(reverse("organisation_people")).content.decode()
    siv.post(reverse("organisation_person_end", args=[cai.pk]))
    siv.get(reverse("organisation_people"))  # says once who left
    assert "Cai" not in siv.get(reverse("organisation_people")).content.decode()
    assert siv.get(reverse("organisation_person", args=[cai.pk])).status_code == 404
    # The account stays, and so do the days of the role.
    assert Person.objects.filter(pk=cai.pk, is_active=True).exists()
    assert Membership.objects.get(person=cai).to_date is not None
    assert client_of("cai").get(reverse("organisation_settings")).status_code == 302


def test_it_cannot_make_who_has_left_responsible(trail: Any) -> None:
    from loype.councils.actions import appoint_responsible
    from loype.kernel.errors import Refusal

    world = trail.world
    leave_organisation(
        world.fjordvik, person=world.people["ada"], actor=world.actor("ada"), at=TODAY
    )
    with pytest.raises(Refusal):
        appoint_responsible(
            trail["case"], person=world.people["ada"], actor=world.actor("bo"), at=TODAY
        )


def test_it_finds_people_by_name_mail_and_role(
    world: World, client_of: Callable[[str], Client]
) -> None:
    def names(query: str) -> set[str]:
        shown = client_of("siv").get(f"{reverse('organisation_people')}{query}").content.decode()
        return {name for name in ("Ada", "Bo", "Cai", "Siv", "Dee") if f">{name}</a>" in shown}

    assert names("") == {"Ada", "Bo", "Cai", "Siv"}
    assert names("?text=ad") == {"Ada"}
    assert names("?text=bo@example") == {"Bo"}
    assert names("?role=administrator") == {"Siv"}
    assert names("?text=%00") == {"Ada", "Bo", "Cai", "Siv"}
    assert names("?text=dee") == set()


def test_it_needs_as_many_statements_for_many_people_as_for_few(
    world: World, client_of: Callable[[str], Client], statements: Callable[[], Any]
) -> None:
    siv = client_of("siv")
    place = reverse("organisation_people")
    with statements() as few:
        siv.get(place)
    for number in range(20):
        person = Person.objects.create_user(f"p{number}@example.test", name=f"P{number}")
        give_role(person, organisation=world.fjordvik, role="employee", actor=HOUSE, at=TODAY)
    with statements() as many:
        siv.get(place)
    assert len(many) <= len(few) <= 8


@pytest.mark.parametrize("stranger", ["olaf", "mia"])
def test_it_hides_people_from_other_administrators(
    stranger: str, world: World, client_of: Callable[[str], Client]
) -> None:
    ada = world.people["ada"]
    client = client_of(stranger)
    for name in ("organisation_person_place", "organisation_role_give", "organisation_person_end"):
        answer = client.post(reverse(name, args=[ada.pk]), {"role": "administrator"})
        assert answer.status_code == 404
        assert "Ada" not in answer.content.decode()
    assert not Membership.objects.filter(person=ada, role="administrator").exists()
