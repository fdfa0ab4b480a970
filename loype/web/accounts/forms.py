"""Forms about oneself."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from loype.accounts.actions import LONGEST_DAYS
from loype.accounts.models import Person, TokenScope
from loype.organisations.labels import Language
from loype.web.shared.theme import THEMES
from loype.web.shared.words import titled

SPOKEN = [(code, Language(code).label) for code, _name in settings.LANGUAGES]
HOW_LONG = (
    (30, _("a month")),
    (90, _("three months")),
    (180, _("half a year")),
    (365, _("a year")),
)


class NameForm(forms.Form):
    """What sign-up asks besides e-mail and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As colleagues know you. You can be anonymous with each idea."),
    )

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Allauth asks for this door; the adapter has already kept the name."""


class ProfileForm(forms.Form):
    """One's name, language and colours."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("The language of the browser or the organisation")), *SPOKEN],
        required=False,
    )
    colour_scheme = forms.ChoiceField(
        label=_("Colours"), choices=list(THEMES), widget=forms.RadioSelect
    )


class TokenForm(forms.Form):
    """A token for a program: what for, what it may do, how long."""

    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("For example: the spreadsheet of the development unit."),
        max_length=80,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=titled(TokenScope.choices),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"), choices=HOW_LONG, coerce=int, initial=90
    )


assert max(days for days, _label in HOW_LONG) <= LONGEST_DAYS
