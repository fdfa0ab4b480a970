"""Political mandates in the demo, one election, and what the public may know of decisions."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from loype.councils.models import Decision, LegalBasis
from loype.councils.openness.actions import AccessWords, assess_openness
from loype.demo.stage import Stage
from loype.portfolio.mandates.actions import (
    MandateWords,
    add_commitment,
    answer_mandate,
    ask_for_mandates,
    open_sitting,
    record_election,
    record_mandate,
    say_cost_of_stopping,
)
from loype.portfolio.mandates.models import MandateSitting
from loype.portfolio.models import Activity

RECORDED_DAYS_AGO = 370
ELECTED = "fjordvik"
ELECTION_DAYS_AGO = 9
SITTING_DAYS_AGO = 2
ANSWERED = 2
ASSESSED_DAYS_AGO = 3
OPENED_EACH = 6

# What political bodies asked for, in the language of the place.
MANDATES = {
    "nb": (
        "En enklere hverdag for innbyggere og ansatte",
        "Kommunestyret",
        "PS 41/{year}",
        (
            "Kommunestyret ber kommunedirektøren prøve ut nye måter å løse oppgavene på, i det små "
            "først, og legge fram hva som virker."
        ),
    ),
    "nn": (
        "Ein enklare kvardag i heile kommunen",
        "Kommunestyret",
        "PS 27/{year}",
        "Kommunestyret vil at nye løysingar blir prøvde i det små før dei blir tekne i bruk.",
    ),
    "da": (
        "Mere tid til kerneopgaven",
        "Byrådet",
        "Pkt. 8, {year}",
        "Byrådet ønsker, at nye arbejdsgange prøves af i lille skala, før de udbredes.",
    ),
}
NEXT = {"nb": "Kommunevalg", "nn": "Kommuneval", "da": "Kommunalvalg"}
BOUND = (
    ("contract", "Leieavtale for utstyret", 210, Decimal(85000), "Utstyret er betalt ut perioden."),
    ("employment", "Prosjektstilling på halv tid", 120, Decimal(140000), "En ansatt står i den."),
    (
        "grant",
        "Tilskudd med rapport til høsten",
        300,
        Decimal(60000),
        "Tilskuddet må betales igjen.",
    ),
)
REASONS = (
    "Det virker, og avtalen løper uansett ut året.",
    "Innbyggerne regner med den nå. Vi fører den videre på samme vilkår.",
)


def plan_mandates(stage: Stage) -> None:
    """A mandate for each municipality; in one of them an election, and the sitting after it."""
    for row in stage.tables["organisation"]:
        if row["kind"] != "municipality" or row["language"] not in MANDATES:
            continue
        stage.plan(
            stage.moment(RECORDED_DAYS_AGO, hour=6),
            partial(_mandate, stage, row["key"], row["language"]),
        )
    stage.plan(stage.moment(30, hour=12), partial(_bind, stage))
    stage.plan(stage.moment(ELECTION_DAYS_AGO - 1, hour=4), lambda at: ask_for_mandates(at=at))
    stage.plan(stage.moment(SITTING_DAYS_AGO, hour=13), partial(_sit, stage))
    stage.plan(stage.moment(ASSESSED_DAYS_AGO, hour=14), partial(_assess, stage))


def _mandate(stage: Stage, key: str, language: str, at: datetime) -> None:
    """What the municipal council asked for, and when there is an election."""
    title, body, reference, text = MANDATES[language]
    decided = at.date() - timedelta(days=160)
    keeper = stage.actor(stage.holder_of("administrator", key), at)
    words = MandateWords(
        title=title, issuing_body=body, decision_reference=reference.format(year=decided.year),
        decided_date=decided, text=text,
    )  # fmt: skip
    home = stage.organisations[key]
    record_mandate(home, words=words, actor=keeper, at=at)
    day = stage.now.date() + timedelta(days=300)
    if key == ELECTED:
        day = stage.moment(ELECTION_DAYS_AGO).date()
    name = f"{NEXT[language]} {day.year}"
    record_election(home, name=name, election_date=day, actor=keeper, at=at)


def _running(stage: Stage) -> list[Activity]:
    """What is under way where there was an election, oldest first."""
    rows = Activity.objects.filter(organisation=stage.organisations[ELECTED]).open()
    return list(rows.select_related("organisation", "owner").order_by("opened_at", "pk"))


def _bind(stage: Stage, at: datetime) -> None:
    """Owners say what binds, and what stopping would cost."""
    keys = {person.pk: key for key, person in stage.people.items()}
    for activity, (kind, words, days, amount, lost) in zip(_running(stage), BOUND, strict=False):
        owner = stage.actor(keys[activity.owner_id], at)
        until = stage.now.date() + timedelta(days=days)
        add_commitment(activity, kind=kind, words=words, bound_until=until, actor=owner, at=at)
        say_cost_of_stopping(activity, amount=amount, words=lost, actor=owner, at=at)


def _sit(stage: Stage, at: datetime) -> None:
    """The sitting is under way: some are confirmed, the others wait."""
    secretary = stage.actor(stage.secretary_of(ELECTED), at)
    decider = stage.actor(stage.decider_of(ELECTED), at)
    sitting: MandateSitting = open_sitting(
        stage.organisations[ELECTED], issuing_body="Kommunestyret", held_date=at.date(),
        actor=secretary, at=at,
    )  # fmt: skip
    for activity, reasons in zip(_running(stage)[:ANSWERED], REASONS, strict=False):
        answer_mandate(
            activity, sitting=sitting, answer="confirmed", reasons=reasons, actor=decider, at=at
        )


def _assess(stage: Stage, at: datetime) -> None:
    """Secretaries open decisions to everybody; one of each council is withheld, with its ground."""
    basis = LegalBasis.objects.get(code="no-offl-23")
    for row in stage.tables["council"]:
        key = row["organisation"]
        secretary = stage.actor(stage.secretary_of(key), at)
        rows = Decision.objects.filter(
            organisation=stage.organisations[key], locked_at__isnull=False, in_force=True
        )
        newest = list(rows.select_related("case__idea").order_by("-decided_at")[: OPENED_EACH + 1])
        for decision in newest[1:]:
            words = AccessWords(access_class="open", public_title=decision.case.idea.title)
            assess_openness(decision, words=words, actor=secretary, at=at)
        if newest:
            words = AccessWords(
                access_class="withheld", legal_basis=basis,
                reasons="Vi forhandler fortsatt om prisen.",
                review_date=at.date() + timedelta(days=90),
            )  # fmt: skip
            assess_openness(newest[0], words=words, actor=secretary, at=at)
