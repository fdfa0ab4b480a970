"""Who is told of what: all concerned, once, in their language, and nothing they may not see."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

import loype
from loype.accounts.models import Person
from loype.bodies.actions import appoint_to_seat
from loype.bodies.models import Seat
from loype.councils.actions import answer_joint_invitation
from loype.councils.models import JointInvitation
from loype.history.models import Event
from loype.ideas.actions import (
    add_co_author,
    change_visibility,
    comment_on_idea,
    follow_idea,
    support_idea,
)
from loype.ideas.models import Idea
from loype.mail.models import OutgoingMail
from loype.notices.actions import tell_about
from loype.notices.kinds import KIND_OF
from loype.notices.mailing import mail_waiting
from loype.notices.models import Notice
from loype.notices.recipients import SILENT, TELLERS
from loype.notices.words import SENTENCES, explanation, headline
from loype.organisations.actions import give_role, leave_organisation
from loype.organisations.actor import HOUSE
from loype.portfolio.actions import hand_over_activity, report_status, share_activity, stop_activity
from loype.portfolio.models import Activity
from loype.spread.actions import confirm_in_use, move_adoption, retire_solution
from loype.trail.handovers import call_off_meeting, withdraw
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, go_on, idea_of

pytestmark = pytest.mark.django_db


def tell_all() -> None:
    """What the worker does with everything that happened."""
    for event in Event.objects.order_by("pk"):
        tell_about(event.pk, at=TODAY)


def told(verb: str, *, of: int | None = None) -> set[tuple[str, str]]:
    """Who was told what about the last event of a verb (of one thing)."""
    events = Event.objects.filter(verb=verb)
    event = (events.filter(thing_id=of) if of else events).order_by("pk").last()
    assert event is not None, verb
    tell_about(event.pk, at=TODAY)
    rows = Notice.objects.filter(event_id=event.pk).values_list("person__name", "subject")
    return {(name.lower(), subject) for name, subject in rows}


def mail_all(at: datetime = TODAY + timedelta(days=2)) -> int:
    """What the clock does once everything is due."""
    return mail_waiting(at=at)


def names(found: set[tuple[str, str]]) -> set[str]:
    """Only who."""
    return {name for name, _subject in found}


# --- who ---------------------------------------------------------------------------------------


def test_it_gives_the_giver_a_receipt_and_tells_the_council_of_a_new_case(world: World) -> None:
    idea_of(world, text="Noe nytt")

    assert told("submit_idea") == {("ada", "receipt"), ("siv", "new_in_queue")}


def test_it_gives_a_receipt_also_where_the_giver_decides_themselves(world: World) -> None:
    idea_of(world, by="gro", text="Noe nytt")

    assert told("submit_idea") == {("gro", "receipt")}


def test_it_tells_the_giver_of_everything_that_happens_to_their_idea(trail: TrailWorld) -> None:
    assert told("appoint_responsible") == {
        ("cai", "you_are_responsible"), ("ada", "responsible_appointed"),
    }  # fmt: skip
    assert ("ada", "on_agenda") in told("put_on_agenda")
    assert ("ada", "evaluation_planned") in told("plan_evaluation")
    assert ("ada", "solution_drafted") in told("draft_solution")
    assert ("ada", "decided") in told("decide_case", of=trail["decision"].pk)
    assert told("open_activity") == {("cai", "you_lead")}
    assert ("ada", "activity_started") in told("start_activity")
    assert ("ada", "status_reported") in told("report_status")
    assert ("ada", "activity_finished") in told("finish_activity")
    assert ("ada", "evaluated") in told("conclude_evaluation")
    assert ("ada", "published") in told("publish_solution")
    assert told("take_up") == {("ada", "taken_up"), ("cai", "taken_up")}


def test_it_tells_of_the_end_of_an_activity_with_the_reason(trail: TrailWorld) -> None:
    stop_activity(
        trail["activity"], reason="Låsene frøs.", actor=trail.world.actor("cai"), at=TODAY
    )

    assert told("stop_activity") == {("ada", "activity_stopped")}
    assert Notice.objects.get(subject="activity_stopped").facts["reason"] == "Låsene frøs."


def test_it_tells_those_who_made_a_solution_how_others_fare(trail: TrailWorld) -> None:
    adoption, dee = trail["adoption"], trail.world.actor("dee")
    move_adoption(adoption, state="testing", actor=dee, at=TODAY)
    assert told("move_adoption") == {("ada", "adoption_moved"), ("cai", "adoption_moved")}

    adoption.refresh_from_db()
    confirm_in_use(
        adoption, value_seen="To timer i uka.", actor=trail.world.actor("mia"),
        at=TODAY + timedelta(days=9),
    )  # fmt: skip
    assert told("confirm_in_use") == {("ada", "in_use"), ("cai", "in_use"), ("dee", "in_use")}


def test_it_tells_those_who_use_a_solution_that_it_is_retired(trail: TrailWorld) -> None:
    retire_solution(
        trail["solution"], reason="Loven er ny.", actor=trail.world.actor("cai"), at=TODAY
    )

    assert told("retire_solution") == {("dee", "retired"), ("ada", "no_longer_offered")}


def test_it_tells_the_other_council_and_then_those_who_asked(trail: TrailWorld) -> None:
    tell_all()
    invited = Notice.objects.filter(subject="council_invited")
    assert set(invited.values_list("person__name", flat=True)) == {"Mia", "Gro"}
    answer_joint_invitation(
        trail["invitation"], answer="yes", reasons="Gjerne.", actor=trail.world.actor("mia"),
        at=TODAY,
    )  # fmt: skip
    assert told("answer_joint_invitation") == {
        (name, "council_answered") for name in ("bo", "cai", "siv")
    }


def test_it_tells_a_responsible_outside_the_council_what_others_answer(world: World) -> None:
    idea = idea_of(world, text="Felles nattpatrulje.", visibility="federation")
    activity = go_on(
        world, idea, course="inter_municipal_should", responsible=world.people["ada"],
        answer_by=TODAY.date() + timedelta(days=20),
    )  # fmt: skip
    invitation = JointInvitation.objects.get(
        decision=activity.current_decision_id, organisation=world.organisations["elvestrand"]
    )
    answer_joint_invitation(
        invitation, answer="yes", reasons="Gjerne.", actor=world.actor("mia"), at=TODAY
    )
    assert ("ada", "council_answered") in told("answer_joint_invitation")
    notice = Notice.objects.get(subject="council_answered", person=world.people["ada"])
    assert (notice.thing_kind, notice.thing_id) == ("decision", activity.current_decision_id)


def test_it_calls_those_who_hold_a_seat_and_tells_them_when_it_is_off(world: World) -> None:
    assert told("call_meeting") == {("cai", "meeting_called"), ("fia", "meeting_called")}
    assert world.meeting is not None
    begins = world.meeting.starts_at.astimezone(ZoneInfo(world.fjordvik.time_zone))
    [facts, _same] = Notice.objects.filter(subject="meeting_called").values_list("facts", flat=True)
    with translation.override("en"):
        said = explanation("meeting_called", facts)
    assert f"It begins on {begins.day} {begins:%B %Y} at {begins:%H:%M}." in said

    call_off_meeting(world.meeting, reason="Storm.", actor=world.actor("bo"), at=TODAY)
    assert told("cancel_meeting") == {("cai", "meeting_cancelled"), ("fia", "meeting_cancelled")}
    facts = Notice.objects.filter(subject="meeting_cancelled").values_list("facts", flat=True)
    assert all("Storm." in explanation("meeting_cancelled", one) for one in facts)
    assert all(f"at {begins:%H:%M}." in explanation("meeting_cancelled", one) for one in facts)


def test_it_tells_who_gets_a_seat_and_who_takes_an_activity_over(trail: TrailWorld) -> None:
    world = trail.world
    leader = Seat.objects.get(body=world.council, is_leader=True)
    appoint_to_seat(
        leader, person=world.people["ada"], is_deputy=True, from_date=TODAY.date(),
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    assert told("appoint_to_seat") == {("ada", "seated")}

    hand_over_activity(
        trail["activity"], person=world.people["ada"], actor=world.actor("cai"), at=TODAY
    )
    assert told("hand_over_activity") == {("ada", "you_lead")}


def test_it_tells_co_authors_followers_and_those_who_are_named(world: World) -> None:
    idea = idea_of(world, text="Noe flere skriver", visibility="federation")
    add_co_author(idea, person=world.people["cai"], actor=world.actor("ada"), at=TODAY)
    assert told("add_co_author") == {("cai", "co_author")}

    follow_idea(idea, actor=world.actor("dee"))
    comment_on_idea(idea, text="Hva med deg, @Siv?", actor=world.actor("bo"), at=TODAY)
    assert told("comment_on_idea") == {
        ("ada", "commented"), ("cai", "commented"), ("dee", "commented"), ("siv", "mentioned"),
    }  # fmt: skip

    support_idea(idea, actor=world.actor("mia"), at=TODAY, helps=4)
    assert names(told("support_idea")) == {"ada", "cai", "dee", "bo"}


def test_it_tells_the_responsible_that_the_giver_withdrew(trail: TrailWorld) -> None:
    withdraw(trail["idea"], actor=trail.world.actor("ada"), at=TODAY)

    # Only its giver can read the idea from now on; the responsible is led to the closed case.
    assert told("withdraw_idea") == {("cai", "withdrawn")}
    assert Notice.objects.get(subject="withdrawn").thing_kind == "case"


def test_it_tells_the_organisation_that_takes_part(trail: TrailWorld) -> None:
    assert told("add_participant") == {("mia", "joined_activity")}


# --- never -------------------------------------------------------------------------------------


def test_it_never_tells_a_thing_twice(trail: TrailWorld) -> None:
    tell_all()
    mail_all()
    notices, mails = Notice.objects.count(), OutgoingMail.objects.count()

    tell_all()
    mail_all()

    assert (Notice.objects.count(), OutgoingMail.objects.count()) == (notices, mails)
    assert notices > 20
    assert mails > 3


def test_it_never_tells_the_person_who_did_it(trail: TrailWorld) -> None:
    tell_all()

    doers = dict(Event.objects.values_list("pk", "person_id"))
    own = [
        notice.subject for notice in Notice.objects.exclude(event_id=1)
        if doers.get(notice.event_id) == notice.person_id
    ]  # fmt: skip
    assert set(own) <= {"receipt"}


@pytest.mark.requirement("EP-22")
def test_the_database_keeps_one_notice_of_an_event_and_mails_nothing_withheld(world: World) -> None:
    idea_of(world, text="Noe")
    tell_all()
    notice = Notice.objects.get(person=world.people["ada"])
    with pytest.raises(IntegrityError, match="withheld_is_not_mailed"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(withheld_at=TODAY, mail_at=TODAY)
    again = Notice.objects.get(pk=notice.pk)
    again.pk = None
    with pytest.raises(IntegrityError, match="told_once_of_an_event"), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.requirement("EP-22")
def test_it_tells_followers_nothing_once_they_may_not_read_it(world: World) -> None:
    idea = idea_of(world, text="Noe delt", visibility="federation")
    follow_idea(idea, actor=world.actor("dee"))
    change_visibility(idea, visibility="organisation", actor=world.actor("siv"), at=TODAY)
    comment_on_idea(idea, text="Bare for oss.", actor=world.actor("bo"), at=TODAY)

    assert names(told("comment_on_idea")) == {"ada"}


def test_it_tells_followers_nothing_of_an_activity_they_may_not_read(world: World) -> None:
    """The idea is everybody's, what the municipality makes of it is its own for now."""
    idea = idea_of(world, text="Noe alle kan lese", visibility="public")
    follow_idea(idea, actor=world.actor("dee"))
    follow_idea(idea, actor=world.actor("olaf"))
    activity = go_on(world, idea)
    share_activity(activity, visibility="organisation", actor=world.actor("cai"), at=TODAY)
    report_status(
        Activity.objects.get(pk=activity.pk), light="red", text="Leverandøren svikter",
        next_step="Si opp", actor=world.actor("cai"), at=TODAY,
    )  # fmt: skip

    assert names(told("report_status")) == {"ada"}
    assert {"dee", "olaf", "ada"} <= names(told("decide_case"))


