"""What people fill in about bodies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loype.bodies.models import (
    AppointingRole,
    BodyKind,
    DecidesBy,
    Involvement,
    MandatePoint,
    Power,
    PowerHolder,
    Quorum,
    RuleKind,
    SeatKind,
    Strength,
    WheelKind,
)
from loype.bodies.packing import Party
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.web.shared.acting import PlainForm
from loype.web.shared.widgets import DayInput, LongText, MomentInput

Choices = Sequence[tuple[str, Any]]
POWER_LINES = 6
CHOOSE = ("", _("Choose"))


class OwnForm(PlainForm):
    """A form that may stand beside others on a page: its fields' ids begin with its own name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **options)


class DayForm(OwnForm):
    """The day to look at."""

    on = forms.DateField(label=_("Day"), required=False, widget=DayInput)


class OrganisationNamed(forms.CharField):
    """An organisation, told by its name or short name; its value is the organisation."""

    def __init__(self, *, actor: Actor | None = None, **options: Any) -> None:
        super().__init__(max_length=200, **options)
        self.actor = actor

    def clean(self, value: Any) -> Any:
        """The organisation of this name; a plain sentence where there is none."""
        said = super().clean(value)
        if not said or self.actor is None:
            return None
        known = Organisation.objects.visible_to(self.actor).active()
        found = (
            known.filter(short_name__iexact=said).first()
            or known.filter(name__iexact=said).order_by("pk").first()
        )
        if found is None:
            raise ValidationError(_("No organisation is called this. Look in the list of them."))
        return found


