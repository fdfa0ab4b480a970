"""A letter as plain text and as HTML that mail programs show well; no templates, no pictures."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH = 72  # of a rule in plain text


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    words: str
    url: str


@dataclass(frozen=True)
class Piece:
    """One thing that is told: what happened, what it means, when, and where to read on."""

    headline: str
    url: str
    more: str = ""
    when: str = ""


@dataclass(frozen=True)
class Part:
    """Pieces of one kind under their heading."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What somebody gets by mail."""

    language: str
    sender: str
    subject: str
    opening: str
    parts: tuple[Part, ...]
    read_on: str
    closing: str = ""
    links: tuple[Link, ...] = ()
    colour: str = "#005b6b"


def as_text(letter: Letter) -> str:
    """The letter for those who read plain text; every link is written out."""
    lines = [letter.opening]
    for part in letter.parts:
        if part.title:
            lines.append(f"{part.title.upper()}\n{'-' * min(len(part.title), WIDTH)}")
        lines += [_piece_as_text(piece) for piece in part.pieces]
    lines.append(f"-- \n{letter.closing}".rstrip())
    lines += [f"{link.words}:\n{link.url}" for link in letter.links]
    return "\n\n".join(line for line in lines if line) + "\n"


def _piece_as_text(piece: Piece) -> str:
    return "\n".join(line for line in (piece.headline, piece.more, piece.when, piece.url) if line)


# Mail programs know tables and styles on the element; what is in <style> is a bonus: the dark look.
_DARK = mark_safe(
    "@media (prefers-color-scheme: dark) {"
    "body,.page{background:#14181b!important}.sheet{background:#1e2427!important}"
    ".ink,.ink a{color:#eef1f2!important}.soft,.soft a{color:#b6c0c4!important}"
    ".rule{border-color:#3a4449!important}}"
)
_FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

_PAGE = """<!doctype html>
<html lang="{language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{subject}</title>
<style>{dark}</style>
</head>
<body style="margin:0;padding:0;background:#f2f4f5">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" \
style="background:#f2f4f5"><tr><td align="center" style="padding:24px 12px">
<div role="main">
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" \
style="max-width:600px;background:#ffffff;border-top:4px solid {colour};{font}">
<tr><td class="soft" style="padding:20px 24px 0;font-size:14px;line-height:20px;color:#4a5559">\
{sender}</td></tr>
<tr><td class="ink" style="padding:8px 24px 0;color:#1c2326">
<h1 style="margin:0;font-size:22px;line-height:30px;font-weight:600">{subject}</h1>
{opening}</td></tr>
{parts}
<tr><td class="soft rule" style="padding:16px 24px 24px;font-size:14px;line-height:20px;\
color:#4a5559;border-top:1px solid #d5dbde">{closing}{links}</td></tr>
</table></div></td></tr></table>
</body>
</html>
"""


def as_html(letter: Letter) -> str:
    """The letter as a page of its own: one column that also fits a phone, light and dark."""
    return format_html(
        _PAGE,
        language=letter.language,
        subject=letter.subject,
        dark=_DARK,
        colour=letter.colour,
        font=mark_safe(_FONT),  # noqa: S308  fixed text of ours
        sender=letter.sender,
        opening="" if letter.opening == letter.subject else _paragraph(letter.opening, size=16),
        parts=format_html_join(
            "\n", "{}", ((_part(part, read_on=letter.read_on),) for part in letter.parts)
        ),
        closing=_paragraph(letter.closing, size=14),
        links=format_html_join(
            "",
            '<p style="margin:8px 0 0"><a href="{}" style="color:#4a5559">{}</a></p>',
            ((link.url, link.words) for link in letter.links),
        ),
    )


def _part(part: Part, *, read_on: str) -> SafeString:
    title = format_html(
        '<h2 style="margin:0 0 4px;font-size:14px;line-height:20px;font-weight:600" '
        'class="soft">{}</h2>',
        part.title,
    )
    pieces = format_html_join(
        "", "{}", ((_piece_as_html(piece, read_on=read_on),) for piece in part.pieces)
    )
    return format_html(
        '<tr><td class="ink" style="padding:20px 24px 0;color:#1c2326">{}{}</td></tr>',
        title if part.title else "",
        pieces,
    )


def _piece_as_html(piece: Piece, *, read_on: str) -> SafeString:
    headline = format_html(
        '<p style="margin:0;font-size:17px;line-height:26px;font-weight:600">{}</p>',
        piece.headline,
    )
    when = format_html(
        '<p class="soft" style="margin:2px 0 0;font-size:14px;line-height:20px;color:#4a5559">'
        "{}</p>",
        piece.when,
    )
    return format_html(
        '<div style="padding:0 0 16px">{}{}{}<p style="margin:6px 0 0;font-size:16px;'
        'line-height:24px"><a href="{}" style="color:inherit">{}</a></p></div>',
        headline if piece.headline else "",
        _paragraph(piece.more, size=16),
        when if piece.when else "",
        piece.url,
        read_on,
    )


def _paragraph(words: str, *, size: int) -> SafeString:
    """Words with their line breaks; nothing where there are none."""
    if not words:
        return SafeString("")
    lines = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in words.split("\n")))
    return format_html(
        '<p style="margin:6px 0 0;font-size:{}px;line-height:{}px">{}</p>', size, size + 8, lines
    )
