"""What one member does in a round: declare interests, assess alone, hand in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.councils.assessing.labels import Preference
from loype.councils.assessing.ordering import member_order, pairs_to_compare
from loype.councils.assessing.rules import can_assess
from loype.councils.assessing.seats import spoken_before
from loype.councils.models import (
    Assessment,
    Comparison,
    Criterion,
    CriterionWeight,
    Round,
    RoundCase,
    Score,
    Sheet,
)
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor


@transaction.atomic
def declare_interests(
    round: Round, *, interests: Mapping[int, str], actor: Actor, at: datetime
) -> Assessment:
    """Say for every case of a round whether one has an interest in it; then one may assess.

    `interests` has the interest in words by round case; what is not named is declared free of any.
    """
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if not can_assess(actor, round):
        raise NotAllowed(_("Only those who sit on the council assess."))
    if round.state != "open":
        raise WrongMoment(_("The round is closed."))
    found = Assessment.objects.filter(round=round, person=actor.signed_in_id).first()
    if found is not None:
        return found
    _refuse_second_voice(round, actor=actor, at=at)
    cases = list(RoundCase.objects.filter(round=round))
    told = {key: clean_text(words) for key, words in interests.items()}
    problems = {
        f"interest_{key}": _("Say what your interest is.") for key, words in told.items()
        if not words
    }  # fmt: skip
    if problems or set(told) - {one.pk for one in cases}:
        raise BadInput(problems or {"interests": _("Choose cases of this round.")})
    assessment = Assessment.objects.create(
        round=round, person_id=actor.signed_in_id, declared_at=at
    )
    order = member_order(
        cases, rule=round.order_rule, seed=round.seed, person_id=actor.signed_in_id
    )
    Sheet.objects.bulk_create(
        Sheet(
            assessment=assessment, round_case=one, position=place,
            has_interest=one.pk in told, interest=told.get(one.pk, ""),
        )
        for place, one in enumerate(order, start=1)
    )  # fmt: skip
    record(
        "declare_interests", thing=assessment, actor=actor, at=at,
        organisation_id=round.organisation_id, acting_as="member",
        change={"round": round.pk, "interests": sorted(told)}, follow=False,
    )  # fmt: skip
    return assessment


def _refuse_second_voice(round: Round, *, actor: Actor, at: datetime) -> None:
    spoken = spoken_before(round, person_id=actor.signed_in_id, day=at.date())
    if spoken is not None:
        told = _("%(name)s has handed in for the same seat. A seat speaks once in a round.")
        raise WrongMoment(told % {"name": spoken.name})


def _own(assessment: Assessment, *, actor: Actor) -> Assessment:
    """The actor's own assessment, held and still open."""
    assessment = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("round__profile")
        .get(pk=assessment.pk)
    )
    if assessment.person_id != actor.person_id or not can_assess(actor, assessment.round):
        raise NotAllowed(_("Everybody assesses alone; this is somebody else's."))
    if assessment.handed_in_at is not None:
        raise WrongMoment(_("You have handed in. Nobody changes their assessment afterwards."))
    if assessment.round.state != "open":
        raise WrongMoment(_("The round is closed."))
    return assessment


@transaction.atomic
def score_case(
    sheet: Sheet, *, points: Mapping[int, int], actor: Actor, at: datetime, remark: str = ""
) -> Sheet:
    """Give a case points on the round's criteria; may be changed until one hands in."""
    assessment = _own(sheet.assessment, actor=actor)
    if assessment.round.method != "criteria":
        raise WrongMoment(_("In this round cases are compared two at a time."))
    if sheet.has_interest:
        raise WrongMoment(_("You declared an interest in this case, so you do not assess it."))
    profile = assessment.round.profile
    known = set(Criterion.objects.filter(profile=profile).values_list("pk", flat=True))
    problems = {
        f"criterion_{key}": _("Give points from %(lowest)s to %(highest)s.")
        % {"lowest": profile.lowest, "highest": profile.highest}
        for key, value in points.items()
        if key not in known or not profile.lowest <= value <= profile.highest
    }
    if problems:
        raise BadInput(problems)
    Score.objects.bulk_create(
        [Score(sheet=sheet, criterion_id=key, value=value) for key, value in points.items()],
        update_conflicts=True, unique_fields=["sheet", "criterion"], update_fields=["value"],
    )  # fmt: skip
    sheet.remark = clean_text(remark)
    sheet.save(update_fields=["remark"])
    return sheet


