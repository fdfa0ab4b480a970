"""Reading everything that belongs to a case, as far as the one who asks may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, pgettext

from loype.accounts.models import Person
from loype.councils.models import LoggedDecision, Minutes
from loype.files.models import StoredFile
from loype.ideas.models import Idea
from loype.kernel.errors import NotFound
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.trail.dossier.sources import (
    ALL,
    CHAPTERS,
    INSIDE,
    KEPT_BACK,
    SOURCES,
    Source,
)

# Rows whose name may stand in a dossier wherever they are pointed at: none of them is a secret.
NAMED = {"organisation", "unit", "body", "federation", "seat", "legalbasis"}


@dataclass(frozen=True)
class Entry:
    """One row, in words and as data."""

    kind: str
    id: int
    title: str
    facts: list[tuple[str, str]]
    texts: list[tuple[str, str]]
    data: dict[str, Any]


@dataclass(frozen=True)
class Chapter:
    """What belongs together."""

    key: str
    title: str
    entries: list[Entry]


@dataclass(frozen=True)
class FileToTake:
    """A stored file and why it is here."""

    stored: StoredFile
    title: str


@dataclass
class Dossier:
    """Everything about one case that one reader may see, at one moment."""

    idea_id: int
    number: str
    title: str
    language: str
    organisation: str
    organisation_id: int
    made_at: datetime
    for_whom: str
    chapters: list[Chapter] = field(default_factory=list)
    files: list[FileToTake] = field(default_factory=list)
    ids: dict[str, list[int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(one.stored.size for one in self.files)


@dataclass(frozen=True)
class Reader:
    """Who reads, and what they are to the organisation."""

    actor: Actor
    organisation_id: int

    @property
    def is_inside(self) -> bool:
        """Whether they belong to the organisation or its council room."""
        actor, home = self.actor, self.organisation_id
        return actor.is_house or actor.belongs_to(home) or home in actor.council_room_ids

    @property
    def is_in_room(self) -> bool:
        """Whether they work in its council's room."""
        return self.actor.is_house or self.organisation_id in self.actor.council_room_ids

    def may_read(self, readers: str) -> bool:
        """Whether rows without a rule of their own are read by them."""
        return readers == ALL or (self.is_inside if readers == INSIDE else self.is_in_room)


def gather_dossier(idea_id: int, *, actor: Actor, at: datetime, for_whom: str = "") -> Dossier:
    """Everything on an idea's trail that the actor may see.

    Where the idea itself may not be read, what stands of it in the public log of decisions is all;
    NotFound when that is nothing either.
    """
    idea = Idea.objects.visible_to(actor).select_related("organisation").filter(pk=idea_id).first()
    logged = list(LoggedDecision.objects.visible_to(actor).filter(case__idea=idea_id))
    if idea is None and not logged:
        raise NotFound("no such idea")
    home: Organisation = idea.organisation if idea else logged[0].organisation
    dossier = Dossier(
        idea_id=idea_id,
        number=(idea.case_number if idea else "") or (logged[0].number if logged else str(idea_id)),
        title=idea.title if idea else (logged[0].log_title or _("Decision %(number)s")
                                       % {"number": logged[0].number}),
        language=(idea.language if idea else home.language) or "en",
        organisation=home.name,
        organisation_id=home.pk,
        made_at=at,
        for_whom=for_whom or actor.name,
    )  # fmt: skip
    reader = Reader(actor, home.pk)
    found = _rows(idea, reader=reader) if idea else {}
    _take(dossier, found, idea=idea, reader=reader)
    _add_log(dossier, logged, told={one["id"] for one in _data_of(dossier, "decision")})
    _add_minutes(dossier, actor=actor, meetings=_data_of(dossier, "agendaitem"))
    return dossier


def _rows(idea: Idea, *, reader: Reader) -> dict[type[Model], list[Any]]:
    """The rows of every source, each once, from the idea down."""
    found: dict[type[Model], list[Any]] = {Idea: [idea]}
    for source in SOURCES:
        above = [row.pk for row in found.get(source.of, ())]
        found[source.model] = _read(source, above=above, reader=reader) if above else []
    return found


def _read(source: Source, *, above: list[int], reader: Reader) -> list[Any]:
    rows: Any = source.model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(reader.actor)
    if not reader.may_read(source.readers):
        return []
    names = [one.name for one in source.model._meta.concrete_fields if is_named(one)]
    wanted = rows.filter(**{f"{source.by}__in": above}).order_by("pk").distinct()
    if any(one.name == "removed_at" for one in source.model._meta.concrete_fields):
        wanted = wanted.filter(removed_at=None)
    return list(wanted.select_related(*names) if names else wanted)


def is_named(column: Field[Any, Any]) -> bool:
    """Whether what a column points at may be called by its name."""
    if not isinstance(column, ForeignKey):
        return False
    target = column.related_model
    return target in (Person, StoredFile) or target._meta.model_name in NAMED


