"""Organisations, units, federations, and who belongs where from when to when."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from loype.files.models import StoredFile
from loype.kernel.calendar import Calendar, calendar_of
from loype.organisations.closed_days import ClosedDays as ClosedDays
from loype.organisations.labels import Language, OrganisationKind, Position, Role, UnitKind
from loype.organisations.querysets import (
    FederationMembershipQuerySet,
    FederationQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
    MergeProposalQuerySet,
    OrganisationQuerySet,
    SharingPolicyQuerySet,
    UnitQuerySet,
)
from loype.organisations.sharing import SharedField, SharedKind


def days_between() -> Func:
    """The days from `from_date` up to and including `to_date` (open-ended when there is none)."""
    return Func(
        F("from_date"),
        F("to_date"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )


class OrganisationState(models.TextChoices):
    """Whether an organisation is known for certain."""

    ACTIVE = "active", _("active")
    PROPOSED = "proposed", _("named in imported data, not yet confirmed")
    MERGED = "merged", _("merged into another")


class Organisation(models.Model):
    """A public body, company or association that takes part."""

    history_kind = "organisation"

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    country = models.CharField(_("country"), max_length=2, default="no")
    language = models.CharField(
        _("language"), max_length=3, choices=Language.choices, default=Language.BOKMAL
    )
    time_zone = models.CharField(max_length=40, default="Europe/Oslo")
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#005b6b",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")],
    )
    logo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    official_code = models.CharField(_("official code"), max_length=20, blank=True)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True)
    email_domain = models.CharField(_("e-mail domain"), max_length=120, blank=True)
    join_by_domain = models.BooleanField(default=False)
    tells_of_likeness = models.BooleanField(default=False, db_default=False)
    sends_text_outside = models.BooleanField(default=False, db_default=False)
    receipt_days = models.PositiveSmallIntegerField(default=1)
    responsible_days = models.PositiveSmallIntegerField(default=5)
    decision_days = models.PositiveSmallIntegerField(default=20)
    # The working days among `closed_days`, in order; the database fills it.
    closed_dates = ArrayField(models.DateField(), default=list, db_default=[], editable=False)
    state = models.CharField(
        max_length=10, choices=OrganisationState.choices, default=OrganisationState.ACTIVE
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                "country",
                "kind",
                "official_code",
                condition=~Q(official_code=""),
                name="organisation_code_once",
            ),
            models.UniqueConstraint(
                Lower("email_domain"), condition=Q(join_by_domain=True), name="join_domain_once"
            ),
            models.CheckConstraint(
                condition=Q(join_by_domain=False) | ~Q(email_domain=""), name="join_has_domain"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
                name="organisation_merged_names_where",
            ),
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9a-fA-F]{6}$"), name="organisation_colour_is_hex"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_is_known"
            ),
        ]
        indexes = [models.Index(Lower("name"), name="organisation_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def calendar(self) -> Calendar:
        """Its working days: its country's, without the days on which it is closed itself."""
        return calendar_of(self.country, self.closed_dates)


class MergeProposal(models.Model):
    """Two organisations that imported data may have named twice; a person decides."""

    history_kind = "merge_proposal"

    found = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="proposals")
    candidate = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    likeness = models.DecimalField(max_digits=4, decimal_places=3)
    reason = models.CharField(max_length=200)
    answer = models.CharField(
        max_length=8,
        choices=[("", _("open")), ("same", _("the same")), ("not", _("not the same"))],
        blank=True,
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = MergeProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("found", "candidate", name="merge_proposed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.found} = {self.candidate}?"


class Unit(models.Model):
    """A part of an organisation; units form a tree."""

    history_kind = "unit"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(
        max_length=10,
        choices=UnitKind.choices,
        default=UnitKind.SERVICE,
        db_default=UnitKind.SERVICE,
    )
    # Of the unit itself, without its parts.
    employees = models.PositiveIntegerField(_("employees"), null=True)
    closed_date = models.DateField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "parent",
                Lower("name"),
                nulls_distinct=False,
                name="unit_name_once_in_its_parent",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="unit_not_its_own_part"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=UnitKind.values), name="unit_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Federation(models.Model):
    """Organisations that work together, with one that coordinates."""

    history_kind = "federation"

    name = models.CharField(max_length=200, unique=True)
    coordinator = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = FederationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class FederationMembership(models.Model):
    """From when to when an organisation takes part in a federation."""

    history_kind = "federation_membership"

    federation = models.ForeignKey(Federation, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="federation_memberships"
    )
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    objects = FederationMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="federation_membership_once_at_a_time",
                expressions=[
                    ("federation", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (days_between(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.federation}"


class SharingPolicy(models.Model):
    """What an organisation tells its federations of one kind of thing; without a row, nothing of
    what stays inside, and the short form of the rest."""

    history_kind = "sharing_policy"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sharing_policies"
    )
    kind = models.CharField(max_length=10, choices=SharedKind.choices)
    tells_internal = models.BooleanField(default=False)
    fields = ArrayField(models.CharField(max_length=10, choices=SharedField.choices))

    objects = SharingPolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "kind", name="one_sharing_policy_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=SharedKind.values), name="shared_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(fields__contained_by=SharedField.values, fields__len__gt=0),
                name="shared_fields_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} of its {self.kind}"


class Membership(models.Model):
    """A role a person has in an organisation from one day to another."""

    history_kind = "membership"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    job_title = models.CharField(max_length=120, blank=True)
    position = models.CharField(
        max_length=10, choices=Position.choices, blank=True, default="", db_default=""
    )
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (days_between(), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(position__in=("", *Position.values)),
                name="membership_position_is_known",
            ),
        ]
        indexes = [models.Index("organisation", "role", name="membership_by_role")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"


class Invitation(models.Model):
    """A letter that lets somebody join an organisation with given roles."""

    history_kind = "invitation"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    job_title = models.CharField(max_length=120, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices))
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False),
                name="invitation_accepted_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation_id}"


class NumberSeries(models.Model):
    """The last number given out in an organisation, a series and a year."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "series", "year", name="number_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.series} {self.year}: {self.last}"


class WithProvenance(models.Model):
    """Where an imported row came from; empty for rows people wrote here."""

    source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    source_address = models.CharField(max_length=500, blank=True)
    source_licence = models.CharField(max_length=120, blank=True)
    fetched_date = models.DateField(null=True)

    class Meta:
        abstract = True
