"""Choosing what an organisation tells those it works with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation, SharingPolicy
from loype.organisations.rules import can_manage_organisation
from loype.organisations.sharing import SharedField, SharedKind


@transaction.atomic
def change_sharing(
    organisation: Organisation,
    *,
    kind: str,
    tells_internal: bool,
    fields: Iterable[str],
    actor: Actor,
    at: datetime,
) -> SharingPolicy:
    """Say which facts of a kind of thing others in the federation see, and whether also of what
    stays inside."""
    if not can_manage_organisation(actor, organisation.pk):
        raise NotAllowed(_("Only the organisation's own administrators do this."))
    chosen = [name for name in SharedField.values if name in set(fields)]
    problems = {}
    if kind not in SharedKind.values:
        problems["kind"] = _("Choose one from the list.")
    if not chosen:
        problems["fields"] = _("Choose at least one.")
    if problems:
        raise BadInput(problems)
    policy, _new = SharingPolicy.objects.update_or_create(
        organisation=organisation,
        kind=kind,
        defaults={"tells_internal": tells_internal, "fields": chosen},
    )
    record(
        "change_sharing", thing=policy, actor=actor, at=at, organisation_id=organisation.pk,
        change={"kind": kind, "tells_internal": tells_internal, "fields": chosen}, follow=False,
    )  # fmt: skip
    return policy
