"""The development sets that lie beside the project, each read into questions."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from loype.search.evaluation.reading import Entry, read_file
from loype.search.evaluation.tasks import Question, Task, same_need

IDEA_LANGUAGES = ("da", "nb", "sv", "en", "nn")
TERM_PAIRS = (("da", "nb"), ("da", "sv"), ("nb", "sv"), ("da", "en"), ("sv", "en"))
TATOEBA = {"da": "dan", "nb": "nob", "nn": "nno", "sv": "swe"}
ASIDE = 1_000
"""How many texts of each language stand beside the 250 ideas, to be found by mistake."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of sentences with how alike people found them."""

    name: str
    language: str
    pairs: Sequence[tuple[str, str]]
    alike: Sequence[float]


Reader = Callable[[Path], list[Task]]


def nordic_ideas(data: Path) -> list[Task]:
    """The same need in other words, five languages: the hard set."""
    entries, bad = read_file(data / "nordic-ideas-dev" / "ideas.jsonl")
    if bad:
        raise ValueError("; ".join(bad))
    return [
        _named("hard set, full", same_need(entries, title_only=False)),
        _named("hard set, title", same_need(entries, title_only=True)),
    ]


def gold_ideas(data: Path) -> list[Task]:
    """50 ideas in five languages among 5,000 other texts; whole and by title."""
    entries = [*_gold(data), *_others(data)]
    return [
        _named("mixed, full idea", same_need(entries, title_only=False)),
        _named("mixed, title only", same_need(entries, title_only=True)),
    ]


def gold_terms(data: Path) -> list[Task]:
    """100 terms of the public sector, each sought among the 100 of another language."""
    rows = list(_psv(data / "nordic-gold-prototype" / "golden_terms.psv"))
    return [
        _one_to_one(
            f"terms {asking}>{answering}",
            [(row[asking], row[answering]) for row in rows],
            languages=(asking, answering),
        )
        for asking, answering in TERM_PAIRS
    ]


def tatoeba(data: Path) -> list[Task]:
    """1,000 everyday sentences a language, each sought among 1,000 in English."""
    return [
        _one_to_one(
            f"tatoeba {language}>en",
            list(zip(*(_tatoeba(data, name, end) for end in (name, "eng")), strict=True)),
            languages=(language, "en"),
        )
        for language, name in TATOEBA.items()
    ]


def swefaq(data: Path) -> list[Task]:
    """Questions to Swedish authorities, each sought among the answers of its page."""
    texts: list[Entry] = []
    known: dict[tuple[str, ...], int] = {}
    questions = []
    for line in (data / "sv-swefaq" / "swefaq_dev.jsonl").read_text("utf-8").splitlines():
        told = json.loads(line)
        answers = tuple(told["candidate_answers"])
        if answers not in known:
            known[answers] = len(texts)
            texts += [_entry(len(texts) + number, "sv", one) for number, one in enumerate(answers)]
        begin = known[answers]
        questions.append(
            Question(
                asked=told["question"],
                language="sv",
                wanted=frozenset({begin + int(told["label"])}),
                among=tuple(range(begin, begin + len(answers))),
            )
        )
    return [Task("swefaq", texts, questions)]


def norquad(data: Path) -> list[Task]:
    """Questions on Norwegian articles, each sought among all of them."""
    places: dict[str, int] = {}
    questions = []
    for context, asked in _norquad(data):
        place = places.setdefault(context, len(places))
        questions.append(Question(asked=asked, language="nb", wanted=frozenset({place})))
    texts = [_entry(place, "nb", context) for context, place in places.items()]
    return [Task("norquad", texts, questions)]


def sweparaphrase(data: Path) -> Pairs:
    """Pairs of Swedish sentences, marked from 0 to 5 by people."""
    file = data / "sv-sweparaphrase-sts" / "sweparaphrase_dev.tsv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Pairs(
        name="sweparaphrase",
        language="sv",
        pairs=[(row["sentence_1"], row["sentence_2"]) for row in rows],
        alike=[float(row["label"]) for row in rows],
    )


SETS: dict[str, Reader] = {
    "nordic-ideas-dev": nordic_ideas,
    "nordic-gold-prototype": lambda data: [*gold_ideas(data), *gold_terms(data)],
    "sv-swefaq": swefaq,
    "no-norquad": norquad,
    "tatoeba-nordic": tatoeba,
}
PAIR_SETS = {"sv-sweparaphrase": sweparaphrase}
NAMES = (*SETS, *PAIR_SETS)


# --- reading ------------------------------------------------------------------------------------


def _named(name: str, task: Task) -> Task:
    return Task(name, task.texts, task.questions)


def _entry(number: int, language: str, text: str) -> Entry:
    return Entry(id=str(number), language=language, title="", text=text)


def _gold(data: Path) -> Iterator[Entry]:
    for row in _psv(data / "nordic-gold-prototype" / "golden_ideas.psv"):
        for language in IDEA_LANGUAGES:
            title, _, text = row[language].partition(". ")
            yield Entry(f"{row['id']}-{language}", language, title, text, row["id"], "same")


def _others(data: Path) -> Iterator[Entry]:
    """1,000 other texts of each language: agenda items, articles, answers, petitions, sentences."""
    sources = {
        "da": (_agendas(data), _tatoeba(data, "dan", "dan")),
        "nb": (_articles(data), _tatoeba(data, "nob", "nob")),
        "nn": (_tatoeba(data, "nno", "nno"),),
        "sv": (_authority(data), _tatoeba(data, "swe", "swe")),
        "en": (_petitions(data),),
    }
    for language, parts in sources.items():
        texts = dict.fromkeys(text for part in parts for text in part if text.strip())
        for number, text in enumerate(islice(texts, ASIDE)):
            yield Entry(f"other-{language}-{number}", language, "", text)


def _agendas(data: Path) -> Iterator[str]:
    for row in islice(_csv(data / "danish-council-agendas" / "agendas.csv"), 0, 50_000, 90):
        yield row["text"][:300]


def _articles(data: Path) -> Iterator[str]:
    return (context[:300] for context, _ in _norquad(data))


def _authority(data: Path) -> Iterator[str]:
    for task in swefaq(data):
        yield from (question.asked for question in task.questions)
        yield from (text.text[:300] for text in task.texts)


def _petitions(data: Path) -> Iterator[str]:
    rows = _csv(data / "uk-petitions" / "published_2015-2017.csv")
    return (row["Petition"] for row in islice(rows, 0, 15_000, 14))


def _norquad(data: Path) -> Iterator[tuple[str, str]]:
    file = data / "no-norquad" / "validation_dataset_flattened.json"
    for article in json.loads(file.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                yield paragraph["context"], asked["question"]


def _tatoeba(data: Path, language: str, end: str) -> list[str]:
    file = data / "tatoeba-nordic" / f"tatoeba.{language}-eng.{end}"
    return file.read_text("utf-8").splitlines()


def _one_to_one(name: str, rows: Sequence[tuple[str, str]], *, languages: tuple[str, str]) -> Task:
    asking, answering = languages
    texts = [_entry(place, answering, answer) for place, (_, answer) in enumerate(rows)]
    # The same answer may stand twice: either is right.
    places: dict[str, set[int]] = {}
    for place, (_, answer) in enumerate(rows):
        places.setdefault(answer, set()).add(place)
    questions = [
        Question(asked=asked, language=asking, wanted=frozenset({min(places[answer])}))
        for asked, answer in rows
    ]
    return Task(name, texts, questions)


def _psv(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="|", quoting=csv.QUOTE_NONE)


def _csv(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)
