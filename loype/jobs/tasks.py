"""The jobs by name. Each may be run twice without doing anything twice."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from loype.bodies.actions import end_finished_bodies, warn_of_ends
from loype.files.tidying import tidy_files
from loype.history.actions import FOLLOW_UP
from loype.jobs.patience import Patience
from loype.kernel.clock import now
from loype.mail.actions import DELIVER, deliver_mail, requeue_waiting, settle_abandoned
from loype.news.drafting import draft_news
from loype.notices.actions import tell_about
from loype.notices.invitations import send_invitations
from loype.notices.mailing import check_again, mail_waiting
from loype.notices.weekly import tell_of_all_weeks
from loype.portfolio.mandates.actions import ask_for_mandates
from loype.search.indexing import drop_others, index_waiting
from loype.search.later import tell_later_matches
from loype.search.needs.checking import check_needs, settle_merged
from loype.search.saved.actions import run_saved_searches
from loype.trail.clocks.escalating import escalate
from loype.trail.clocks.noting import note_told
from loype.trail.clocks.targets import begin_targets
from loype.trail.dossier.orders import MAKE, make_dossier, tidy_dossiers
from loype.trail.monthly import report_months
from loype.trail.together import carry_out_exits

# Long enough for a server that is away over a weekend.
DAYS = Patience(most_attempts=1_000)


@app.task(name=FOLLOW_UP, retry=DAYS)
def follow_up(event_id: int) -> None:
    """Tell those concerned of an event, draft news of it, and let search read what it changed."""
    tell_about(event_id, at=now())
    draft_news(event_id, at=now())
    send_invitations(event_id, at=now())
    note_told(event_id, at=now())
    with suppress(AlreadyEnqueued):
        read_texts.defer()
    if not settings.NOTICE_BUNDLE_MINUTES:  # else the clock brings it at the end of the window
        with suppress(AlreadyEnqueued):
            mail_news.defer()


@app.periodic(cron="* * * * *")
@app.task(name="search.read", queueing_lock="search.read")
def read_texts(timestamp: int = 0) -> None:
    """Let search read texts that are new or changed, then look whether others have the same need.

    What waits is known from the texts themselves: whatever a worker left behind is read by the
    next, every minute.
    """
    while index_waiting(at=now()):
        pass
    while check_needs(at=now()):
        pass


@app.periodic(cron="10 5 * * *")
@app.task(name="search.tidy", queueing_lock="search.tidy")
def tidy_search(timestamp: int) -> None:
    """Let the vectors of embedders go that are no longer in use."""
    drop_others(at=now())


@app.periodic(cron="15 * * * *")
@app.task(name="mandates.ask", queueing_lock="mandates.ask", retry=DAYS)
def ask_after_elections(timestamp: int = 0) -> None:
    """On the day after an election: ask for the mandate of everything that is open.

    Every hour, because the day begins at another hour in the summer and elsewhere; what was asked
    for once is not asked for again.
    """
    ask_for_mandates(at=now())


@app.task(name=MAKE, retry=DAYS)
def make_ordered_dossier(order_id: int) -> None:
    """Make a large dossier that somebody asked for."""
    make_dossier(order_id, at=now())


@app.periodic(cron="35 3 * * *")
@app.task(name="dossier.tidy", queueing_lock="dossier.tidy")
def tidy_old_dossiers(timestamp: int) -> None:
    """Clear away dossiers that have lain for a week."""
    tidy_dossiers(at=now())


@app.task(name=DELIVER, retry=DAYS)
def deliver(mail_id: int) -> None:
    """Hand a mail over to the mail server, if its reader may still read what it tells."""
    check_again(mail_id, at=now())
    deliver_mail(mail_id, at=now())


@app.periodic(cron="* * * * *")
@app.task(name="notices.mail", queueing_lock="notices.mail")
def mail_news(timestamp: int = 0) -> None:
    """Gather each person's news that is due into one mail.

    What is due is known from the notices themselves: whatever a worker left behind goes out with
    the next, every minute.
    """
    mail_waiting(at=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="mail.tidy", queueing_lock="mail.tidy")
def tidy_mail(timestamp: int) -> None:
    """Settle mails whose worker died, and queue those anew whose job was lost."""
    settle_abandoned(at=now())
    requeue_waiting(at=now())


@app.periodic(cron="40 3 * * *")
@app.task(name="files.tidy", queueing_lock="files.tidy")
def tidy_stored_files(timestamp: int) -> None:
    """Clear away files that nothing has pointed at for a day."""
    tidy_files(at=now())


@app.periodic(cron="20 4 * * *")
@app.task(name="search.saved", queueing_lock="search.saved")
def look_for_news(timestamp: int) -> None:
    """Look for each saved search whether something new turned up, and tell its owner."""
    run_saved_searches(at=now())


@app.periodic(cron="50 2 * * *")
@app.task(name="search.same_needs", queueing_lock="search.same_needs", retry=DAYS)
def look_for_same_needs(timestamp: int = 0) -> None:
    """Look for the same need among ideas that changed since it was last looked for."""
    while check_needs(at=now()):
        pass
    settle_merged(at=now())


@app.periodic(cron="30 5 * * *")
@app.task(name="search.later", queueing_lock="search.later", retry=DAYS)
def tell_of_later_matches(timestamp: int = 0) -> None:
    """Tell those who handed an idea in of the same that turned up since; once a day, in one go."""
    while tell_later_matches(at=now()):
        pass


@app.periodic(cron="30 5 * * *")
@app.task(name="trail.clocks", queueing_lock="trail.clocks", retry=DAYS)
def watch_clocks(timestamp: int = 0) -> None:
    """Tell those who must know that a case's time runs out, and bring new targets into force."""
    begin_targets(at=now())
    escalate(at=now())


@app.periodic(cron="30 1 * * *")
@app.task(name="trail.months", queueing_lock="trail.months", retry=DAYS)
def report_last_month(timestamp: int = 0) -> None:
    """Count the month that is over, once; a month that was missed is counted later."""
    report_months(at=now())


@app.periodic(cron="10 1 * * *")
@app.task(name="bodies.end", queueing_lock="bodies.end", retry=DAYS)
def end_bodies(timestamp: int = 0) -> None:
    """End the task committees whose last day is over, and say of those whose last day is near."""
    end_finished_bodies(at=now())
    warn_of_ends(at=now())


@app.periodic(cron="20 6 * * *")
@app.task(name="federation.week", queueing_lock="federation.week", retry=DAYS)
def tell_of_weeks(timestamp: int = 0) -> None:
    """Let the members of each federation hear what was new in the week that is over, once: on
    Monday, or on the first day after on which a worker runs."""
    tell_of_all_weeks(at=now())


@app.periodic(cron="15 1 * * *")
@app.task(name="federation.exits", queueing_lock="federation.exits", retry=DAYS)
def let_out(timestamp: int = 0) -> None:
    """Let those out whose last day in something that is run together has come."""
    carry_out_exits(at=now())
