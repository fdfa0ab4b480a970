"""The words for states of solutions and adoptions."""

from django.utils.translation import gettext_lazy as _

SOLUTION_STATES = (
    ("draft", _("draft")),
    ("published", _("published")),
    ("retired", _("retired")),
)

ADOPTION_STATES = (
    ("considering", _("considering")),
    ("testing", _("testing")),
    ("adapting", _("adapting")),
    ("in_use", _("in use")),
    ("stopped", _("stopped")),
)
