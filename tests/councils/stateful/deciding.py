"""Ideas are handed in, laid on agendas, decided, corrected and run together with others."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from loype.bodies.models import Body, Meeting
from loype.councils.actions import (
    DecisionWords,
    TermsWords,
    answer_joint_invitation,
    appoint_responsible,
    arrange_follow_up,
    leave_joint_case,
    propose_joint_terms,
    put_on_agenda,
    take_off_agenda,
)
from loype.councils.models import (
    Case,
    Decision,
    JointCase,
    JointInvitation,
    JointTerms,
    LegalBasis,
)
from loype.councils.openness.actions import AccessWords, assess_openness
from loype.ideas.actions import ReuseWords, add_co_author, change_visibility
from loype.ideas.models import Idea
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.mandates.models import PoliticalMandate
from loype.trail.handovers import council_to_portfolio, give_information, hand_in, withdraw
from loype.trail.together import agree_to_run_together
from tests.councils.stateful.machine import number, one_of, who
from tests.councils.stateful.town import MUNICIPALITIES, PEOPLE
from tests.councils.stateful.voting import Voting

widths = some.sampled_from(("confidential", "organisation", "organisation", "federation", "public"))
outcomes = some.sampled_from(
    ("go_on", "go_on", "go_on", "reject", "park", "return", "more_information", "merge")
)
courses = some.sampled_from(("own_pilot", "inter_municipal_should", "inter_municipal_shall"))
REASONS = "It is worth a try."


class Deciding(Voting):
    """Cases from the queue to a decision, and to the next one that corrects it."""

    def cases(self, *states: str) -> list[Case]:
        """Cases in these states."""
        found = Case.objects.filter(state__in=states).select_related("idea", "organisation")
        return list(found.order_by("pk"))

    def council_of(self, organisation_id: int) -> Body | None:
        """The active council of an organisation."""
        found = Body.objects.councils().active().filter(organisation=organisation_id)
        return found.first()

    def chair_for(self, case: Case) -> str:
        """Who decides a case, by name."""
        council = self.council_of(case.organisation_id)
        return self.leader_of(council, organisation_id=case.organisation_id)

    @rule(giver=some.sampled_from(PEOPLE), width=widths, elsewhere=some.booleans())
    def give_an_idea(self, giver: str, width: str, elsewhere: bool) -> None:
        place = "south" if elsewhere else giver.partition("_")[0]
        self.attempt(
            hand_in, organisation=self.home(place), text=f"Shorter queues in {place}.",
            kind="idea", visibility=width, actor=self.actor(giver),
        )  # fmt: skip

    @precondition(lambda self: self.there["cases"])
    @rule(chosen=number, who=who, act=some.sampled_from(("width", "author", "answer", "withdraw")))
    def speak_of_idea(self, chosen: int, who: str, act: str) -> None:
        """The giver says who may read it, names a co-author, answers, or takes it back."""
        case = one_of(self.cases("waiting", "on_agenda", "decided"), chosen)
        if case is None:
            return
        idea: Idea = case.idea
        actor = self.actor(who, apt=self.town.names[idea.giver_id or 0])
        place = self.town.places[idea.organisation_id]
        if act == "width":
            width = ("confidential", "organisation", "federation", "public")[chosen % 4]
            self.attempt(change_visibility, idea, visibility=width, actor=actor)
        elif act == "author":
            author = one_of([name for name in PEOPLE if name.startswith(place)], chosen)
            self.attempt(add_co_author, idea, person=self.town.people[author or ""], actor=actor)
        elif act == "answer":
            self.attempt(give_information, idea, text="Forty a week.", actor=actor)
        elif chosen % 3 == 0:
            self.attempt(withdraw, idea, actor=actor)

    @precondition(lambda self: self.there["cases"])
    @rule(chosen=number, person=number, who=who, deputy=some.booleans())
    def name_responsible(self, chosen: int, person: int, who: str, deputy: bool) -> None:
        case = one_of(self.cases("waiting", "on_agenda", "decided"), chosen)
        if case is None:
            return
        place = self.town.places[case.organisation_id]
        colleagues = [name for name in PEOPLE if name.startswith(place)]
        somebody = self.town.people[one_of(colleagues, person) or ""]
        actor = self.actor(who, apt=self.chair_for(case))
        if deputy and case.responsible_id:
            self.attempt(arrange_follow_up, case, deputy=somebody, follow_up_by=None, actor=actor)
        else:
            self.attempt(appoint_responsible, case, person=somebody, actor=actor)

    @precondition(lambda self: self.there["cases"] and self.there["planned"] + self.there["called"])
    @rule(chosen=number, meeting=number, who=who)
    def lay_on_agenda(self, chosen: int, meeting: int, who: str) -> None:
        held = one_of(self.meetings("planned", "called"), meeting)
        if held is not None:
            near = [
                case for case in self.cases("waiting", "decided")
                if case.organisation_id == held.organisation_id or chosen % 9 == 0
            ]  # fmt: skip
            if case := one_of(near, chosen):
                actor = self.actor(who, apt=self.secretary_of(case.organisation_id))
                self.attempt(put_on_agenda, case, meeting=held, actor=actor)

    @precondition(lambda self: self.there["items"])
    @rule(chosen=number, who=who)
    def take_off(self, chosen: int, who: str) -> None:
        if item := one_of(self.items("planned", "called", "held"), chosen):
            actor = self.actor(who, apt=self.secretary_of(item.meeting.organisation_id))
            self.attempt(take_off_agenda, item, actor=actor)

    @precondition(lambda self: self.there["cases"])
    @rule(chosen=number, meeting=number, who=who, outcome=outcomes, course=courses)
    def decide(self, chosen: int, meeting: int, who: str, outcome: str, course: str) -> None:
        """Mostly what lies on a called meeting's agenda; else any case, with or without one."""
        lying = [item for item in self.items("called") if item.case is not None]
        if lying and chosen % 5:
            item = lying[chosen % len(lying)]
            case, held = item.case, item.meeting
        else:
            case = one_of(self.cases("waiting", "on_agenda", "decided", "closed"), chosen)
            held = one_of([None, *self.meetings("planned", "called", "held")], meeting)
        if case is not None:
            self.decide_it(case, held, who=who, outcome=outcome, course=course, chosen=chosen)

    def decide_it(
        self, case: Case, held: Meeting | None, *, who: str, outcome: str, course: str, chosen: int
    ) -> None:
        """Decide a case; whoever counts has seen whether enough were there."""
        words = self._words(case, outcome=outcome, course=course, chosen=chosen)
        mandates = PoliticalMandate.objects.filter(organisation=case.organisation_id)
        decision = self.attempt(
            council_to_portfolio, case, words=words, meeting=held,
            mandate=mandates.in_force(self.day).first(),
            actor=self.actor(who, apt=self.chair_for(case)),
        )  # fmt: skip
        if decision is None:
            return
        if decision.corrects_id:
            self.tally["corrections"] += 1
        if decision.meeting_id:
            self.tally[f"decided in a meeting: {held.form if held else ''}"] += 1
            item = decision.meeting.items.get(case=case, removed_at=None)
            self.quorums.decides(decision.pk, meeting_id=decision.meeting_id, item_id=item.pk)
        else:
            assert self.council_of(case.organisation_id) is None, "decided past the council"

    def _words(self, case: Case, *, outcome: str, course: str, chosen: int) -> DecisionWords:
        place = self.town.places[case.organisation_id]
        somebody = self.town.people[f"{place}_{chosen % 2 + 1}"]
        other = Idea.objects.exclude(pk=case.idea_id).order_by("pk").first()
        joint = course != "own_pilot"
        goes_on = outcome == "go_on"
        return DecisionWords(
            outcome=outcome, reasons=REASONS, responsible=somebody,
            form=("experiment", "project")[chosen % 2] if goes_on else "",
            course=course if goes_on else "", scale="small" if goes_on else "",
            answer_by=self.day + timedelta(days=10) if joint else None,
            merged_into=other if outcome == "merge" else None,
            reuse=ReuseWords(answer="none", reason="Nothing is like it."),
        )  # fmt: skip

    @precondition(lambda self: self.there["decisions"])
    @rule(chosen=number, who=who)
    def withhold(self, chosen: int, who: str) -> None:
        if decision := one_of(list(Decision.objects.order_by("pk")), chosen):
            words = AccessWords(
                access_class="withheld", legal_basis=LegalBasis.objects.on(self.day).first(),
                reasons="It is about one person.",
            )  # fmt: skip
            actor = self.actor(who, apt=self.secretary_of(decision.organisation_id))
            self.attempt(assess_openness, decision, words=words, actor=actor)

    @precondition(lambda self: self.there["invitations"])
    @rule(chosen=number, who=who, said=some.sampled_from(("yes", "yes", "no", "later")))
    def answer_invitation(self, chosen: int, who: str, said: str) -> None:
        rows = JointInvitation.objects.exclude(answer__in=("yes", "no")).order_by("pk")
        if invitation := one_of(list(rows), chosen):
            self.answer_it(invitation, who=who, said=said)

    def speaks_for(self, organisation_id: int, *, who: str) -> Actor:
        """Whoever decides for a municipality today."""
        council = self.council_of(organisation_id)
        return self.actor(who, apt=self.leader_of(council, organisation_id=organisation_id))

    def answer_it(self, invitation: JointInvitation, *, who: str, said: str) -> None:
        """Yes, no or later."""
        actor = self.speaks_for(invitation.organisation_id, who=who)
        self.attempt(answer_joint_invitation, invitation, answer=said, reasons=REASONS, actor=actor)

    @precondition(lambda self: self.there["invitations"])
    @rule(chosen=number, place=some.sampled_from(MUNICIPALITIES[:3]), who=who, act=number)
    def come_to_terms(self, chosen: int, place: str, who: str, act: int) -> None:
        """Say yes to terms that are proposed, leave, or propose others."""
        home = self.home(place)
        joint = one_of(list(JointCase.objects.open().order_by("pk")), chosen)
        proposed = list(JointTerms.objects.proposed().order_by("pk"))
        if terms := one_of(proposed, chosen) if act % 3 else None:
            self.agree_for(terms, home=home, who=who)
        elif joint is not None and act % 9 == 0:
            self.attempt(
                leave_joint_case, joint, organisation=home, reason=REASONS,
                actor=self.speaks_for(home.pk, who=who),
                leaving_date=self.day + timedelta(days=act % 20),
            )  # fmt: skip
        elif joint is not None:
            self.propose_terms(joint, home=home, who=who)

    def propose_terms(self, joint: JointCase, *, home: Organisation, who: str) -> None:
        """Equal parts, led by the council that asked."""
        words = TermsWords(
            lead_id=joint.organisation_id, cost_key="equal", amount=Decimal(1000),
            exit_terms="One pays the year.", exit_days=5,
        )  # fmt: skip
        actor = self.speaks_for(home.pk, who=who)
        self.attempt(propose_joint_terms, joint, words=words, organisation=home, actor=actor)

    def agree_for(self, terms: JointTerms, *, home: Organisation, who: str) -> None:
        """One municipality says yes."""
        actor = self.speaks_for(home.pk, who=who)
        self.attempt(agree_to_run_together, terms, organisation=home, actor=actor)