def test_it_tells_nothing_to_somebody_who_left(world: World) -> None:
    idea = idea_of(world, text="Noe fra før")
    follow_idea(idea, actor=world.actor("cai"))
    leave_organisation(
        world.fjordvik, person=world.people["cai"], actor=world.actor("siv"), at=TODAY
    )
    comment_on_idea(idea, text="Nå er Cai borte.", actor=world.actor("bo"), at=TODAY)

    assert names(told("comment_on_idea")) == {"ada"}


def test_it_tells_nothing_to_a_closed_account(world: World) -> None:
    idea_of(world, text="Noe")
    Person.objects.filter(pk=world.people["ada"].pk).update(is_active=False)

    assert names(told("submit_idea")) == {"siv"}


def test_it_does_not_name_a_giver_who_wants_to_stay_unnamed(world: World) -> None:
    idea = idea_of(world, text="Noe vanskelig", anonymity="hidden")
    follow_idea(idea, actor=world.actor("bo"))
    comment_on_idea(idea, text="Jeg vil legge til noe.", actor=world.actor("ada"), at=TODAY)
    Person.objects.update(mail_wish="all")
    tell_all()
    mail_all()

    seen_by_others = Notice.objects.exclude(person=world.people["ada"])
    assert ("bo", "commented") in {(one.person.name.lower(), one.subject) for one in seen_by_others}
    for notice in seen_by_others:
        words = headline(notice.subject, notice.facts) + explanation(notice.subject, notice.facts)
        assert "Ada" not in words
        assert world.people["ada"].pk not in notice.facts.values()
    mails = OutgoingMail.objects.exclude(to="ada@example.test")
    assert mails.exists()
    for mail in mails:
        assert "Ada" not in mail.subject + mail.body + mail.html_body


