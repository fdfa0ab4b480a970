"""Writing, handing in, changing and withdrawing an idea."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.files.actions import store_file
from loype.history.actions import record
from loype.ideas.actions.common import (
    co_author_ids,
    lock_idea,
    refuse_move,
    refuse_stale,
    refuse_unless,
)
from loype.ideas.labels import Anonymity, DigitalElement, IdeaKind
from loype.ideas.models import CoAuthor, Follow, Idea, IdeaFile
from loype.ideas.rules import (
    can_edit_idea,
    can_hand_in,
    can_widen_visibility,
    can_withdraw_idea,
)
from loype.ideas.states import OPEN_FOR_EDIT
from loype.kernel.errors import BadInput, WrongMoment
from loype.kernel.words import clean_line, clean_text, first_line
from loype.keywords.given import as_kept, keyword_problem
from loype.organisations.actions.numbers import next_number
from loype.organisations.actor import Actor
from loype.organisations.labels import Language, Visibility
from loype.organisations.models import Membership, Organisation, Unit
from loype.organisations.positions import gives_as_employee
from loype.organisations.visibility import is_wider

LONGEST_TEXT = 20_000
MOST_FILES = 10
CHOICES = {
    "kind": IdeaKind.values,
    "digital_element": DigitalElement.values,
    "visibility": Visibility.values,
    "language": Language.values,
    "anonymity": Anonymity.values,
}
EDITABLE = ("title", "text", "unit", "changes_service", "keywords", *CHOICES)


@transaction.atomic
def draft_idea(
    *,
    organisation: Organisation,
    text: str,
    kind: str,
    actor: Actor,
    at: datetime,
    form_key: str = "",
    **more: Any,
) -> Idea:
    """Keep the first words of an idea; nobody but its giver sees it yet.

    The same form (`form_key`) sent twice is one idea; while it is a draft the newer words count.
    """
    refuse_unless(can_hand_in(actor, organisation.pk), _("You can only hand in where you belong."))
    wanted = _checked({"text": text, "kind": kind, **more}, organisation=organisation)
    wanted.setdefault("title", first_line(wanted["text"]))
    wanted.setdefault("language", organisation.language)
    wanted.setdefault("visibility", Visibility.ORGANISATION)
    idea = Idea(
        organisation=organisation,
        giver_id=actor.person_id,
        form_key=form_key,
        created_at=at,
        **wanted,
    )
    known = _insert_once(idea)
    if known is not None:
        words = {"text": text, "kind": kind, **more}
        is_draft = known.state == "draft"
        return edit_idea(known, actor=actor, at=at, **words) if is_draft else known
    record(
        "draft_idea", thing=idea, actor=actor, at=at, organisation_id=organisation.pk,
        acting_as="giver", follow=False,
    )  # fmt: skip
    return idea


def _insert_once(idea: Idea) -> Idea | None:
    """Insert the idea; gives what the same form already made instead, if it was sent before.

    The insert waits for one that is under way: two presses at once are one idea as well.
    """
    if not idea.form_key:
        idea.save(force_insert=True)
        return None
    try:
        with transaction.atomic():
            idea.save(force_insert=True)
    except IntegrityError:
        known = Idea.objects.filter(giver=idea.giver_id, form_key=idea.form_key).first()
        if known is None:
            raise
        return known
    return None


def _checked(wanted: dict[str, Any], *, organisation: Organisation) -> dict[str, Any]:
    """The wanted facts cleaned; raises BadInput that names every field that cannot be used."""
    problems: dict[str, str] = {}
    facts = {key: value for key, value in wanted.items() if value is not None}
    for key in set(facts) - set(EDITABLE):
        problems[key] = _("This cannot be changed.")
    if "text" in facts:
        facts["text"] = clean_text(facts["text"])
        problems |= _text_problem(facts["text"])
    if "title" in facts:
        facts["title"] = clean_line(facts["title"])[:200] or first_line(facts.get("text", ""))
        if not facts["title"]:
            problems["title"] = _("Give it a title.")
    if "keywords" in facts:
        facts["keywords"] = as_kept(facts["keywords"])
        problems |= keyword_problem(facts["keywords"])
    for key, allowed in CHOICES.items():
        if key in facts and facts[key] not in allowed:
            problems[key] = _("Choose one from the list.")
    unit = facts.get("unit")
    if isinstance(unit, Unit) and unit.organisation_id != organisation.pk:
        problems["unit"] = _("The unit must be in the same organisation.")
    if problems:
        raise BadInput(problems)
    return facts


def _text_problem(text: str) -> dict[str, str]:
    if not text:
        return {"text": _("Write a few words about it.")}
    if len(text) > LONGEST_TEXT:
        return {"text": _("The text is longer than %(most)s signs.") % {"most": LONGEST_TEXT}}
    return {}


@transaction.atomic
def submit_idea(idea: Idea, *, actor: Actor, at: datetime) -> Idea:
    """Hand the idea in: it gets its case number, and its giver a receipt."""
    idea = lock_idea(idea)
    refuse_unless(can_withdraw_idea(actor, idea), _("Only the giver hands the idea in."))
    if idea.state == "submitted":
        return idea  # the button was pressed twice
    refuse_move(idea, "submitted")
    if idea.case_number is None:
        idea.case_number = next_number(idea.organisation, series="case", at=at)
    before, idea.state = idea.state, "submitted"
    if idea.submitted_at is None:
        idea.submitted_at = at
        there = idea.organisation_id
        idea.employee_driven = gives_as_employee(actor, organisation_id=there)
    idea.version += 1
    idea.save(update_fields=["case_number", "state", "submitted_at", "employee_driven", "version"])
    record(
        "submit_idea", thing=idea, actor=actor, at=at, organisation_id=idea.organisation_id,
        acting_as="giver", change={"state": [before, "submitted"], "case": idea.case_number},
    )  # fmt: skip
    return idea


@transaction.atomic
def edit_idea(
    idea: Idea, *, actor: Actor, at: datetime, version: int | None = None, **wanted: Any
) -> Idea:
    """Change an idea before it is taken up; after that the giver adds to it instead."""
    idea = lock_idea(idea)
    authors = co_author_ids(idea)
    if idea.state not in OPEN_FOR_EDIT and idea.giver_id == actor.person_id:
        raise WrongMoment(_("The idea is taken up. Write an addition instead."))
    refuse_unless(
        can_edit_idea(actor, idea, co_author_ids=authors),
        _("Only those who wrote the idea change it."),
    )
    refuse_stale(idea, version)
    facts = _checked(wanted, organisation=idea.organisation)
    if "visibility" in facts:
        _refuse_widening(actor, idea, facts["visibility"])
    change = {key: _told(getattr(idea, key)) for key in facts if getattr(idea, key) != facts[key]}
    if not change:
        return idea
    for key in change:
        setattr(idea, key, facts[key])
    idea.version += 1
    idea.save(update_fields=[*change, "version"])
    record(
        "edit_idea", thing=idea, actor=actor, at=at, organisation_id=idea.organisation_id,
        acting_as="giver", follow=False,
        change={key: [before, _told(facts[key])] for key, before in change.items()},
    )  # fmt: skip
    return idea


def _told(value: Any) -> Any:
    """A value as the account keeps it."""
    return value.pk if hasattr(value, "pk") else value


def _refuse_widening(actor: Actor, idea: Idea, after: str) -> None:
    if is_wider(after, than=idea.visibility):
        refuse_unless(
            can_widen_visibility(actor, idea), _("Only the owner lets more people read this.")
        )


@transaction.atomic
def change_visibility(idea: Idea, *, visibility: str, actor: Actor, at: datetime) -> Idea:
    """Let more or fewer people read the idea; the owner organisation alone widens it."""
    if visibility not in Visibility.values:
        raise BadInput({"visibility": _("Choose one from the list.")})
    idea = lock_idea(idea)
    refuse_unless(
        can_widen_visibility(actor, idea) or can_edit_idea(actor, idea),
        _("Only the owner decides who may read this."),
    )
    before, idea.visibility = idea.visibility, visibility
    if before != visibility:
        idea.save(update_fields=["visibility"])
        record(
            "change_visibility", thing=idea, actor=actor, at=at,
            organisation_id=idea.organisation_id, follow=False,
            change={"visibility": [before, visibility]},
        )  # fmt: skip
    return idea


@transaction.atomic
def withdraw_idea(idea: Idea, *, actor: Actor, at: datetime, reason: str = "") -> Idea:
    """Take the idea back; what was said and decided about it stays in the account."""
    idea = lock_idea(idea)
    refuse_unless(can_withdraw_idea(actor, idea), _("Only the giver withdraws the idea."))
    refuse_move(idea, "withdrawn")
    before, idea.state, idea.withdrawn_at = idea.state, "withdrawn", at
    idea.version += 1
    idea.save(update_fields=["state", "withdrawn_at", "version"])
    record(
        "withdraw_idea", thing=idea, actor=actor, at=at, organisation_id=idea.organisation_id,
        acting_as="giver", change={"state": [before, "withdrawn"]}, reason=clean_text(reason),
    )  # fmt: skip
    return idea


@transaction.atomic
def add_co_author(idea: Idea, *, person: Person, actor: Actor, at: datetime) -> CoAuthor:
    """Let a colleague write the idea together with the giver."""
    idea = lock_idea(idea)
    refuse_unless(can_withdraw_idea(actor, idea), _("Only the giver names co-authors."))
    colleagues = Membership.objects.filter(organisation=idea.organisation_id, person=person)
    if not colleagues.on(at.date()).exists():
        raise BadInput({"person": _("A co-author works in the same organisation.")})
    author, new = CoAuthor.objects.get_or_create(
        idea=idea, person=person, defaults={"added_at": at}
    )
    if new:
        Follow.objects.get_or_create(idea=idea, person=person)
        record(
            "add_co_author", thing=idea, actor=actor, at=at,
            organisation_id=idea.organisation_id, change={"person": person.pk},
        )  # fmt: skip
    return author


@transaction.atomic
def remove_co_author(idea: Idea, *, person: Person, actor: Actor, at: datetime) -> None:
    """End a co-authorship; the giver or the co-author may do it."""
    idea = lock_idea(idea)
    refuse_unless(
        can_withdraw_idea(actor, idea) or actor.person_id == person.pk,
        _("Only the giver names co-authors."),
    )
    removed = CoAuthor.objects.filter(idea=idea, person=person).delete()[0]
    if removed:
        record(
            "remove_co_author", thing=idea, actor=actor, at=at,
            organisation_id=idea.organisation_id, change={"person": person.pk}, follow=False,
        )  # fmt: skip


@transaction.atomic
def attach_file(
    idea: Idea, *, content: bytes, name: str, alt_text: str, actor: Actor, at: datetime
) -> IdeaFile:
    """Attach a file to the idea; a picture needs a description."""
    idea = lock_idea(idea)
    refuse_unless(
        can_withdraw_idea(actor, idea) or actor.person_id in co_author_ids(idea),
        _("Only those who wrote the idea attach files."),
    )
    if idea.state == "withdrawn":
        raise WrongMoment(_("The idea is withdrawn."))
    if IdeaFile.objects.filter(idea=idea, removed_at=None).count() >= MOST_FILES:
        raise BadInput({"file": _("An idea holds at most %(most)s files.") % {"most": MOST_FILES}})
    stored = store_file(content, name=name, alt_text=alt_text, actor=actor, at=at)
    attached = IdeaFile.objects.create(idea=idea, file=stored)
    record(
        "attach_file", thing=idea, actor=actor, at=at, organisation_id=idea.organisation_id,
        change={"file": stored.pk, "sha256": stored.sha256}, follow=False,
    )  # fmt: skip
    return attached


@transaction.atomic
def detach_file(attached: IdeaFile, *, actor: Actor, at: datetime) -> None:
    """Take a file off the idea."""
    idea = lock_idea(attached.idea)
    refuse_unless(
        can_edit_idea(actor, idea, co_author_ids=co_author_ids(idea)),
        _("Files can be taken off until the idea is taken up."),
    )
    attached.removed_at = at
    attached.save(update_fields=["removed_at"])
    record(
        "detach_file", thing=idea, actor=actor, at=at, organisation_id=idea.organisation_id,
        change={"file": attached.file_id}, follow=False,
    )  # fmt: skip
