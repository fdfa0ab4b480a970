"""A body, its seats, who holds them from when to when, and its meetings."""

from loype.bodies.models.body import Body, BodyKind
from loype.bodies.models.meetings import Meeting, MeetingCall
from loype.bodies.models.seats import Seat, SeatKind, Term

__all__ = ["Body", "BodyKind", "Meeting", "MeetingCall", "Seat", "SeatKind", "Term"]
