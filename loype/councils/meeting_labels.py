"""The words for what happens in a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class ItemKind(models.TextChoices):
    """What a meeting does with an item of its agenda."""

    CASE = "case", _("case")
    DECISION = "decision", _("to be decided")
    DISCUSSION = "discussion", _("to be discussed")
    INFORMATION = "information", _("for information")
    FOLLOW_UP = "follow_up", _("to be followed up")


class ProposalKind(models.TextChoices):
    """Whether a proposal stands on its own or changes another."""

    PROPOSAL = "proposal", _("proposal")
    AMENDMENT = "amendment", _("amendment")


class ProposalOutcome(models.TextChoices):
    """What became of a proposal."""

    ADOPTED = "adopted", pgettext_lazy("a proposal", "adopted")
    REJECTED = "rejected", pgettext_lazy("a proposal", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("a proposal", "withdrawn")


class SettledBy(models.TextChoices):
    """How a proposal was settled."""

    VOTE = "vote", _("by vote")
    CASTING_VOTE = "casting_vote", _("by the chair's casting vote")
    CONSENSUS = "consensus", _("by consensus")


class Choice(models.TextChoices):
    """What a member votes."""

    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstains")
