"""The forms of the council's pages; what may be chosen is handed in by the views."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from loype.councils.labels import Answer, CourseLabel, Form, OutcomeLabel, Scale
from loype.organisations.labels import Visibility
from loype.web.councils.elsewhere import Elsewhere
from loype.web.shared.parts.fields import error_line, tied
from loype.web.shared.reuse import answer_field, reason_field
from loype.web.shared.widgets import DayInput, LongText, MomentInput

Choices = Iterable[tuple[Any, Any]]

# The same choices as in `councils.labels`, said so that the decision reads as one sentence.
OUTCOMES = (
    (OutcomeLabel.GO_ON, _("go on with")),
    (OutcomeLabel.MORE_INFORMATION, _("ask for more information about")),
    (OutcomeLabel.MERGE, _("merge")),
    (OutcomeLabel.PARK, _("park")),
    (OutcomeLabel.REJECT, _("reject")),
    (OutcomeLabel.RETURN, _("return")),
    (OutcomeLabel.JOIN, _("join others with")),
)
SHARED_WITH = (
    ("", _("nobody outside, for now")),
    (Visibility.FEDERATION, Visibility.FEDERATION.label),
    (Visibility.PUBLIC, Visibility.PUBLIC.label),
)
FORMS = (
    (Form.EXPERIMENT, _("an experiment")),
    (Form.MINI_DEVELOPMENT, _("a mini-development")),
    (Form.PROJECT, _("a project")),
    (Form.LINE_TASK, _("a line task")),
)
COURSES = (
    (CourseLabel.OWN_PILOT, _("as our own pilot")),
    (CourseLabel.INTER_MUNICIPAL_SHALL, _("only together with others (shall)")),
    (CourseLabel.INTER_MUNICIPAL_SHOULD, _("preferably together with others (should)")),
    (CourseLabel.LOCAL_ONLY, _("for ourselves only")),
)
SCALES = ((Scale.SMALL, _("small scale")), (Scale.FULL, _("full scale")))
NOBODY = ("", _("choose a colleague"))


def _choice(label: Any, choices: Choices = (), *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=required)


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DayInput())


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def matters_offered(matters: Iterable[str]) -> Choices:
    """The matters of an instruction, and none of them."""
    return [("", _("none that it names")), *((one, one) for one in matters)]


def amount_label(currency: str) -> str:
    """What an amount is asked by: in which currency it is."""
    return _("Amount that it binds (%(currency)s)") % {"currency": currency}


def as_sent(said: Any) -> Choices:
    """What was chosen from a list that is not read again: the verb judges it."""
    return [("", ""), *([(said, said)] if said else [])]


class ResponsibleForm(forms.Form):
    """Who follows an idea up."""

    person = _choice(_("Responsible"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "person", [NOBODY, *people])


class AgendaForm(forms.Form):
    """Which meeting a case is put before."""

    meeting = _choice(_("Meeting"))

    def __init__(self, *args: Any, meetings: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "meeting", meetings)


class DecisionForm(forms.Form):
    """A decision, as one sentence and its reasons."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    outcome = _choice(_("What we decide"), OUTCOMES)
    form = _choice(_("Form"), FORMS, required=False)
    course = _choice(_("Course"), COURSES, required=False)
    scale = _choice(_("Scale"), SCALES, required=False)
    responsible = _choice(_("Led by"), required=False)
    deadline = _day(_("Answer by"))
    reasons = forms.CharField(
        label=_("because"),
        help_text=_("The giver reads this, word for word."),
        widget=LongText(rows=4),
        max_length=10_000,
        required=False,
    )
    conditions = forms.CharField(
        label=_("on these conditions"), widget=LongText(rows=2), max_length=10_000, required=False
    )
    answer_by = _day(_("The other councils answer by"))
    merged_into = _choice(_("Into an idea that resembles it"), required=False)
    merge_number = forms.CharField(
        label=_("Or into the idea with this case number"), max_length=30, required=False
    )
    joins = _choice(_("What we join"), required=False)
    trial = _choice(_("The small-scale trial it builds on"), required=False)
    exemption_reason = forms.CharField(
        label=_("Why full scale without a finished small-scale trial"),
        help_text=_("The exemption gets a number of its own and is open to everybody who reads."),
        widget=LongText(rows=2),
        max_length=10_000,
        required=False,
    )
    activity_visibility = _choice(
        _("Who else may read about the activity"), SHARED_WITH, required=False
    )
    amount = forms.DecimalField(
        label=_("Amount that it binds"), max_digits=14, decimal_places=2, min_value=0,
        required=False, localize=True,
    )  # fmt: skip
    matter = _choice(_("Which matter of the instruction it is"), required=False)
    reuse_answer = answer_field(required=False)
    reuse_reason = reason_field()
    mandate = _choice(_("The political mandate it hangs on"), required=False)
    seen_elsewhere = forms.MultipleChoiceField(
        label=_("The council has seen it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        people: Choices,
        ideas: Choices,
        trials: Choices,
        elsewhere: Callable[[], Elsewhere] = Elsewhere,
        mandates: Callable[[], Choices] = tuple,
        matters: Iterable[str] = (),
        currency: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.elsewhere, self.mandates, self.matters = elsewhere, mandates, list(matters)
        self.fields["amount"].label = amount_label(currency)
        _offer(self, "responsible", [NOBODY, *people])
        if self.is_bound:  # what was ticked is judged by the verb; the rest is read if it is shown
            ticked = self["seen_elsewhere"].data or ()
            _offer(self, "seen_elsewhere", [(one, one) for one in ticked if one.isdecimal()])
            hung = self["mandate"].data or ""
            _offer(self, "mandate", [("", ""), (hung, hung)] if hung.isdecimal() else [("", "")])
            _offer(self, "matter", as_sent(self["matter"].data))
            _offer(self, "joins", as_sent(self["joins"].data))
            self._offer_lists(ideas=ideas, trials=trials)
        else:
            self.offer(ideas=ideas, trials=trials)

    def offer(self, *, ideas: Choices, trials: Choices) -> None:
        """What it may be merged into, which trials it may build on, where the same need stands."""
        self._offer_elsewhere(self.elsewhere())
        _offer(self, "mandate", [("", _("choose a mandate")), *self.mandates()])
        _offer(self, "matter", matters_offered(self.matters))
        self._offer_lists(ideas=ideas, trials=trials)

    def _offer_elsewhere(self, told: Elsewhere) -> None:
        """What others have is ticked beside the way to it; joining is offered where it can be."""
        _offer(self, "seen_elsewhere", told.unseen)
        self.fields["seen_elsewhere"].examples = told.links  # type: ignore[attr-defined]
        _offer(self, "joins", [("", _("choose what you join")), *told.joins])
        if not told.joins:
            _offer(self, "outcome", [one for one in OUTCOMES if one[0] != OutcomeLabel.JOIN])

    def _offer_lists(self, *, ideas: Choices, trials: Choices) -> None:
        _offer(self, "merged_into", [("", _("choose an idea")), *ideas])
        _offer(self, "trial", [("", _("the one that is evaluated, if there is one")), *trials])

    @property
    def asks_for_mandate(self) -> bool:
        """Whether there is a choice; where only one is in force, it hangs on that."""
        field = self.fields["mandate"]
        assert isinstance(field, forms.ChoiceField)
        offered: Any = field.choices
        return len(list(offered)) > 2

    @property
    def asks_for_matter(self) -> bool:
        """Whether the body's instruction says anything of matters."""
        return self._offers("matter")

    @property
    def can_join(self) -> bool:
        """Whether the council has said yes to what others run on the same need."""
        return self._offers("joins")

    def _offers(self, name: str) -> bool:
        """Whether there is more to choose than nothing."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        offered: Any = field.choices
        return len(list(offered)) > 1

    def inline(self, name: str) -> SafeString:
        """A control that stands inside the sentence, with a label for those who do not see it."""
        bound = self[name]
        return format_html(
            '<label class="ds-sr-only" for="{}">{}</label>{}{}',
            bound.id_for_label,
            bound.label,
            bound.as_widget(attrs=tied(bound, hint="")),
            error_line(bound),
        )

    def in_sentence(self) -> dict[str, SafeString]:
        """The controls of the sentence, ready for the template."""
        names = ("outcome", "form", "course", "scale", "responsible", "deadline")
        return {name: self.inline(name) for name in names}


class MeetingForm(forms.Form):
    """When and where the council meets."""

    starts_at = forms.DateTimeField(label=_("Day and time"), widget=MomentInput())
    place = forms.CharField(label=_("Place"), max_length=200, required=False)


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = forms.CharField(
        label=_("Why it is called off"), widget=LongText(rows=2), max_length=2_000, required=False
    )


class MinutesForm(forms.Form):
    """What a meeting leaves behind; who came is asked only where it was not written down."""

    attended = forms.MultipleChoiceField(
        label=_("Who came"), widget=forms.CheckboxSelectMultiple, required=False
    )
    minutes = forms.CharField(
        label=_("What was said"),
        help_text=_(
            "Who came, what was proposed, voted and decided, with reasons and dissent, is in the "
            "minutes by itself. Add what else should stand there; it may stay empty."
        ),
        widget=LongText(rows=6),
        max_length=100_000,
        required=False,
    )

    def __init__(self, *args: Any, seats: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        if seats:
            _offer(self, "attended", seats)
        else:
            del self.fields["attended"]


class AnswerForm(forms.Form):
    """What a council answers to an invitation."""

    answer = forms.ChoiceField(
        label=_("Our answer"),
        choices=[(value, capfirst(label)) for value, label in Answer.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    reasons = forms.CharField(
        label=_("Because"), widget=LongText(rows=4), max_length=10_000, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].examples = {  # type: ignore[attr-defined]
            "yes": _("We take part."),
            "no": _("We do not take part."),
            "later": _("Not now. We may still answer yes or no."),
        }


class EstablishForm(forms.Form):
    """A new council."""

    name = forms.CharField(label=_("What it is called"), max_length=160, required=False)
    federation = _choice(_("The federation that has a seat"))
    decision_reference = forms.CharField(
        label=_("Which decision establishes it"),
        help_text=_("For example the municipal council's case number."),
        max_length=160,
        required=False,
    )

    def __init__(self, *args: Any, federations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "federation", federations)


class SeatForm(forms.Form):
    """A further seat."""

    title = forms.CharField(label=_("Which seat"), max_length=120)
    discipline = forms.CharField(
        label=_("Discipline or sector"),
        help_text=_("A council that covers many sectors sees more."),
        max_length=80,
        required=False,
    )


class AppointForm(forms.Form):
    """Who holds a seat from a day on."""

    person = _choice(_("Person"))
    is_deputy = forms.BooleanField(label=_("as deputy"), required=False)
    from_date = _day(_("From"), required=True)
    decision_reference = forms.CharField(
        label=_("Which decision appoints them"), max_length=160, required=False
    )

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "person", [NOBODY, *people])
