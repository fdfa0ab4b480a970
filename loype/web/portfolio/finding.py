"""Finding the one person or organisation that a typed name means."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from loype.kernel.errors import BadInput
from loype.kernel.words import clean_line

SHOWN = 5


def only_one(rows: Any, *, text: str, field: str, name: str, exact: str = "") -> Any:
    """The row whose name (or `exact` column) is the text, else the only one that holds it.

    Raises BadInput for the field when there is none, or naming the first few when there are more.
    """
    wanted = clean_line(text)
    same = Q(**{f"{name}__iexact": wanted})
    if exact:
        same |= Q(**{f"{exact}__iexact": wanted})
    found = list(rows.filter(same)[:2])
    if len(found) != 1:
        found = list(rows.filter(same | Q(**{f"{name}__icontains": wanted}))[: SHOWN + 1])
    if not found:
        raise BadInput({field: _("Nobody of that name was found.")})
    if len(found) > 1:
        names = ", ".join(_called(row, name) for row in found[:SHOWN])
        raise BadInput({field: _("That may mean several: %(names)s.") % {"names": names}})
    return found[0]


def _called(row: Any, name: str) -> str:
    for part in name.split("__"):
        row = getattr(row, part)
    return str(row)
