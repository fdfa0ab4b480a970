"""Cases before a council, agendas, decisions, and invitations to other councils."""

from loype.councils.models.agenda import AgendaItem, DecisionPaper
from loype.councils.models.cases import Case
from loype.councils.models.decisions import Decision
from loype.councils.models.elsewhere import NeedElsewhere
from loype.councils.models.joint import JointInvitation
from loype.councils.models.joint_cases import JointCase, JointShare, JointTerms
from loype.councils.models.minutes import Minutes
from loype.councils.models.voting import Dissent, Interest, Proposal, Vote

__all__ = [
    "AgendaItem",
    "Case",
    "Decision",
    "DecisionPaper",
    "Dissent",
    "Interest",
    "JointCase",
    "JointInvitation",
    "JointShare",
    "JointTerms",
    "Minutes",
    "NeedElsewhere",
    "Proposal",
    "Vote",
]
