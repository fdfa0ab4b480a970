"""News by mail: gathered, when it is wanted, once, and only what may still be read."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from loype.accounts.models import Person
from loype.councils.actions import appoint_responsible, put_on_agenda
from loype.councils.models import Case
from loype.history.models import Event
from loype.ideas.actions import change_visibility, comment_on_idea, follow_idea, support_idea
from loype.ideas.models import Idea
from loype.mail.actions import queue_mail
from loype.mail.models import MailState, OutgoingMail
from loype.notices import mailing
from loype.notices.actions import mark_read, tell_about
from loype.notices.invitations import send_invitations
from loype.notices.mailing import check_again, mail_person, mail_waiting
from loype.notices.models import KindWish, Notice, NoticeRhythm
from loype.notices.wishes import RhythmWords, choose_notices
from loype.organisations.actions import leave_organisation
from tests.cast import TODAY, World
from tests.post import PostOffice, post_office
from tests.trail_world import go_on, idea_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("EP-22")]

OSLO = ZoneInfo("Europe/Oslo")
SOON = TODAY + timedelta(minutes=10)
LATER = TODAY + timedelta(days=8)


def tell_all(at: datetime = TODAY) -> None:
    """What the worker does with everything that happened."""
    for event in Event.objects.order_by("pk"):
        tell_about(event.pk, at=at)


def wish(world: World, name: str, *, at: datetime = TODAY, **said: Any) -> None:
    """Let somebody choose: kinds by name, the rest is when."""
    kinds = {key: said.pop(key) for key in list(said) if key in ("mine", "talk", "followed")}
    choose_notices(
        world.people[name], kinds=kinds, rhythm=RhythmWords(**said), actor=world.actor(name), at=at
    )


def mails_to(name: str) -> list[OutgoingMail]:
    """What was written to somebody, in order."""
    return list(OutgoingMail.objects.filter(to=f"{name}@example.test").order_by("pk"))


def ten_changes(world: World) -> Idea:
    """An idea to which much happens within minutes."""
    Person.objects.filter(pk=world.people["ada"].pk).update(mail_wish="all")
    idea = idea_of(world, text="Nøkler til hjemmetjenesten")
    bo = world.actor("bo")
    for text in ("En", "To", "Tre", "Fire", "Fem", "Seks"):
        comment_on_idea(idea, text=text, actor=bo, at=TODAY)
    support_idea(idea, actor=bo, at=TODAY)
    case = appoint_responsible(
        Case.objects.get(idea=idea), person=world.people["cai"], actor=bo, at=TODAY
    )
    assert world.meeting is not None
    put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)
    tell_all()
    assert Notice.objects.filter(person=world.people["ada"]).count() == 10
    return idea


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    """A mail server that speaks SMTP."""
    with post_office(settings) as opened:
        yield opened


# --- gathering -----------------------------------------------------------------------------------


def test_ten_changes_are_one_mail(world: World, office: PostOffice) -> None:
    ten_changes(world)

    assert mail_waiting(at=TODAY + timedelta(minutes=9)) == 0
    mail_waiting(at=SOON)
    office.deliver_waiting()
    mail_waiting(at=LATER)
    office.deliver_waiting()

    [mail] = office.to("ada@example.test")
    assert "And 9 more" in str(mail["Subject"])
    text = office.text_to("ada@example.test")
    assert text.count("Nøkler til hjemmetjenesten") == 10
    assert "MY IDEAS AND WHAT I LEAD" in text
    assert "COMMENTS AND SUPPORT FOR MINE" in text
    html = mail.get_body(("html",))
    assert html is not None
    assert html.get_content().count("Nøkler til hjemmetjenesten") >= 10


def test_the_mail_is_well_formed_for_every_program(world: World, office: PostOffice) -> None:
    ten_changes(world)
    mail_waiting(at=SOON)
    office.deliver_waiting()

    [mail] = office.to("ada@example.test")
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    header = str(mail["List-Unsubscribe"]).strip()  # a long one stands on a line of its own
    assert re.fullmatch(r"<http://127\.0\.0\.1:8000/notices/stop/\S+/>", header)
    assert mail["Auto-Submitted"] == "auto-generated"
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "<script" not in html
    assert "<img" not in html
    assert '<html lang="en"' in html


def test_words_of_others_are_no_markup(world: World) -> None:
    idea_of(world, text="<b>Fet</b> & <script>alert(1)</script>")
    tell_all()
    mail_waiting(at=SOON)

    [mail] = mails_to("ada")
    assert "<script" not in mail.html_body
    assert "<b>" not in mail.html_body


def test_after_a_mail_more_news_waits_an_hour(world: World) -> None:
    idea = idea_of(world, text="Noe")
    tell_all()
    mail_waiting(at=SOON)
    assert len(mails_to("ada")) == 1
    later = SOON + timedelta(minutes=5)
    appoint_responsible(
        Case.objects.get(idea=idea), person=world.people["cai"], actor=world.actor("bo"), at=later
    )
    tell_all(at=later)

    hers = Notice.objects.get(person=world.people["ada"], mail=None)
    assert hers.mail_at == SOON + timedelta(hours=1)


def test_what_was_read_in_the_app_is_not_mailed(world: World) -> None:
    idea_of(world, text="Noe")
    tell_all()
    notice = Notice.objects.get(person=world.people["ada"])
    mark_read(notice, actor=world.actor("ada"), at=TODAY)
    mail_waiting(at=LATER)

    assert mails_to("ada") == []


# --- when it is wanted ---------------------------------------------------------------------------


def test_a_daily_digest_comes_once_at_its_time(world: World) -> None:
    wish(world, "ada", mine="daily", digest_time=time(15))
    idea_of(world, text="Noe")
    tell_all()
    three = datetime(2026, 3, 2, 15, tzinfo=OSLO)

    mail_waiting(at=three - timedelta(minutes=1))
    assert mails_to("ada") == []
    mail_waiting(at=three)
    mail_waiting(at=three + timedelta(days=1))
    assert len(mails_to("ada")) == 1


def test_a_weekly_digest_waits_for_its_day(world: World) -> None:
    wish(world, "ada", mine="weekly", digest_weekday=4, digest_time=time(8))
    idea_of(world, text="Noe")
    tell_all()
    friday = datetime(2026, 3, 6, 8, tzinfo=OSLO)

    mail_waiting(at=friday - timedelta(minutes=1))
    assert mails_to("ada") == []
    mail_waiting(at=friday)
    assert len(mails_to("ada")) == 1


def test_nothing_is_mailed_in_the_quiet_and_then_all_in_one(world: World) -> None:
    wish(world, "ada", quiet_from=time(9), quiet_to=time(16), talk="at_once")
    idea = ten_changes(world)
    for hour in range(10, 16):
        mail_waiting(at=datetime(2026, 3, 2, hour, 30, tzinfo=OSLO))
        assert mails_to("ada") == []
    comment_on_idea(idea, text="Sist", actor=world.actor("bo"), at=TODAY + timedelta(hours=4))
    tell_all(at=TODAY + timedelta(hours=4))
    mail_waiting(at=datetime(2026, 3, 2, 16, tzinfo=OSLO))

    [mail] = mails_to("ada")
    assert mail.notices.count() == 11  # type: ignore[attr-defined]


def test_a_worker_that_was_late_waits_for_the_end_of_the_quiet(world: World) -> None:
    wish(world, "ada", quiet_from=time(20), quiet_to=time(7))
    idea_of(world, text="Noe")
    tell_all()
    mail_waiting(at=datetime(2026, 3, 2, 23, tzinfo=OSLO))
    assert mails_to("ada") == []

    mail_waiting(at=datetime(2026, 3, 3, 7, tzinfo=OSLO))
    assert len(mails_to("ada")) == 1


def test_a_calendar_invitation_waits_for_the_end_of_the_quiet(world: World) -> None:
    wish(world, "cai", quiet_from=time(9), quiet_to=time(16))
    event = Event.objects.get(verb="call_meeting")
    send_invitations(event.pk, at=TODAY)

    [mail] = mails_to("cai")
    assert mail.not_before == datetime(2026, 3, 2, 16, tzinfo=OSLO)
    assert "One-Click" in mail.headers["List-Unsubscribe-Post"]
    assert [one.not_before for one in mails_to("fia")] == [None]


@pytest.mark.parametrize(("how", "notices"), [("app", 1), ("never", 0)])
def test_in_the_app_only_and_not_at_all(how: str, notices: int, world: World) -> None:
    idea = idea_of(world, text="Noe", visibility="federation")
    follow_idea(idea, actor=world.actor("dee"))
    wish(world, "dee", followed=how)
    appoint_responsible(
        Case.objects.get(idea=idea), person=world.people["cai"], actor=world.actor("bo"), at=TODAY
    )
    tell_all()
    mail_waiting(at=LATER)

    assert Notice.objects.filter(person=world.people["dee"]).count() == notices
    assert mails_to("dee") == []


def test_what_waits_goes_by_the_newest_wish(world: World) -> None:
    idea_of(world, text="Noe")
    tell_all()
    wish(world, "ada", mine="app")
    mail_waiting(at=LATER)
    assert mails_to("ada") == []

    idea_of(world, text="Mer")
    tell_all()
    assert Notice.objects.exclude(mail_at=None).filter(person=world.people["ada"]).count() == 0


# --- only what may still be read -----------------------------------------------------------------


def followed_by_dee(world: World, how: str) -> Idea:
    """An idea in Fjordvik that Dee of Elvestrand follows, with news on its way to her."""
    idea = idea_of(world, text="Noe delt med naboene", visibility="federation")
    follow_idea(idea, actor=world.actor("dee"))
    wish(world, "dee", followed=how)
    comment_on_idea(idea, text="Hei", actor=world.actor("bo"), at=TODAY)
    tell_all()
    assert Notice.objects.filter(person=world.people["dee"]).exclude(mail_at=None).count() == 1
    return idea


@pytest.mark.parametrize("how", ["at_once", "daily", "weekly"])
def test_it_mails_nothing_that_was_narrowed_meanwhile(how: str, world: World) -> None:
    idea = followed_by_dee(world, how)
    change_visibility(idea, visibility="organisation", actor=world.actor("siv"), at=TODAY)
    mail_waiting(at=LATER)

    assert mails_to("dee") == []
    hers = Notice.objects.filter(person=world.people["dee"])
    assert not hers.visible_to(world.actor("dee")).exists()
    assert hers.filter(withheld_at=LATER).count() == 1


def test_it_mails_the_rest_where_only_one_thing_was_narrowed(world: World) -> None:
    narrowed = followed_by_dee(world, "daily")
    other = idea_of(world, text="Fortsatt åpent", visibility="federation")
    follow_idea(other, actor=world.actor("dee"))
    comment_on_idea(other, text="Hei", actor=world.actor("bo"), at=TODAY)
    tell_all()
    change_visibility(narrowed, visibility="organisation", actor=world.actor("siv"), at=TODAY)
    mail_waiting(at=LATER)

    [mail] = mails_to("dee")
    assert "Fortsatt åpent" in mail.body
    for said in (mail.subject, mail.body, mail.html_body):
        assert "Noe delt med naboene" not in said


def test_it_mails_nothing_to_somebody_who_left(world: World) -> None:
    followed_by_dee(world, "weekly")
    leave_organisation(
        world.organisations["elvestrand"], person=world.people["dee"],
        actor=world.actor("dee"), at=TODAY,
    )  # fmt: skip
    mail_waiting(at=LATER)

    assert mails_to("dee") == []


def test_it_mails_nothing_to_a_closed_account(world: World) -> None:
    idea_of(world, text="Noe")
    tell_all()
    Person.objects.filter(pk=world.people["ada"].pk).update(is_active=False)
    mail_waiting(at=LATER)

    assert mails_to("ada") == []
    assert not Notice.objects.due(LATER).filter(person=world.people["ada"]).exists()


def test_a_mail_that_waited_for_the_server_is_looked_at_again(
    world: World, office: PostOffice
) -> None:
    """The server was away for a day; meanwhile one of two ideas was narrowed, then the other."""
    first = followed_by_dee(world, "at_once")
    second = idea_of(world, text="Fortsatt åpent", visibility="federation")
    follow_idea(second, actor=world.actor("dee"))
    comment_on_idea(second, text="Hei", actor=world.actor("bo"), at=TODAY)
    tell_all()
    mail_waiting(at=SOON)
    [mail] = mails_to("dee")
    assert "Noe delt med naboene" in mail.body

    change_visibility(first, visibility="organisation", actor=world.actor("siv"), at=TODAY)
    check_again(mail.pk, at=LATER)
    mail.refresh_from_db()
    assert "Noe delt med naboene" not in mail.subject + mail.body + mail.html_body
    assert "Fortsatt åpent" in mail.body

    change_visibility(second, visibility="organisation", actor=world.actor("siv"), at=TODAY)
    office.deliver_waiting()
    mail.refresh_from_db()
    assert (mail.state, mail.subject, mail.body) == (MailState.DROPPED, "", "")
    assert office.to("dee@example.test") == []


def test_a_letter_without_notices_is_left_alone(world: World) -> None:
    queue_mail(key="account-1", to="ada@example.test", subject="Kode", body="1234", at=TODAY)
    mail = OutgoingMail.objects.get()
    check_again(mail.pk, at=TODAY)

    mail.refresh_from_db()
    assert (mail.state, mail.body) == (MailState.QUEUED, "1234")


# --- once, whatever happens ----------------------------------------------------------------------


def test_killed_in_the_middle_nothing_happened_and_the_next_does_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    idea_of(world, text="Noe")
    tell_all()

    def dies(**_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(mailing, "keep_mail", dies)
        with pytest.raises(KeyboardInterrupt):
            mail_person(world.people["ada"].pk, at=SOON)
    assert mails_to("ada") == []
    assert Notice.objects.due(SOON).filter(person=world.people["ada"]).count() == 1

    mail_waiting(at=SOON)
    assert len(mails_to("ada")) == 1


def test_one_who_cannot_be_written_to_does_not_keep_the_others_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    idea_of(world, text="Noe")
    idea_of(world, text="Noget", by="olaf")
    tell_all()
    real, ada = mailing.written, world.people["ada"].pk

    def fails_for_ada(notices: Any, *, person: Person, wishes: Any) -> Any:
        if person.pk == ada:
            raise ValueError("no words")
        return real(notices, person=person, wishes=wishes)

    monkeypatch.setattr(mailing, "written", fails_for_ada)
    mail_waiting(at=SOON)

    assert mails_to("ada") == []
    assert len(mails_to("olaf")) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_one_mail(world: World) -> None:
    """Both are at it at the same time; a third finds nothing left."""
    ten_changes(world)
    ada = world.people["ada"].pk
    began, wrote = threading.Event(), []

    def works() -> None:
        try:
            began.wait()
            wrote.append(mail_person(ada, at=SOON))
        finally:
            connection.close()

    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=ada)
        other = threading.Thread(target=works)
        other.start()
        began.set()
        other.join(timeout=20)
        assert wrote == [False]  # held by this one: left alone, not waited for
        assert mail_person(ada, at=SOON)
    assert not mail_person(ada, at=SOON)

    workers = [threading.Thread(target=works) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=20)
    assert wrote == [False] * 3
    assert len(mails_to("ada")) == 1


# --- what the database promises ------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        {"quiet_from": time(20)},
        {"quiet_to": time(7)},
        {"quiet_from": time(7), "quiet_to": time(7)},
        {"quiet_days": [0, 7]},
        {"digest_weekday": 7},
    ],
)
def test_it_keeps_no_rhythm_that_makes_no_sense(facts: dict[str, Any], world: World) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        NoticeRhythm.objects.create(person=world.people["ada"], **facts)


@pytest.mark.parametrize("kind", ["mine", "waits"])
def test_what_concerns_one_cannot_be_switched_off_in_the_app(kind: str, world: World) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="what_concerns_one_stays_in_the_app"):
        KindWish.objects.create(person=world.people["ada"], kind=kind, how="never", chosen_at=TODAY)


def test_everything_of_an_activity_is_told_in_one_mail(world: World) -> None:
    """The decision keeps its reasons also where other news about the same idea came after it."""
    idea = idea_of(world, text="Noe")
    go_on(world, idea)
    tell_all()
    mail_waiting(at=SOON)

    [mail] = mails_to("ada")
    assert "The reasons: Verdt å prøve i det små." in mail.body
