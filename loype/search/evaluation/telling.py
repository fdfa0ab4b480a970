"""The figures in words: for a terminal, or as a table for `docs/search.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from loype.search.evaluation.duplicates import Duplicates
from loype.search.evaluation.evaluating import BASELINES, OURS, Compared, Report
from loype.search.evaluation.figures import Figures

NAMES = {
    OURS: "Løype",
    "bm25": "BM25, stemmed",
    "char": "runs of 3 to 5 letters",
    "raw": "the bare model",
}
COLUMNS = ("hit@1", "hit@5", "hit@10", "recall@10", "mrr")
Row = Sequence[str]


def told(report: Report) -> Iterator[tuple[str, Sequence[Row]]]:
    """Titles with tables; the first row of each holds the names of the columns."""
    yield "Title and text", list(_methods(report.full, report.baselines))
    yield "Title only", list(_methods(report.title, report.title_baselines))
    yield "Pairs called alike", list(_bands(report.duplicates))
    yield "By languages, title and text", list(_languages(report.full_by_languages))
    yield "By languages, title only", list(_languages(report.title_by_languages))


def compared(found: Iterable[Compared]) -> Iterator[tuple[str, Sequence[Row]]]:
    """A table for each task, the methods beneath one another."""
    for together in found:
        for name, methods in together.figures.items():
            others = {method: one for method, one in methods.items() if method != OURS}
            yield name, list(_methods(methods[OURS], others))
        if together.duplicates:
            yield "pairs called alike", list(_bands(together.duplicates))


def agreed(name: str, found: Mapping[str, float]) -> tuple[str, Sequence[Row]]:
    """How far each method agrees with people."""
    rows = [(NAMES[method], f"{value:.3f}") for method, value in found.items()]
    return name, [("", "Spearman"), *rows]


def as_text(tables: Iterator[tuple[str, Sequence[Row]]]) -> Iterator[str]:
    """For a terminal: columns under one another."""
    for title, rows in tables:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        yield title
        for row in rows:
            cells = [row[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            yield ("  " + "  ".join(cells)).rstrip()
        yield ""


def as_markdown(tables: Iterator[tuple[str, Sequence[Row]]]) -> Iterator[str]:
    """For a page of the documentation."""
    for title, (head, *rows) in tables:
        yield f"**{title}**"
        yield ""
        yield _line(head)
        yield _line(["---", *(["---:"] * (len(head) - 1))])
        yield from map(_line, rows)
        yield ""


def _line(cells: Row) -> str:
    return f"| {' | '.join(cells)} |"


def _methods(ours: Figures, others: Mapping[str, Figures]) -> Iterator[Row]:
    yield ("", *COLUMNS, "questions")
    yield (NAMES[OURS], *_cells(ours))
    for name in BASELINES:
        if name in others:
            yield (NAMES[name], *_cells(others[name]))


def _languages(found: Mapping[tuple[str, str], Figures]) -> Iterator[Row]:
    yield ("", *COLUMNS, "questions")
    for (asking, answering), one in found.items():
        yield (f"{asking} finds {answering}", *_cells(one))


def _cells(figures: Figures) -> Row:
    shares = figures.as_json()
    return (*(f"{shares[name]:.3f}" for name in COLUMNS), str(figures.questions))


def _bands(found: Duplicates) -> Iterator[Row]:
    yield ("", "precision", "recall", "pairs called", "true pairs")
    for name, one in (("the same", found.same), ("the same or similar", found.similar)):
        yield (
            name, f"{one.precision:.3f}", f"{one.recall:.3f}", str(one.pairs),
            str(found.true_pairs),
        )  # fmt: skip
    share = f"{found.near_called_same:.3f}"
    yield ("another need, called the same", share, "", "", f"{found.near_texts} texts")
