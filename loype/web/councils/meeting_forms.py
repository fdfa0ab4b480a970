"""The forms of a meeting's pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loype.bodies.models import MeetingForm as Form, Reply
from loype.councils.actions.agenda_items import OTHER_KINDS
from loype.councils.actions.papers import PARTS
from loype.councils.meeting_labels import Choice, ItemKind, ProposalKind
from loype.councils.models import AgendaItem
from loype.kernel.currency import currency_of
from loype.web.councils.forms import amount_label, matters_offered
from loype.web.shared.acting import PlainForm
from loype.web.shared.widgets import DayInput, LongText, MomentInput

LONGEST = 20_000
WHERE_IT_IS = {
    "summary": _("What it is about, in a few sentences that stand alone."),
    "decision_points": _("What the council is asked to decide, one point a line."),
    "background": _("What led to it, what was tried, what others have."),
    "economy": _("What it costs, who pays, what it saves."),
    "involvement": _("Who was asked: users, citizens, other services."),
    "employees_statement": _("What the employees' representatives say."),
}


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


class MeetingPlanForm(PlainForm):
    """When, where and how the body meets."""

    form = forms.ChoiceField(
        label=_("How"), choices=Form.choices, initial=Form.ORDINARY, required=False
    )
    starts_at = forms.DateTimeField(label=_("Day and time"), widget=MomentInput())
    lasts_minutes = forms.IntegerField(
        label=_("Lasts (minutes)"), initial=120, min_value=1, required=False
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    answer_by = forms.DateField(
        label=_("Answered in writing by"),
        help_text=_("Only for a written procedure, or an urgent one that is answered in writing."),
        required=False,
        widget=DayInput(),
    )


class MeetingChangeForm(PlainForm):
    """Another time or place."""

    version = _version()
    starts_at = forms.DateTimeField(label=_("Day and time"), widget=MomentInput())
    lasts_minutes = forms.IntegerField(label=_("Lasts (minutes)"), min_value=1)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    answer_by = forms.DateField(
        label=_("Answered in writing by"), required=False, widget=DayInput()
    )


class MatterForm(PlainForm):
    """A matter on the agenda that is no case."""

    version = _version()
    kind = forms.ChoiceField(
        label=_("What the meeting does with it"),
        choices=[(kind.value, kind.label) for kind in ItemKind if kind in OTHER_KINDS],
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    notes = forms.CharField(
        label=_("Notes"), widget=LongText(rows=3), max_length=LONGEST, required=False
    )


class PaperForm(PlainForm):
    """The decision paper of an item."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            "summary": _("1. Summary"),
            "decision_points": _("2. Decision points"),
            "background": _("3. Background"),
            "economy": _("Economy"),
            "involvement": _("Who was involved"),
            "employees_statement": _("The employees' statement"),
        }
        for part in PARTS:
            self.fields[part] = forms.CharField(
                label=labels[part],
                help_text=WHERE_IT_IS[part],
                widget=LongText(rows=4),
                max_length=LONGEST,
                required=False,
            )


class ReplyForm(PlainForm):
    """Whether one comes."""

    reply = forms.ChoiceField(label=_("Do you come?"), choices=Reply.choices)


class ProposalForm(PlainForm):
    """A proposal or an amendment."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=ProposalKind.choices, initial=ProposalKind.PROPOSAL
    )
    text = forms.CharField(
        label=_("What is proposed"), widget=LongText(rows=3), max_length=LONGEST, required=False
    )
    by = forms.ChoiceField(label=_("Proposed by"), required=False)

    def __init__(self, *args: Any, seats: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["by"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("the secretariat")), *seats]


class InterestForm(PlainForm):
    """A member's own interest."""

    call = forms.ChoiceField(label=_("Who"))
    reason = forms.CharField(label=_("Why"), max_length=2_000, required=False)
    stand_in = forms.BooleanField(label=_("The deputy stands in"), required=False)

    def __init__(self, *args: Any, seats: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["call"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(seats)


class DissentForm(PlainForm):
    """A member's own words in the minutes."""

    call = forms.ChoiceField(label=_("Who"))
    text = forms.CharField(
        label=_("What they do not agree with, and why"),
        widget=LongText(rows=3),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, seats: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["call"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(seats)


class ConclusionForm(PlainForm):
    """What came of a matter; of what is decided also what it binds, or how the body answers."""

    version = _version()
    conclusion = forms.CharField(
        label=_("What was concluded"), widget=LongText(rows=3), max_length=LONGEST, required=False
    )

    def __init__(
        self, *args: Any, item: AgendaItem, matters: Iterable[str] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if item.referral_id is not None:
            self.fields["is_agreed"] = forms.TypedChoiceField(
                label=_("The body"),
                choices=[("", _("choose")), ("yes", _("agrees")), ("no", _("refuses"))],
                coerce=lambda said: said == "yes",
                empty_value=None,
                required=False,
            )
        elif item.kind == ItemKind.DECISION:
            self.fields["amount"] = forms.DecimalField(
                label=amount_label(currency_of(item.meeting.organisation.country)),
                max_digits=14,
                decimal_places=2,
                min_value=0,
                required=False,
                localize=True,
            )
            matter = forms.ChoiceField(
                label=_("Which matter of the instruction it is"), required=False
            )
            self.fields["matter"] = matter
            sent = self["matter"].data if self.is_bound else None
            unknown = [(sent, sent)] if sent and sent not in [*matters] else []
            matter.choices = [*matters_offered(matters), *unknown]  # the verb judges what was sent

    @property
    def beside(self) -> list[forms.BoundField]:
        """What is asked beside the conclusion; no matter where the instruction names none."""
        matter: Any = self.fields.get("matter")
        asks = matter is not None and len(matter.choices) > 1
        names = ("is_agreed", "amount", *(("matter",) if asks else ()))
        return [self[name] for name in names if name in self.fields]


class ChoiceForm(PlainForm):
    """A vote."""

    choice = forms.ChoiceField(
        label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect
    )
