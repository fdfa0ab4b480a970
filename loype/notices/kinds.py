"""The kinds of notice that a person chooses by, and what is chosen where nothing was said."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from loype.accounts.models import MailWish


class NoticeKind(models.TextChoices):
    """What a notice is about, in the order in which a mail and the page of wishes show them."""

    WAITS = "waits", _("what waits for me")
    MINE = "mine", _("my ideas and what I lead")
    TALK = "talk", _("comments and support for mine")
    FOLLOWED = "followed", _("what I follow")
    COUNCIL = "council", _("the council's work")
    REUSE = "reuse", _("how others use our solutions")
    SEARCHES = "searches", _("what searches find")
    FEDERATION = "federation", _("news from the federation")


class How(models.TextChoices):
    """How somebody wants to hear of a kind; all but “not at all” also stands in the app."""

    AT_ONCE = "at_once", _("by mail, soon")
    DAILY = "daily", _("by mail, once a day")
    WEEKLY = "weekly", _("by mail, once a week")
    APP = "app", _("only in the app")
    NEVER = "never", _("not at all")


MAILED = (How.AT_ONCE, How.DAILY, How.WEEKLY)

EXAMPLES = {
    NoticeKind.WAITS: _("You are named responsible, called to a meeting, asked or mentioned."),
    NoticeKind.MINE: _("Your idea is taken up, decided, tried out, evaluated, stopped."),
    NoticeKind.TALK: _("A colleague comments on your idea or has the same."),
    NoticeKind.FOLLOWED: _("Something happens to an idea that you follow."),
    NoticeKind.COUNCIL: _("A new case, an answer from another council, the same need elsewhere."),
    NoticeKind.REUSE: _("Another municipality takes up, adapts or uses a solution."),
    NoticeKind.SEARCHES: _("Something new fits a search that you keep."),
    NoticeKind.FEDERATION: _("What the members are working on, week by week."),
}

# What cannot be switched off in the app, and why. The database holds it, too.
ALWAYS_IN_APP = {
    NoticeKind.WAITS: _("Others wait for you, so it always stands in the app."),
    NoticeKind.MINE: _("Whoever gives something is told what becomes of it, at least in the app."),
}

# For those who said nothing about a kind, but want mail about what concerns them.
USUAL = {
    NoticeKind.WAITS: How.AT_ONCE,
    NoticeKind.MINE: How.AT_ONCE,
    NoticeKind.TALK: How.DAILY,
    NoticeKind.FOLLOWED: How.APP,
    NoticeKind.COUNCIL: How.DAILY,
    NoticeKind.REUSE: How.DAILY,
    NoticeKind.SEARCHES: How.DAILY,
    NoticeKind.FEDERATION: How.AT_ONCE,
}

KIND_OF = {
    "receipt": NoticeKind.MINE,
    "co_author": NoticeKind.MINE,
    "supported": NoticeKind.TALK,
    "commented": NoticeKind.TALK,
    "mentioned": NoticeKind.WAITS,
    "responsible_appointed": NoticeKind.MINE,
    "you_are_responsible": NoticeKind.WAITS,
    "you_are_deputy": NoticeKind.WAITS,
    "follow_up_by": NoticeKind.WAITS,
    "responsible_declined": NoticeKind.WAITS,
    "nobody_responsible": NoticeKind.WAITS,
    "follow_up_due": NoticeKind.WAITS,
    "decision_due": NoticeKind.WAITS,
    "on_agenda": NoticeKind.MINE,
    "off_agenda": NoticeKind.MINE,
    "decided": NoticeKind.MINE,
    "withdrawn": NoticeKind.COUNCIL,
    "you_lead": NoticeKind.WAITS,
    "activity_started": NoticeKind.MINE,
    "activity_paused": NoticeKind.MINE,
    "activity_resumed": NoticeKind.MINE,
    "activity_finished": NoticeKind.MINE,
    "activity_stopped": NoticeKind.MINE,
    "mandate_asked": NoticeKind.MINE,
    "mandate_answered": NoticeKind.MINE,
    "mandates_asked": NoticeKind.WAITS,
    "part_asked": NoticeKind.MINE,
    "part_answered": NoticeKind.MINE,
    "status_reported": NoticeKind.MINE,
    "joined_activity": NoticeKind.WAITS,
    "evaluation_planned": NoticeKind.MINE,
    "evaluation_measuring": NoticeKind.MINE,
    "evaluated": NoticeKind.MINE,
    "solution_drafted": NoticeKind.MINE,
    "published": NoticeKind.MINE,
    "no_longer_offered": NoticeKind.MINE,
    "taken_up": NoticeKind.REUSE,
    "adoption_moved": NoticeKind.REUSE,
    "in_use": NoticeKind.REUSE,
    "retired": NoticeKind.REUSE,
    "council_invited": NoticeKind.WAITS,
    "council_answered": NoticeKind.COUNCIL,
    "terms_proposed": NoticeKind.WAITS,
    "terms_settled": NoticeKind.COUNCIL,
    "terms_declined": NoticeKind.COUNCIL,
    "joint_left": NoticeKind.COUNCIL,
    "federation_week": NoticeKind.FEDERATION,
    "round_opened": NoticeKind.WAITS,
    "round_closed": NoticeKind.COUNCIL,
    "mandate_adopted": NoticeKind.COUNCIL,
    "procedure_adopted": NoticeKind.COUNCIL,
    "instruction_adopted": NoticeKind.COUNCIL,
    "paper_added": NoticeKind.WAITS,
    "referral_came": NoticeKind.WAITS,
    "body_ends": NoticeKind.COUNCIL,
    "body_ended": NoticeKind.COUNCIL,
    "meeting_called": NoticeKind.WAITS,
    "meeting_cancelled": NoticeKind.WAITS,
    "meeting_moved": NoticeKind.WAITS,
    "deputy_called": NoticeKind.WAITS,
    "new_in_queue": NoticeKind.COUNCIL,
    "seated": NoticeKind.WAITS,
    "same_need": NoticeKind.COUNCIL,
    "contact_asked": NoticeKind.WAITS,
    "found_later": NoticeKind.SEARCHES,
    "found_new": NoticeKind.SEARCHES,
    "news_drafted": NoticeKind.COUNCIL,
    "news_published": NoticeKind.FOLLOWED,
}

# Waits for the bundling window, but not for the pause after the last mail.
URGENT = frozenset(
    {"meeting_called", "meeting_cancelled", "meeting_moved", "deputy_called", "mentioned"}
)


def kind_of(subject: str, *, is_important: bool) -> NoticeKind:
    """The kind of a notice; what is told to a mere follower is something they follow."""
    kind = KIND_OF[subject]
    if not is_important and kind in (NoticeKind.MINE, NoticeKind.TALK):
        return NoticeKind.FOLLOWED
    return kind


def usual(kind: str, *, mail_wish: str) -> How:
    """How somebody hears of a kind about which they said nothing."""
    if mail_wish == MailWish.NONE:
        return How.APP
    return How.AT_ONCE if mail_wish == MailWish.ALL else USUAL[NoticeKind(kind)]


def open_choices(kind: str) -> tuple[How, ...]:
    """What may be chosen for a kind."""
    return tuple(how for how in How if how != How.NEVER or kind not in ALWAYS_IN_APP)