def test_it_tells_nothing_of_an_act_that_failed(world: World) -> None:
    assert tell_about(10**12, at=TODAY) == 0


# --- mail --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "mailed"),
    [("all", {"receipt", "supported"}), ("important", {"receipt", "supported"}), ("none", set())],
)
def test_it_mails_as_much_as_is_wished(world: World, wish: str, mailed: set[str]) -> None:
    Person.objects.filter(pk=world.people["ada"].pk).update(mail_wish=wish)
    idea = idea_of(world, text="Noe")
    support_idea(idea, actor=world.actor("bo"), at=TODAY)
    tell_all()
    mail_all()

    hers = Notice.objects.filter(person=world.people["ada"])
    assert set(hers.values_list("subject", flat=True)) == {"receipt", "supported"}
    assert set(hers.exclude(mail=None).values_list("subject", flat=True)) == mailed


def test_the_mail_says_what_happened_why_and_where(trail: TrailWorld) -> None:
    told("decide_case", of=trail["decision"].pk)
    mail_all()

    mail = OutgoingMail.objects.get(to="ada@example.test")
    notice = Notice.objects.get(subject="decided", person=trail.world.people["ada"])
    assert mail.subject == headline("decided", notice.facts)
    for said in (mail.body, unescape(mail.html_body)):
        assert "The reasons: Verdt å prøve i det små." in said
        assert f"/notices/{notice.pk}/" in said
    assert "Fjordvik kommune" in mail.html_body


