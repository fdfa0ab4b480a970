"""Cases before a council, agendas, decisions, and invitations to other councils."""

from loype.councils.models.agenda import AgendaItem
from loype.councils.models.cases import Case
from loype.councils.models.decisions import Decision
from loype.councils.models.elsewhere import NeedElsewhere
from loype.councils.models.joint import JointInvitation
from loype.councils.models.joint_cases import JointCase, JointShare, JointTerms

__all__ = [
    "AgendaItem",
    "Case",
    "Decision",
    "JointCase",
    "JointInvitation",
    "JointShare",
    "JointTerms",
    "NeedElsewhere",
]
