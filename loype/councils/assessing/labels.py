"""The words for profiles, rounds, rankings and sets."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProfileKind(models.TextChoices):
    """Where a profile's criteria come from."""

    PACK = "pack", _("a shipped profile")
    PLAN = "plan", _("the aims of our own plans")
    OWN = "own", _("criteria of our own")


class Priority(models.TextChoices):
    """What a sum of points says, by the profile's limits."""

    MUST = "must", _("must be done")
    SHOULD = "should", _("should be done")
    COULD = "could", _("could be done")
    SHALL_NOT = "shall_not", _("shall not be done")


class Method(models.TextChoices):
    """How members assess."""

    CRITERIA = "criteria", _("points on each criterion")
    PAIRS = "pairs", _("this rather than that, two at a time")


class OrderRule(models.TextChoices):
    """In which order each member gets the cases."""

    LONGEST_WAITING = "longest_waiting", _("longest waiting first")
    RANDOM = "random", _("by lot, another order for each member")


class RoundState(models.TextChoices):
    """Whether members still assess."""

    OPEN = "open", _("members assess")
    CLOSED = "closed", _("closed")


class Preference(models.TextChoices):
    """Which of two cases a member would rather have."""

    FIRST = "first", _("the first")
    SECOND = "second", _("the second")
    EQUAL = "equal", _("both the same")


class Standing(models.TextChoices):
    """What became of a case in a ranking."""

    RANKED = "ranked", _("ranked")
    MUST_DO = "must_do", _("must be done, outside the ranking")
    NOT_ASSESSED = "not_assessed", _("nobody could assess it")


class SetMethod(models.TextChoices):
    """How a set was put together."""

    EXACT = "exact", _("highest value in all")
    EQUAL_SHARES = "equal_shares", _("equal shares, so that everybody speaks for the same part")


class Because(models.TextChoices):
    """Why something is not in a proposed set."""

    BUDGET = "budget", _("the budget does not reach")
    LIMIT = "limit", _("there are not enough weeks of work")
    NEED = "need", _("it needs something that is not in the set")
    EXCLUSION = "exclusion", _("it does not go together with something in the set")
    VALUE = "value", _("others give more value for the same means")
    SHARES = "shares", _("those who want it had too little left to pay for it")
    NO_COST = "no_cost", _("nobody has estimated what it costs")


class ShareBy(models.TextChoices):
    """How much of the money each organisation speaks for."""

    EQUAL = "equal", _("the same for each")
    INHABITANTS = "inhabitants", _("by inhabitants")
