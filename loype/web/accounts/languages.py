"""Which language to speak with somebody: their own choice, their organisation's, the browser's."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from loype.accounts.models import LANGUAGES, Person


def browser_language(request: HttpRequest) -> str:
    """The language chosen on this device, else the browser's first that we speak; or nothing."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in LANGUAGES:
        return chosen
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code == "*":
            continue
        try:
            found = get_supported_language_variant(code)
        except LookupError:
            continue
        if found in LANGUAGES:
            return found
    return ""


def language_of(email: str) -> str:
    """The language of whoever has this address: the person's own, else their organisation's."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        return ""
    if person.language:
        return person.language
    held = person.memberships.filter(to_date=None).select_related("organisation").first()
    language = held.organisation.language if held else ""
    return language if language in LANGUAGES else ""
