"""Each aim says how the employees' organisations are involved, or why not, before it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from loype.bodies.actions import put_on_wheel
from loype.kernel.errors import BadInput
from loype.strategy.actions import (
    ItemWords,
    PlanWords,
    add_plan_item,
    adopt_period,
    change_plan,
    change_plan_item,
    draft_period,
    weigh_items,
)
from loype.strategy.models import Period, Plan, PlanItem
from tests.cast import TODAY, World
from tests.strategy.test_weigh_and_adopt import FIRST, items_of, plan_of

SignIn = Callable[[str], Client]


def silent_item(world: World, plan: Plan, title: str = "Færre skjema") -> PlanItem:
    return add_plan_item(plan, words=ItemWords(title=title), actor=world.actor("siv"), at=TODAY)


def weighed(world: World, item: PlanItem) -> Period:
    siv = world.actor("siv")
    period = draft_period(world.fjordvik, name="2026", from_date=FIRST, actor=siv, at=TODAY)
    return weigh_items(period, points={item.pk: 10}, actor=siv, at=TODAY)


@pytest.mark.requirement("S19-56")
def test_weights_hold_only_when_each_aim_says_it(world: World) -> None:
    siv, item = world.actor("siv"), silent_item(world, plan_of(world))
    period = weighed(world, item)
    with pytest.raises(BadInput, match="Færre skjema"):
        adopt_period(period, actor=siv, at=TODAY)
    words = ItemWords(title=item.title, involvement="involved", involvement_words="I utvalget.")
    change_plan_item(item, words=words, actor=siv, at=TODAY)
    assert adopt_period(period, actor=siv, at=TODAY).state == "adopted"


@pytest.mark.requirement("S19-56")
def test_a_plan_is_adopted_only_when_each_aim_says_it(world: World) -> None:
    siv, plan = world.actor("siv"), plan_of(world)
    item = silent_item(world, plan)
    words = PlanWords(title=plan.title, from_date=FIRST, decision_reference="PS 12/26")
    with pytest.raises(BadInput) as refused:
        change_plan(plan, words=words, actor=siv, at=TODAY)
    assert "decision_reference" in refused.value.fields
    said = ItemWords(title=item.title, involvement="not_involved", involvement_words="Kun bygg.")
    change_plan_item(item, words=said, actor=siv, at=TODAY)
    plan = change_plan(plan, words=words, actor=siv, at=TODAY)
    with pytest.raises(BadInput) as late:
        silent_item(world, plan, title="Enda et mål")
    assert "involvement" in late.value.fields


def test_it_wants_words_and_keeps_what_was_said(world: World) -> None:
    siv, plan = world.actor("siv"), plan_of(world)
    for words, field in (
        (ItemWords(title="x", involvement="involved"), "involvement_words"),
        (ItemWords(title="x", involvement_words="Ja"), "involvement"),
        (ItemWords(title="x", involvement="maybe", involvement_words="Ja"), "involvement"),
    ):
        with pytest.raises(BadInput) as refused:
            add_plan_item(plan, words=words, actor=siv, at=TODAY)
        assert set(refused.value.fields) == {field}
    item = items_of(world, plan, "Bo hjemme")[0]
    again = change_plan_item(item, words=ItemWords(title="Bo trygt"), actor=siv, at=TODAY)
    assert (again.involvement, again.involvement_words) == (
        item.involvement,
        "Gjelder ingen ansatte.",
    )


@pytest.mark.requirement("S19-56")
def test_the_database_holds_it_too(world: World) -> None:
    plan = plan_of(world)
    item = silent_item(world, plan)
    period = weighed(world, item)
    adopted = {"state": "adopted", "adopted_at": TODAY, "adopted_by": world.people["siv"]}
    told = items_of(world, plan, "Bo hjemme")[0]
    reference = {"decision_reference": "PS 1"}
    for act in (
        lambda: Period.objects.filter(pk=period.pk).update(**adopted),
        lambda: Plan.objects.filter(pk=plan.pk).update(**reference),
        lambda: PlanItem.objects.filter(pk=told.pk).update(involvement="", involvement_words=""),
    ):
        with pytest.raises(IntegrityError, match="say first how"), transaction.atomic():
            act()
    with pytest.raises(IntegrityError, match="involvement_in_words"), transaction.atomic():
        PlanItem.objects.filter(pk=told.pk).update(involvement_words="")


@pytest.mark.requirement("S19-56")
def test_the_list_shows_what_is_not_said_first(world: World, client_of: SignIn) -> None:
    plan = plan_of(world)
    items_of(world, plan, "Aldri glemt")
    silent_item(world, plan, title="Å si mer om")
    assert world.council is not None
    put_on_wheel(
        world.council, kind="budget", title="Budsjettet", due_date=date.today(),  # noqa: DTZ011
        involvement="takes_part", involvement_reason="Hører dem i mai.",
        actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip
    address = f"/strategy/involvement/?organisation={world.fjordvik.pk}"
    shown = client_of("ada").get(address).content.decode()
    assert "Of 2 aims, 1 does not say it yet." in shown
    assert shown.index("Å si mer om") < shown.index("Aldri glemt")
    assert "Gjelder ingen ansatte." in shown
    assert "Hører dem i mai." in shown
    assert client_of("mia").get(address).status_code == 404
    told = client_of("ada").get(f"/strategy/plans/{plan.pk}/").content.decode()
    assert "Not said yet" in told or "not said yet" in told
    assert "They are not involved" in told or "they are not involved" in told
