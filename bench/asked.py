"""What is measured: each page and act, as somebody with a small and with a large share of it."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bench.measuring import ACTS, EVERYTHING
from bench.site import Answer, Site
from loype.bodies.models import Meeting, Term
from loype.councils.models import AgendaItem, Ranking
from loype.ideas.models import Idea
from loype.organisations.models import Federation, Membership

API_ROWS = 1000
API_PAGE = 200


@dataclass(frozen=True)
class Member:
    """Somebody who asks: the organisation they work in, and who they are."""

    person: int
    organisation: int


class Asked:
    """The questions, each a method that asks once and gives the answer."""

    def __init__(self, site: Site, *, seed: int) -> None:
        self.site = site
        self.chance = random.Random(seed)

    @cached_property
    def employees(self) -> list[Member]:
        """Plain employees: a small share of everything is theirs to see."""
        rows = Membership.objects.filter(role="employee").order_by("pk")
        return [Member(*row) for row in rows.values_list("person", "organisation")[10:2000:97]]

    @cached_property
    def leaders(self) -> list[Member]:
        """Those who lead a council and see the whole of its room."""
        rows = Term.objects.filter(seat__is_leader=True).order_by("pk")
        return [Member(*row) for row in rows.values_list("person", "seat__body__organisation")]

    @cached_property
    def sitting_for_many(self) -> list[Member]:
        """Those who sit for a federation in five councils: the largest share there is."""
        rows = Term.objects.filter(seat__kind="federation").order_by("person", "pk")
        found = rows.distinct("person").values_list("person", "seat__body__organisation")
        return [Member(*row) for row in found]

    def anybody(self) -> Member:
        """A member, now with a small and now with a large share."""
        return self.chance.choice(self.chance.choice((self.employees, self.sitting_for_many)))

    @cached_property
    def idea_ids(self) -> dict[int, list[int]]:
        """Some ideas of each organisation that everybody in it may read."""
        found: dict[int, list[int]] = {}
        rows = Idea.objects.filter(visibility="organisation").exclude(state="draft")
        for pk, organisation in rows.order_by("pk").values_list("pk", "organisation")[:4000]:
            found.setdefault(organisation, []).append(pk)
        return found

    @cached_property
    def agenda(self) -> dict[int, list[int]]:
        """The cases on the agenda of each organisation's next meeting."""
        found: dict[int, list[int]] = {}
        rows = AgendaItem.objects.filter(meeting__state="called").order_by("pk")
        rows = rows.values_list("case__organisation", "case")
        for organisation, case in rows:
            found.setdefault(organisation, []).append(case)
        return found

    def get(self, address: str, member: Member) -> Answer:
        """A page as a member sees it."""
        return self.site.ask(address, by=member.person)

    # --- what to compare with ---

    def bare(self) -> Answer:
        """One indexed SELECT of 25 rows and a loop, behind no middleware at all."""
        return self.site.ask(f"/bare/?organisation={self.anybody().organisation}", naked=True)

    def bare_signed_in(self) -> Answer:
        """The same behind the product's middleware, signed in."""
        member = self.anybody()
        return self.get(f"/bare/?organisation={member.organisation}", member)

    # --- pages ---

    def idea_list(self) -> Answer:
        """The ideas of one's own organisation, newest first."""
        return self.get("/ideas/", self.anybody())

    def idea_list_filtered(self) -> Answer:
        """Those of the federation in one state and of one kind."""
        state = self.chance.choice(("submitted", "going_on", "parked"))
        return self.get(f"/ideas/?scope=federation&state={state}&kind=idea", self.anybody())

    def idea_list_searched(self) -> Answer:
        """Public ones with a word in them, common enough to fill the page at both sizes."""
        word = self.chance.choice(("school", "government", "children", "ban", "free"))
        return self.get(f"/ideas/?scope=public&q={word}", self.anybody())

    def council_queue(self) -> Answer:
        """The council's room with its queue."""
        return self.get("/council/", self.chance.choice(self.leaders))

    # --- the council's and the federation's lists ---

    def meeting_list(self) -> Answer:
        """The meetings of a council, those ahead and the past ones."""
        return self.get("/council/meetings/", self.chance.choice(self.leaders))

    def decision_list(self) -> Answer:
        """What a council has decided."""
        return self.get("/council/decisions/", self.chance.choice(self.leaders))

    def decision_log(self) -> Answer:
        """The decisions of everybody that are open to everybody."""
        return self.get("/decisions/", self.anybody())

    def council_clocks(self) -> Answer:
        """Who waits for a council, and until when."""
        return self.get("/council/clocks/", self.chance.choice(self.leaders))

    def round_list(self) -> Answer:
        """A council's rounds of assessment."""
        return self.get("/council/rounds/", self.chance.choice(self.leaders))

    def ranking_list(self) -> Answer:
        """A council's ranked lists."""
        return self.get("/council/rankings/", self.chance.choice(self.leaders))

    def ranking_page(self) -> Answer:
        """One ranked list."""
        member = self.chance.choice([one for one in self.leaders if one.organisation in self.lists])
        return self.get(f"/council/rankings/{self.lists[member.organisation]}/", member)

    @cached_property
    def lists(self) -> dict[int, int]:
        """The newest ranked list of each organisation that has something on it."""
        rows = Ranking.objects.filter(ranked__isnull=False).order_by("made_at")
        return dict(rows.values_list("organisation", "pk"))

    def federation_works(self) -> Answer:
        """What all members of a federation have in the works."""
        return self.get("/federation/", self.anybody())

    def federation_overview(self) -> Answer:
        """The coordinator's page across all councils of a federation."""
        return self.get("/federation/overview/", self.chance.choice(self.coordinators))

    @cached_property
    def coordinators(self) -> list[Member]:
        """The administrators of the organisations that coordinate a federation."""
        rows = Membership.objects.filter(
            role="administrator", organisation__in=Federation.objects.values("coordinator")
        )
        return [Member(*row) for row in rows.order_by("pk").values_list("person", "organisation")]

    def flow_time(self) -> Answer:
        """How long things took and what waits, as pictures."""
        return self.get("/flow/time/", self.chance.choice(self.leaders))

    def flow_months(self) -> Answer:
        """The months as they were reported."""
        return self.get("/flow/months/", self.chance.choice(self.leaders))

    def flow_public(self) -> Answer:
        """How long each organisation takes, for everybody."""
        return self.get("/flow/public/", self.anybody())

    def idea_page(self) -> Answer:
        """One idea."""
        return self._about_idea("/ideas/{}/")

    def trail_page(self) -> Answer:
        """The story of one idea."""
        return self._about_idea("/trail/idea/{}/")

    def _about_idea(self, address: str) -> Answer:
        member = self.anybody()
        return self.get(
            address.format(self.chance.choice(self.idea_ids[member.organisation])), member
        )

    def portfolio_board(self) -> Answer:
        """What one's own organisation has under way (more at the larger size: up to 60 cards)."""
        return self.get("/portfolio/", self.anybody())

    def portfolio_board_full(self) -> Answer:
        """What one may read anywhere: 60 cards at both sizes."""
        return self.get("/portfolio/?scope=all", self.anybody())

    def api_1000(self) -> Answer:
        """1,000 ideas through the API in five pages; the figures are those of one page of 200."""
        member, answers = self.anybody(), []
        address = f"/api/v1/ideas?limit={API_PAGE}"
        while len(answers) < API_ROWS // API_PAGE:
            answer = self.get(address, member)
            answers.append(answer)
            if answer.status != 200 or not (place := json.loads(answer.body)["next"]):
                break
            address = f"/api/v1/ideas?limit={API_PAGE}&cursor={place}"
        return _together(answers)

    # --- acts ---

    def submit(self) -> Answer:
        """Hand an idea in."""
        form = {
            "act": "send",
            "text": f"Something that could be better, number {self.chance.random()}.",
            "kind": "idea",
            "form_key": str(uuid.UUID(int=self.chance.getrandbits(128), version=4)),
        }
        return self._post("/ideas/new/", form, self.chance.choice(self.employees))

    def decide(self) -> Answer:
        """Decide a case in a meeting."""
        member = self.chance.choice([one for one in self.leaders if self.agenda[one.organisation]])
        case = self.agenda[member.organisation].pop()
        meeting = Meeting.objects.get(organisation=member.organisation, state="called").pk
        form = {
            "outcome": "go_on", "form": "experiment", "course": "own_pilot", "scale": "small",
            "reasons": "Worth trying.", "responsible": member.person,
        }  # fmt: skip
        return self._post(f"/council/meetings/{meeting}/decide/{case}/", form, member)

    def load(self) -> list[tuple[str, str]]:
        """Addresses and cookies with which a web process may be kept busy."""
        pages = ("/", "/ideas/", "/ideas/?scope=federation", "/portfolio/?scope=all", "/flow/")
        found = []
        for member in (*self.employees, *self.leaders[:5]):
            ideas = self.idea_ids[member.organisation][:3]
            addresses = [
                *pages,
                *(f"/trail/idea/{one}/" for one in ideas),
                "/api/v1/ideas?limit=200",
            ]
            found += [(address, self.site.cookie(member.person)[0]) for address in addresses]
        self.chance.shuffle(found)
        return found

    def _post(self, address: str, form: dict[str, Any], member: Member) -> Answer:
        return self.site.ask(address, by=member.person, form=form)


def _together(answers: list[Answer]) -> Answer:
    """Several answers as one: times and bytes of the mean, statements of the dearest."""
    return Answer(
        status=max(one.status for one in answers),
        wall_ms=sum(one.wall_ms for one in answers) / len(answers),
        cpu_ms=sum(one.cpu_ms for one in answers) / len(answers),
        statements=max(one.statements for one in answers),
        size=sum(one.size for one in answers) // len(answers),
        body=answers[-1].body,
        location="",
    )


# What each should answer.
EXPECTED: dict[str, int] = dict.fromkeys(EVERYTHING, 200) | dict.fromkeys(ACTS, 302)


def question(asked: Asked, name: str) -> Callable[[], Answer]:
    """The method of this name."""
    found: Callable[[], Answer] = getattr(asked, name)
    return found
