"""Cases before a council, agendas, decisions, and what councils do together."""

from loype.councils.models.agenda import AgendaItem, DecisionPaper
from loype.councils.models.aims import CaseAim, CaseEstimate, CaseNeed, DecisionAim
from loype.councils.models.cases import Case
from loype.councils.models.citing import Citation
from loype.councils.models.decisions import Decision
from loype.councils.models.elsewhere import NeedElsewhere
from loype.councils.models.joint import JointInvitation
from loype.councils.models.joint_cases import JointCase, JointShare, JointTerms
from loype.councils.models.minutes import Minutes
from loype.councils.models.profiles import Criterion, PriorityLimit, Profile
from loype.councils.models.rankings import ManualMove, RankedCase, Ranking
from loype.councils.models.rounds import (
    Assessment,
    Comparison,
    CriterionWeight,
    Round,
    RoundCase,
    Score,
    Sheet,
)
from loype.councils.models.sets import ProposedCase, SetProposal
from loype.councils.models.voting import Dissent, Interest, Proposal, Vote
from loype.councils.openness.models import (
    DecisionAccess,
    DossierOrder,
    LegalBasis,
    LoggedDecision,
)

__all__ = [
    "AgendaItem",
    "Assessment",
    "Case",
    "CaseAim",
    "CaseEstimate",
    "CaseNeed",
    "Citation",
    "Comparison",
    "Criterion",
    "CriterionWeight",
    "Decision",
    "DecisionAccess",
    "DecisionAim",
    "DecisionPaper",
    "Dissent",
    "DossierOrder",
    "Interest",
    "JointCase",
    "JointInvitation",
    "JointShare",
    "JointTerms",
    "LegalBasis",
    "LoggedDecision",
    "ManualMove",
    "Minutes",
    "NeedElsewhere",
    "PriorityLimit",
    "Profile",
    "Proposal",
    "ProposedCase",
    "RankedCase",
    "Ranking",
    "Round",
    "RoundCase",
    "Score",
    "SetProposal",
    "Sheet",
    "Vote",
]