@transaction.atomic
def weigh_criteria(
    assessment: Assessment, *, points: Mapping[int, int], actor: Actor, at: datetime
) -> Assessment:
    """Say how much each criterion should count, 0 to 10; the differences count as uncertainty."""
    assessment = _own(assessment, actor=actor)
    if not assessment.round.profile.members_weigh:
        raise WrongMoment(_("The weights are adopted with the plan; members do not change them."))
    known = set(
        Criterion.objects.filter(profile=assessment.round.profile).values_list("pk", flat=True)
    )
    problems = {
        f"weight_{key}": _("Give between 0 and 10.")
        for key, value in points.items()
        if key not in known or not 0 <= value <= 10
    }
    if not problems and points and not any(points.values()):
        problems = {f"weight_{next(iter(points))}": _("Something must count.")}
    if problems:
        raise BadInput(problems)
    CriterionWeight.objects.bulk_create(
        [
            CriterionWeight(assessment=assessment, criterion_id=key, points=value)
            for key, value in points.items()
        ],
        update_conflicts=True, unique_fields=["assessment", "criterion"],
        update_fields=["points"],
    )  # fmt: skip
    return assessment


def own_pairs(assessment: Assessment) -> list[tuple[RoundCase, RoundCase]]:
    """The pairs a member is asked about: of the cases they have no interest in."""
    free = [
        one.round_case
        for one in assessment.sheets.filter(has_interest=False)
        .select_related("round_case__case__idea")
        .order_by("round_case_id")
    ]
    return pairs_to_compare(free, seed=assessment.round.seed, person_id=assessment.person_id)


@transaction.atomic
def compare_cases(
    assessment: Assessment,
    *,
    first: RoundCase,
    second: RoundCase,
    preferred: str,
    actor: Actor,
    at: datetime,
) -> Comparison:
    """Say which of two cases one would rather have; may be changed until one hands in."""
    assessment = _own(assessment, actor=actor)
    if assessment.round.method != "pairs":
        raise WrongMoment(_("In this round each case gets points on criteria."))
    if preferred not in Preference.values:
        raise BadInput({"preferred": _("Choose one of the three.")})
    sheets = assessment.sheets.filter(round_case__in=[first.pk, second.pk], has_interest=False)
    if first.pk == second.pk or sheets.count() != 2:
        raise BadInput({"preferred": _("These two are not yours to compare.")})
    if first.pk > second.pk:
        first, second = second, first
        preferred = {"first": "second", "second": "first"}.get(preferred, preferred)
    comparison, _new = Comparison.objects.update_or_create(
        assessment=assessment, first=first, second=second, defaults={"preferred": preferred}
    )
    return comparison


@transaction.atomic
def hand_in_assessment(assessment: Assessment, *, actor: Actor, at: datetime) -> Assessment:
    """Hand one's assessment in, whole; from now on it stays, and the others' are open.

    A seat speaks once: by its holder, or by a deputy who handed in before.
    """
    round = Round.objects.select_for_update(of=("self",)).get(pk=assessment.round_id)
    assessment = _own(assessment, actor=actor)
    _refuse_second_voice(round, actor=actor, at=at)
    missing = missing_answers(assessment)
    if missing:
        raise BadInput(
            {
                "assessment": _("%(count)s answers are missing. Only a whole assessment counts.")
                % {"count": missing}
            }
        )
    assessment.handed_in_at = at
    assessment.save(update_fields=["handed_in_at"])
    record(
        "hand_in_assessment", thing=assessment, actor=actor, at=at,
        organisation_id=assessment.round.organisation_id, acting_as="member",
        change={"round": assessment.round_id}, follow=False,
    )  # fmt: skip
    return assessment


def missing_answers(assessment: Assessment) -> int:
    """How many answers a member still owes before handing in."""
    if assessment.round.method == "pairs":
        done = set(assessment.comparisons.values_list("first_id", "second_id"))
        asked = {
            (min(one.pk, other.pk), max(one.pk, other.pk)) for one, other in own_pairs(assessment)
        }
        return len(asked - done)
    criteria = Criterion.objects.filter(profile=assessment.round.profile_id).count()
    sheets = assessment.sheets.filter(has_interest=False).count()
    given = Score.objects.filter(sheet__assessment=assessment).count()
    return criteria * sheets - given
