"""Days on which many small things happen, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import note, strategies as some
from hypothesis.stateful import rule

from tests.councils.stateful.appointing import Appointing
from tests.councils.stateful.living import Living
from tests.councils.stateful.stretches import Stretches
from tests.councils.stateful.town import MUNICIPALITIES, OFFICES, PEOPLE

AROUND = (-20, -3, 0, 0, 0, 1, 4, 15)
ROLES = ("employee", "decider", "council_secretary", "coordinator")
WIDTHS = ("confidential", "organisation", "federation", "public")


def _place(number: int) -> str:
    return MUNICIPALITIES[number % len(MUNICIPALITIES)]


Small = Callable[["Days", int, int, str], None]
SMALL: dict[str, Small] = {
    "appoint": lambda day, a, b, by: day.appoint(a, b, by, AROUND[b % 8], a % 3 == 0),
    "step down": lambda day, a, b, by: day.step_down(a, by, AROUND[b % 8]),
    "change seats": lambda day, a, b, by: day.change_seats(a, by, b % 3 > 0, b % 2 == 0),
    "change body": lambda day, a, b, by: day.change_body(a, by, _place(b), b),
    "work": lambda day, a, b, by: day.change_work(
        PEOPLE[a % len(PEOPLE)], (*MUNICIPALITIES, *OFFICES)[b % 7], ROLES[a % 4], by, b
    ),
    "speak": lambda day, a, b, by: day.speak_of_idea(
        a, by, ("width", "author", "answer", "withdraw")[b % 4]
    ),
    "responsible": lambda day, a, b, by: day.name_responsible(a, b, by, b % 3 == 0),
    "leave": lambda day, a, _b, by: day.leave_with_work_in_hand(a, by),
    "withhold": lambda day, a, _b, by: day.withhold(a, by),
    "run": lambda day, a, b, by: day.run_something(
        a, by, WIDTHS[b % 4], ("start", "start", "share", "partner", "stop")[b % 5]
    ),
    "write": lambda day, a, b, by: day.write(a, by, f"In short, {b}."),
    "matter": lambda day, a, b, by: day.add_matter(a, by, ("decision", "discussion")[b % 2]),
    "conclude": lambda day, a, _b, by: day.conclude(a, by),
    "lay": lambda day, a, b, by: day.lay_on_agenda(a, b, by),
    "take off": lambda day, a, _b, by: day.take_off(a, by),
    "elect": lambda day, a, b, by: day.elect(
        _place(b), by, b % 20, ("wait", "sit", "sit", "call off")[a % 4], a
    ),
    "call": lambda day, a, _b, by: day.call(a, by),
}
"""What may happen within a day, made of two numbers and whoever does it."""


class Days(Appointing, Stretches, Living):
    """Everything that people do by the rules."""

    @rule(seed=some.integers(0, 10**9), strangers=some.booleans())
    def busy_day(self, seed: int, strangers: bool) -> None:
        """Several small things by several people, drawn evenly: what Hypothesis draws by itself is
        often the same thing again."""
        chance = Random(seed)
        for _turn in range(6):
            name = chance.choice(sorted(SMALL))
            first, second = chance.randrange(1000), chance.randrange(1000)
            by = chance.choice(PEOPLE) if strangers and chance.random() < 0.3 else ""
            note(f"    {name}: {first}, {second}, {by}")
            SMALL[name](self, first, second, by)

    @rule(seed=some.integers(0, 10**9))
    def working_day(self, seed: int) -> None:
        """The same, by whoever may."""
        self.busy_day(seed, strangers=False)
