"""A person who can sign in, and an API token of theirs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("en", "da", "nb", "nn", "sv")


class PersonManager(BaseUserManager["Person"]):
    """How people are made."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person who signs in with e-mail and password."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """The operator of the installation, who may look into Django's admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        """Sign-in does not care about upper and lower case."""
        return self.get(email__iexact=username or "")


class MailWish(models.TextChoices):
    """Which news a person wants by mail."""

    ALL = "all", _("everything I follow")
    IMPORTANT = "important", _("what concerns me or waits for me")
    NONE = "none", _("nothing")


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in."""

    history_kind = "person"

    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=2, blank=True)
    colour_scheme = models.CharField(max_length=5, default="auto")
    mail_wish = models.CharField(
        max_length=10, choices=MailWish.choices, default=MailWish.IMPORTANT
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(
                condition=Q(language__in=("", *LANGUAGES)), name="person_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(colour_scheme__in=("auto", "light", "dark")),
                name="person_colour_scheme_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as shown to others."""
        return self.name

    def get_short_name(self) -> str:
        """The first name."""
        return self.name.split(" ")[0]


class TokenScope(models.TextChoices):
    """What a token may be used for."""

    READ = "read", _("read what I may read")
    WRITE = "write", _("do what I may do")


class ApiToken(models.Model):
    """A key for a program that acts for a person; only its hash is kept."""

    history_kind = "api_token"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    beginning = models.CharField(max_length=12)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=TokenScope.choices))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="token_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"
