"""The demo's news: drafted week by week, read and told by each place's editor."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from loype.demo.stage import Stage
from loype.history.models import Event
from loype.news.actions import NewsWords, correct_news, leave_news_out, publish_news, withdraw_news
from loype.news.drafting import draft_news
from loype.news.models import NewsItem
from loype.news.rules import EDITORS
from loype.news.steps import STEPS
from loype.news.width import open_widths
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation

TOLD_DAYS = 200
WEEK = 7
WAITS_DAYS = 28  # what is newer still waits for its editor
# Of those that an editor comes to: which are left out, put right and taken back.
LEFT_OUT, PUT_RIGHT, TAKEN_BACK = 9, 8, 29
# What was wrong, and what stands at the end of the text from then on.
NOTES = {
    "nb": ("Vi glemte å si hvem man kan spørre.", "Spør rådets sekretær hvis du vil vite mer."),
    "nn": (
        "Vi gløymde å seie kven ein kan spørje.",
        "Spør sekretæren i rådet om du vil vite meir.",
    ),
    "da": (
        "Vi glemte at sige, hvem man kan spørge.",
        "Spørg rådets sekretær, hvis du vil vide mere.",
    ),
    "sv": ("Vi glömde säga vem man kan fråga.", "Fråga rådets sekreterare om du vill veta mer."),
    "en": (
        "We forgot to say whom to ask.",
        "Ask the council's secretary if you want to know more.",
    ),
}
REASONS = {
    "nb": "Vi fortalte dette for tidlig. Samarbeidspartneren har ikke sagt ja ennå.",
    "nn": "Vi fortalde dette for tidleg. Samarbeidspartnaren har ikkje sagt ja enno.",
    "da": "Vi fortalte det for tidligt. Samarbejdspartneren har ikke sagt ja endnu.",
    "sv": "Vi berättade det för tidigt. Samarbetspartnern har inte sagt ja än.",
    "en": "We told this too early. The partner has not said yes yet.",
}


def plan_news(stage: Stage) -> None:
    """Every week the drafts of that week, and on the day after, what the editors do with them."""
    for days_ago in range(TOLD_DAYS, -1, -WEEK):
        stage.plan(stage.moment(days_ago, hour=15), partial(_draft, stage))


def _draft(stage: Stage, at: datetime) -> None:
    week = Event.objects.filter(verb__in=STEPS, at__gt=at - timedelta(days=WEEK), at__lte=at)
    for number, event_id in enumerate(week.order_by("at", "id").values_list("pk", flat=True)):
        item = draft_news(event_id, at=at)
        if item is not None and at < stage.now - timedelta(days=WAITS_DAYS):
            stage.plan(at + timedelta(days=1, minutes=number), partial(_edit, stage, item))


def _edit(stage: Stage, item: NewsItem, at: datetime) -> None:
    editor = _editor(stage, item.organisation)
    if editor is None:
        return
    actor, widths = stage.actor(editor, at), open_widths(item)
    if not widths or item.pk % LEFT_OUT == 0:
        leave_news_out(item, actor=actor, at=at)
        return
    told = publish_news(item, visibility=widths[-1], actor=actor, at=at)
    later = at + timedelta(days=2)
    if item.pk % TAKEN_BACK == 0:
        stage.plan(later, partial(_take_back, told, actor=actor))
    elif item.pk % PUT_RIGHT == 0:
        stage.plan(later, partial(_put_right, told, actor=actor))


def _editor(stage: Stage, organisation: Organisation) -> str | None:
    """Somebody there who edits news: the secretary first."""
    key = next(name for name, one in stage.organisations.items() if one.pk == organisation.pk)
    for role in EDITORS:
        for person in stage.tables["person"]:
            if person["organisation"] == key and role in person["roles"]:
                return str(person["key"])
    return None


def _put_right(item: NewsItem, at: datetime, *, actor: Actor) -> None:
    note, ending = NOTES[item.language]
    words = NewsWords(headline=item.headline, text=f"{item.text}\n\n{ending}")
    correct_news(item, words=words, note=note, actor=actor, at=at)


def _take_back(item: NewsItem, at: datetime, *, actor: Actor) -> None:
    withdraw_news(item, reason=REASONS[item.language], actor=actor, at=at)
