"""Allauth's forms with plain labels and hints, and without words inside the boxes."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from loype.web.accounts.demo_people import DemoPerson, demo_people

PASSWORD_HINT = gettext_lazy(
    "At least ten characters. A sentence you remember is better than a word with signs in it."
)


class Plain:
    """Takes away what stands inside the boxes, and says what a new password needs."""

    fields: dict[str, forms.Field]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if field.widget.attrs.get("autocomplete") == "new-password":
                field.help_text = PASSWORD_HINT
        if "password2" in self.fields:
            self.fields["password2"].help_text = ""


class LoginForm(Plain, account.LoginForm):  # type: ignore[misc,unused-ignore]
    """E-mail and password."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"

    def demo_people(self) -> list[DemoPerson]:
        """Those who may be tried out, where the operator says so."""
        return demo_people()


class SignupForm(Plain, account.SignupForm):  # type: ignore[misc,unused-ignore]
    """Name, e-mail and a password."""

    field_order = ("name", "email", "password1")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _("Best the one from work: it may let you in by itself.")
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class ResetPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc,unused-ignore]
    """Where to send the mail."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["email"].label = _("E-mail")


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc,unused-ignore]
    """The new password."""


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc,unused-ignore]
    """The old password and a new one."""


class SetPasswordForm(Plain, account.SetPasswordForm):  # type: ignore[misc,unused-ignore]
    """A first password."""


class AddEmailForm(Plain, account.AddEmailForm):  # type: ignore[misc,unused-ignore]
    """One more address."""


class ReauthenticateForm(Plain, account.ReauthenticateForm):  # type: ignore[misc,unused-ignore]
    """The password once more."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["password"].help_text = ""


class EmailCodeForm(Plain, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc,unused-ignore]
    """The code from the mail."""


class CodeForm(Plain, mfa.AuthenticateForm):  # type: ignore[misc,unused-ignore]
    """The code from the telephone, or one that was kept."""


class CodeAgainForm(Plain, mfa.ReauthenticateForm):  # type: ignore[misc,unused-ignore]
    """The code once more."""


class TotpForm(Plain, ActivateTOTPForm):  # type: ignore[misc,unused-ignore]
    """The first code from the telephone."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["code"].label = _("Six digits from the app")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(Plain, AddWebAuthnForm):  # type: ignore[misc,unused-ignore]
    """What to call the key, and whether it is enough by itself."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].help_text = _("So that you know it again, for example: my telephone.")
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Sign in with this key alone")
            self.fields["passwordless"].help_text = _(
                "Then you need no password. The key asks for your finger, face or PIN."
            )


class PasskeyNameForm(Plain, EditWebAuthnForm):  # type: ignore[misc,unused-ignore]
    """Another name for a key."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["name"].label = _("Name of the key")
