"""The words for kinds and states of ideas."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaKind(models.TextChoices):
    """What the giver comes with; the first question of the form."""

    IDEA = "idea", _("Idea")
    NEED = "need", _("Need")
    WISH = "wish", _("Wish")


KIND_EXAMPLES = {
    "idea": _("I know what we could do differently."),
    "need": _("Something does not work. I have no solution."),
    "wish": _("I would like something to be better."),
}


class DigitalElement(models.TextChoices):
    """How much of it is digital."""

    UNKNOWN = "", _("not stated")
    NONE = "none", _("nothing digital")
    SOME = "some", _("something digital")
    MAIN = "main", _("mainly digital")


class Anonymity(models.TextChoices):
    """Whether colleagues see who gave it."""

    OPEN = "open", _("my name is shown")
    HIDDEN = "hidden", _("my name is hidden from colleagues")


class ReuseChoice(models.TextChoices):
    """What becomes of what others already have; answered before something new is made."""

    COPY = "copy", _("we use it as it is")
    ADAPT = "adapt", _("we adapt it")
    INSPIRED = "inspired", _("it inspires us")
    NONE = "none", _("none fits")


STATES = (
    ("draft", _("draft")),
    ("submitted", _("handed in")),
    ("taken_up", _("taken up")),
    ("needs_information", _("more information needed")),
    ("going_on", _("goes on")),
    ("parked", _("parked")),
    ("returned", _("returned")),
    ("rejected", _("rejected")),
    ("merged", _("merged")),
    ("withdrawn", _("withdrawn")),
)


class CommentKind(models.TextChoices):
    """What is said under an idea."""

    COMMENT = "comment", _("comment")
    ADDITION = "addition", _("addition from the giver")
    QUESTION = "question", _("question to the giver")
