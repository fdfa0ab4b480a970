"""Clearing away files that nothing points at: acts that were undone, logos taken down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from loype.files.models import StoredFile

GRACE = timedelta(days=1)
"""How long a file may lie alone: the act that will point at it may still be under way."""


def tidy_files(*, at: datetime) -> int:
    """Remove what has been alone for a day, rows and files on disk; how many were removed."""
    return _remove_rows(at=at) + _remove_strays(at=at)


def unused_files() -> QuerySet[StoredFile]:
    """Rows that no other row points at, whatever kind that row is."""
    rows = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.one_to_many or relation.one_to_one:
            pointing = relation.related_model._base_manager.filter(  # type: ignore[union-attr]
                **{relation.field.name: OuterRef("pk")}  # type: ignore[union-attr]
            )
            rows = rows.exclude(Exists(pointing))
    return rows


def _remove_rows(*, at: datetime) -> int:
    removed = 0
    for stored in list(unused_files().filter(uploaded_at__lt=at - GRACE)[:1000]):
        with transaction.atomic():
            place = Path(stored.content.path)
            stored.delete()
        place.unlink(missing_ok=True)
        removed += 1
    return removed


def _remove_strays(*, at: datetime) -> int:
    """Files whose row was never written, because the act failed after the disk."""
    root = Path(settings.MEDIA_ROOT)
    removed = 0
    for folder in sorted(root.glob("[0-9a-f][0-9a-f]")):
        old = [path for path in folder.iterdir() if path.is_file() and _age(path, at) > GRACE]
        names = {path.relative_to(root).as_posix(): path for path in old}
        known = StoredFile.objects.filter(content__in=names).values_list("content", flat=True)
        for name in set(names) - set(known):
            names[name].unlink(missing_ok=True)
            removed += 1
    return removed


def _age(path: Path, at: datetime) -> timedelta:
    return at - datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
