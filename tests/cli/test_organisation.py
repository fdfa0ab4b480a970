"""`loype organisation`: how an installation gets its first organisations and administrators."""

from __future__ import annotations

from django.test import Client

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.kernel.clock import now
from loype.mail.models import OutgoingMail
from loype.organisations.actions import accept_invitation, find_invitation
from loype.organisations.models import Federation, Organisation
from tests.cast import World
from tests.cli.conftest import Run


def secret_in(words: str) -> str:
    return words.split("/join/")[1].split("/")[0]


def test_it_takes_an_organisation_in_and_invites_its_administrator(run: Run) -> None:
    told = run(
        "organisation", "found", "Vestlia fylke", "--short-name", "VLI", "--kind", "county",
        "--administrator", "kari@vestlia.example",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    made = Organisation.objects.get(short_name="VLI")
    assert (made.name, made.kind, made.state) == ("Vestlia fylke", "county", "active")
    assert OutgoingMail.objects.get(to="kari@vestlia.example").state == "queued"

    secret = secret_in(told.output)
    assert Client().get(f"/join/{secret}/").status_code == 200
    kari = Person.objects.create_user("kari@vestlia.example", name="Kari")
    nobody_yet = load_actor(kari.pk, name=kari.name, day=now().date())
    assert find_invitation(secret, at=now()).organisation == made
    accept_invitation(secret, person=kari, actor=nobody_yet, at=now())
    actor = load_actor(kari.pk, name=kari.name, day=now().date())
    assert actor.administered_ids == {made.pk}


def test_it_refuses_a_short_name_that_is_taken_and_changes_nothing(run: Run) -> None:
    before = Organisation.objects.count()
    told = run("organisation", "found", "Fjordvik to", "--short-name", "FJO")
    assert told.exit_code == 1
    assert "Error:" in told.output
    assert Organisation.objects.count() == before


def test_it_refuses_an_address_that_is_none_and_takes_nothing_in(run: Run) -> None:
    told = run("organisation", "found", "Vestlia", "--short-name", "VLI", "--administrator", "kari")
    assert told.exit_code == 1
    assert not Organisation.objects.filter(short_name="VLI").exists()


def test_it_founds_a_federation_of_those_named(run: Run, world: World) -> None:
    told = run(
        "organisation", "federation", "To kommuner", "--coordinator", "ELV", "--member", "fjo"
    )
    assert told.exit_code == 0, told.output
    made = Federation.objects.get(name="To kommuner")
    members = made.memberships.values_list("organisation__short_name", flat=True)
    assert set(members) == {"ELV", "FJO"}


def test_it_founds_no_half_federation(run: Run) -> None:
    told = run("organisation", "federation", "Halv", "--coordinator", "ELV", "--member", "NIX")
    assert told.exit_code == 2
    assert not Federation.objects.filter(name="Halv").exists()


def test_it_founds_a_federation_once(run: Run) -> None:
    words = ("organisation", "federation", "To kommuner", "--coordinator", "ELV")
    assert run(*words).exit_code == 0
    told = run(*words)
    assert told.exit_code == 1
    assert "There is one of that name already." in told.output
