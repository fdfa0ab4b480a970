"""The names of countries that solutions come from; Nordic ones first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

COUNTRIES: dict[str, Any] = {
    "dk": _("Denmark"),
    "fo": _("Faroe Islands"),
    "fi": _("Finland"),
    "gl": _("Greenland"),
    "is": _("Iceland"),
    "no": _("Norway"),
    "se": _("Sweden"),
    "al": _("Albania"),
    "ad": _("Andorra"),
    "at": _("Austria"),
    "be": _("Belgium"),
    "ba": _("Bosnia and Herzegovina"),
    "bg": _("Bulgaria"),
    "hr": _("Croatia"),
    "cy": _("Cyprus"),
    "cz": _("Czechia"),
    "ee": _("Estonia"),
    "fr": _("France"),
    "ge": _("Georgia"),
    "de": _("Germany"),
    "gr": _("Greece"),
    "hu": _("Hungary"),
    "ie": _("Ireland"),
    "it": _("Italy"),
    "lv": _("Latvia"),
    "li": _("Liechtenstein"),
    "lt": _("Lithuania"),
    "lu": _("Luxembourg"),
    "mt": _("Malta"),
    "md": _("Moldova"),
    "nl": _("Netherlands"),
    "mk": _("North Macedonia"),
    "pl": _("Poland"),
    "pt": _("Portugal"),
    "ro": _("Romania"),
    "sm": _("San Marino"),
    "rs": _("Serbia"),
    "sk": _("Slovakia"),
    "si": _("Slovenia"),
    "es": _("Spain"),
    "ch": _("Switzerland"),
    "tr": _("Türkiye"),
    "ua": _("Ukraine"),
    "gb": _("United Kingdom"),
    "va": _("Vatican City"),
    "eu": _("European Union"),
}


def country_name(code: str) -> Any:
    """The name of a country, or its code where we have no name for it."""
    return COUNTRIES.get(code.lower(), code.upper())
