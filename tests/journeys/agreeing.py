"""How the asked councils answer, and how those who take part agree on who leads and pays what."""

from __future__ import annotations

from decimal import Decimal

from playwright.sync_api import expect

from loype.councils.models import Decision, JointCase, JointShare
from tests.cast import World
from tests.journeys.axe_walking import Walker, wait_for_notice

ANSWERS = {
    "norrsund": ("yes", "Vi har samma behov och en avdelning som vill pröva."),
    "elvestrand": ("yes", "Vi vil være med på to avdelinger."),
    "skogbygda": ("yes", "Vi stiller med ein sjukeheim."),
    "sundkobing": ("later", "Vores budget er først vedtaget i marts."),
}
COST, WRITTEN_COST = Decimal("100000.01"), "100000,01"
# Each has so many users; 17 in all.
USERS = {"fjordvik": 7, "norrsund": 5, "skogbygda": 3, "elvestrand": 2}
# 100 000.01 by seventeenths, each rounded down to the øre; the two øre that are left go to the two
# largest remainders: Norrsund (.76) and Elvestrand (.71).
SHARES = {
    "fjordvik": Decimal("41176.47"),
    "norrsund": Decimal("29411.77"),
    "skogbygda": Decimal("17647.06"),
    "elvestrand": Decimal("11764.71"),
}
EXIT = "Den som går ut, betaler sin del ut året og leverer utstyret tilbake."


def answer(leader: Walker, *, place: str, title: str, own_need: str = "") -> None:
    """A council that is asked finds the question among its notices and answers with reasons."""
    said, reasons = ANSWERS[place]
    leader.follow_notice(f"asks your council to join “{title}”")
    leader.sees("would rather do this together with others")
    if own_need:
        leader.sees("The same need before your own council")
        leader.sees(own_need)
    leader.pick("Our answer", said)
    leader.write("Because", reasons)
    leader.press("^Give our answer")
    leader.sees("Your answer is given, with its reasons.")


def read_answers(bo: Walker, decision: Decision, *, world: World) -> JointCase:
    """The council that asked reads every answer, and goes on to the terms."""
    bo.follow_notice("answers about")
    bo.press("Who leads, who pays what", role="link")
    for place, (said, reasons) in ANSWERS.items():
        row = bo.row(world.organisations[place].name)
        expect(row).to_contain_text(said)
        expect(row).to_contain_text(reasons)
    return decision.joint_case


def propose(bo: Walker, *, world: World, lead: str) -> None:
    """Who leads, what it costs, and how the cost is split."""
    bo.choose("Who leads", world.organisations[lead].name)
    bo.write("The whole cost", WRITTEN_COST)
    bo.pick("How the cost is split", "by users")
    for place, users in USERS.items():
        bo.write(world.organisations[place].name, str(users))
    bo.write("How one leaves", EXIT)
    bo.write("Days between saying so and leaving", "90")
    bo.press("^Propose$")
    bo.sees("Proposed. The others are asked to say yes.")


def agree(leader: Walker) -> None:
    """A council that takes part finds the terms among its notices and agrees to them."""
    leader.follow_notice("proposes who leads")
    leader.press("^Yes, we agree to this")


def read_shares(walker: Walker, joint: JointCase, *, world: World) -> None:
    """What each pays, to the øre, on the page and where it is kept; together it is the whole."""
    walker.open(f"/federation/together/{joint.pk}/")
    for place, amount in SHARES.items():
        expect(walker.row(world.organisations[place].name)).to_contain_text(f"{amount:,}\u00a0NOK")
    kept = JointShare.objects.filter(terms__joint_case=joint, terms__agreed_at__isnull=False)
    names = {one.pk: name for name, one in world.organisations.items()}
    assert {names[one.organisation_id]: one.amount for one in kept} == SHARES
    assert sum(SHARES.values()) == COST


def wait_for_all(world: World, subject: str, *names: str) -> None:
    """Wait until these have heard of it."""
    for name in names:
        wait_for_notice(world.people[name], subject)