class BodyForm(PlainForm):
    """Setting a body up."""

    kind = forms.ChoiceField(label=_("What it is"), choices=BodyKind.choices)
    name = forms.CharField(
        label=_("What it is called"), max_length=160, required=False,
        help_text=_("Left empty, it takes the usual name."),
    )  # fmt: skip
    pack = forms.ChoiceField(
        label=_("Begin with"), required=False,
        help_text=_("The usual seats, rules and mandate, which you can change afterwards."),
    )  # fmt: skip
    federation = forms.ChoiceField(label=_("Federation"), required=False)
    leader_party = OrganisationNamed(
        label=_("Where the leader comes from"), required=False,
        help_text=_("For a subject group: the municipality that leads it."),
    )  # fmt: skip
    decision_reference = forms.CharField(
        label=_("Which decision establishes it"), max_length=160, required=False
    )
    commission = forms.CharField(
        label=_("What a task committee is to do"), required=False, widget=LongText(rows=3)
    )
    delivery = forms.CharField(
        label=_("What a task committee delivers"), required=False, widget=LongText(rows=2)
    )
    ends_date = forms.DateField(
        label=_("A task committee's last day"), required=False, widget=DayInput
    )

    def __init__(
        self, *args: Any, actor: Actor, federations: Choices, packs: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["federation"].choices = [("", _("none")), *federations]  # type: ignore[attr-defined]
        self.fields["pack"].choices = [("", _("nothing")), *packs]  # type: ignore[attr-defined]
        self.fields["leader_party"].actor = actor  # type: ignore[attr-defined]


class PartyForm(OwnForm):
    """Which pack, and which organisations its parties are."""

    pack = forms.ChoiceField(label=_("Which set"))

    def __init__(
        self, *args: Any, actor: Actor, packs: Choices, parties: Iterable[Party], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["pack"].choices = list(packs)  # type: ignore[attr-defined]
        self.keys = []
        for party in parties:
            self.keys.append(party.key)
            self.fields[f"party_{party.key}"] = OrganisationNamed(
                label=party.told, required=False, actor=actor
            )

    @property
    def party_fields(self) -> list[Any]:
        """The fields that say who the parties are."""
        return [self[f"party_{key}"] for key in self.keys]

    @property
    def named(self) -> dict[str, Organisation]:
        """The parties that were named."""
        found = {key: self.cleaned_data.get(f"party_{key}") for key in self.keys}
        return {key: one for key, one in found.items() if one is not None}


class SeatForm(OwnForm):
    """A further seat."""

    title = forms.CharField(label=_("Which seat"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Speaks for"), choices=SeatKind.choices)
    party = OrganisationNamed(
        label=_("Of which organisation"), required=False,
        help_text=_("Its name or short name; empty for the body's own organisation."),
    )  # fmt: skip
    discipline = forms.CharField(label=_("Discipline or sector"), max_length=80, required=False)
    has_vote = forms.BooleanField(label=_("has a vote"), required=False, initial=True)
    appointing_role = forms.ChoiceField(
        label=_("Who fills it"), required=False,
        choices=[("", _("an administrator or the named decider")), *AppointingRole.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["party"].actor = actor  # type: ignore[attr-defined]


class LeaderForm(OwnForm):
    """Where the leader comes from now on."""

    party = OrganisationNamed(label=_("Which organisation leads it from now on"), required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["party"].actor = actor  # type: ignore[attr-defined]


class RuleForm(OwnForm):
    """A rule about who sits on the body."""

    rule = forms.ChoiceField(label=_("About"), choices=RuleKind.choices)
    seat_kind = forms.ChoiceField(
        label=_("Seats that speak for"), choices=[CHOOSE, *SeatKind.choices], required=False
    )
    party = OrganisationNamed(label=_("Which party"), required=False)
    discipline = forms.CharField(label=_("Which discipline"), max_length=80, required=False)
    least = forms.IntegerField(label=_("At least"), min_value=0, max_value=99, initial=1)
    most = forms.IntegerField(label=_("At most"), min_value=0, max_value=99, required=False)
    strength = forms.ChoiceField(label=_("What it stops"), choices=Strength.choices)
    from_date = forms.DateField(label=_("In force from"), widget=DayInput)
    decision_reference = forms.CharField(
        label=_("Which decision says so"), max_length=160, required=False
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["party"].actor = actor  # type: ignore[attr-defined]


class PaperForm(PlainForm):
    """What every new version of a paper says."""

    from_date = forms.DateField(label=_("In force from"), widget=DayInput)
    decision_reference = forms.CharField(
        label=_("Which decision adopts it"), max_length=160, required=False
    )


class MandateForm(PaperForm):
    """A new version of the mandate."""

    points = forms.CharField(
        label=_("The points, one a line"), widget=LongText(rows=8),
        help_text=_("They are numbered in this order, and decisions can rest on them."),
    )  # fmt: skip

    field_order = ("points", "from_date", "decision_reference")

    @staticmethod
    def begin(points: Iterable[MandatePoint]) -> dict[str, Any]:
        """What the form begins with: the points in force."""
        return {"points": "\n".join(point.text for point in points)}


class ProcedureForm(PaperForm):
    """A new version of the rules of procedure."""

    notice_days = forms.IntegerField(label=_("Days of notice"), min_value=0, max_value=365)
    paper_days = forms.IntegerField(
        label=_("Days the papers are out before"), min_value=0, max_value=365
    )
    quorum = forms.ChoiceField(label=_("Who must be there"), choices=Quorum.choices)
    quorum_number = forms.IntegerField(
        label=_("Where it is a fixed number: how many"), min_value=0, max_value=99, required=False
    )
    decides_by = forms.ChoiceField(label=_("Decides"), choices=DecidesBy.choices)
    casting_vote = forms.BooleanField(label=_("the leader's vote settles a tie"), required=False)
    allows_written = forms.BooleanField(label=_("may decide in writing"), required=False)
    allows_urgent = forms.BooleanField(label=_("may meet at short notice"), required=False)
    urgent_notice_days = forms.IntegerField(
        label=_("Days of notice when urgent"), min_value=0, max_value=365, required=False
    )
    least_meetings = forms.IntegerField(
        label=_("Fewest meetings a year"), min_value=0, max_value=99, required=False
    )
    most_meetings = forms.IntegerField(
        label=_("Most meetings a year"), min_value=0, max_value=99, required=False
    )
    with_powers = forms.BooleanField(
        label=_("write the limits of the instruction into them"), required=False, initial=True
    )

    field_order = ("notice_days", "paper_days", "quorum", "quorum_number", "decides_by")


class InstructionForm(PaperForm):
    """A new version of the instruction: who may decide what, line by line."""

    currency = forms.CharField(label=_("Currency of the limits"), max_length=3, initial="NOK")

    def __init__(self, *args: Any, in_force: Sequence[Power] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.numbers = range(1, max(POWER_LINES, len(in_force) + 2) + 1)
        for number in self.numbers:
            self.fields[f"matter_{number}"] = forms.CharField(
                label=_("Matter"), max_length=120, required=False
            )
            self.fields[f"holder_{number}"] = forms.ChoiceField(
                label=_("Who may decide it"), choices=PowerHolder.choices, required=False
            )
            self.fields[f"up_to_{number}"] = forms.DecimalField(
                label=_("Up to (empty: any amount)"), max_digits=14, decimal_places=2,
                min_value=0, required=False, localize=True,
            )  # fmt: skip

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each line."""
        return [
            (self[f"matter_{number}"], self[f"holder_{number}"], self[f"up_to_{number}"])
            for number in self.numbers
        ]

    @staticmethod
    def begin(powers: Iterable[Power]) -> dict[str, Any]:
        """What the form begins with: the lines in force."""
        found: dict[str, Any] = {}
        for number, power in enumerate(powers, start=1):
            found |= {
                f"matter_{number}": power.matter,
                f"holder_{number}": power.holder,
                f"up_to_{number}": power.up_to,
            }
            if power.currency:
                found["currency"] = power.currency
        return found


class PlanForm(OwnForm):
    """A meeting ahead."""

    starts_at = forms.DateTimeField(label=_("When"), widget=MomentInput)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)


class WheelForm(OwnForm):
    """Something to be done in the year."""

    kind = forms.ChoiceField(label=_("What sort"), choices=WheelKind.choices)
    title = forms.CharField(label=_("What"), max_length=200)
    due_date = forms.DateField(label=_("By"), widget=DayInput)
    evaluator = forms.CharField(label=_("Who does it"), max_length=200, required=False)
    questions = forms.CharField(
        label=_("Which questions it answers"), required=False, widget=LongText(rows=2)
    )
    method = forms.CharField(label=_("How it is done"), required=False, widget=LongText(rows=2))
    involvement = forms.ChoiceField(
        label=_("Those who are heard without a vote"), required=False,
        choices=[("", _("nothing to say")), *Involvement.choices],
    )  # fmt: skip
    involvement_reason = forms.CharField(
        label=_("How they take part, or why not"), required=False, widget=LongText(rows=2)
    )


class DoneForm(OwnForm):
    """What came of something on the year wheel."""

    result = forms.CharField(label=_("What came of it"), widget=LongText(rows=3))
    follow_up = forms.CharField(
        label=_("What is done about it"), required=False, widget=LongText(rows=2)
    )


class IntroductionForm(OwnForm):
    """A promise to bring two together."""

    whom = forms.CharField(label=_("Who is introduced"), max_length=200)
    to_whom = forms.CharField(label=_("To whom"), max_length=200)
    due_date = forms.DateField(label=_("By"), widget=DayInput)
    purpose = forms.CharField(label=_("What for"), required=False, widget=LongText(rows=2))


class OutcomeForm(OwnForm):
    """How a promise ended."""

    is_made = forms.TypedChoiceField(
        label=_("Did they meet?"), choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda said: said == "yes",
    )  # fmt: skip
    outcome = forms.CharField(label=_("What came of it"), widget=LongText(rows=2))


class ReferralForm(OwnForm):
    """A question to decide under the instruction."""

    matter = forms.CharField(label=_("Matter"), max_length=120)
    title = forms.CharField(label=_("What is to be decided"), max_length=200)
    amount = forms.DecimalField(
        label=_("Amount"), max_digits=14, decimal_places=2, min_value=0, required=False,
        localize=True,
    )  # fmt: skip
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False, initial="NOK")
    reasons = forms.CharField(label=_("Why"), widget=LongText(rows=3))


class AnswerForm(OwnForm):
    """The body's answer to what was referred to it."""

    meeting = forms.ChoiceField(label=_("In which meeting"))
    is_agreed = forms.TypedChoiceField(
        label=_("The body"), choices=[("yes", _("agrees")), ("no", _("refuses"))],
        coerce=lambda said: said == "yes",
    )  # fmt: skip
    answer = forms.CharField(label=_("Why"), widget=LongText(rows=3))

    def __init__(self, *args: Any, meetings: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].choices = list(meetings)  # type: ignore[attr-defined]


class PointsForm(PlainForm):
    """Which points of its mandate a decision rests on."""

    points = forms.MultipleChoiceField(
        label=_("It rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, points: Iterable[MandatePoint], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["points"].choices = [  # type: ignore[attr-defined]
            (str(point.pk), f"{point.number}. {point.text}") for point in points
        ]
