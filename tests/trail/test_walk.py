"""The whole trail by verbs, as quick as it can be walked."""

from datetime import timedelta

import pytest

from loype.councils.actions import DecisionWords, appoint_responsible, put_on_agenda
from loype.evaluation.actions import conclude_evaluation, plan_evaluation
from loype.portfolio.actions import finish_activity, report_status
from loype.spread.actions import confirm_in_use, draft_solution, publish_solution, take_up
from loype.trail.handovers import council_to_portfolio, hand_in, start_running
from tests.cast import TODAY, World


@pytest.mark.requirement("EP-11")
def test_it_leads_from_the_first_word_to_use_elsewhere(world: World) -> None:
    ada, bo, cai, dee = (world.actor(name) for name in ("ada", "bo", "cai", "dee"))
    idea = hand_in(
        organisation=world.fjordvik,
        text="Vi leter etter nøkler hver natt. Kan låsene åpnes med telefonen?",
        kind="need",
        visibility="federation",
        actor=ada,
        at=TODAY,
    )
    assert idea.case_number == "FJO-2026-0001"
    case = appoint_responsible(idea.case, person=world.people["cai"], actor=bo, at=TODAY)
    put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)
    words = DecisionWords(
        outcome="go_on", form="experiment", course="own_pilot", scale="small",
        reasons="Verdt å prøve.", responsible=world.people["cai"],
    )  # fmt: skip
    decision = council_to_portfolio(case, words=words, meeting=world.meeting, actor=bo, at=TODAY)
    activity = start_running(decision.activity, actor=cai, at=TODAY)
    report_status(
        activity, light="green", text="Går bra", next_step="Ti låser til", actor=cai, at=TODAY
    )
    activity = finish_activity(activity, result="Nattrunden er kortere", actor=cai, at=TODAY)
    evaluation = plan_evaluation(
        activity, question="Ble runden kortere?", depth="light", values=["efficiency"],
        actor=cai, at=TODAY,
    )  # fmt: skip
    conclude_evaluation(
        evaluation, verdict="worked", conclusion="Ja, 40 minutter.",
        unexpected_findings="Pårørende sov bedre.", actor=cai, at=TODAY,
    )  # fmt: skip
    solution = draft_solution(
        activity, for_whom="Hjemmetjenester", core_parts="Låsen", contact_role="Leder",
        actor=cai, at=TODAY, visibility="federation",
    )  # fmt: skip
    publish_solution(solution, actor=cai, at=TODAY)
    adoption = take_up(solution, actor=dee, at=TODAY)
    confirm_in_use(adoption, value_seen="Vi også.", actor=dee, at=TODAY + timedelta(days=30))
    solution.refresh_from_db()
    assert solution.in_use_count == 1
    idea.refresh_from_db()
    assert idea.state == "going_on"
