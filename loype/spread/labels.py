"""The words for states of solutions and adoptions, and for what a solution is about."""

from django.db import models
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


class Sector(models.TextChoices):
    """The part of the public sector a solution works in."""

    HEALTH = "health", _("health and care")
    EDUCATION = "education", _("education and childhood")
    SOCIAL = "social", _("social services")
    EMPLOYMENT = "employment", _("employment")
    CULTURE = "culture", _("culture, sport and leisure")
    TECHNICAL = "technical", _("roads, water, buildings and environment")
    PLANNING = "planning", _("planning and business")
    SAFETY = "safety", _("fire, rescue and safety")
    CITIZENS = "citizens", _("citizen services")
    ADMINISTRATION = "administration", _("administration, IT and staff")
    SEVERAL = "several", _("several sectors")


class ActivityType(models.TextChoices):
    """What sort of work a solution changes."""

    SERVICE = "service", _("a service to citizens or businesses")
    PROCESS = "process", _("a way of working")
    ORGANISATION = "organisation", _("how work is organised")
    COOPERATION = "cooperation", _("cooperation with others")
    COMMUNICATION = "communication", _("communication and participation")
    MANAGEMENT = "management", _("strategic management and planning")
    SKILLS = "skills", _("knowledge and skills")
    TECHNOLOGY = "technology", _("technology and infrastructure")
    FINANCE = "finance", _("financing and procurement")
