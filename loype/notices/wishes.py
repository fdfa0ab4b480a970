"""What a person wishes: which kinds how, when mail may come; choosing, stopping and undoing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loype.accounts.actions import change_settings
from loype.accounts.models import LANGUAGES, MailWish, Person
from loype.history.actions import Doer, record
from loype.kernel.clock import now
from loype.kernel.errors import BadInput, Stale
from loype.notices.kinds import MAILED, How, NoticeKind, open_choices, usual
from loype.notices.models import KindWish, Notice, NoticeRhythm
from loype.notices.times import Rhythm, mail_moment
from loype.organisations.models import Membership, Organisation

USUAL = "usual"


@dataclass(frozen=True)
class Wishes:
    """How one person wants to hear: each kind, when, in which language."""

    person_id: int
    mail_wish: str
    rhythm: Rhythm
    language: str
    chosen: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    own_zone: str = ""
    home_zone: str = ""

    def how(self, kind: str) -> How:
        """How they want to hear of a kind."""
        said = self.chosen.get(kind)
        return How(said) if said else usual(kind, mail_wish=self.mail_wish)

    def wants_mail(self, kind: str) -> bool:
        """Whether a kind comes by mail at all."""
        return self.how(kind) in MAILED

    def mail_at(
        self, kind: str, *, at: datetime, last_mail_at: datetime | None = None
    ) -> datetime | None:
        """When news of this kind is mailed; None for not at all."""
        return mail_moment(
            self.how(kind), rhythm=self.rhythm, at=at, window=window(), last_mail_at=last_mail_at
        )

    def not_before(self, at: datetime) -> datetime | None:
        """Until when a mail of this moment waits for the end of the quiet, if it must."""
        later = self.rhythm.first_open(at)
        return later if later > at else None


def window() -> timedelta:
    """How long news waits for more, so that ten changes become one mail."""
    return timedelta(minutes=settings.NOTICE_BUNDLE_MINUTES)


def wishes_of(person: Person) -> Wishes:
    """What a person wishes now, with what is usual where they said nothing."""
    found = NoticeRhythm.objects.filter(person=person).first()
    kept = found or NoticeRhythm(person=person, version=0)
    home = home_of(person)
    home_zone = home.time_zone if home else settings.TIME_ZONE
    return Wishes(
        person_id=person.pk,
        mail_wish=person.mail_wish,
        rhythm=Rhythm(
            zone=_zone(kept.time_zone or home_zone),
            digest_time=kept.digest_time,
            digest_weekday=kept.digest_weekday,
            quiet_from=kept.quiet_from,
            quiet_to=kept.quiet_to,
            quiet_days=frozenset(kept.quiet_days),
        ),
        language=_language(person, spoken=home.language if home else ""),
        chosen=dict(KindWish.objects.filter(person=person).values_list("kind", "how")),
        version=kept.version,
        own_zone=kept.time_zone,
        home_zone=home_zone,
    )


def home_of(person: Person) -> Organisation | None:
    """The organisation that a person belongs to first."""
    held = Membership.objects.filter(person=person).on(now().date()).order_by("pk")
    first = held.select_related("organisation").first()
    return first.organisation if first else None


def language_of(person: Person) -> str:
    """Their own choice, else their organisation's."""
    if person.language:
        return person.language
    home = home_of(person)
    return _language(person, spoken=home.language if home else "")


def _language(person: Person, *, spoken: str) -> str:
    return person.language or (spoken if spoken in LANGUAGES else settings.LANGUAGE_CODE)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name if name in time_zones() else settings.TIME_ZONE)


@lru_cache(maxsize=1)
def time_zones() -> tuple[str, ...]:
    """Every place whose clock one may live by."""
    return tuple(sorted(name for name in available_timezones() if "/" in name))


@dataclass(frozen=True, kw_only=True)
class RhythmWords:
    """What a person says about when mail may come."""

    time_zone: str = ""
    digest_time: time = time(7, 30)
    digest_weekday: int = 0
    quiet_from: time | None = None
    quiet_to: time | None = None
    quiet_days: tuple[int, ...] = ()


@transaction.atomic
def choose_notices(
    person: Person,
    *,
    kinds: Mapping[str, str],
    rhythm: RhythmWords,
    actor: Doer,
    at: datetime,
    mail_wish: str | None = None,
    version: int | None = None,
) -> Person:
    """Say how much to hear and when; a kind given as "" is as usual from now on."""
    _refuse_unusable(kinds, rhythm=rhythm, mail_wish=mail_wish)
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    found = NoticeRhythm.objects.filter(person=person).first()
    kept = found or NoticeRhythm(person=person, version=0)
    if version is not None and version != kept.version:
        raise Stale(
            _("Your choices were changed elsewhere in the meantime. Look again, then save.")
        )
    for name, value in vars(rhythm).items():
        setattr(kept, name, sorted(set(value)) if name == "quiet_days" else value)
    kept.version += 1
    kept.save()
    if mail_wish is not None and mail_wish != person.mail_wish:
        person = change_settings(person, actor=actor, at=at, mail_wish=mail_wish)
    _choose(person, kinds, at=at)
    _account(person, actor=actor, at=at, change={"kinds": dict(kinds)})
    plan_anew(person, at=at)
    return person


