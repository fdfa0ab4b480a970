"""What is worth knowing across the councils, said in sentences, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from loype.trail.federation.overview import CouncilRow, Overview

MOST_SHOWN = 4
MISSED_SHARE = 0.2
"""From which share on missed meetings are worth a sentence."""


@dataclass(frozen=True)
class Finding:
    """A sentence with what one does about it, and how much it presses."""

    words: str
    label: str
    url: str
    weight: float


def findings_of(overview: Overview) -> list[Finding]:
    """The few things that need somebody now; empty when nothing does."""
    found = [
        *_together(overview),
        *_late(overview),
        *_unanswered(overview),
        *_without_responsible(overview),
        *_missed(overview),
        *_not_meeting(overview),
    ]
    return sorted(found, key=lambda one: -one.weight)[:MOST_SHOWN]


def _together(overview: Overview) -> list[Finding]:
    """The one that can be lost for good: once a council has decided alone, it is too late."""
    fresh = [one for one in overview.candidates if one.is_undecided_everywhere]
    if not fresh:
        return []
    places = ", ".join(fresh[0].places)
    words = ngettext(
        "%(count)s need stands in several municipalities, and none has decided yet: “%(title)s” "
        "in %(places)s.",
        "%(count)s needs stand in several municipalities, and none has decided yet. First: "
        "“%(title)s” in %(places)s.",
        len(fresh),
    ) % {"count": len(fresh), "title": fresh[0].cases[0].title, "places": places}
    return [Finding(words, _("Bring them together"), "#needs", 100 + len(fresh))]


def _late(overview: Overview) -> list[Finding]:
    late = overview.late
    if not late:
        return []
    worst = late[0]
    words = _(
        "%(place)s lets its oldest case wait for %(waited)s working days; it promised %(limit)s."
    ) % {"place": worst.organisation, "waited": worst.oldest_waited, "limit": worst.limit}
    if len(late) > 1:
        words += " " + ngettext(
            "%(count)s other council is late, too.",
            "%(count)s other councils are late, too.",
            len(late) - 1,
        ) % {"count": len(late) - 1}
    weight = 60 + min(30.0, 10.0 * worst.late_by / max(worst.limit, 1))
    return [Finding(words, _("See how long cases wait"), "#ages", weight)]


def _unanswered(overview: Overview) -> list[Finding]:
    overdue = [one for one in overview.joint if one.is_overdue]
    if not overdue:
        return []
    silent = sum(one.silent for one in overdue)
    words = ngettext(
        "%(count)s council has not answered about “%(title)s”, and its day has passed.",
        "%(count)s answers are missing past their day, first about “%(title)s”.",
        silent,
    ) % {"count": silent, "title": overdue[0].title}
    return [Finding(words, _("See what is run together"), "#joint", 55 + silent)]


def _without_responsible(overview: Overview) -> list[Finding]:
    count = overview.without_responsible
    if not count:
        return []
    most = max(overview.councils, key=lambda one: one.without_responsible)
    words = ngettext(
        "%(count)s idea has nobody responsible.",
        "%(count)s ideas have nobody responsible, %(most)s of them in %(place)s.",
        count,
    ) % {"count": count, "most": most.without_responsible, "place": most.organisation}
    return [Finding(words, _("See where"), "#councils", 40 + min(10, count))]


def _missed(overview: Overview) -> list[Finding]:
    rows = [one for one in overview.councils if one.held]
    worst = max(rows, key=lambda one: one.missed / len(one.held), default=None)
    if worst is None or worst.missed / len(worst.held) < MISSED_SHARE:
        return []
    words = _("The federation's seat missed %(missed)s of %(held)s meetings in %(place)s.") % {
        "missed": worst.missed,
        "held": len(worst.held),
        "place": worst.organisation,
    }
    weight = 30 + 20 * worst.missed / len(worst.held)
    return [Finding(words, _("See who sits where"), reverse("federation_seats"), weight)]


def _not_meeting(overview: Overview) -> list[Finding]:
    rows = [one for one in overview.councils if one.council and needs_meeting(one)]
    if not rows:
        return []
    words = ngettext(
        "%(places)s has cases waiting, but no meeting planned.",
        "%(places)s have cases waiting, but no meeting planned.",
        len(rows),
    ) % {"places": ", ".join(one.organisation for one in rows)}
    return [Finding(words, _("See the meetings"), "#meetings", 45 + len(rows))]


def needs_meeting(row: CouncilRow) -> bool:
    """Whether cases wait and nobody knows when they are treated."""
    return row.undecided > 0 and row.next_meeting is None
