"""What every state of the trail means for whoever gave the idea, in plain words.

Each state of each stage is here: by which notice the giver hears of it, and what it means. A test
walks the state tables and fails when one is missing.
"""

from __future__ import annotations

from django.utils.translation import gettext as _, gettext_noop

# What it means and what happens next, by the subject of the notice; a decision by its outcome.
MEANINGS = {
    "receipt": gettext_noop("It lies in the council's queue now. You can still change it."),
    "responsible_appointed": gettext_noop(
        "Somebody prepares it for the council. You can add to it, and may be asked about it."
    ),
    "on_agenda": gettext_noop("You will hear what the council decides, and why."),
    "off_agenda": gettext_noop(
        "It was not decided this time. It keeps its place in the queue, and nothing is lost."
    ),
    "withdrawn": gettext_noop(
        "Nobody works with it any more; only those who wrote it can read it."
    ),
    "decided:go_on": gettext_noop("You will hear when it starts and how it goes."),
    "decided:more_information": gettext_noop(
        "Please answer the council's question under the idea."
    ),
    "decided:merge": gettext_noop(
        "Your support went along, and you follow the idea it was merged into."
    ),
    "decided:park": gettext_noop(
        "It is not forgotten: the council takes it up again when the time is right."
    ),
    "decided:reject": gettext_noop(
        "You may still read the reasons and hand in something new at any time."
    ),
    "decided:return": gettext_noop("You may change it and hand it in again."),
    "decided:join": gettext_noop(
        "Your need is met there. You hear how it goes as soon as that is open to you."
    ),
    "activity_started": gettext_noop("It is being tried out. You will hear how it goes."),
    "activity_paused": gettext_noop("It is not stopped; you will hear when it goes on."),
    "activity_resumed": gettext_noop("The work goes on from where it was."),
    "activity_finished": gettext_noop(
        "What came of it is looked at next; you will hear that, too."
    ),
    "activity_stopped": gettext_noop("It ends here. What was learned is kept for others to read."),
    "evaluation_planned": gettext_noop("You will hear what it shows."),
    "evaluation_measuring": gettext_noop("The first numbers are in; the conclusion comes later."),
    "evaluated": gettext_noop("The whole evaluation stands with the activity."),
    "solution_drafted": gettext_noop("You will hear when others can find it."),
    "published": gettext_noop("Others can find it and use it, and you will hear when they do."),
    "no_longer_offered": gettext_noop("Those who use it keep it; nobody new is invited to."),
}

OWN_ACT = "own act"
"""The giver does it, so no notice tells them; the page where they do it does."""

# By which notice the giver hears that something came into a state.
HEARD = {
    "idea": {
        "draft": OWN_ACT,
        "submitted": "receipt",
        "taken_up": "responsible_appointed",
        "needs_information": "decided:more_information",
        "going_on": "decided:go_on",
        "parked": "decided:park",
        "returned": "decided:return",
        "rejected": "decided:reject",
        "merged": "decided:merge",
        "withdrawn": OWN_ACT,
    },
    "case": {
        "waiting": "off_agenda",
        "on_agenda": "on_agenda",
        "decided": "decided:go_on",
        "closed": OWN_ACT,
    },
    "decision": {
        "go_on": "decided:go_on",
        "more_information": "decided:more_information",
        "merge": "decided:merge",
        "park": "decided:park",
        "reject": "decided:reject",
        "return": "decided:return",
        "join": "decided:join",
    },
    "activity": {
        "planned": "decided:go_on",
        "running": "activity_started",
        "paused": "activity_paused",
        "finished": "activity_finished",
        "stopped": "activity_stopped",
    },
    "evaluation": {
        "planned": "evaluation_planned",
        "measuring": "evaluation_measuring",
        "concluded": "evaluated",
    },
    "solution": {
        "draft": "solution_drafted",
        "published": "published",
        "retired": "no_longer_offered",
    },
}

# What the page says where the giver did it themselves.
OWN_WORDS = {
    ("idea", "draft"): gettext_noop("Only those who write it see it until it is handed in."),
    ("idea", "withdrawn"): MEANINGS["withdrawn"],
    ("case", "closed"): MEANINGS["withdrawn"],
}


def meaning(subject: str, outcome: str = "") -> str:
    """What a notice means for the giver and what happens next; "" where nothing needs saying."""
    said = MEANINGS.get(f"{subject}:{outcome}" if outcome else subject)
    return _(said) if said else ""


def state_words(kind: str, state: str) -> str:
    """What it means for the giver that something stands in a state."""
    heard = HEARD[kind][state]
    return _(OWN_WORDS[kind, state] if heard == OWN_ACT else MEANINGS[heard])
