"""How many work in each unit, what the unit is there for, and who leads or works with IT."""

from __future__ import annotations

from loype.demo.founding import FOUNDED_DAYS_AGO
from loype.demo.stage import Stage
from loype.organisations.actions import describe_unit, place_person
from loype.organisations.actor import HOUSE
from loype.organisations.labels import UnitKind
from loype.organisations.models import Membership


def describe_workforce(stage: Stage) -> None:
    """Before the first idea, so that it is known which ones employees drive."""
    at = stage.moment(FOUNDED_DAYS_AGO)
    for row in stage.tables["workforce"]:
        kinds = row.get("kinds", {})
        for unit, employees in row["employees"].items():
            describe_unit(
                stage.units[row["organisation"], unit],
                kind=kinds.get(unit, UnitKind.SERVICE),
                employees=employees,
                actor=HOUSE,
                at=at,
            )
    for row in stage.tables["work"]:
        for key in row["people"]:
            held = Membership.objects.filter(person=stage.people[key]).select_related(
                "organisation", "unit"
            )
            first = held.order_by("pk")[0]
            place_person(
                stage.people[key],
                organisation=first.organisation,
                unit=first.unit,
                job_title=first.job_title,
                position=row["position"],
                actor=HOUSE,
                at=at,
            )
