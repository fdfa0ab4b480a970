"""A body, its seats and who holds them, what it goes by, and its meetings."""

from loype.bodies.models.body import Body, BodyKind
from loype.bodies.models.composition import CompositionRule, RuleKind, Strength
from loype.bodies.models.meetings import Meeting, MeetingCall, MeetingForm, Reply
from loype.bodies.models.papers import (
    DecidesBy,
    Instruction,
    Mandate,
    MandatePoint,
    Paper,
    Power,
    PowerHolder,
    Quorum,
    RulesOfProcedure,
)
from loype.bodies.models.seats import AppointingRole, Seat, SeatKind, Term
from loype.bodies.models.year import Introduction, Involvement, Referral, WheelItem, WheelKind

__all__ = [
    "AppointingRole",
    "Body",
    "BodyKind",
    "CompositionRule",
    "DecidesBy",
    "Instruction",
    "Introduction",
    "Involvement",
    "Mandate",
    "MandatePoint",
    "Meeting",
    "MeetingCall",
    "MeetingForm",
    "Paper",
    "Power",
    "PowerHolder",
    "Quorum",
    "Referral",
    "Reply",
    "RuleKind",
    "RulesOfProcedure",
    "Seat",
    "SeatKind",
    "Strength",
    "Term",
    "WheelItem",
    "WheelKind",
]
