"""Minutes as one accessible HTML page that needs nothing beside it."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from loype.councils.minutes.document import Block, Document, Facts, Heading, Paragraph

STYLE = (
    "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:600}"
    "th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    ".table-frame{overflow-x:auto}"
    "dt{font-weight:600}dd{margin:0 0 .5rem}"
)


def page(document: Document) -> str:
    """A whole page, for keeping and for download."""
    return format_html(
        '<!doctype html>\n<html lang="{}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{}</title><style>{}</style></head>\n"
        "<body><main>\n<h1>{}</h1>\n{}\n</main></body>\n</html>\n",
        document.language,
        document.title,
        STYLE,
        document.title,
        body(document),
    )


def body(document: Document) -> SafeString:
    """The blocks alone, to stand in one of our own pages."""
    return format_html_join("\n", "{}", ((_block(block),) for block in document.blocks))


def _block(block: Block) -> SafeString:
    if isinstance(block, Heading):
        # The level is one of our own numbers, never what somebody typed.
        return format_html("<h{}>{}</h{}>", block.level, block.text, block.level)
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Facts):
        pairs = format_html_join("", "<dt>{}</dt><dd>{}</dd>", block.pairs)
        return format_html("<dl>{}</dl>", pairs)
    header = format_html_join("", '<th scope="col">{}</th>', ((cell,) for cell in block.header))
    rows = format_html_join("\n", "<tr>{}</tr>", ((_row(row),) for row in block.rows))
    return format_html(
        '<div class="table-frame" role="group" tabindex="0" aria-label="{}"><table><caption>{}'
        "</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        block.caption,
        block.caption,
        header,
        rows,
    )


def _paragraph(block: Paragraph) -> SafeString:
    lines = format_html_join(SafeString("<br>"), "{}", ((line,) for line in _lines(block.text)))
    if not block.label:
        return format_html("<p>{}</p>", lines)
    return format_html("<p><strong>{}</strong> {}</p>", block.label, lines)


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _row(row: tuple[str, ...]) -> SafeString:
    cells = format_html_join("", "<td>{}</td>", ((cell,) for cell in row[1:]))
    return format_html('<th scope="row">{}</th>{}', row[0], cells)
