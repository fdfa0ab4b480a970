"""For which seats somebody assesses: a seat speaks once in a round, by its holder or its deputy."""

from __future__ import annotations

from datetime import date

from loype.accounts.models import Person
from loype.bodies.models import Term
from loype.councils.models import Assessment, Round


def spoken_before(round: Round, *, person_id: int, day: date) -> Person | None:
    """Who has handed in for the seat that somebody assesses for; None while theirs is free."""
    others = {
        one.person_id: one
        for one in Assessment.objects.filter(round=round, handed_in_at__isnull=False)
        .exclude(person=person_id)
        .select_related("person")
    }
    if round.body_id is None or not others:
        return None
    terms = list(
        Term.objects.filter(
            seat__body=round.body_id, seat__has_vote=True, person__in=[person_id, *others]
        )
    )
    spoken = {
        seat: one.person
        for one in others.values()
        if one.handed_in_at is not None
        for seat in _seats_of(terms, person_id=one.person_id, day=one.handed_in_at.date())
    }
    mine = _seats_of(terms, person_id=person_id, day=day)
    return spoken[min(mine)] if mine and mine <= spoken.keys() else None


def _seats_of(terms: list[Term], *, person_id: int, day: date) -> set[int]:
    """The seats held on a day; only who holds none assesses as a deputy."""
    held = [
        one
        for one in terms
        if one.person_id == person_id
        and one.from_date <= day
        and (one.to_date is None or one.to_date >= day)
    ]
    own = {one.seat_id for one in held if not one.is_deputy}
    return own or {one.seat_id for one in held}
