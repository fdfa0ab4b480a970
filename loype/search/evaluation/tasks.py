"""What is asked of a method: questions, and which of the texts answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Protocol

from loype.search.evaluation.figures import NOT_FOUND, Figures, figures
from loype.search.evaluation.reading import Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Question:
    """One question: the places of the texts that answer it, and of those to choose among."""

    asked: str
    language: str
    wanted: frozenset[int]
    itself: int = -1
    among: tuple[int, ...] = ()
    """All but itself where it is empty."""


class Method(Protocol):
    """Scores every text it knows for a question."""

    def scores(self, asked: str, *, language: str, itself: int) -> NDArray[np.float32]:
        """A number for each text; the lowest number there is where it was not found at all."""


@dataclass(frozen=True)
class Task:
    """Texts and questions."""

    name: str
    texts: Sequence[Entry]
    questions: Sequence[Question]


def same_need(entries: Sequence[Entry], *, title_only: bool) -> Task:
    """Every text of a group asked, whole or by its title, against all other texts."""
    groups: dict[str, set[int]] = {}
    for place, entry in enumerate(entries):
        if entry.relation == "same":
            groups.setdefault(entry.group, set()).add(place)
    questions = [
        Question(
            asked=entry.title if title_only else entry.full,
            language=entry.language,
            wanted=frozenset(groups[entry.group] - {place}),
            itself=place,
        )
        for place, entry in enumerate(entries)
        if entry.relation == "same" and len(groups[entry.group]) > 1
    ]
    return Task("title" if title_only else "full", entries, questions)


@dataclass(frozen=True)
class Answers:
    """What a method answered: for each question the ranks of all texts, from 1."""

    task: Task
    ranks: Sequence[NDArray[np.int64]]

    def figures(self) -> Figures:
        """Over all questions."""
        return figures(
            [
                [int(ranks[place]) for place in question.wanted]
                for question, ranks in zip(self.task.questions, self.ranks, strict=True)
            ]
        )

    def by_languages(self) -> dict[tuple[str, str], Figures]:
        """For each pair of languages, with the answers in other languages taken away."""
        languages = sorted({entry.language for entry in self.task.texts})
        found = {}
        for pair in [*permutations(languages, 2), *((one, one) for one in languages)]:
            if answers := self._between(*pair):
                found[pair] = figures(answers)
        return dict(sorted(found.items()))

    def _between(self, asking: str, answering: str) -> list[list[int]]:
        answers = []
        for question, ranks in zip(self.task.questions, self.ranks, strict=True):
            if question.language != asking:
                continue
            texts = self.task.texts
            kept = {one for one in question.wanted if texts[one].language == answering}
            others = [int(ranks[one]) for one in question.wanted - kept]
            if kept:
                answers.append([_without(int(ranks[one]), others) for one in kept])
        return answers


def _without(rank: int, others: Sequence[int]) -> int:
    """The rank once those others are taken away."""
    return rank if rank == NOT_FOUND else rank - sum(one < rank for one in others)


def answer(task: Task, method: Method) -> Answers:
    """Ask all questions."""
    return Answers(task, [_ranks(question, method) for question in task.questions])


def _ranks(question: Question, method: Method) -> NDArray[np.int64]:
    """The rank of each text; equal scores keep the order of the file."""
    import numpy as np

    scores = method.scores(
        question.asked, language=question.language, itself=question.itself
    ).astype(np.float64)
    allowed = np.zeros(len(scores), dtype=np.bool_)
    allowed[list(question.among) or slice(None)] = True
    if question.itself >= 0:
        allowed[question.itself] = False
    scores = np.where(allowed, scores, -np.inf)
    ranks = np.full(len(scores), NOT_FOUND, dtype=np.int64)
    order = np.argsort(-scores, kind="stable")
    order = order[scores[order] > -np.inf]
    ranks[order] = np.arange(1, len(order) + 1)
    return ranks