def test_the_receipt_says_the_days_as_people_write_them(world: World) -> None:
    idea = idea_of(world, text="Noe")
    told("submit_idea")
    mail_all()

    body = OutgoingMail.objects.get(to="ada@example.test").body
    assert idea.case_number is not None
    assert idea.case_number in body
    assert "March 2026" in body
    assert "2026-03" not in body


def test_it_speaks_the_language_of_the_reader(world: World) -> None:
    """Their own choice, else their organisation's, whoever did the thing and in what language."""
    Person.objects.filter(pk=world.people["ada"].pk).update(language="")
    idea_of(world, text="Noe", by="ada")
    idea_of(world, text="Noget", by="olaf")
    with translation.override("sv"):
        tell_all()
        mail_all()

    spoken = {}
    for mail in OutgoingMail.objects.filter(key__startswith="notices-", subject__contains="No"):
        spoken[mail.to] = mail
    with translation.override("nb"):
        assert spoken["ada@example.test"].subject == headline("receipt", {"title": "Noe"})
    with translation.override("en"):
        assert spoken["olaf@example.test"].subject == headline("receipt", {"title": "Noget"})
    assert '<html lang="nb"' in spoken["ada@example.test"].html_body


# --- every verb --------------------------------------------------------------------------------


def following() -> Iterator[tuple[str, Path]]:
    """Every verb that the house records and from which something follows, and where."""
    for file in sorted(Path(loype.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "record"
            ):
                given = {word.arg: word.value for word in node.keywords}
                follow = given.get("follow")
                if isinstance(follow, ast.Constant) and follow.value is False:
                    continue
                for verb in verbs_of(node.args[0], file=file):
                    yield verb, file


def verbs_of(said: ast.expr, *, file: Path) -> list[str]:
    """The verb in a call, or all that its file hands to the function that makes the call."""
    if isinstance(said, ast.Constant):
        return [str(said.value)]
    if isinstance(said, ast.IfExp):
        return verbs_of(said.body, file=file) + verbs_of(said.orelse, file=file)
    tree = ast.parse(file.read_text(encoding="utf-8"))
    if isinstance(said, ast.Name):
        for node in tree.body:
            named = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(one, ast.Name) and one.id == said.id for one in named):
                assert isinstance(node, ast.Assign)
                return verbs_of(node.value, file=file)
    makers = {
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and function.args.args
        and function.args.args[0].arg == "verb"
    }
    found = [
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in makers
        and isinstance(node.args[0], ast.Constant)
    ]
    assert found, f"{file}: the guard cannot see which verbs {ast.unparse(said)} stands for"
    return found


