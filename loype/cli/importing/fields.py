"""Which fields each kind of thing takes from a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from loype.ideas.labels import DigitalElement, IdeaKind
from loype.organisations.labels import Language, OrganisationKind, Visibility


@dataclass(frozen=True, kw_only=True)
class Field:
    """One fact of a thing: what sort it is and what is allowed."""

    sort: str
    told: str
    longest: int = 0
    required: bool = False
    choices: tuple[str, ...] = ()
    otherwise: Any = ""


def _line(told: str, longest: int, **more: Any) -> Field:
    return Field(sort="line", told=told, longest=longest, **more)


def _text(told: str, **more: Any) -> Field:
    return Field(sort="text", told=told, longest=20_000, **more)


def _choice(told: str, choices: list[str], **more: Any) -> Field:
    return Field(sort="choice", told=told, choices=tuple(choices), **more)


EXTERNAL_ID = _line("the number or name it has where it comes from", 120)
ADDRESS = Field(sort="address", told="the page it comes from", longest=500)
LANGUAGE = _choice("the language it is written in", Language.values, required=True)
WHO_READS = "who may read it"

IDEA = {
    "external_id": EXTERNAL_ID,
    "title": _line("the title; made from the text where there is none", 200, required=True),
    "text": _text("the giver's words; HTML becomes plain text"),
    "kind": _choice("idea, need or wish", IdeaKind.values, otherwise="idea"),
    "language": LANGUAGE,
    "submitted_at": Field(sort="moment", told="when it was handed in", otherwise=None),
    "visibility": _choice(WHO_READS, Visibility.values, otherwise="organisation"),
    "support_count": Field(sort="whole", told="how many supported it", otherwise=0),
    "source_address": ADDRESS,
    "digital_element": _choice("how much is digital", [v for v in DigitalElement.values if v]),
    "changes_service": Field(
        sort="yes_no", told="whether it changes how the service is delivered", otherwise=None
    ),
}
SOLUTION = {
    "external_id": EXTERNAL_ID,
    "title": _line("the title", 200, required=True),
    "summary": _text("what it does", required=True),
    "organisation": _line("the organisation that has it, by name", 200, required=True),
    "organisation_country": Field(
        sort="country", told="its country, two letters", longest=2, required=True
    ),
    "organisation_kind": _choice(
        "what sort of organisation it is", OrganisationKind.values, otherwise="other"
    ),
    "language": LANGUAGE,
    "published_at": Field(sort="moment", told="when it was published", otherwise=None),
    "for_whom": _text("for whom it is"),
    "core_parts": _text("what must be kept"),
    "adaptable_parts": _text("what may be changed"),
    "cost": _text("what it takes"),
    "conditions": _text("under which conditions it works"),
    "contact_role": _line("whom to ask, by role", 160),
    "visibility": _choice(WHO_READS, Visibility.values, otherwise="public"),
    "source_address": ADDRESS,
}
ORGANISATION = {
    "official_code": _line("its official code, zeros in front kept", 20),
    "name": _line("its name", 200, required=True),
    "short_name": _line("a short name for case numbers; made from the name if missing", 12),
    "kind": _choice("what sort of organisation", OrganisationKind.values, otherwise="municipality"),
    "country": Field(sort="country", told="its country, two letters", longest=2, required=True),
    "language": _choice("its language", Language.values, otherwise="en"),
    "inhabitants": Field(sort="whole", told="how many live there", otherwise=None),
    "email_domain": _line("its e-mail domain", 120),
    "time_zone": _line("its time zone, such as Europe/Oslo", 40),
}


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be imported."""

    name: str
    fields: dict[str, Field]
    title_from: str = ""
    has_provenance: bool = True
    named: tuple[str, ...] = field(default=())


KINDS = {
    "ideas": Kind("ideas", IDEA, title_from="text"),
    "solutions": Kind("solutions", SOLUTION),
    "organisations": Kind("organisations", ORGANISATION, has_provenance=False),
}
