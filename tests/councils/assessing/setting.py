"""A round in Fjordvik, and members who assess in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from loype.councils.assessing.actions import (
    close_round,
    compare_cases,
    declare_interests,
    hand_in_assessment,
    open_round,
    profile_from_pack,
    score_case,
)
from loype.councils.assessing.actions.assessing import own_pairs
from loype.councils.assessing.packs import DEFAULT_PACK
from loype.councils.models import Assessment, Case, Criterion, Profile, Round, Sheet
from loype.organisations.models import Organisation
from tests.cast import TODAY, World
from tests.trail_world import idea_of

MEMBERS = ("bo", "cai", "fia")


def cases_of(world: World, *titles: str, by: str = "ada", **more: Any) -> list[Case]:
    """Cases in the queue of the organisation of whoever hands them in."""
    return [Case.objects.get(idea=idea_of(world, text=title, by=by, **more)) for title in titles]


def organisation_of(world: World, name: str) -> Organisation:
    """Where somebody works."""
    home = world.actor(name).organisation_id
    return next(one for one in world.organisations.values() if one.pk == home)


def opened(
    world: World, cases: Sequence[Case], *, by: str = "bo", profile: Profile | None = None,
    **more: Any,
) -> Round:  # fmt: skip
    """A round over cases, with the shipped profile unless another is named."""
    actor, organisation = world.actor(by), organisation_of(world, by)
    profile = profile or profile_from_pack(organisation, pack=DEFAULT_PACK, actor=actor, at=TODAY)
    more.setdefault("seed", 7)
    return open_round(
        organisation, name="Vår 2026", cases=cases, profile=profile, actor=actor, at=TODAY, **more
    )


def begun(world: World, round: Round, name: str, interests: Mapping[int, str] = {}) -> Assessment:
    """A member who has declared what interests they have."""
    return declare_interests(round, interests=interests, actor=world.actor(name), at=TODAY)


def gives(
    world: World, round: Round, name: str, points: Mapping[Case, Sequence[int] | int],
    *, hands_in: bool = True,
) -> Assessment:  # fmt: skip
    """A member gives each case points, one number for all criteria or one for each."""
    actor = world.actor(name)
    assessment = begun(world, round, name)
    criteria = list(Criterion.objects.filter(profile=round.profile))
    for sheet in Sheet.objects.filter(assessment=assessment, has_interest=False):
        said = points[sheet.round_case.case]
        row = [said] * len(criteria) if isinstance(said, int) else said
        told = {one.pk: value for one, value in zip(criteria, row, strict=True)}
        score_case(sheet, points=told, actor=actor, at=TODAY)
    if hands_in:
        assessment = hand_in_assessment(assessment, actor=actor, at=TODAY)
    return assessment


def compares(world: World, round: Round, name: str, order: Sequence[Case]) -> Assessment:
    """A member who would always rather have what comes first in an order."""
    actor, assessment = world.actor(name), begun(world, round, name)
    place = {case.pk: number for number, case in enumerate(order)}
    for first, second in own_pairs(assessment):
        better = "first" if place[first.case_id] < place[second.case_id] else "second"
        compare_cases(
            assessment, first=first, second=second, preferred=better, actor=actor, at=TODAY
        )
    return hand_in_assessment(assessment, actor=actor, at=TODAY)


def closed(world: World, round: Round, *, by: str = "bo") -> Round:
    """The round, ended."""
    return close_round(round, actor=world.actor(by), at=TODAY)


def assessed(world: World, *titles: str, points: Sequence[int]) -> Round:
    """A closed round in which all members agree on points for each case."""
    cases = cases_of(world, *titles)
    round = opened(world, cases)
    for name in MEMBERS:
        gives(world, round, name, dict(zip(cases, points, strict=True)))
    return closed(world, round)
