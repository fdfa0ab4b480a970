"""Which efforts reach across the levels of the public sector."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from loype.organisations.actions import found_organisation
from loype.organisations.actor import HOUSE
from loype.organisations.labels import OrganisationKind
from loype.organisations.levels import KINDS_OF_LEVEL, Level, is_cross_cutting, levels_of
from loype.organisations.models import Organisation
from loype.portfolio.actions import add_participant, remove_participant
from loype.portfolio.models import Activity
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of

pytestmark = pytest.mark.django_db


def partner(name: str, kind: str) -> Organisation:
    """Another public body."""
    return found_organisation(
        name=name, short_name=name[:6].upper(), kind=kind, language="nb", actor=HOUSE, at=TODAY
    )


@pytest.mark.requirement("S19-13")
def test_it_lists_efforts_with_partners_from_all_three_levels(world: World) -> None:
    cai = world.actor("cai")
    alone = go_on(world, idea_of(world, text="Alene"))
    two = go_on(world, idea_of(world, text="Med fylket"))
    three = go_on(world, idea_of(world, text="Med fylket og staten"))
    county, agency = partner("Fylket", "county"), partner("Etaten", "state_agency")
    add_participant(two, organisation=county, role="", actor=cai, at=TODAY)
    add_participant(three, organisation=county, role="", actor=cai, at=TODAY)
    joined = add_participant(three, organisation=agency, role="", actor=cai, at=TODAY)
    rows = Activity.objects.filter(pk__in=[alone.pk, two.pk, three.pk])
    assert set(rows.reaching(Level)) == {three}
    assert set(rows.cross_cutting()) == {two, three}
    kinds = {one.pk: set(one.partner_kinds) for one in rows.with_kinds()}
    assert kinds == {alone.pk: set(), two.pk: {"county"}, three.pk: {"county", "state_agency"}}
    remove_participant(joined, actor=cai, at=TODAY)
    assert set(rows.reaching(Level)) == set()


@pytest.mark.requirement("S19-13")
def test_cross_cutting_takes_at_least_two_levels() -> None:
    assert not is_cross_cutting(["municipality", "joint_body", "municipality"])
    assert not is_cross_cutting(["county", "company", "university"])
    assert is_cross_cutting(["municipality", "county"])
    assert levels_of(["ministry", "municipality", "county"]) == list(Level)


@pytest.mark.requirement("S19-13")
def test_the_list_is_narrowed_to_those_that_reach_across(
    world: World, client_of: Callable[[str], Client]
) -> None:
    cai = world.actor("cai")
    alone = go_on(world, idea_of(world, text="Bare oss"))
    two, three = (go_on(world, idea_of(world, text=text)) for text in ("Fylket med", "Alle med"))
    county, agency = partner("Fylket", "county"), partner("Etaten", "state_agency")
    for activity in (two, three):
        add_participant(activity, organisation=county, role="", actor=cai, at=TODAY)
    add_participant(three, organisation=agency, role="", actor=cai, at=TODAY)

    def listed(levels: str) -> set[str]:
        page = client_of("ada").get(f"/portfolio/?view=list&levels={levels}").content.decode()
        return {one.title for one in (alone, two, three) if one.title in page}

    assert listed("") == {alone.title, two.title, three.title}
    assert listed("two") == {two.title, three.title}
    assert listed("all") == {three.title}


def test_every_level_names_known_kinds_once() -> None:
    kinds = [kind for level in KINDS_OF_LEVEL.values() for kind in level]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) <= set(OrganisationKind.values)
