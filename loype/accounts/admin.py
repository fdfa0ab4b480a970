"""What an operator may look at in Django's admin: people, without touching passwords or tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from loype.accounts.models import ApiToken, Person

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin


class LookOnly(Base):
    """Shows rows and changes none: changes go through the verbs, which write the account."""

    def has_add_permission(self, *_arguments: Any) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, *_arguments: Any) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, *_arguments: Any) -> bool:
        """Nothing is deleted here."""
        return False


@admin.register(Person)
class PersonAdmin(LookOnly):
    """Who has an account."""

    list_display = ("name", "email", "language", "is_active", "is_staff", "last_login")
    search_fields = ("name", "email")
    exclude = ("password", "groups", "user_permissions")
    list_filter = ("is_active", "is_staff")


@admin.register(ApiToken)
class ApiTokenAdmin(LookOnly):
    """Which programs act for whom; never the secret's hash."""

    list_display = ("name", "beginning", "person", "created_at", "expires_at", "last_used_at")
    exclude = ("secret_hash",)


# Groups are not used here; what proves who somebody is, nobody else looks at.
for model in (Group, Authenticator, EmailAddress):
    admin.site.unregister(model)


@admin.register(EmailAddress)
class EmailAddressAdmin(LookOnly):
    """Which addresses are shown to be whose."""

    list_display = ("email", "user", "primary", "verified")
    list_select_related = ("user",)
    search_fields = ("email",)


# The admin has no sign-in of its own: the second step counts here, too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
