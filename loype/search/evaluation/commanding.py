"""What `loype search evaluate` does, without the words of a command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from loype.search.embedding import embedder_state
from loype.search.evaluation.evaluating import Report, compare, evaluate
from loype.search.evaluation.likeness import agreement
from loype.search.evaluation.reading import Entry, read_file
from loype.search.evaluation.sets import PAIR_SETS, SETS
from loype.search.evaluation.telling import (
    Row,
    agreed,
    as_markdown,
    as_text,
    compared,
    told,
)
from loype.search.finding import can_read_meaning

Say = Callable[[str], None]
Tables = Iterator[tuple[str, Sequence[Row]]]


def read_files(files: Sequence[Path], *, warn: Say) -> tuple[list[Entry], int]:
    """All texts of the files, and how many lines cannot be used; each such is named."""
    entries: dict[str, Entry] = {}
    count = 0
    for file in files:
        found, bad = read_file(file)
        for line in bad:
            warn(f"{file.name}, {line}; left out")
        count += len(bad)
        for entry in found:
            if entries.setdefault(entry.id, entry) is not entry:
                warn(f"{file.name}: the id {entry.id} stands in another file too; left out")
                count += 1
    return list(entries.values()), count


def evaluated(entries: Sequence[Entry], *, form: str, warn: Say) -> Iterator[str]:
    """The lines that tell how well the texts of a file are found."""
    warn_of_words_alone(warn)
    report: Report = evaluate(entries)
    if form == "json":
        return iter([json.dumps(report.as_json())])
    return _written(told(report), form=form)


def evaluated_sets(names: Sequence[str], *, data: Path, form: str, warn: Say) -> Iterator[str]:
    """The lines that tell how search does on the development sets."""
    warn_of_words_alone(warn)
    for name in names:
        if name in PAIR_SETS:
            marked = PAIR_SETS[name](data)
            yield from _written(iter([agreed(marked.name, agreement(marked))]), form=form)
        else:
            yield from _written(compared(compare(SETS[name](data))), form=form)


def warn_of_words_alone(warn: Say) -> None:
    """Say so where search goes by words alone, and why."""
    if not can_read_meaning():
        state = embedder_state()
        why = str(state.problem) or "There is no calibration for the language model."
        warn(f"Search goes by words alone here. {why}")


def _written(tables: Tables, *, form: str) -> Iterator[str]:
    return as_markdown(tables) if form == "markdown" else as_text(tables)
