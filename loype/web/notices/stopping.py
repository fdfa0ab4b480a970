"""Stopping mail about a kind by the link in it, without signing in (RFC 8058), and undoing it.

The link itself is the right to do this, so no cookie is asked for: mail programs have none. Nothing
about the person is shown, because mails are forwarded.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from loype.kernel.clock import now
from loype.notices.kinds import NoticeKind
from loype.notices.stopping import StopLink, read_stop_secret
from loype.notices.wishes import stop_mail, undo_stop
from loype.web.shared.render import render


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_stop(request: HttpRequest, secret: str) -> HttpResponse:
    """A button that stops the mail; posted to, it is stopped at once and without a redirect."""
    link = _read(secret)
    if request.method != "POST":
        return _shown(request, "notices/stop.html", link=link, secret=secret)
    stop_mail(link.person_id, kinds=link.kinds, at=now())
    return _shown(request, "notices/stopped.html", link=link, secret=secret)


@csrf_exempt
@never_cache
@require_POST
def notice_stop_undo(request: HttpRequest, secret: str) -> HttpResponse:
    """Let the mail come as before."""
    link = _read(secret)
    undone = undo_stop(link.person_id, kinds=link.kinds, at=now())
    return _shown(request, "notices/undone.html", link=link, secret=secret, undone=bool(undone))


def _read(secret: str) -> StopLink:
    link = read_stop_secret(secret)
    if link is None or not link.kinds:
        raise Http404
    return link


def _shown(
    request: HttpRequest, template: str, *, link: StopLink, secret: str, **more: Any
) -> HttpResponse:
    """A page in the language of the mail."""
    with translation.override(link.language or translation.get_language()):
        kinds = [str(NoticeKind(kind).label) for kind in link.kinds]
        response = render(request, template, {"kinds": kinds, "secret": secret, **more})
        response.headers["Content-Language"] = translation.get_language()
    response.headers["X-Robots-Tag"] = "noindex"
    return response
