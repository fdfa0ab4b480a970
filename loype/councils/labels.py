"""The words for outcomes, forms and courses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

CASE_STATES = (
    ("waiting", _("waiting")),
    ("on_agenda", _("on an agenda")),
    ("decided", _("decided")),
    ("closed", _("closed")),
)


class OutcomeLabel(models.TextChoices):
    """What the council decides."""

    GO_ON = "go_on", _("go on")
    MORE_INFORMATION = "more_information", _("ask for more information")
    MERGE = "merge", _("merge with another")
    PARK = "park", _("park")
    REJECT = "reject", _("reject")
    RETURN = "return", _("return")
    JOIN = "join", _("join what is run together")


class Form(models.TextChoices):
    """The form in which it goes on."""

    PROJECT = "project", _("project")
    MINI_DEVELOPMENT = "mini_development", _("mini-development")
    EXPERIMENT = "experiment", _("experiment")
    LINE_TASK = "line_task", _("line task")


class CourseLabel(models.TextChoices):
    """Alone or together."""

    OWN_PILOT = "own_pilot", _("own pilot")
    INTER_MUNICIPAL_SHALL = "inter_municipal_shall", _("inter-municipal (shall)")
    INTER_MUNICIPAL_SHOULD = "inter_municipal_should", _("inter-municipal (should)")
    LOCAL_ONLY = "local_only", _("local only")


class Scale(models.TextChoices):
    """How large it is done."""

    SMALL = "small", _("small scale")
    FULL = "full", _("full scale")


class Answer(models.TextChoices):
    """What another council says to an invitation."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    LATER = "later", _("later")
