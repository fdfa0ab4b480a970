"""What belongs to a dossier: the one place to add a new kind of row.

A test compares this list with every foreign key of the house that points at something in it, so
that no new table is forgotten: it stands in `SOURCES`, or in `LEFT_OUT` with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from loype.councils import models as councils
from loype.evaluation.models import Evaluation, Indicator, Measurement
from loype.ideas import models as ideas
from loype.portfolio.mandates import models as mandates
from loype.portfolio.models import Activity, Milestone, Participant, StatusReport
from loype.spread.models import Adoption, Solution
from loype.trail.models import Escalation

# Who reads rows that have no rule of their own: whoever reads what they belong to, only the
# organisation's own people, or only its council room.
ALL, INSIDE, ROOM = "all", "inside", "room"


@dataclass(frozen=True)
class Source:
    """Rows of one kind: to what they belong, in which chapter, and who reads them."""

    chapter: str
    model: type[Model]
    by: str
    of: type[Model]
    title: Any
    readers: str = ALL

    @property
    def kind(self) -> str:
        """The name of the rows in data."""
        return str(self.model._meta.model_name)


CHAPTERS = (
    ("idea", _("The idea")),
    ("case", _("The case")),
    ("council", _("In the council")),
    ("decision", _("Decisions")),
    ("activity", _("What was done")),
    ("evaluation", _("What came of it")),
    ("spread", _("How it spread")),
)

SOURCES = (
    Source("idea", ideas.CoAuthor, "idea", ideas.Idea, _("Written together with"), INSIDE),
    Source("idea", ideas.Comment, "idea", ideas.Idea, _("Comment")),
    Source("idea", ideas.Support, "idea", ideas.Idea, _("Support"), INSIDE),
    Source("idea", ideas.IdeaFile, "idea", ideas.Idea, _("File")),
    Source("idea", ideas.ReuseAnswer, "idea", ideas.Idea, _("What others have, and its use here")),
    Source("case", councils.Case, "idea", ideas.Idea, _("Case")),
    Source("case", councils.CaseAim, "case", councils.Case, _("Aim it serves")),
    Source("case", councils.CaseEstimate, "case", councils.Case, _("Estimate")),
    Source("case", councils.CaseNeed, "case", councils.Case, _("Case it needs")),
    Source("case", councils.NeedElsewhere, "case", councils.Case, _("The same need elsewhere")),
    Source("case", Escalation, "case", councils.Case, _("Delay that was told")),
    Source("council", councils.AgendaItem, "case__idea", ideas.Idea, _("Treated in a meeting")),
    Source("council", councils.DecisionPaper, "item", councils.AgendaItem, _("Paper"), ROOM),
    Source("council", councils.Interest, "item", councils.AgendaItem, _("Interest"), ROOM),
    Source("council", councils.Proposal, "item", councils.AgendaItem, _("Proposal"), ROOM),
    Source("council", councils.Vote, "proposal", councils.Proposal, _("Vote"), ROOM),
    Source("council", councils.Dissent, "item", councils.AgendaItem, _("Dissent"), ROOM),
    Source("council", councils.RoundCase, "case", councils.Case, _("Assessed in a round")),
    Source("council", councils.Sheet, "round_case", councils.RoundCase, _("Assessment")),
    Source("council", councils.Score, "sheet", councils.Sheet, _("Score")),
    Source("council", councils.RankedCase, "round_case", councils.RoundCase, _("Rank")),
    Source("council", councils.ManualMove, "ranked", councils.RankedCase, _("Moved by hand")),
    Source("council", councils.ProposedCase, "case", councils.Case, _("In a proposed set")),
    Source("decision", councils.Decision, "case__idea", ideas.Idea, _("Decision")),
    Source("decision", councils.DecisionAccess, "decision", councils.Decision, _("Openness")),
    Source("decision", councils.Citation, "decision", councils.Decision, _("By which mandate")),
    Source("decision", councils.DecisionAim, "decision", councils.Decision, _("Aim it serves")),
    Source("decision", councils.JointInvitation, "decision", councils.Decision, _("Council asked")),
    Source("decision", councils.JointCase, "decision", councils.Decision, _("Joint case")),
    Source("decision", councils.JointTerms, "joint_case", councils.JointCase, _("Terms")),
    Source("decision", councils.JointShare, "terms", councils.JointTerms, _("Share")),
    Source("activity", Activity, "idea", ideas.Idea, _("Activity")),
    Source(
        "activity",
        mandates.PoliticalMandate,
        "activities",
        Activity,
        _("Political mandate"),
        INSIDE,
    ),
    Source("activity", Milestone, "activity", Activity, _("Milestone")),
    Source("activity", StatusReport, "activity", Activity, _("Status report")),
    Source("activity", Participant, "activity", Activity, _("Takes part")),
    Source("activity", mandates.Commitment, "activity", Activity, _("What binds"), INSIDE),
    Source("activity", mandates.StoppingCost, "activity", Activity, _("Cost of stopping"), INSIDE),
    Source("activity", mandates.MandateQuestion, "activity", Activity, _("Mandate asked anew")),
    Source("evaluation", Evaluation, "activity", Activity, _("Evaluation")),
    Source("evaluation", Indicator, "evaluation", Evaluation, _("Indicator")),
    Source("evaluation", Measurement, "indicator", Indicator, _("Measurement")),
    Source("spread", Solution, "activity__idea", ideas.Idea, _("Solution")),
    Source("spread", Adoption, "solution", Solution, _("Reuse")),
)

LEFT_OUT = {
    "ideas.Idea.merged_into": "the merged idea has a case, and a dossier, of its own",
    "ideas.Mention": "only says who was told of a comment",
    "ideas.Follow": "who follows an idea is their own affair",
    "councils.CaseNeed.needed": "told with the case that needs it",
    "councils.NeedElsewhere.other": "told with the case that it was seen in",
    "councils.Decision.merged_into": "a decision about another case",
    "councils.Decision.joins": "another council's case, with a dossier of its own",
    "councils.Decision.corrects": "both decisions are there themselves",
    "councils.Comparison": "a pair of cases: told by the ranking that came of it",
    "councils.DossierOrder": "says who asked for a dossier, not what is in it",
    "councils.LoggedDecision": "the same rows as decisions",
    "portfolio.Activity.decision": "found by the idea",
    "portfolio.Activity.current_decision": "found by the idea",
    "portfolio.Activity.trial": "another activity, with a case of its own",
    "news.NewsItem": "what is told about the case afterwards, with a record of its own",
    "news.ActivityFollow": "who follows an activity is their own affair",
    "search.SameNeed": "a likeness that a machine proposes, not part of the case",
    "search.LaterMatch": "a likeness that a machine proposes, not part of the case",
}
"""What points at something in a dossier and is not told there, and why."""

# Columns that say nothing about the case: how search reads it, and how forms are kept apart.
KEPT_BACK = frozenset({"id", "words", "concepts", "form_key", "version", "tokens"})
