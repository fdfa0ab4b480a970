"""In which language something is written, said in the reader's."""

from __future__ import annotations

from django.utils.translation import gettext as _


def in_which_language(code: str) -> str:
    """ "Written in Swedish"; empty where it is not known."""
    said = {
        "da": _("written in Danish"),
        "nb": _("written in Norwegian"),
        "nn": _("written in Nynorsk"),
        "sv": _("written in Swedish"),
        "en": _("written in English"),
        "fi": _("written in Finnish"),
        "is": _("written in Icelandic"),
        "es": _("written in Spanish"),
        "de": _("written in German"),
        "fr": _("written in French"),
    }
    return said.get(code, "")
