"""One evaluation: our search and the simpler methods on the same texts and questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from loype.search.embedding import EmbeddingUnavailable
from loype.search.evaluation.bare import bare_embedder
from loype.search.evaluation.baselines import BareModel, Letters, Words
from loype.search.evaluation.duplicates import Duplicates, duplicates
from loype.search.evaluation.engine import engine_over
from loype.search.evaluation.figures import Figures
from loype.search.evaluation.reading import Entry
from loype.search.evaluation.tasks import Method, Task, answer, same_need
from loype.search.finding import can_read_meaning

OURS = "loype"
BASELINES = ("bm25", "char", "raw")
LanguagePair = tuple[str, str]


@dataclass(frozen=True)
class Report:
    """Everything that one file told."""

    full: Figures
    title: Figures
    full_by_languages: Mapping[LanguagePair, Figures]
    title_by_languages: Mapping[LanguagePair, Figures]
    duplicates: Duplicates
    baselines: Mapping[str, Figures] = field(default_factory=dict)
    title_baselines: Mapping[str, Figures] = field(default_factory=dict)
    by_meaning: bool = True

    def as_json(self) -> dict[str, Any]:
        """The figures as one object; a method that could not be asked is null."""
        found = {name: self.baselines.get(name) for name in BASELINES}
        return {
            "full": self.full.as_json(),
            "title": self.title.as_json(),
            "duplicates": self.duplicates.as_json(),
            "baselines": {name: one.as_json() if one else None for name, one in found.items()},
        }


def evaluate(entries: Sequence[Entry]) -> Report:
    """Ask every text that has others saying the same, whole and by its title alone."""
    full = same_need(entries, title_only=False)
    title = same_need(entries, title_only=True)
    with engine_over(entries) as engine:
        whole, by_title = answer(full, engine), answer(title, engine)
        found = duplicates(entries, engine)
    return Report(
        full=whole.figures(),
        title=by_title.figures(),
        full_by_languages=whole.by_languages(),
        title_by_languages=by_title.by_languages(),
        duplicates=found,
        by_meaning=can_read_meaning(),
        **_baselines(full, title),
    )


def _baselines(full: Task, title: Task) -> dict[str, dict[str, Figures]]:
    with baselines_over(full.texts) as methods:
        return {
            "baselines": {name: answer(full, one).figures() for name, one in methods.items()},
            "title_baselines": {
                name: answer(title, one).figures() for name, one in methods.items()
            },
        }


@dataclass(frozen=True)
class Compared:
    """The figures of each task by each method; what calling pairs alike is worth, where asked."""

    figures: dict[str, dict[str, Figures]]
    duplicates: Duplicates | None = None


def compare(tasks: Sequence[Task]) -> Iterator[Compared]:
    """Our search and the simpler methods, for tasks over the same texts together."""
    for together in _over_the_same(tasks):
        texts = together[0].texts
        with engine_over(texts) as engine, baselines_over(texts) as baselines:
            methods: dict[str, Method] = {OURS: engine, **baselines}
            yield Compared(
                {
                    task.name: {name: answer(task, one).figures() for name, one in methods.items()}
                    for task in together
                },
                duplicates(texts, engine, only_related=True)
                if any(entry.relation == "same" for entry in texts)
                else None,
            )


@contextmanager
def baselines_over(texts: Sequence[Entry]) -> Iterator[dict[str, Method]]:
    """The simpler methods; the bare model only where there is one."""
    words = [entry.full for entry in texts]
    languages = [entry.language for entry in texts]
    methods: dict[str, Method] = {
        "bm25": Words(words, languages=languages),
        "char": Letters(words, languages=languages),
    }
    with bare_embedder() as embedder:
        if embedder is not None:
            with suppress(EmbeddingUnavailable):
                methods["raw"] = BareModel(words, embedder=embedder)
        yield methods


def _over_the_same(tasks: Sequence[Task]) -> list[list[Task]]:
    together: dict[int, list[Task]] = {}
    for task in tasks:
        together.setdefault(id(task.texts), []).append(task)
    return list(together.values())
