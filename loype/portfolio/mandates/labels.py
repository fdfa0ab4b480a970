"""The words for mandates, shifts, answers and what binds an activity."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How an activity stands towards its political mandate."""

    HOLDS = "holds", _("mandate holds")
    TO_CONFIRM = "to_confirm", _("mandate to be confirmed")
    NOT_NAMED = "not_named", _("mandate not named yet")


class ShiftKind(models.TextChoices):
    """What makes everything be asked anew."""

    ELECTION = "election", _("election")
    CHANGE_OF_BODY = "change_of_body", _("another body takes over")


class Confirming(models.TextChoices):
    """What a sitting says about one activity."""

    CONFIRMED = "confirmed", _("confirmed")
    CHANGED = "changed", _("hung on another mandate")
    ENDED = "ended", _("ended")


class Bond(models.TextChoices):
    """What kind of tie binds an activity."""

    CONTRACT = "contract", _("contract")
    EMPLOYMENT = "employment", _("people employed for it")
    GRANT = "grant", _("grant or funding agreement")
    LAW = "law", _("duty by law")
    PROMISE = "promise", _("agreement with others")


class Currency(models.TextChoices):
    """The money that costs are told in."""

    NOK = "NOK", "NOK"
    DKK = "DKK", "DKK"
    SEK = "SEK", "SEK"
    EUR = "EUR", "EUR"


SITTING_STATES = (("open", _("open")), ("closed", _("closed")))
CURRENCY_OF = {"no": "NOK", "dk": "DKK", "se": "SEK"}
