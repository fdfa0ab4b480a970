"""What happens inside the demo's meetings: who comes, papers, proposals, votes, dissent."""

from __future__ import annotations

from datetime import datetime

from loype.bodies.actions import register_attendance
from loype.bodies.models import Meeting, MeetingCall
from loype.councils.actions import (
    add_agenda_item,
    agree_on_proposal,
    conclude_item,
    propose,
    record_dissent,
    record_votes,
    write_paper,
)
from loype.councils.meeting_labels import Choice, ItemKind
from loype.councils.models import AgendaItem
from loype.demo.reading import Row
from loype.demo.stage import Stage
from loype.trail.follow_ups import put_follow_ups_on_agenda

# A Danish council writes Danish, the others Norwegian.
WORDS = {
    "nb": {
        "proposal": "Rådet slutter seg til innstillingen: {title}.",
        "summary": "Saken gjelder «{title}». Den er hørt av tjenesten som meldte den inn.",
        "points": "1. Rådet tar stilling til form og løp.\n2. En ansvarlig utpekes.",
        "economy": "Holdes innenfor tjenestens egen ramme i prøvetiden.",
        "involved": "Ansatte i tjenesten, tillitsvalgt og verneombud.",
        "statement": "De tillitsvalgte støtter en prøve, og vil se arbeidstiden målt.",
        "dissent": "Jeg mener at dette burde vente til budsjettet er vedtatt.",
        "talk": "Framdrift i det som løper",
        "talked": "Gjennomgått. Ansvarlige melder tilbake til neste møte.",
        "followed": "Purret. Rapporten legges fram på neste møte.",
    },
    "da": {
        "proposal": "Rådet tiltræder indstillingen: {title}.",
        "summary": "Sagen gælder »{title}«. Den er drøftet i tjenesten, som indsendte den.",
        "points": "1. Rådet tager stilling til form og forløb.\n2. En ansvarlig udpeges.",
        "economy": "Holdes inden for tjenestens egen ramme i prøvetiden.",
        "involved": "Medarbejdere i tjenesten, tillidsrepræsentant og arbejdsmiljørepræsentant.",
        "statement": "Tillidsrepræsentanterne støtter en prøve og vil se arbejdstiden målt.",
        "dissent": "Jeg mener, at det bør vente, til budgettet er vedtaget.",
        "talk": "Fremdrift i det, der løber",
        "talked": "Gennemgået. De ansvarlige melder tilbage til næste møde.",
        "followed": "Rykket. Rapporten lægges frem på næste møde.",
    },
}
MOST_FOLLOWED = 3
# Nordheia's council meets every 28 days.
DAYS_BETWEEN = 28


def words_of(stage: Stage, organisation: str) -> dict[str, str]:
    """The phrases in the council's language."""
    return WORDS.get(stage.organisations[organisation].language, WORDS["nb"])


def open_meeting(stage: Stage, key: tuple[str, int], at: datetime) -> None:
    """Everybody who is called comes, but for one now and then; up to Nordheia the road is long,
    and every third time the federation's seat stays empty."""
    meeting = stage.meetings[key]
    secretary = stage.actor(stage.secretary_of(key[0]), at)
    seats = list(meeting.calls.order_by("pk").values_list("seat_id", flat=True))
    if meeting.pk % 5 == 0 and len(seats) > 3:
        seats = seats[:-1]
    if key[0] == "nordheia" and key[1] // DAYS_BETWEEN % 2 == 0:
        theirs = meeting.calls.filter(seat__kind="federation").values_list("seat_id", flat=True)
        seats = [seat for seat in seats if seat not in set(theirs)]
    register_attendance(meeting, present=dict.fromkeys(seats), actor=secretary, at=at)


def prepare_paper(stage: Stage, item: AgendaItem, key: tuple[str, int], at: datetime) -> None:
    """The secretary's paper on what was laid on the agenda."""
    secretary = stage.actor(stage.secretary_of(key[0]), at)
    words = _paper(words_of(stage, key[0]), item.shown_title)
    write_paper(item, words=words, version=0, actor=secretary, at=at)


def put_to_the_members(stage: Stage, row: Row, key: tuple[str, int], at: datetime) -> None:
    """A proposal before the decision: mostly agreed on, now and then voted."""
    meeting = stage.meetings[key]
    items = meeting.items.filter(case__idea=stage.ideas[row["key"]], removed_at=None)
    item = items.select_related("case__idea", "meeting__body").first()
    if item is None or item.case is None:
        return
    words = words_of(stage, key[0])
    title = item.case.idea.title
    leader = stage.actor(stage.decider_of(key[0]), at)
    secretary = stage.actor(stage.secretary_of(key[0]), at)
    if not item.proposals.exists():
        text = words["proposal"].format(title=title)
        proposal = propose(item, text=text, actor=secretary, at=at)
        present = _present(meeting)
        if item.pk % 4 or len(present) < 3 or meeting.decides_by == "consensus":
            agree_on_proposal(proposal, actor=leader, at=at)
            return
        choices = {call.pk: str(Choice.FOR) for call in present}
        against = present[-1]
        choices[against.pk] = str(Choice.AGAINST)
        record_votes(proposal, choices=choices, actor=leader, at=at)
        record_dissent(item, call=against, text=words["dissent"], actor=secretary, at=at)


def _paper(words: dict[str, str], title: str) -> dict[str, str]:
    return {
        "summary": words["summary"].format(title=title),
        "decision_points": words["points"],
        "economy": words["economy"],
        "involvement": words["involved"],
        "employees_statement": words["statement"],
    }


def _present(meeting: Meeting) -> list[MeetingCall]:
    calls = meeting.calls.filter(has_vote=True, attended=True, left_at=None)
    return list(calls.order_by("pk"))


def talk_of_the_year(stage: Stage, key: tuple[str, int], at: datetime) -> None:
    """What is late is followed up, and now and then something is only discussed."""
    meeting = stage.meetings[key]
    secretary = stage.actor(stage.secretary_of(key[0]), at)
    words = words_of(stage, key[0])
    items = put_follow_ups_on_agenda(meeting, actor=secretary, at=at)[:MOST_FOLLOWED]
    for item in items:
        conclude_item(item, conclusion=words["followed"], actor=secretary, at=at)
    if meeting.pk % 3 == 0:
        item = _discussion(meeting, words=words, stage=stage, key=key, at=at)
        conclude_item(item, conclusion=words["talked"], actor=secretary, at=at)


def _discussion(
    meeting: Meeting, *, words: dict[str, str], stage: Stage, key: tuple[str, int], at: datetime
) -> AgendaItem:
    secretary = stage.actor(stage.secretary_of(key[0]), at)
    return add_agenda_item(
        meeting, kind=ItemKind.DISCUSSION, title=words["talk"], actor=secretary, at=at
    )