def _choose(person: Person, kinds: Mapping[str, str], *, at: datetime) -> None:
    KindWish.objects.filter(
        person=person, kind__in=[one for one in kinds if not kinds[one]]
    ).delete()
    KindWish.objects.bulk_create(
        (
            KindWish(person=person, kind=kind, how=how, chosen_at=at)
            for kind, how in kinds.items()
            if how
        ),
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["how", "before", "chosen_at"],
    )


def _refuse_unusable(
    kinds: Mapping[str, str], *, rhythm: RhythmWords, mail_wish: str | None
) -> None:
    problems: dict[str, Any] = {}
    choose = _("Choose one from the list.")
    for kind, how in kinds.items():
        if kind not in NoticeKind.values or how not in ("", *open_choices(kind)):
            problems[kind] = choose
    if mail_wish is not None and mail_wish not in MailWish.values:
        problems["mail_wish"] = choose
    if rhythm.time_zone and rhythm.time_zone not in time_zones():
        problems["time_zone"] = choose
    if not 0 <= rhythm.digest_weekday <= 6:
        problems["digest_weekday"] = choose
    problems |= _quiet_problems(rhythm)
    if problems:
        raise BadInput(problems)


def _quiet_problems(rhythm: RhythmWords) -> dict[str, str]:
    begin, end = rhythm.quiet_from, rhythm.quiet_to
    if (begin is None) != (end is None):
        missing = "quiet_to" if end is None else "quiet_from"
        return {missing: _("Say both when the quiet begins and when it ends, or neither.")}
    if begin is not None and begin == end:
        return {"quiet_to": _("The quiet must end at another time than it begins.")}
    if not set(rhythm.quiet_days) <= set(range(7)):
        return {"quiet_days": _("Choose one from the list.")}
    if len(set(rhythm.quiet_days)) == 7:
        words = _("Leave one day for mail, or choose that you want nothing by mail.")
        return {"quiet_days": words}
    return {}


@dataclass(frozen=True)
class Oneself:
    """Somebody who acts by a link that only they were sent."""

    person_id: int


@transaction.atomic
def stop_mail(person_id: int, *, kinds: Iterable[str], at: datetime) -> list[str]:
    """No more mail about these kinds; they stay in the app. Gives the kinds that this stopped."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    wishes = wishes_of(person)
    stopped = sorted({kind for kind in kinds if wishes.wants_mail(kind)})
    KindWish.objects.bulk_create(
        (
            KindWish(
                person=person, kind=kind, how=How.APP,
                before=wishes.chosen.get(kind, USUAL), chosen_at=at,
            )
            for kind in stopped
        ),
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["how", "before", "chosen_at"],
    )  # fmt: skip
    if stopped:
        _account(person, actor=Oneself(person_id), at=at, change={"stopped": stopped})
        plan_anew(person, at=at)
    return stopped


@transaction.atomic
def undo_stop(person_id: int, *, kinds: Iterable[str], at: datetime) -> list[str]:
    """Take a stop by link back, as far as nothing else was chosen since. Gives the kinds."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    stopped = KindWish.objects.filter(person=person, kind__in=list(kinds), how=How.APP)
    undone = []
    for wish in stopped.exclude(before="").order_by("kind"):
        before = "" if wish.before == USUAL else wish.before
        _choose(person, {wish.kind: before}, at=at)
        undone.append(wish.kind)
    if undone:
        _account(person, actor=Oneself(person_id), at=at, change={"undone": undone})
    return undone


def _account(person: Person, *, actor: Doer, at: datetime, change: dict[str, Any]) -> None:
    record(
        "choose_notices", thing=person, actor=actor, at=at, organisation_id=None, change=change,
        follow=False,
    )  # fmt: skip


def plan_anew(person: Person, *, at: datetime) -> None:
    """Let what still waits to be mailed go by the person's newest wishes."""
    waiting = list(Notice.objects.filter(person=person, mail_at__isnull=False))
    if not waiting:
        return
    wishes = wishes_of(person)
    for notice in waiting:
        notice.mail_at = wishes.mail_at(notice.kind, at=at)
    Notice.objects.bulk_update(waiting, ["mail_at"], batch_size=500)
