"""How wide news may be told: never wider than what it is about."""

from __future__ import annotations

from loype.councils.openness.models import DecisionAccess
from loype.news.models import WIDTHS, NewsItem
from loype.organisations.labels import Visibility
from loype.organisations.visibility import WIDTH


def widest(item: NewsItem) -> str:
    """The width of what a news item is about, as it is now."""
    if item.solution is not None:
        hidden = item.solution.state == "draft"
        return Visibility.CONFIDENTIAL if hidden else item.solution.visibility
    if item.activity is not None:
        return item.activity.visibility
    assert item.idea is not None  # the database holds it for every decision
    if item.idea.state in ("draft", "withdrawn"):
        return Visibility.CONFIDENTIAL
    if item.idea.visibility == Visibility.CONFIDENTIAL:
        return Visibility.CONFIDENTIAL
    # Of what is withheld nothing leaves the organisation.
    if DecisionAccess.objects.closing().filter(decision=item.decision_id).exists():
        return Visibility.ORGANISATION
    return item.idea.visibility


def open_widths(item: NewsItem) -> list[str]:
    """For whom it may be published, narrowest first; for nobody where the thing is confidential."""
    most = WIDTH[widest(item)]
    return [str(width) for width in WIDTHS if WIDTH[width] <= most]
