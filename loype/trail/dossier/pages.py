"""The pages of a dossier: plain HTML that any browser and screen reader opens, for decades."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext as _, pgettext

from loype.trail.dossier.gathering import Chapter, Dossier, Entry
from loype.trail.dossier.history import Act

STYLE = """
body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c2330; background: #fff; }
h1, h2, h3 { line-height: 1.25; }
nav ol, ol.rows { padding-left: 1.4rem; }
dl { display: grid; grid-template-columns: minmax(9rem, auto) 1fr; gap: .2rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
article { border-top: 1px solid #8a93a3; padding-top: .5rem; margin-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0;
  border-bottom: 1px solid #c5cbd6; overflow-wrap: anywhere; }
.sum { font-family: ui-monospace, monospace; font-size: .8rem; }
@media (prefers-color-scheme: dark) { body { color: #e8ebf1; background: #15181f; }
  a { color: #9db8ff; } }
@media print { body { margin: 0; max-width: none; } }
"""


def day_and_time(moment: object) -> str:
    """A moment as people read it."""
    local = localtime(moment)  # type: ignore[arg-type]
    return f"{date_format(local, pgettext('a date', 'j F Y'))} {local:%H:%M}"


def whole_page(*, title: str, body: SafeString, home: bool = False) -> str:
    """A complete page with its language, its title and one main part."""
    back = (
        mark_safe("")
        if home
        else format_html('<p><a href="index.html">{}</a></p>', _("To the contents"))
    )
    return format_html(
        '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}<main>\n{}\n</main>\n</body>\n"
        "</html>\n",
        get_language() or "en",
        title,
        mark_safe(STYLE),  # noqa: S308  our own constant
        back,
        body,
    )


def chapter_page(chapter: Chapter, *, dossier: Dossier) -> str:
    """One chapter: its rows one under the other."""
    body = format_html(
        "<h1>{}</h1>\n{}",
        chapter.title,
        format_html_join("\n", "{}", ((_entry(one, dossier=dossier),) for one in chapter.entries)),
    )
    return whole_page(title=f"{chapter.title} – {dossier.number}", body=body)


def _entry(entry: Entry, *, dossier: Dossier) -> SafeString:
    facts = format_html_join("", "<dt>{}</dt><dd>{}</dd>\n", entry.facts)
    texts = format_html_join(
        "",
        '<h3>{}</h3>\n<div lang="{}">{}</div>\n',
        (
            (label, dossier.language, mark_safe(linebreaks(text, autoescape=True)))  # noqa: S308
            for label, text in entry.texts
        ),
    )
    return format_html(
        '<article id="{}-{}">\n<h2>{}</h2>\n{}{}</article>',
        entry.kind, entry.id, entry.title, texts,
        format_html("<dl>\n{}</dl>\n", facts) if entry.facts else "",
    )  # fmt: skip


def history_page(acts: Iterable[Act], *, dossier: Dossier) -> str:
    """Everything that happened, in a table."""
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n',
        ((day_and_time(one.at), one.title, one.who, one.reason) for one in acts),
    )
    title = _("What happened, in order")
    body = format_html(
        "<h1>{}</h1>\n<table>\n<caption>{}</caption>\n<thead><tr>"
        '<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead>\n<tbody>\n{}</tbody>\n</table>',
        title, _("Oldest first"), _("When"), _("What"), _("Who"), _("Why"), rows,
    )  # fmt: skip
    return whole_page(title=f"{title} – {dossier.number}", body=body)


def contents_page(
    dossier: Dossier, *, pages: list[tuple[str, str, int]], files: list[dict[str, object]]
) -> str:
    """The first page: whose case it is, who took it out when, and what is in it."""
    parts = format_html_join(
        "\n", '<li><a href="{}">{}</a> ({})</li>', ((path, title, n) for path, title, n in pages)
    )
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td class="sum">{}</td></tr>\n',
        (
            (
                format_html('<a href="{}">{}</a>', one["path"], one["title"])
                if one["path"]
                else one["title"],
                one["what"], one["size"], one["sha256"],
            )
            for one in files
        ),
    )  # fmt: skip
    table = (
        format_html(
            '<h2>{}</h2>\n<table>\n<thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
            '<th scope="col">{}</th><th scope="col">SHA-256</th></tr></thead>\n'
            "<tbody>\n{}</tbody>\n</table>",
            _("Files"), _("Name"), _("What it is"), _("Bytes"), rows,
        )
        if files
        else ""
    )  # fmt: skip
    body = format_html(
        '<p>{}</p>\n<h1 lang="{}">{}</h1>\n<dl>\n<dt>{}</dt><dd>{}</dd>\n<dt>{}</dt><dd>{}</dd>\n'
        "<dt>{}</dt><dd>{}</dd>\n</dl>\n<nav>\n<h2>{}</h2>\n<ol>\n{}\n</ol>\n</nav>\n{}\n"
        "<h2>{}</h2>\n<p>{}</p>",
        _("Dossier of case %(number)s") % {"number": dossier.number},
        dossier.language, dossier.title,
        _("Organisation"), dossier.organisation,
        _("Taken out"), day_and_time(dossier.made_at),
        _("It holds what may be seen by"), dossier.for_whom,
        _("Contents"), parts, table,
        _("Is anything changed?"),
        _(
            "The file SHA256SUMS holds a sum of every file here. The command “sha256sum -c "
            "SHA256SUMS” compares them. The file index.json tells the same to a machine."
        ),
    )  # fmt: skip
    return whole_page(title=f"{dossier.number} {dossier.title}", body=body, home=True)
