"""Taking a file in, and tidying away those that nothing points at."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from loype.files.models import StoredFile
from loype.files.sniffing import sniff
from loype.history.actions import Doer
from loype.kernel.errors import BadInput, Unavailable
from loype.kernel.words import clean_line


def store_file(
    content: bytes,
    *,
    name: str,
    alt_text: str,
    actor: Doer,
    at: datetime,
    pictures_only: bool = False,
) -> StoredFile:
    """Check and keep a file; a picture needs a description for those who cannot see it."""
    name = clean_line(name.replace("\\", "/").rsplit("/", 1)[-1])[-200:]
    media_type = _check(content, name=name, alt_text=alt_text)
    if pictures_only and not media_type.startswith("image/"):
        raise BadInput({"file": _("This must be a picture: PNG, JPEG, WebP or GIF.")})
    stored = StoredFile(
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        alt_text=clean_line(alt_text)[:500],
        uploaded_by_id=actor.person_id,
        uploaded_at=at,
    )
    try:
        stored.content.save(name, ContentFile(content), save=False)
    except OSError as problem:
        raise Unavailable(
            _("Files cannot be stored right now. Nothing was changed; try again later.")
        ) from problem
    stored.save(force_insert=True)
    return stored


def _check(content: bytes, *, name: str, alt_text: str) -> str:
    most = settings.LARGEST_FILE_BYTES
    if not content:
        raise BadInput({"file": _("The file is empty.")})
    if len(content) > most:
        raise BadInput(
            {"file": _("The file is larger than %(most)s MB.") % {"most": most // 1_000_000}}
        )
    media_type = sniff(content, name=name)
    if media_type is None:
        raise BadInput(
            {
                "file": _(
                    "This kind of file is not taken. Use a picture (PNG, JPEG, WebP, GIF), PDF, "
                    "text, CSV, or a Word, Excel or PowerPoint file without macros."
                )
            }
        )
    if media_type.startswith("image/") and not alt_text.strip():
        raise BadInput({"alt_text": _("Describe the picture for those who cannot see it.")})
    return media_type
