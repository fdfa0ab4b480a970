"""Cases before a council, agendas, decisions, and invitations to other councils."""

from loype.councils.models.agenda import AgendaItem
from loype.councils.models.cases import Case
from loype.councils.models.decisions import Decision
from loype.councils.models.joint import JointInvitation

__all__ = ["AgendaItem", "Case", "Decision", "JointInvitation"]
