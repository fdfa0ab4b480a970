"""The page of wishes as a form: how much, when, and by kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _, gettext_lazy

from loype.accounts.models import MailWish
from loype.notices.kinds import ALWAYS_IN_APP, EXAMPLES, How, NoticeKind, open_choices, usual
from loype.notices.wishes import RhythmWords, Wishes, time_zones
from loype.web.shared.acting import PlainForm
from loype.web.shared.words import capital, titled

NEAR = ("Europe/", "Atlantic/", "Arctic/", "America/Nuuk", "America/Thule")
DAYS = [(number, capital(name)) for number, name in WEEKDAYS.items()]


class HourInput(forms.TimeInput):
    """A time of day chosen with the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__({"step": 60}, format="%H:%M")


class WishesForm(PlainForm):
    """How much news, when it may come by mail, and what else for single kinds."""

    mail_wish = forms.ChoiceField(
        label=gettext_lazy("Which news shall come by mail?"),
        help_text=gettext_lazy("Everything is under Notices here as well."),
        choices=MailWish.choices,
        widget=forms.RadioSelect,
    )
    digest_time = forms.TimeField(
        label=gettext_lazy("When shall the gathered mail come?"),
        help_text=gettext_lazy("For what you want once a day or once a week."),
        widget=HourInput,
    )
    digest_weekday = forms.TypedChoiceField(
        label=gettext_lazy("On which day, where it is once a week?"), choices=DAYS, coerce=int
    )
    quiet_from = forms.TimeField(
        label=gettext_lazy("No mail from"), required=False, widget=HourInput
    )
    quiet_to = forms.TimeField(label=gettext_lazy("until"), required=False, widget=HourInput)
    quiet_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("No mail on these days"),
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("By the clock of"), required=False, choices=[])
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, wishes: Wishes, **options: Any) -> None:
        super().__init__(*arguments, initial=kept_facts(wishes), **options)
        self._offer_zones(wishes)
        for kind in NoticeKind:
            self.fields[kind.value] = _kind_field(kind, wishes=wishes)

    def _offer_zones(self, wishes: Wishes) -> None:
        near = {zone for zone in time_zones() if zone.startswith(NEAR)}
        named = sorted(near | {wishes.own_zone} - {""})
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            ("", _("my organisation (%(zone)s)") % {"zone": _shown(wishes.home_zone)}),
            *((zone, _shown(zone)) for zone in named),
        ]

    @property
    def of_kinds(self) -> list[BoundField]:
        """The fields for single kinds, in their order."""
        return [self[kind.value] for kind in NoticeKind]

    def said(self) -> dict[str, Any]:
        """What the verb is told."""
        facts = dict(self.cleaned_data)
        kinds = {kind.value: facts.pop(kind.value) for kind in NoticeKind}
        version, mail_wish = facts.pop("version"), facts.pop("mail_wish")
        facts["quiet_days"] = tuple(facts["quiet_days"])
        return {
            "kinds": kinds,
            "mail_wish": mail_wish,
            "rhythm": RhythmWords(**facts),
            "version": version,
        }


def _shown(zone: str) -> str:
    return zone.replace("_", " ")


def _kind_field(kind: NoticeKind, *, wishes: Wishes) -> forms.ChoiceField:
    """One list to choose from; what cannot be switched off says why."""
    as_usual = usual(kind, mail_wish=wishes.mail_wish)
    first = ("", _("as usual (%(how)s)") % {"how": How(as_usual).label})
    offered = [(how.value, how.label) for how in open_choices(kind)]
    words = [str(EXAMPLES[kind]), str(ALWAYS_IN_APP.get(kind, ""))]
    return forms.ChoiceField(
        label=capital(kind.label),
        help_text=" ".join(word for word in words if word),
        choices=titled([first, *offered]),
        required=False,
    )


def kept_facts(wishes: Wishes) -> dict[str, Any]:
    """What the form shows at first: what was chosen before."""
    rhythm = wishes.rhythm
    return {
        "mail_wish": wishes.mail_wish,
        "digest_time": rhythm.digest_time,
        "digest_weekday": rhythm.digest_weekday,
        "quiet_from": rhythm.quiet_from,
        "quiet_to": rhythm.quiet_to,
        "quiet_days": sorted(rhythm.quiet_days),
        "time_zone": wishes.own_zone,
        "version": wishes.version,
        **wishes.chosen,
    }
