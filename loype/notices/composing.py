"""What a mail with notices says: one news as a letter, many sorted by kind and by thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext, pgettext

from loype.accounts.models import Person
from loype.mail.letters import Letter, Link, Part, Piece, as_html, as_text
from loype.notices.kinds import NoticeKind
from loype.notices.models import Notice
from loype.notices.stopping import stop_address, stop_headers
from loype.notices.wishes import Wishes, home_of
from loype.notices.words import explanation, headline

MOST_THINGS = 40  # of which a mail tells; the rest is counted and stands in the app
MOST_BEFORE = 10  # earlier headlines about one thing


@dataclass(frozen=True)
class Written:
    """A mail with notices, ready for the queue."""

    subject: str
    body: str
    html_body: str
    headers: dict[str, str]


@dataclass
class About:
    """What happened to one thing, newest last."""

    kind: str
    notices: list[Notice] = field(default_factory=list)

    @property
    def newest(self) -> Notice:
        """The one the link leads to."""
        return self.notices[-1]


def written(notices: Sequence[Notice], *, person: Person, wishes: Wishes) -> Written:
    """One mail about all these notices, in the person's language and by their clock."""
    with translation.override(wishes.language), timezone.override(wishes.rhythm.zone):
        letter = _letter(notices, person=person, language=wishes.language)
        kinds = {notice.kind for notice in notices}
        return Written(
            subject=letter.subject,
            body=as_text(letter),
            html_body=as_html(letter),
            headers=stop_headers(person, kinds=kinds),
        )


def _letter(notices: Sequence[Notice], *, person: Person, language: str) -> Letter:
    things = _by_thing(notices)
    sender, colour = _sender(person)
    is_one = len(notices) == 1
    subject = _subject(things, count=len(notices))
    return Letter(
        language=language,
        sender=sender,
        colour=colour,
        subject=subject,
        opening=subject if is_one else _opening(count=len(notices)),
        parts=(Part("", (_piece(things[0], is_titled=False),)),) if is_one else _parts(things),
        read_on=_("Read more"),
        closing=_("You get this because of what you take part in or follow in Løype."),
        links=_links(notices, person=person),
    )


def _by_thing(notices: Iterable[Notice]) -> list[About]:
    """Sorted by kind in its fixed order, then by what happened last."""
    found: dict[tuple[str, str, int], About] = {}
    for notice in sorted(notices, key=lambda one: one.pk):
        key = (notice.kind, notice.thing_kind, notice.thing_id)
        found.setdefault(key, About(notice.kind)).notices.append(notice)
    order = {kind: place for place, kind in enumerate(NoticeKind.values)}
    return sorted(found.values(), key=lambda one: (order.get(one.kind, 99), -one.newest.pk))


def _subject(things: Sequence[About], *, count: int) -> str:
    first = things[0].newest
    said = headline(first.subject, first.facts)
    if count == 1:
        return said
    return ngettext(
        "%(headline)s And %(count)s more", "%(headline)s And %(count)s more", count - 1
    ) % {"headline": said, "count": count - 1}


def _opening(*, count: int) -> str:
    return ngettext(
        "This has happened: %(count)s piece of news, gathered in one mail.",
        "This has happened: %(count)s pieces of news, gathered in one mail.",
        count,
    ) % {"count": count}


def _parts(things: Sequence[About]) -> tuple[Part, ...]:
    """A part for each kind; of very many things the last are only counted."""
    parts: dict[str, list[Piece]] = {}
    for thing in things[:MOST_THINGS]:
        parts.setdefault(thing.kind, []).append(_piece(thing))
    told = [Part(_title(kind), tuple(pieces)) for kind, pieces in parts.items()]
    left = len(things) - MOST_THINGS
    if left > 0:
        words = ngettext("And %(count)s more thing", "And %(count)s more things", left)
        url = f"{settings.SITE_ADDRESS}/notices/"
        told.append(Part("", (Piece(words % {"count": left}, url),)))
    return tuple(told)


def _title(kind: str) -> str:
    words = str(NoticeKind(kind).label)
    return words[:1].upper() + words[1:]


def _piece(about: About, *, is_titled: bool = True) -> Piece:
    newest = about.newest
    lines = [explanation(newest.subject, newest.facts)]
    if earlier := about.notices[:-1]:
        lines.append(_("Before that:"))
        lines += [_earlier(notice) for notice in earlier[-MOST_BEFORE:]]
    return Piece(
        headline=headline(newest.subject, newest.facts) if is_titled else "",
        url=f"{settings.SITE_ADDRESS}/notices/{newest.pk}/",
        more="\n".join(line for line in lines if line),
        when=_moment(newest),
    )


def _earlier(notice: Notice) -> str:
    """What happened before, in one line; reasons travel with it."""
    said = f"– {headline(notice.subject, notice.facts)}"
    if reason := notice.facts.get("reason"):
        said += " " + _("The reasons: %(reason)s") % {"reason": reason}
    return said


def _moment(notice: Notice) -> str:
    there = timezone.localtime(notice.made_at)
    return date_format(there, pgettext("a moment", "j F Y, H:i"))


def _links(notices: Iterable[Notice], *, person: Person) -> tuple[Link, ...]:
    kinds = [kind for kind in NoticeKind.values if kind in {one.kind for one in notices}]
    wishes = Link(_("Choose what you get, and when"), f"{settings.SITE_ADDRESS}/notices/wishes/")
    stops = (
        Link(
            _("No more mail about: %(kind)s") % {"kind": NoticeKind(kind).label},
            stop_address(person, kinds=[kind]),
        )
        for kind in kinds
    )
    return (wishes, *stops)


def _sender(person: Person) -> tuple[str, str]:
    """The person's organisation and its colour: it writes, Løype is its tool."""
    home = home_of(person)
    return (home.name, home.colour) if home else ("Løype", "#005b6b")
