"""What administrators fill in about their organisation, its people, units and federation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loype.organisations.actions.organisations import (
    MOST_DAYS,
    MOST_EMPLOYEES,
    MOST_INHABITANTS,
)
from loype.organisations.labels import Language, Position, Role, UnitKind
from loype.web.shared.widgets import DayInput
from loype.web.shared.words import titled

Choices = Sequence[tuple[str, Any]]

WHAT_ROLES_MEAN = {
    Role.ADMINISTRATOR.value: _("Looks after people, units, roles, language, colour and logo."),
    Role.DECIDER.value: _("Decides on ideas where there is no council, and sets a council up."),
    Role.COUNCIL_SECRETARY.value: _("Prepares the council's meetings and writes the minutes."),
    Role.COORDINATOR.value: _("Looks after the federation that the organisation coordinates."),
}
SPOKEN = [(code, Language(code).label) for code, _name in settings.LANGUAGES]


class ColourInput(forms.TextInput):
    """A colour chosen with the browser's own palette."""

    input_type = "color"


class SettingsForm(forms.Form):
    """The organisation's facts and how it works."""

    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("For mails and for people who have not chosen a language themselves."),
    )
    inhabitants = forms.IntegerField(
        label=_("Inhabitants"), required=False, min_value=0, max_value=MOST_INHABITANTS
    )
    receipt_days = forms.IntegerField(
        label=_("Working days until a receipt"), min_value=1, max_value=MOST_DAYS
    )
    responsible_days = forms.IntegerField(
        label=_("Working days until somebody is responsible"), min_value=1, max_value=MOST_DAYS
    )
    decision_days = forms.IntegerField(
        label=_("Working days until a decision"), min_value=1, max_value=MOST_DAYS
    )
    email_domain = forms.CharField(
        label=_("E-mail domain"),
        help_text=_("What stands after the @ in your addresses, for example fjordvik.example."),
        required=False,
        max_length=120,
    )
    join_by_domain = forms.BooleanField(
        label=_("Everybody with a verified address there may join by themselves"), required=False
    )
    tells_of_likeness = forms.BooleanField(
        label=_("Tell others that we have something alike, and let them ask for contact"),
        help_text=_(
            "People in organisations we work with then see only our name and a button, never a"
            " word of what only we may read."
        ),
        required=False,
    )
    sends_text_outside = forms.BooleanField(
        label=_("Our texts may be sent to the outside language model that this installation uses"),
        help_text=_(
            "Without it our texts are found by their words alone. It makes no difference where"
            " the language model runs on this installation's own machine, as it does unless the"
            " operator chose otherwise."
        ),
        required=False,
    )

    def __init__(self, *arguments: Any, language: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        known = dict(SPOKEN)
        own = [] if language in known else [(language, Language(language).label)]
        self.fields["language"].choices = [*SPOKEN, *own]  # type: ignore[attr-defined]


class ColourForm(forms.Form):
    """The colour that marks the organisation's pages."""

    colour = forms.CharField(
        label=_("Colour"),
        help_text=_("Text and buttons get shades of it that can be read, in light and in dark."),
        max_length=7,
        widget=ColourInput,
    )


class LogoForm(forms.Form):
    """The organisation's logo and what it shows."""

    file = forms.FileField(
        label=_("Picture"), help_text=_("PNG, JPEG, WebP or GIF; about 100 pixels high is enough.")
    )
    alt_text = forms.CharField(
        label=_("What it shows"),
        help_text=_("For those who cannot see it, for example: the arms of Fjordvik."),
        max_length=500,
    )


class InvitationForm(forms.Form):
    """Whom to invite, to do what and where."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    roles = forms.MultipleChoiceField(
        label=_("What shall this person do, besides being an employee?"),
        choices=titled([one for one in Role.choices if one[0] != Role.EMPLOYEE]),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    job_title = forms.CharField(label=_("Job title"), required=False, max_length=120)

    def __init__(self, *arguments: Any, units: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["unit"].choices = with_none(units)  # type: ignore[attr-defined]
        self.fields["roles"].examples = WHAT_ROLES_MEAN  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """Where in the organisation somebody works, as what."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    job_title = forms.CharField(label=_("Job title"), required=False, max_length=120)
    position = forms.ChoiceField(
        label=_("What the work is"),
        help_text=_("Where it is not said, it follows from what the unit is there for."),
        choices=[("", _("Not said")), *titled(Position.choices)],
        required=False,
    )

    def __init__(self, *arguments: Any, units: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["unit"].choices = with_none(units)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, roles: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["role"].choices = titled(roles)  # type: ignore[attr-defined]
        self.fields["role"].examples = WHAT_ROLES_MEAN  # type: ignore[attr-defined]


class UnitFactsForm(forms.Form):
    """A unit's name, what it is there for, and how many work in it."""

    name = forms.CharField(label=_("Name of the unit"), max_length=160)
    kind = forms.ChoiceField(
        label=_("What it is there for"), choices=titled(UnitKind.choices), required=False
    )
    employees = forms.IntegerField(
        label=_("Employees"),
        help_text=_("In the unit itself, without its parts. For figures per 100 employees."),
        required=False,
        min_value=0,
        max_value=MOST_EMPLOYEES,
    )

    def clean_kind(self) -> str:
        """A form that does not ask leaves it at what it was."""
        return self.cleaned_data["kind"] or self.initial.get("kind") or UnitKind.SERVICE.value


class ClosedDaysForm(forms.Form):
    """Days on which nobody is at work, and why."""

    name = forms.CharField(
        label=_("Why"), help_text=_("Such as “Between Christmas and New Year”."), max_length=120
    )
    from_date = forms.DateField(label=_("First day"), widget=DayInput)
    to_date = forms.DateField(
        label=_("Last day"),
        help_text=_("Empty where it is one day."),
        widget=DayInput,
        required=False,
    )


class UnitForm(UnitFactsForm):
    """A new unit, and the one it is part of."""

    parent = forms.ChoiceField(label=_("Part of"), required=False)
    field_order = ("name", "parent", "kind", "employees")

    def __init__(self, *arguments: Any, units: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        whole = ("", _("The organisation itself"))
        self.fields["parent"].choices = [whole, *units]  # type: ignore[attr-defined]


class FederationMemberForm(forms.Form):
    """An organisation that takes part, and since when."""

    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_("Its whole name or its short name."),
        max_length=200,
    )
    from_date = forms.DateField(label=_("First day"), widget=DayInput)


class LastDayForm(forms.Form):
    """The day something ends."""

    to_date = forms.DateField(label=_("Last day"), widget=DayInput)


def with_none(units: Choices) -> list[tuple[str, Any]]:
    """The units, and none of them."""
    return [("", _("No particular unit")), *units]
