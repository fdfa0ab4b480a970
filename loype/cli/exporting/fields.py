"""Which fields of each kind leave the house, and which stay and why: one decision for each.

A test walks the models and fails when a field has no line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from loype.ideas.models import Idea
from loype.ideas.rules import shows_giver
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.mandates.rules import can_read_folder
from loype.portfolio.models import Activity
from loype.spread.models import Solution

Read = Callable[[Any, Actor], Any]


@dataclass(frozen=True)
class Exported:
    """One column of an export: its name, what it says, and how it is read."""

    name: str
    told: str
    read: Read
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ExportKind:
    """A kind of thing that can be exported."""

    model: type[Model]
    columns: tuple[Exported, ...]
    kept_back: dict[str, str]
    related: tuple[str, ...]
    organisation_path: str

    @property
    def decided(self) -> set[str]:
        """Every field of the model that somebody decided about."""
        return {name for column in self.columns for name in column.fields} | set(self.kept_back)

    def rows(self, actor: Actor, *, organisation: Organisation | None) -> QuerySet[Any]:
        """What this actor may see, in the order it came to be."""
        found = self.model.objects.visible_to(actor)  # type: ignore[attr-defined]
        if organisation is not None:
            found = found.filter(**{self.organisation_path: organisation.pk})
        return found.select_related(*self.related).order_by("pk")  # type: ignore[no-any-return]


def _plain(name: str, told: str) -> Exported:
    return Exported(name, told, lambda row, actor: getattr(row, name), (name,))


def _through(name: str, path: str, told: str) -> Exported:
    """A fact of a row that this one points at, empty where it points nowhere."""
    first, last = path.split(".")

    def read(row: Any, actor: Actor) -> Any:
        other = getattr(row, first)
        return "" if other is None else getattr(other, last)

    return Exported(name, told, read, (first,))


def _giver(idea: Idea, actor: Actor) -> str:
    if idea.giver is None:
        return ""
    return idea.giver.name if shows_giver(actor, idea) else "anonymous"


_ID = _plain("id", "the number in this installation")
_ORGANISATION = _through("organisation", "organisation.short_name", "the organisation's short name")
_PROVENANCE = (
    _plain("source", "where it was imported from; empty if written here"),
    _plain("external_id", "its number there"),
    _plain("source_address", "its page there"),
    _plain("source_licence", "the terms it may be used under"),
    _plain("fetched_date", "the day it was fetched"),
)
_WORDS = {"words": "made from the title and text, for searching"}

IDEAS = ExportKind(
    Idea,
    (
        _ID,
        _plain("case_number", "the number on the receipt"),
        _ORGANISATION,
        _through("unit", "unit.name", "the unit it comes from"),
        Exported("giver", "who gave it; “anonymous” where hidden", _giver, ("giver", "anonymity")),
        _plain("kind", "idea, need or wish"),
        _plain("title", "the title"),
        _plain("text", "the giver's own words"),
        _plain("language", "the language it is written in"),
        _plain("changes_service", "whether it changes how the service is delivered"),
        _plain("digital_element", "how much of it is digital; empty if not stated"),
        Exported(
            "keywords",
            "what it is about: codes of controlled keywords and free words",
            lambda row, actor: ", ".join(row.keywords),
            ("keywords",),
        ),
        _plain("visibility", "who may read it"),
        _plain("state", "where it stands"),
        _plain("created_at", "when it was written here"),
        _plain("submitted_at", "when it was handed in"),
        Exported(
            "employee_driven",
            "whether the giver worked outside management and IT; empty: unknown or not told",
            lambda row, actor: row.is_employee_driven,
            ("employee_driven", "anonymity"),
        ),
        _plain("taken_up_at", "when somebody was made responsible"),
        _plain("settled_at", "when the council last decided on it"),
        _plain("withdrawn_at", "when it was withdrawn"),
        _through("merged_into", "merged_into.case_number", "the idea it became part of"),
        _plain("support_count", "how many say “we have this too”"),
        _plain("helps_count", "how many people they say it would help"),
        _plain("comment_count", "how many comments it has"),
        *_PROVENANCE,
    ),
    {
        **_WORDS,
        "version": "counts changes, for forms",
        "form_key": "tells two sendings of the same form apart",
    },
    ("organisation", "unit", "giver", "merged_into"),
    "organisation",
)
ACTIVITIES = ExportKind(
    Activity,
    (
        _ID,
        _ORGANISATION,
        _through("idea", "idea.case_number", "the idea it came from"),
        _through("decision", "decision.number", "the decision that opened it"),
        _through("current_decision", "current_decision.number", "the decision it follows now"),
        Exported(
            "mandate",
            "the political decision it hangs on, for its own organisation",
            lambda a, actor: (
                a.mandate.decision_reference if can_read_folder(actor, a.organisation_id) else ""
            ),
            ("mandate",),
        ),
        _plain("title", "the title"),
        _plain("summary", "what it is about"),
        _plain("form", "project, mini-development, experiment or line task"),
        _plain("course", "alone or together with others"),
        _plain("scale", "small or full scale"),
        Exported("trial", "the small-scale trial before it", lambda a, _: a.trial_id, ("trial",)),
        _plain("exemption_number", "the exemption from a trial"),
        _through("owner", "owner.name", "who leads it"),
        _plain("state", "where it stands"),
        _plain("phase", "its phase"),
        _plain("visibility", "who may read it"),
        _plain("opened_at", "when it was opened"),
        _plain("started_at", "when it began"),
        _plain("due_date", "when it should be done"),
        _plain("ended_at", "when it ended"),
        _plain("end_reason", "what came of it, or why it was stopped"),
        _plain("light", "how it goes, by the last report"),
        _plain("reported_at", "when that was reported"),
    ),
    {"version": "counts changes, for forms"},
    ("organisation", "idea", "decision", "current_decision", "owner", "mandate"),
    "organisation",
)
SOLUTIONS = ExportKind(
    Solution,
    (
        _ID,
        _ORGANISATION,
        _through("organisation_name", "organisation.name", "the organisation's name"),
        Exported(
            "activity", "the activity it came from", lambda s, _: s.activity_id, ("activity",)
        ),
        _plain("title", "the title"),
        _plain("summary", "what it does"),
        _plain("for_whom", "for whom it is"),
        _plain("core_parts", "what must be kept"),
        _plain("adaptable_parts", "what may be changed"),
        _plain("cost", "what it takes"),
        _plain("cost_amount", "what it costs"),
        _plain("cost_currency", "in which currency"),
        _plain("conditions", "under which conditions it works"),
        _plain("contact_role", "whom to ask, by role"),
        Exported(
            "keywords",
            "what it is about: codes of controlled keywords and free words",
            lambda row, actor: ", ".join(row.keywords),
            ("keywords",),
        ),
        _plain("sector", "the part of the public sector it works in"),
        _plain("activity_type", "what sort of work it changes"),
        _plain("english_summary", "what it is, briefly in English"),
        _plain("language", "the language it is written in"),
        _plain("visibility", "who may read it"),
        _plain("state", "where it stands"),
        _plain("created_at", "when it was written here"),
        _plain("published_at", "when it was published"),
        _plain("retired_at", "when it was no longer offered"),
        _plain("retire_reason", "why it is no longer offered"),
        _plain("in_use_count", "how many others confirmed that they use it"),
        *_PROVENANCE,
    ),
    {**_WORDS, "version": "counts changes, for forms"},
    ("organisation",),
    "organisation",
)
ORGANISATIONS = ExportKind(
    Organisation,
    (
        _ID,
        _plain("short_name", "the short name in case numbers"),
        _plain("name", "the name"),
        _plain("kind", "what sort of organisation it is"),
        _plain("country", "the country, two letters"),
        _plain("official_code", "its official code there"),
        _plain("inhabitants", "how many live there"),
        _plain("language", "its language"),
        _plain("time_zone", "its time zone"),
        _plain("state", "active, proposed or merged"),
        _through("merged_into", "merged_into.short_name", "the one it was merged into"),
        _plain("source", "where it was imported from"),
        _plain("created_at", "when it was taken in"),
        _plain("receipt_days", "working days until the receipt"),
        _plain("responsible_days", "working days until somebody is responsible"),
        _plain("decision_days", "working days until the decision"),
        Exported(
            "closed_days",
            "working days on which it is closed itself",
            lambda one, actor: " ".join(day.isoformat() for day in one.closed_dates),
            ("closed_dates",),
        ),
    ),
    {
        "colour": "how its pages look",
        "logo": "how its pages look",
        "email_domain": "tells strangers who may join",
        "join_by_domain": "tells strangers who may join",
        "tells_of_likeness": "a setting of this installation",
        "sends_text_outside": "a setting of this installation",
    },
    ("merged_into",),
    "pk",
)
KINDS = {
    "ideas": IDEAS,
    "activities": ACTIVITIES,
    "solutions": SOLUTIONS,
    "organisations": ORGANISATIONS,
}