def _take(
    dossier: Dossier, found: dict[type[Model], list[Any]], *, idea: Idea | None, reader: Reader
) -> None:
    titles: dict[type[Model], tuple[str, Any]] = {
        source.model: (source.chapter, source.title) for source in SOURCES
    }
    titles[Idea] = ("idea", _("The idea"))
    by_chapter: dict[str, list[Entry]] = {key: [] for key, _title in CHAPTERS}
    for model, rows in found.items():
        chapter, title = titles[model]
        for row in rows:
            by_chapter[chapter].append(entry_of(row, title=str(title), idea=idea, reader=reader))
            _take_files(dossier, row, title=str(title))
        if rows and hasattr(model, "history_kind"):
            dossier.ids[model.history_kind] = [row.pk for row in rows]
    dossier.chapters += [
        Chapter(key, str(title), by_chapter[key]) for key, title in CHAPTERS if by_chapter[key]
    ]


def _take_files(dossier: Dossier, row: Any, *, title: str) -> None:
    for column in row._meta.concrete_fields:
        if isinstance(column, ForeignKey) and column.related_model is StoredFile:
            stored = getattr(row, column.name)
            if stored is not None:
                dossier.files.append(FileToTake(stored, title))


def entry_of(row: Any, *, title: str, idea: Idea | None, reader: Reader) -> Entry:
    """A row as short facts, longer texts, and data."""
    facts, texts, data = [], [], {"row": row._meta.model_name, "id": row.pk}
    for column in row._meta.concrete_fields:
        if column.name in KEPT_BACK:
            continue
        value = _value(row, column, idea=idea, reader=reader)
        if value in (None, "", [], {}):
            continue
        data[column.name] = plain(value)
        label = str(column.verbose_name)
        if column.get_internal_type() == "TextField":
            texts.append((label, str(value)))
        else:
            facts.append((label, in_words(row, column, value)))
    return Entry(str(row._meta.model_name), row.pk, title, facts, texts, data)


def _value(row: Any, column: Any, *, idea: Idea | None, reader: Reader) -> Any:
    """What may be told of one column; a person by name only to those who work with them."""
    if not isinstance(column, ForeignKey):
        return getattr(row, column.attname)
    if getattr(row, column.attname) is None:
        return None
    if column.related_model is Person:
        return _person(row, column, idea=idea, reader=reader)
    if is_named(column):
        return str(getattr(row, column.name))
    return f"{column.related_model._meta.model_name} {getattr(row, column.attname)}"


def _person(row: Any, column: Any, *, idea: Idea | None, reader: Reader) -> str:
    person: Person = getattr(row, column.name)
    if person.pk == reader.actor.person_id:
        return person.name
    if idea is not None and idea.is_anonymous and person.pk == idea.giver_id:
        return _("somebody who wishes to stay unknown")
    return person.name if reader.is_inside else _("a person")


def in_words(row: Any, column: Any, value: Any) -> str:
    """A value as people read it."""
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), pgettext("a date", "j F Y")) + localtime(
            value
        ).strftime(" %H:%M")
    if isinstance(value, date):
        return date_format(value, pgettext("a date", "j F Y"))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def plain(value: Any) -> Any:
    """A value as data."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if isinstance(value, bool | int | float | list | dict) else str(value)


def _data_of(dossier: Dossier, kind: str) -> list[dict[str, Any]]:
    return [
        entry.data
        for chapter in dossier.chapters
        for entry in chapter.entries
        if entry.kind == kind
    ]


def _add_log(dossier: Dossier, logged: Iterable[Any], *, told: set[int]) -> None:
    """Decisions that may not be read in full, as the public log tells them."""
    entries = [log_entry(one) for one in logged if one.pk not in told]
    if not entries:
        return
    for place, chapter in enumerate(dossier.chapters):
        if chapter.key == "decision":
            dossier.chapters[place] = Chapter("decision", chapter.title, chapter.entries + entries)
            return
    dossier.chapters.append(Chapter("decision", str(dict(CHAPTERS)["decision"]), entries))


def log_entry(one: Any) -> Entry:
    """A decision as the public log tells it: of what is withheld, number, day and legal basis."""
    facts = [
        (_("number"), one.number),
        (_("decided"), in_words(one, one._meta.get_field("decided_at"), one.decided_at)),
    ]
    for label, value in ((_("title"), one.log_title), (_("legal basis"), one.log_basis)):
        if value:
            facts.append((label, value))
    texts = [(_("reasons"), one.log_reasons)] if one.log_reasons else []
    data = {
        "row": "logged_decision", "id": one.pk, "number": one.number,
        "decided_at": plain(one.decided_at), "access": one.log_class, "title": one.log_title,
        "reasons": one.log_reasons, "legal_basis": one.log_basis,
    }  # fmt: skip
    return Entry("logged_decision", one.pk, _("Decision in the public log"), facts, texts, data)


def _add_minutes(dossier: Dossier, *, actor: Actor, meetings: list[dict[str, Any]]) -> None:
    """The approved minutes of the meetings that treated the case."""
    ids = [int(str(one["meeting"]).rsplit(" ", 1)[-1]) for one in meetings if "meeting" in one]
    kept = Minutes.objects.visible_to(actor).filter(meeting__in=ids).select_related("pdf", "docx")
    for minutes in kept:
        dossier.files += [
            FileToTake(stored, _("Minutes")) for stored in (minutes.pdf, minutes.docx) if stored
        ]
