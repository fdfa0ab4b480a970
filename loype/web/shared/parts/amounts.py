"""Money and numbers, as the reader's language writes them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

NO_BREAK_SPACE = "\u00a0"
FEWEST = 5


def money(amount: Decimal | int | None, currency: str = "NOK") -> SafeString | str:
    """An amount with its currency; whole amounts without decimals."""
    if amount is None:
        return ""
    return format_html('<span class="money">{}</span>', plain_money(amount, currency))


def plain_money(amount: Decimal | int, currency: str) -> str:
    """The same as plain text, for files."""
    value = Decimal(amount)
    places = 0 if value == value.to_integral_value() else 2
    number = number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{number}{NO_BREAK_SPACE}{currency}"


def figure(
    value: float | None,
    unit: str,
    *,
    note: str = "",
    people: int | None = None,
    url: str = "",
) -> SafeString:
    """A number with its unit and comparison; hidden when it counts fewer than five people."""
    number, in_words = shown(value, people=people)
    unit_words = format_html('<a class="ds-link" href="{}">{}</a>', url, unit) if url else unit
    return format_html(
        '<p class="figure"><strong class="figure__value{}">{}</strong>'
        ' <span class="figure__unit">{}</span>{}</p>',
        " figure__value--words" if in_words else "",
        number,
        unit_words,
        format_html('<span class="figure__note">{}</span>', note) if note else "",
    )


def shown(value: float | None, *, people: int | None) -> tuple[str, bool]:
    """The number as text, and whether words stand in its place."""
    if people is not None and people < FEWEST:
        return gettext("fewer than five"), True
    if value is None:
        return gettext("not known"), True
    return number_format(value), False
