"""Reads elections in the .pb format of Pabulib, for tests and measuring only."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from loype.councils.sums import Election

SECTIONS = ("META", "PROJECTS", "VOTES")


@dataclass(frozen=True)
class Read:
    """An election with the names that its file gives."""

    names: list[str]  # of the projects, as they stand
    by_name: list[int]  # the projects in the order of their names
    scores: list[float | None]  # the file's own total of points
    selected: list[str] | None  # what the city chose
    meta: dict[str, str]
    election: Election

    def named(self, chosen: tuple[int, ...]) -> list[str]:
        """The names of the chosen, sorted."""
        return sorted(self.names[one] for one in chosen)


def read(path: Path) -> Read:
    """Read one file."""
    parts: dict[str, list[list[str]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        section = ""
        for row in csv.reader(file, delimiter=";"):
            if len(row) == 1 and row[0].strip() in SECTIONS:
                section = row[0].strip()
            elif row:
                parts.setdefault(section, []).append(row)
    meta = {row[0].strip(): row[1].strip() for row in parts["META"][1:]}
    projects, votes = _rows(parts["PROJECTS"]), _rows(parts["VOTES"])
    names = [project["project_id"] for project in projects]
    kind = meta["vote_type"].replace("-", "_")
    has_choice = "selected" in projects[0]
    return Read(
        names=names,
        by_name=sorted(range(len(names)), key=lambda one: names[one]),
        scores=[float(one["score"]) if "score" in one else None for one in projects],
        selected=sorted(one["project_id"] for one in projects if one["selected"] == "1")
        if has_choice
        else None,
        meta=meta,
        election=Election(
            costs=[Decimal(project["cost"]) for project in projects],
            budget=Decimal(meta["budget"].replace(",", ".")),
            ballots=[_ballot(vote, names, kind) for vote in votes],
            kind=kind,  # type: ignore[arg-type]
        ),
    )


def _rows(rows: list[list[str]]) -> list[dict[str, str]]:
    heads = [head.strip() for head in rows[0]]
    return [dict(zip(heads, row, strict=False)) for row in rows[1:]]


def _ballot(vote: dict[str, str], names: list[str], kind: str) -> list[float]:
    """What one voter says about each project: 1, points, or its place."""
    named = [name for name in vote["vote"].split(",") if name]
    if kind in ("cumulative", "scoring"):
        said = [float(points) for points in vote["points"].split(",")]
    elif kind == "ordinal":
        said = [float(place) for place in range(1, len(named) + 1)]
    else:
        said = [1.0] * len(named)
    given = dict(zip(named, said, strict=True))
    return [given.get(name, 0.0) for name in names]
