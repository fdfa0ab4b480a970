"""Which currency an organisation counts in; no Django."""

CURRENCIES = {"no": "NOK", "dk": "DKK", "se": "SEK", "is": "ISK", "fi": "EUR"}


def currency_of(country: str) -> str:
    """The currency of a country."""
    return CURRENCIES.get(country, "EUR")
