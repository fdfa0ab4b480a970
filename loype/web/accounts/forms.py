"""Forms about oneself."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from loype.accounts.models import Person


class NameForm(forms.Form):
    """What sign-up asks besides e-mail and password."""

    name = forms.CharField(label=_("Your name"), max_length=120)

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Allauth asks for this door; the adapter has already kept the name."""
