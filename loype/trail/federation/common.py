"""Which needs could be met together: groups of cases that are the same need in several places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NeedCase:
    """A case that has a like elsewhere, as far as one who may read both ideas sees it."""

    case_id: int
    idea_id: int
    title: str
    language: str
    organisation_id: int
    organisation: str
    state: str
    submitted_at: datetime | None
    course: str = ""
    seen: bool = False

    @property
    def is_undecided(self) -> bool:
        """Whether its council may still decide to run it together."""
        return self.state in ("waiting", "on_agenda")

    @property
    def is_joint(self) -> bool:
        """Whether its council decided to run it together with others."""
        return self.course.startswith("inter_municipal")


@dataclass(frozen=True)
class CommonNeed:
    """The same need in several places, the oldest first."""

    cases: tuple[NeedCase, ...]

    @property
    def places(self) -> list[str]:
        """Where, each once."""
        return list(dict.fromkeys(case.organisation for case in self.cases))

    @property
    def undecided(self) -> list[NeedCase]:
        """Those that a council still decides on."""
        return [case for case in self.cases if case.is_undecided]

    @property
    def is_candidate(self) -> bool:
        """Whether it could still be run together: somebody decides yet, and nobody asked so far."""
        return bool(self.undecided) and not any(case.is_joint for case in self.cases)

    @property
    def can_join(self) -> bool:
        """Whether somebody may still join what others decided to run together."""
        return bool(self.undecided) and any(case.is_joint for case in self.cases)

    @property
    def is_undecided_everywhere(self) -> bool:
        """Whether no council has decided yet: the best moment there is."""
        return all(case.is_undecided for case in self.cases)


def grouped(pairs: Iterable[tuple[NeedCase, NeedCase]]) -> list[CommonNeed]:
    """Pairs that share a case make one group; those in most places, then the oldest, come first."""
    known: dict[int, NeedCase] = {}
    groups: dict[int, set[int]] = {}
    for one, other in pairs:
        for case in (one, other):
            if case.seen or case.case_id not in known:
                known[case.case_id] = case
            groups.setdefault(case.case_id, {case.case_id})
        merged = groups[one.case_id] | groups[other.case_id]
        for member in merged:
            groups[member] = merged
    whole = {min(group): group for group in groups.values()}
    found = [
        CommonNeed(tuple(sorted((known[pk] for pk in group), key=_by_age)))
        for group in whole.values()
    ]
    return sorted(
        found,
        key=lambda need: (
            not need.is_candidate, -len(need.places), -len(need.undecided), _by_age(need.cases[0])
        ),
    )  # fmt: skip


def _by_age(case: NeedCase) -> tuple[bool, float, int]:
    moment = case.submitted_at
    return (moment is None, moment.timestamp() if moment else 0.0, case.case_id)