def test_every_verb_that_follows_up_tells_somebody_or_is_silent_on_purpose() -> None:
    found = {verb for verb, _file in following()}

    assert found - set(TELLERS) - SILENT == set()
    assert set(TELLERS) & SILENT == set()


def test_no_teller_waits_for_a_verb_that_never_comes() -> None:
    found = {verb for verb, _file in following()}

    assert (set(TELLERS) | SILENT) - found == set()


def test_every_subject_has_its_sentence(trail: TrailWorld) -> None:
    tell_all()

    assert set(KIND_OF) == set(SENTENCES)
    for notice in Notice.objects.all():
        assert notice.subject in SENTENCES
        assert notice.facts.get("title", "") in headline(notice.subject, notice.facts)


def test_the_cast_is_told_nothing_about_ideas_they_may_not_read(trail: TrailWorld) -> None:
    """Whatever happened in the whole small world, nobody was told past what they may read."""
    for person in trail.world.people.values():
        give_role(
            person, organisation=trail.world.organisations["sundkobing"], role="employee",
            actor=HOUSE, at=TODAY,
        )  # fmt: skip
    tell_all()

    for notice in Notice.objects.filter(thing_kind="idea").select_related("person"):
        actor = trail.world.actor(notice.person.name.lower())
        assert Idea.objects.visible_to(actor).filter(pk=notice.thing_id).exists(), notice
