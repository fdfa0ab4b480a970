"""Which column is which, guessed from the header in the languages we meet, and from the cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from loype.cli.importing.fields import KINDS
from loype.cli.importing.mapping import FieldMap, Rule

# The whole header, or its beginning before a blank, stroke or bracket, in small letters.
HEADERS = {
    "external_id": "id identifier ref reference number nummer saksnummer sagsnummer "
    "arendenummer diarienummer numero",
    "title": "title titel tittel overskrift rubrik name navn namn petition proposal titulo titre "
    "otsikko nimi subject emne amne heading",
    "text": "text tekst description beskrivelse beskrivning body content innhold indhold "
    "innehall descripcion texto contenu kuvaus summary sammendrag resume",
    "kind": "kind type art typ slag tipo",
    "language": "language sprog sprak lang idioma langue kieli",
    "submitted_at": "date dato datum created created_at submitted submitted_at innsendt indsendt "
    "inskickad opprettet oprettet skapad fecha fecha_creacion published",
    "support_count": "support supports votes stemmer roster signatures underskrifter cached_votes "
    "cached_votes_up votos stotte stottes likes",
    "source_address": "url address link lenke lank website webside nettside webbplats enlace",
    "visibility": "visibility synlighed synlighet",
    "digital_element": "digital digital_element",
    "summary": "summary description beskrivelse beskrivning text tekst sammendrag",
    "organisation": "organisation organization responsible_organisation owner eier ejer",
    "organisation_country": "country land pais pays",
    "published_at": "published published_at date dato datum updated date_updated",
    "official_code": "code kode kod kommunenummer kommunekode kommun_kod kommunkod lau_code",
    "name": "name navn namn kommunenavn kommunnamn kommun kommune lau_name_national",
    "short_name": "short_name kortnavn kortnamn abbreviation",
    "country": "country land cc",
    "inhabitants": "population inhabitants folketall folketal folkmangd befolkning innbyggere "
    "indbyggere invanare",
    "email_domain": "email_domain domain domene domane",
}
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")
_MARKUP = re.compile(r"</?(p|br|div|li|ul|ol|strong|em|b|i|a|span|h[1-6])\b[^>]*>", re.IGNORECASE)


def guess_map(
    columns: Sequence[str],
    samples: Sequence[dict[str, str]],
    *,
    kind: str,
    constants: dict[str, str],
) -> FieldMap:
    """A first proposal; `constants` fill the fields that no column was found for."""
    known = KINDS[kind]
    rules: dict[str, Rule] = {}
    free = list(columns)
    for key in known.fields:
        if (column := _column_for(key, free)) is not None:
            free.remove(column)
            cells = [row.get(column, "") for row in samples]
            rules[key] = _rule(column, cells, sort=known.fields[key].sort)
    for key, value in constants.items():
        if value and key in known.fields and key not in rules:
            rules[key] = Rule(constant=value)
    return FieldMap(known, rules)


def plain_header(column: str) -> str:
    """A header in small letters without accents; blanks and hyphens become _."""
    folded = column.casefold().replace("ø", "o").replace("æ", "ae").replace("å", "a")
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _column_for(key: str, columns: Sequence[str]) -> str | None:
    words = [key, *HEADERS.get(key, "").split()]
    plain = {column: plain_header(column) for column in columns}
    for word in words:
        for column, header in plain.items():
            if header == word:
                return column
    for word in words:
        for column, header in plain.items():
            if len(word) > 3 and header.startswith(f"{word}_"):
                return column
    return None


def _rule(column: str, cells: Sequence[str], *, sort: str) -> Rule:
    parts = (f"{{{column}}}",)
    if sort in ("line", "text"):
        return Rule(parts=parts, html=any(_MARKUP.search(cell) for cell in cells))
    if sort == "moment":
        return Rule(parts=parts, date=guess_date([cell for cell in cells if cell.strip()]))
    return Rule(parts=parts)


def guess_date(cells: Sequence[str]) -> tuple[str, ...]:
    """The one way of writing dates that fits all cells; none where several or no way fits."""
    fitting = [pattern for pattern in DATES if cells and all(_fits(c, pattern) for c in cells)]
    return (fitting[0],) if len(fitting) == 1 else ()


def _fits(cell: str, pattern: str) -> bool:
    try:
        datetime.strptime(cell.strip(), pattern)  # noqa: DTZ007  only whether it fits
    except ValueError:
        return False
    return True
