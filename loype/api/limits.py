"""How much one sender may ask for: requests a minute, and the size and kind of what is sent.

The count is kept in each web process, so that no request costs a statement for it: with four
processes a sender gets up to four times as much. It is there to stop a program that runs wild.
"""

from __future__ import annotations

import hashlib
import time
from threading import Lock

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from loype.api.problems import TooLarge, TooMany, WrongKind

MOST_SENDERS = 50_000
MOST_JSON_BYTES = 1_000_000
ROOM_AROUND_FILE = 100_000
WINDOW_SECONDS = 60


class Counter:
    """Counts by sender within the running minute; forgets everything when the next begins."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.window = 0
        self.counts: dict[str, int] = {}

    def add(self, sender: str, *, at: float) -> int:
        """How often this sender has come in this minute, this time included."""
        window = int(at // WINDOW_SECONDS)
        with self.lock:
            if window != self.window or len(self.counts) >= MOST_SENDERS:
                self.window, self.counts = window, {}
            self.counts[sender] = self.counts.get(sender, 0) + 1
            return self.counts[sender]

    def forget(self) -> None:
        """Begin anew."""
        with self.lock:
            self.counts = {}


COUNTER = Counter()


def refuse_too_many(request: HttpRequest) -> None:
    """429 for a sender that asks more often than the installation allows."""
    _count(sender_of(request))


def count_failed_token(request: HttpRequest) -> None:
    """Wrong tokens count for the address they come from, however they are varied."""
    _count(f"failed:{address_of(request)}")


def _count(sender: str) -> None:
    at = time.time()
    if COUNTER.add(sender, at=at) > settings.API_REQUESTS_A_MINUTE:
        raise TooMany(
            _("Too many requests. Wait a moment, then go on more slowly."),
            wait=int(WINDOW_SECONDS - at % WINDOW_SECONDS) + 1,
        )


def sender_of(request: HttpRequest) -> str:
    """The token, the session or else the address, as a short hash."""
    known = request.headers.get("Authorization") or request.COOKIES.get(
        settings.SESSION_COOKIE_NAME
    )
    text = known or address_of(request)
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind a proxy, what the proxy says last."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def refuse_odd_body(request: HttpRequest) -> None:
    """413 and 415 before anything of a large or foreign body is read."""
    size = _announced_size(request)
    kind = (request.content_type or "").lower()
    is_form = kind == "multipart/form-data"
    most = settings.LARGEST_FILE_BYTES + ROOM_AROUND_FILE if is_form else MOST_JSON_BYTES
    if size > most:
        raise TooLarge(_("That is too large: at most %(most)s bytes.") % {"most": most})
    is_json = kind == "application/json" or (kind.startswith("application/") and "+json" in kind)
    wants_form = request.method == "POST" and request.path.endswith("/files")
    if size and not (is_form if wants_form else is_json):
        wanted = "multipart/form-data" if wants_form else "application/json"
        raise WrongKind(_("Send this as %(kind)s.") % {"kind": wanted})


def _announced_size(request: HttpRequest) -> int:
    written = str(request.META.get("CONTENT_LENGTH") or "")
    return int(written) if written.isdigit() else 0
