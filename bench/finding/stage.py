"""`python -m bench.finding.stage`: asks one filled database everything, and says what it took."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django

from loype.config.database import ensure_running

TYPED = (12, 16, 20, 24, 32)
"""How much of a title stands there each time search is asked while somebody types."""
MOST_TYPED = 300
SIZES = """
SELECT c.relname, pg_relation_size(c.oid) / 1e6 FROM pg_class c
WHERE c.relname LIKE 'search_text%%' OR c.relname LIKE 'search_vector%%'
    OR c.relname LIKE 'bench_plain%%' ORDER BY 2 DESC
"""


def main(most: int, others: bool) -> None:
    """Measure and print one JSON object."""
    ensure_running()
    django.setup()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    from bench.finding.material import questions
    from bench.finding.readers import readers
    from loype.search.meaning import current_meaning
    from loype.search.vectors import current_number

    meaning = current_meaning()
    if meaning is None or current_number(meaning.name) is None:
        raise SystemExit("The model or its calibration has changed meanwhile: run it again.")
    asked, people = questions()[:most], readers()
    told: dict[str, Any] = {"before_model_mb": _resident()}
    _warm_up(asked, people)
    told["embed_title_cpu_ms"] = _embedding([title for title, _ in asked])
    told["sizes_mb"] = _sizes()
    told["readers"] = {one.name: _for_reader(one, asked) for one in people}
    told["after_mb"] = _resident()
    told["load"] = _load(asked)
    if others:
        told["others"] = _others(asked, people)
    answers.write(json.dumps(told) + "\n")
    answers.flush()


def _for_reader(reader: Any, asked: Sequence[tuple[str, str]]) -> dict[str, Any]:
    from bench.finding.clock import asked_all
    from bench.finding.recall import recall

    whole = [f"{title}. {text}" for title, text in asked]
    titles = [title for title, _ in asked]
    return {
        "readable": _readable(reader),
        "find": asked_all(_finding(reader, titles)),
        "find_alike": asked_all(_finding_alike(reader, whole)),
        "typing": asked_all(_typing(reader, titles, by_meaning=True)),
        "typing_words_only": asked_all(_typing(reader, titles, by_meaning=False)),
        "find_filtered": asked_all(_filtered(reader, titles)),
        **recall(reader, whole),
        "narrowed": recall(reader, whole, narrowed=True),
    }


def _finding(reader: Any, texts: Sequence[str]) -> list[Callable[[], object]]:
    from loype.search.finding import find

    _forget()
    return [lambda text=text: find(text, actor=reader.actor, language="nb") for text in texts]


def _finding_alike(reader: Any, texts: Sequence[str]) -> list[Callable[[], object]]:
    from loype.search.finding import find_alike

    _forget()
    return [lambda text=text: find_alike(text, actor=reader.actor, language="nb") for text in texts]


def _filtered(reader: Any, texts: Sequence[str]) -> list[Callable[[], object]]:
    from bench.finding.recall import NARROWED
    from loype.search.finding import Filters, find

    _forget()
    only = Filters(
        languages=frozenset(NARROWED["language"]), years=frozenset(map(int, NARROWED["year"]))
    )
    return [lambda text=text: find(text, actor=reader.actor, filters=only) for text in texts]


def _typing(reader: Any, titles: Sequence[str], *, by_meaning: bool) -> list[Callable[[], object]]:
    from loype.search.finding import find_alike

    _forget()
    typed = list(dict.fromkeys(title[:signs] for title in titles for signs in TYPED))[:MOST_TYPED]
    return [
        lambda text=text: find_alike(
            text, actor=reader.actor, limit=5, language="nb", by_meaning=by_meaning
        )
        for text in typed
    ]


def _others(asked: Sequence[tuple[str, str]], people: Sequence[Any]) -> dict[str, Any]:
    from bench.finding.others import full_text_alone, tantivy_alone

    titles = [title for title, _ in asked]
    return {
        "full_text": {one.name: full_text_alone(one, titles) for one in people},
        "tantivy": tantivy_alone(people, titles),
    }


def _embedding(titles: Sequence[str]) -> float:
    """What a title takes to embed, by the processor: tells how quick this machine is just now."""
    from statistics import median

    from bench.finding.clock import timed
    from loype.search.embedding import current_embedder

    embedder = current_embedder()
    assert embedder is not None
    return median(timed(lambda title=title: embedder.embed([title])).own_cpu for title in titles)


def _load(asked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Addresses of searches, with the cookie of somebody who reads two of a hundred texts."""
    from django.conf import settings
    from django.test import Client

    from bench.finding.readers import USUAL, organisation_ids
    from bench.site import BACKEND
    from loype.accounts.models import Person
    from loype.organisations.models import Membership

    person, is_new = Person.objects.get_or_create(email="a@bench.example", name="Somebody")
    if is_new:
        Membership.objects.create(
            person=person, organisation_id=organisation_ids()[USUAL], role="employee",
            from_date=date(2026, 1, 1),
        )  # fmt: skip
    client = Client()
    client.force_login(person, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={client.cookies[name].value}"
    return [(f"/search/?q={quote(title)}", cookie) for title, _ in asked]


def _warm_up(asked: Sequence[tuple[str, str]], people: Sequence[Any]) -> None:
    from loype.search.finding import find_alike

    for title, text in asked[:20]:
        for one in people:
            find_alike(f"{text} {title}", actor=one.actor)


def _forget() -> None:
    """Let go of the vectors of earlier questions, so that each is made anew."""
    from loype.search.meaning import _of_question

    _of_question.cache_clear()


def _readable(reader: Any) -> int:
    from loype.search.models import SearchText

    return SearchText.objects.visible_to(reader.actor).count()


def _sizes() -> dict[str, float]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        return {name: float(size) for name, size in cursor.fetchall() if size}


def _resident() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] == "others")
