"""One page that shows every part in every state; look at it before drawing something new."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from loype.web.shared import charts
from loype.web.shared.render import render
from loype.web.shared.widgets import DayInput, LongText

STATES = (
    ("draft", "Draft"),
    ("submitted", "Handed in"),
    ("in_queue", "In the queue"),
    ("returned", "Sent back to you"),
    ("parked", "Parked"),
    ("rejected", "Rejected"),
    ("go_on", "Goes on"),
    ("running", "Runs"),
    ("stopped", "Stopped"),
    ("finished", "Finished"),
    ("in_use", "In use"),
)
FILTERS = (
    ("", "All", 148),
    ("submitted", "Waiting", 31),
    ("go_on", "Going on", 54),
    ("rejected", "Rejected", 22),
)
TEXT = (
    "People write **plainly**, with lists:\n\n* what happens today\n* what it costs\n\n"
    "and [a link](https://example.org/). <script>alert(1)</script> stays text."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the example list."""

    number: str
    title: str
    language: str
    person: str
    role: str
    anonymous: bool
    at: datetime
    state: str
    label: str
    step: str
    look: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Where the example list goes on."""

    older: str = "older"
    newer: str = "newer"


class ExampleForm(forms.Form):
    """One field of each kind."""

    question = forms.CharField(
        label="What could be better where you work?", required=False, widget=LongText(rows=3)
    )
    kind = forms.ChoiceField(
        label="What do you have?",
        choices=[("idea", "An idea"), ("need", "A need"), ("wish", "A wish")],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label="In one sentence", help_text="As you would say it to a colleague."
    )
    text = forms.CharField(label="Tell more", required=False, widget=LongText)
    unit = forms.ChoiceField(
        label="Where do you work?", choices=[("1", "Home care"), ("2", "School")]
    )
    day = forms.DateField(label="Since when?", required=False, widget=DayInput)
    paper = forms.FileField(label="A picture or a file", required=False, help_text="At most 20 MB.")
    anonymous = forms.BooleanField(
        label="Do not show my name to colleagues",
        required=False,
        help_text="We can still answer you.",
    )


EXAMPLES = {
    "idea": "“We could send the reminder as a text message.”",
    "need": "“Nobody knows which rooms are free.” You need no solution.",
    "wish": "“I wish the form remembered what I wrote last time.”",
}


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every part in every state."""
    now = timezone.now()
    form = ExampleForm({"kind": "idea", "unit": "1"})
    form.fields["kind"].examples = EXAMPLES  # type: ignore[attr-defined]
    form.is_valid()
    context: dict[str, Any] = {
        "rows": example_rows(now),
        "filters": FILTERS,
        "listing": Listing(),
        "story": [now - timedelta(days=back) for back in (60, 48, 45, 44, -3)],
        "form": form,
        "states": STATES,
        "text": TEXT,
        "charts": example_charts(now),
    }
    return render(request, "shared/styleguide.html", context)


def example_rows(now: datetime) -> list[Row]:
    """Three ideas in three languages."""
    kept = "Kari Nordmann"
    return [
        Row("2026-118", "Temperaturen skrives på tre lister hver morgen", "nb", kept, "Cook", False,
            now - timedelta(days=2), "submitted", "Handed in", "idea", "now"),
        Row("2026-097", "Digitale nøgler i hjemmeplejen", "da", kept, "Nurse", True,
            now - timedelta(days=45), "running", "Trial runs", "activity", "now"),
        Row("2025-204", "One calendar for all meeting rooms", "en", kept, "Janitor", False,
            now - timedelta(days=400), "rejected", "Rejected", "decision", "stopped"),
    ]  # fmt: skip


def example_charts(now: datetime) -> dict[str, str]:
    """One chart of each kind."""
    today = timezone.localdate(now)
    days = timedelta
    return {
        "bars": charts.bars(
            [charts.Bar("Fjordvik", 41), charts.Bar("Nordås", 17), charts.Bar("Havnes", 8)],
            title="Fjordvik hands in more than the others together",
            unit="ideas",
        ),
        "spread": charts.distribution(
            [
                charts.Spread("Waiting for a responsible", low=0, median=3, high=9, most=21),
                charts.Spread("Waiting for a decision", low=4, median=18, high=41, most=66),
            ],
            title="Half of the decisions take more than 18 days",
        ),
        "plan": charts.plan(
            [
                charts.Span("Digital keys", today - days(60), today + days(40), tone="done",
                            marks=(charts.Mark(today + days(10), "Gate"),)),
                charts.Span("Shared calendar", today - days(10), today + days(90)),
            ],
            title="Two activities run at the same time in spring",
            today=today,
        ),
        "flow": charts.flow(
            [charts.Stage("Handed in", 148), charts.Stage("Decided", 102),
             charts.Stage("Activity", 37), charts.Stage("Evaluated", 19),
             charts.Stage("In use elsewhere", 7)],
            title="One idea in twenty is used by others within a year",
            unit="ideas",
        ),
    }  # fmt: skip
