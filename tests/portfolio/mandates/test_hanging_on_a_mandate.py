"""Each activity hangs on one mandate; where nobody has said which, that is a thing to mend."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.portfolio.mandates.actions import (
    add_commitment,
    hang_on_mandate,
    remove_commitment,
    say_cost_of_stopping,
    shorten_mandate,
)
from loype.portfolio.mandates.models import PoliticalMandate
from loype.portfolio.models import Activity
from tests.cast import TODAY, World
from tests.portfolio.mandates.test_after_an_election import (
    AFTER,
    VOTES,
    election_of,
    go_on_with,
    mandate_of,
    running,
    standing,
)
from tests.trail_world import go_on, idea_of


@pytest.mark.requirement("NET-07")
def test_opening_asks_for_it_where_there_is_a_choice(world: World) -> None:
    first = running(world)
    assert not first.mandate.is_named
    assert standing(first, TODAY.date()) == "not_named"
    only = mandate_of(world)
    assert go_on(world, idea_of(world, text="Benker langs elva.")).mandate == only
    other = mandate_of(world, title="Trygg hverdag")
    with pytest.raises(BadInput) as refused:
        go_on(world, idea_of(world, text="Lys i løypa."))
    assert set(refused.value.fields) == {"mandate"}
    assert go_on_with(world, other).mandate == other


@pytest.mark.requirement("NET-07")
def test_no_activity_is_without(world: World) -> None:
    activity = running(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(mandate=None)
    named = mandate_of(world)
    siv = world.actor("siv")
    hung = hang_on_mandate(activity, mandate=named, actor=siv, at=TODAY)
    assert standing(hung, TODAY.date()) == "holds"
    not_named = PoliticalMandate.objects.get(is_named=False)
    with pytest.raises(IntegrityError, match="keeps one"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(mandate=not_named)
    with pytest.raises(WrongMoment):
        hang_on_mandate(hung, mandate=mandate_of(world, title="Annet"), actor=siv, at=TODAY)


def test_naming_it_afterwards_does_not_get_around_the_sitting(world: World) -> None:
    activity, siv = running(world), world.actor("siv")
    election_of(world)
    assert standing(activity, AFTER.date()) == "to_confirm"
    new = mandate_of(world, title="Nytt", decided_date=date(2026, 9, 15))
    with pytest.raises(WrongMoment, match="sitting"):
        hang_on_mandate(activity, mandate=new, actor=siv, at=AFTER)
    with pytest.raises(NotAllowed):
        hang_on_mandate(activity, mandate=new, actor=world.actor("ada"), at=AFTER)
    activity.refresh_from_db()
    assert not activity.mandate.is_named
    hung = hang_on_mandate(activity, mandate=mandate_of(world), actor=siv, at=AFTER)
    assert hung.mandate.decided_date is not None
    assert hung.mandate.decided_date < VOTES
    assert standing(hung, AFTER.date()) == "to_confirm"


def test_what_runs_already_is_hung_on_one_not_named_by_the_migration(world: World) -> None:
    first, second = running(world), running(world, "Benker langs elva.")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE portfolio_activity ALTER mandate_id DROP NOT NULL")
        cursor.execute("ALTER TABLE portfolio_activity DISABLE TRIGGER USER")
        cursor.execute("UPDATE portfolio_activity SET mandate_id = NULL")
    migration = import_module("loype.portfolio.migrations.0006_mandates_not_named_yet")
    migration.hang_what_runs(apps, None)
    hung = Activity.objects.filter(pk__in=[first.pk, second.pk]).select_related("mandate")
    assert {one.mandate.is_named for one in hung} == {False}
    assert len({one.mandate_id for one in hung}) == 1


def test_a_mandate_is_shortened_and_never_stretched(world: World) -> None:
    mandate, siv = mandate_of(world, to_date=date(2027, 1, 1)), world.actor("siv")
    activity = running(world)
    with pytest.raises(BadInput):
        shorten_mandate(mandate, to_date=date(2028, 1, 1), reason="Mer tid", actor=siv, at=TODAY)
    shorten_mandate(mandate, to_date=date(2026, 4, 1), reason="PS 30/26", actor=siv, at=TODAY)
    assert standing(activity, date(2026, 4, 2)) == "to_confirm"


def test_the_owner_says_what_binds_and_what_stopping_costs(world: World) -> None:
    activity, cai = running(world), world.actor("cai")
    with pytest.raises(NotAllowed):
        say_cost_of_stopping(activity, amount=Decimal(1), actor=world.actor("bo"), at=TODAY)
    with pytest.raises(BadInput):
        say_cost_of_stopping(activity, amount=Decimal(-1), actor=cai, at=TODAY)
    nothing = say_cost_of_stopping(activity, amount=Decimal(0), actor=cai, at=TODAY)
    assert (nothing.amount, nothing.currency) == (Decimal(0), "NOK")
    again = say_cost_of_stopping(
        activity, amount=Decimal("120000.505"), words="Låsene er betalt.", actor=cai, at=TODAY
    )
    assert (again.pk, again.amount) == (nothing.pk, Decimal("120000.50"))
    bond = add_commitment(
        activity, kind="contract", words="Leie av låser", bound_until=date(2027, 6, 30),
        actor=cai, at=TODAY,
    )  # fmt: skip
    with pytest.raises(BadInput):
        add_commitment(activity, kind="vow", words="", bound_until=None, actor=cai, at=TODAY)
    remove_commitment(bond, actor=cai, at=TODAY)
    bond.refresh_from_db()
    assert bond.removed_at == TODAY
