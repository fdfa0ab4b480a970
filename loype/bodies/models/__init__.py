"""A body, its seats, who holds them from when to when, and its meetings."""

from loype.bodies.models.body import Body, BodyKind
from loype.bodies.models.meetings import Meeting, MeetingCall, MeetingForm, Reply
from loype.bodies.models.seats import Seat, SeatKind, Term

__all__ = ["Body", "BodyKind", "Meeting", "MeetingCall", "MeetingForm", "Reply", "Seat", "SeatKind", "Term"]
