"""Meetings are planned, called, moved and called off; people come and go; minutes are approved."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from loype.bodies.actions import (
    call_meeting,
    move_meeting,
    plan_meeting,
    register_attendance,
    reply_to_call,
    seat_people,
)
from loype.bodies.models import Body, Meeting
from loype.councils.actions import approve_minutes, declare_interest, withdraw_interest
from loype.councils.models import AgendaItem, Interest
from loype.trail.handovers import call_off_meeting, end_meeting
from tests.councils.stateful.machine import Play, number, one_of, who

forms = some.sampled_from(("ordinary", "ordinary", "ordinary", "extra", "written", "urgent"))


class Meetings(Play):
    """From a day in the calendar to minutes that stay."""

    def meetings(self, *states: str) -> list[Meeting]:
        """Meetings in these states, with their bodies."""
        found = Meeting.objects.filter(state__in=states).select_related("body")
        return list(found.order_by("pk"))

    def chair_of(self, meeting: Meeting) -> str:
        """Who leads the meeting's body, by name."""
        return self.leader_of(meeting.body, organisation_id=meeting.organisation_id)

    @rule(chosen=number, who=who, form=forms, days=some.integers(1, 20))
    def plan(self, chosen: int, who: str, form: str, days: int) -> Meeting | None:
        """A meeting some days ahead; in writing, as many days to answer in."""
        if body := one_of(list(Body.objects.exclude(state="closed").order_by("pk")), chosen):
            self.plan_for(body, who=who, form=form, days=days)

    def plan_for(self, body: Body, *, who: str, form: str, days: int) -> Meeting | None:
        """A meeting of this body."""
        in_writing = form == "written" or (form == "urgent" and days % 2 == 0)
        ahead = self.at + timedelta(days=days, hours=1)
        chair = self.leader_of(body, organisation_id=body.organisation_id)
        return self.attempt(
            plan_meeting, body, form=form, actor=self.actor(who, apt=chair),
            starts_at=self.at if in_writing else ahead,
            answer_by=ahead.date() if in_writing else None,
        )  # fmt: skip

    @precondition(lambda self: self.there["planned"])
    @rule(chosen=number, who=who)
    def call(self, chosen: int, who: str) -> None:
        if meeting := one_of(self.meetings("planned"), chosen):
            self.call_it(meeting, who=who)

    def call_it(self, meeting: Meeting, *, who: str) -> Meeting | None:
        """Call it; from then on the quorum is what the rules of that day say."""
        actor = self.actor(who, apt=self.chair_of(meeting))
        called = self.attempt(call_meeting, meeting, actor=actor)
        if called is not None:
            self.quorums.called(called, day=self.day)
        return called

    @precondition(lambda self: self.there["planned"] + self.there["called"])
    @rule(chosen=number, who=who, days=some.integers(1, 30), in_writing=some.booleans())
    def move(self, chosen: int, who: str, days: int, in_writing: bool) -> None:
        if meeting := one_of(self.meetings("planned", "called"), chosen):
            self.move_it(meeting, who=who, days=days, in_writing=in_writing)

    def move_it(self, meeting: Meeting, *, who: str, days: int, in_writing: bool) -> None:
        """Another day; in writing or not as drawn, which it may not become once it is called."""
        ahead = self.at + timedelta(days=days)
        moved = self.attempt(
            move_meeting, meeting, starts_at=self.at if in_writing else ahead,
            answer_by=ahead.date() if in_writing else None,
            actor=self.actor(who, apt=self.chair_of(meeting)),
        )  # fmt: skip
        if moved is not None:
            self.quorums.moved(moved)

    @precondition(lambda self: self.there["planned"] + self.there["called"])
    @rule(chosen=number, who=who, really=some.sampled_from((False, False, True)))
    def call_off(self, chosen: int, who: str, really: bool) -> None:
        meeting = one_of(self.meetings("planned", "called"), chosen)
        if meeting is not None and really:
            self.call_it_off(meeting, who=who)

    def call_it_off(self, meeting: Meeting, *, who: str) -> None:
        """Cancel it."""
        actor = self.actor(who, apt=self.chair_of(meeting))
        self.attempt(call_off_meeting, meeting, reason="Too few can come.", actor=actor)

    @precondition(lambda self: self.there["called"])
    @rule(chosen=number, who=who, coming=some.sets(some.integers(0, 6)), deputies=some.booleans())
    def come(self, chosen: int, who: str, coming: set[int], deputies: bool) -> None:
        """Some seats are there, through their holder or their deputy; the others have left."""
        if meeting := one_of(self.meetings("called"), chosen):
            self.come_to(meeting, who=who, coming=coming, deputies=deputies)

    def come_to(self, meeting: Meeting, *, who: str, coming: set[int], deputies: bool) -> None:
        """These seats are there, by their place in the order of the calls."""
        seats = list(meeting.calls.order_by("pk").values_list("seat_id", flat=True))
        people = seat_people(meeting)
        present = {}
        for place, seat in enumerate(seats):
            if place in coming:
                terms = people.get(seat, [])
                stands_in = [term.person_id for term in terms if term.is_deputy]
                present[seat] = stands_in[0] if deputies and stands_in else None
        actor = self.actor(who, apt=self.chair_of(meeting))
        if self.attempt(register_attendance, meeting, present=present, actor=actor):
            self.quorums.came(meeting, present)

    @precondition(lambda self: self.there["called"])
    @rule(chosen=number, seat=number, who=who, reply=some.sampled_from(("coming", "absent")))
    def answer_the_call(self, chosen: int, seat: int, who: str, reply: str) -> None:
        if meeting := one_of(self.meetings("called"), chosen):
            calls = list(meeting.calls.select_related("meeting").order_by("pk"))
            if call := one_of(calls, seat):
                terms = seat_people(meeting).get(call.seat_id, [])
                apt = self.town.names[terms[0].person_id] if terms else ""
                self.attempt(reply_to_call, call, reply=reply, actor=self.actor(who, apt=apt))

    @precondition(lambda self: self.there["called"] and self.there["items"])
    @rule(chosen=number, seat=number, who=who, deputy=some.booleans())
    def declare(self, chosen: int, seat: int, who: str, deputy: bool) -> None:
        """Somebody has an interest of their own; a deputy stands in, or nobody does."""
        found = AgendaItem.objects.on_agenda().filter(meeting__state="called")
        item = one_of(list(found.select_related("meeting__body").order_by("pk")), chosen)
        if item is not None:
            self.declare_for(item, who=who, seat=seat, deputy=deputy)

    def declare_for(self, item: AgendaItem, *, who: str, seat: int, deputy: bool) -> None:
        """Somebody has an interest in this item."""
        call = one_of(list(item.meeting.calls.order_by("pk")), seat)
        if call is None:
            return
        terms = seat_people(item.meeting).get(call.seat_id, [])
        stand_in = next((term.person for term in terms if deputy and term.is_deputy), None)
        done = self.attempt(
            declare_interest, item, call=call, reason="My brother asks for it.",
            stand_in=stand_in, actor=self.actor(who, apt=self.chair_of(item.meeting)),
        )  # fmt: skip
        if done is not None:
            self.quorums.declared(
                item.meeting_id, item_id=item.pk, seat_id=call.seat_id, away=stand_in is None
            )

    @precondition(lambda self: self.there["called"] and self.there["items"])
    @rule(chosen=number, who=who)
    def take_interest_back(self, chosen: int, who: str) -> None:
        rows = Interest.objects.filter(withdrawn_at=None).select_related("item__meeting__body")
        if interest := one_of(list(rows.order_by("pk")), chosen):
            meeting = interest.item.meeting
            actor = self.actor(who, apt=self.chair_of(meeting))
            if self.attempt(withdraw_interest, interest, actor=actor) is not None:
                seat = meeting.calls.get(pk=interest.call_id).seat_id
                self.quorums.comes_back(meeting.pk, item_id=interest.item_id, seat_id=seat)

    @precondition(lambda self: self.there["called"])
    @rule(chosen=number, who=who)
    def close(self, chosen: int, who: str) -> None:
        if meeting := one_of(self.meetings("called"), chosen):
            self.close_it(meeting, who=who)

    def close_it(self, meeting: Meeting, *, who: str) -> None:
        """End it with its minutes."""
        actor = self.actor(who, apt=self.secretary_of(meeting.organisation_id))
        self.attempt(end_meeting, meeting, minutes="What was said.", actor=actor)

    @precondition(lambda self: self.there["held"])
    @rule(chosen=number, who=who)
    def approve(self, chosen: int, who: str) -> None:
        if meeting := one_of(self.meetings("held"), chosen):
            self.approve_it(meeting, who=who)

    def approve_it(self, meeting: Meeting, *, who: str) -> None:
        """Approve the minutes; what was decided is locked."""
        self.attempt(approve_minutes, meeting, actor=self.actor(who, apt=self.chair_of(meeting)))
