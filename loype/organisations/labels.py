"""The words for kinds of organisation, roles and visibility."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is."""

    MUNICIPALITY = "municipality", _("municipality")
    COUNTY = "county", _("county or region")
    STATE_AGENCY = "state_agency", _("state agency")
    DIRECTORATE = "directorate", _("directorate")
    MINISTRY = "ministry", _("ministry")
    JOINT_BODY = "joint_body", _("joint body")
    NATIONAL_CENTRE = "national_centre", _("national centre")
    EU_INSTITUTION = "eu_institution", _("EU institution")
    UNIVERSITY = "university", _("university or research institution")
    COMPANY = "company", _("company")
    CLUSTER = "cluster", _("cluster")
    FOUNDATION = "foundation", _("foundation")
    ASSOCIATION = "association", _("association")
    UNION = "union", _("trade union or professional body")
    OTHER = "other", _("other")


class Role(models.TextChoices):
    """What a person may be in an organisation."""

    EMPLOYEE = "employee", _("employee")
    ADMINISTRATOR = "administrator", _("administrator")
    DECIDER = "decider", _("named decider")
    COUNCIL_SECRETARY = "council_secretary", _("council secretary")
    COORDINATOR = "coordinator", _("federation coordinator")


class UnitKind(models.TextChoices):
    """What a unit is there for."""

    SERVICE = "service", _("services, operations and support")
    MANAGEMENT = "management", _("management")
    IT = "it", _("IT and digitalisation")


class Position(models.TextChoices):
    """What a person's work is, as far as it matters for who gives ideas."""

    STAFF = "staff", _("does the work itself")
    LEADER = "leader", _("leads others")
    IT = "it", _("works with IT")


class Visibility(models.TextChoices):
    """Who may read a thing, from few to all."""

    CONFIDENTIAL = "confidential", _("the council and those involved")
    ORGANISATION = "organisation", _("everyone in the organisation")
    FEDERATION = "federation", _("the organisations we work with")
    PUBLIC = "public", _("everyone, also without signing in")


class Language(models.TextChoices):
    """The languages a text may be written in; each named in itself."""

    DANISH = "da", "Dansk"
    BOKMAL = "nb", "Norsk bokmål"
    NYNORSK = "nn", "Norsk nynorsk"
    SWEDISH = "sv", "Svenska"
    ENGLISH = "en", "English"
    FINNISH = "fi", "Suomi"
    ICELANDIC = "is", "Íslenska"
    SPANISH = "es", "Español"
    GERMAN = "de", "Deutsch"
    FRENCH = "fr", "Français"
    OTHER = "und", _("another language")
