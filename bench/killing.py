"""Killing the web process and the worker while people hand in and decide, and looking what is left.

Used by the tests with few acts and by `python -m bench --kill` with many. Everything is real: the
`loype serve` and `loype worker` commands, HTTP, SMTP, and `kill -9`. Needs Django set up on the
database that the commands use.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from bench.commands import Command, PostOffice, Serve, commands_environment, post_office
from bench.reader import Reader, id_in
from loype.accounts.models import Person
from loype.councils.models import Case, Decision
from loype.history.verify import find_flaws
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.mail.actions import settle_abandoned
from loype.mail.models import OutgoingMail
from loype.notices.models import Notice
from loype.organisations.actions import give_role
from loype.organisations.actor import HOUSE
from loype.portfolio.models import Activity
from tests.cast import BEGINNING, PASSWORD, World, build_world

HANDS = 3
MOST_TRIES = 300
LONGEST_BREATH = 0.6


@dataclass
class Told:
    """What the pages said was done, and how often something was killed."""

    ideas: dict[str, int] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)
    kills: Counter[str] = field(default_factory=Counter)
    broken_lines: int = 0
    seconds: float = 0.0

    @property
    def acts(self) -> int:
        """How many acts were acknowledged."""
        return len(self.ideas) + len(self.decided)


@dataclass
class Left:
    """What was found afterwards; `flaws` is empty when every promise was kept."""

    flaws: list[str]
    mails: dict[str, int]
    mails_taken: int


def build_small_world() -> World:
    """A municipality with a giver and a named decider, both with a password."""
    world = build_world()
    per = Person.objects.create_user("per@example.test", name="Per", language="nb")
    world.people["per"] = per
    give_role(
        per, organisation=world.organisations["skogbygda"], role="employee", actor=HOUSE,
        at=BEGINNING,
    )  # fmt: skip
    for name in ("per", "gro"):
        person = world.people[name]
        person.set_password(PASSWORD)
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return world


def run_with_kills(*, acts: int, seed: int, folder: Path) -> tuple[Told, Left]:
    """Half of the acts hand in and half decide, while processes are killed; then look."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    world = build_small_world()
    with post_office() as (office, mail_port):
        environment = commands_environment(
            str(connection.settings_dict["NAME"]), folder=folder, mail_port=mail_port
        )
        web = Serve(environment=environment, log=folder / "serve.log")
        worker = Command("worker", environment=environment, log=folder / "worker.log")
        try:
            told = _act_under_fire(web, worker, world=world, acts=acts, seed=seed)
            wait_until(_nothing_waits, seconds=180)
        finally:
            worker.stop()
            web.stop()
        return told, _look(told, office)


def _act_under_fire(web: Serve, worker: Command, *, world: World, acts: int, seed: int) -> Told:
    told = Told()
    web.start()
    worker.start()
    giver, decider = Reader(web.port), Reader(web.port)
    giver.sign_in(world.people["per"].email, PASSWORD)
    decider.sign_in(world.people["gro"].email, PASSWORD)
    over = threading.Event()
    killer = threading.Thread(target=_kill_now_and_then, args=(web, worker, over, told, seed))
    began = time.monotonic()
    killer.start()
    try:
        with ThreadPoolExecutor(HANDS) as hands:
            works = [
                hands.submit(_hand_in_and_decide, number, giver, decider, told, world)
                for number in range(acts // 2)
            ]
            for work in works:
                work.result()
    finally:
        over.set()
        killer.join()
        told.seconds = time.monotonic() - began
    return told


def _kill_now_and_then(
    web: Serve, worker: Command, over: threading.Event, told: Told, seed: int
) -> None:
    """Kill one of the two after a random while, and start it again at once.

    Between two kills somebody gets an answer, or on a slow machine nothing would ever be done.
    """
    chance = random.Random(seed)
    done = 0
    # In turns, so that even a short run kills both; the worker holds the mails in its hands.
    for victim in cycle((worker, web, worker)):
        while told.acts == done and not over.wait(0.05):
            pass
        if over.wait(chance.uniform(0.0, 1.0)):
            return
        done = told.acts
        victim.kill()
        told.kills[victim.words[0]] += 1
        victim.start()


def _hand_in_and_decide(
    number: int, giver: Reader, decider: Reader, told: Told, world: World
) -> None:
    """One idea on its way; whoever sees no answer presses again, as people do."""
    key = str(uuid.uuid4())
    form = {"act": "send", "kind": "idea", "form_key": key, "text": f"Forslag nummer {number}."}
    chance = random.Random(number)
    try:
        time.sleep(chance.uniform(0, LONGEST_BREATH))
        _status, location = _insist(lambda: giver.ask("/ideas/new/", form), told)
        told.ideas[key] = id_in(location)
        idea = told.ideas[key]
        case = Case.objects.get(idea=idea).pk
        form = {
            "outcome": "go_on", "form": "experiment", "course": "own_pilot", "scale": "small",
            "reasons": f"Begrunnelse {number}.", "responsible": str(world.people["gro"].pk),
            "version": "1",
        }  # fmt: skip
        time.sleep(chance.uniform(0, LONGEST_BREATH))
        status, _location = _insist(
            lambda: decider.ask(f"/council/cases/{case}/decide/", form), told, also=(409,)
        )
        # 409: the press before, whose answer was lost, had been heard.
        if status != 409 or Decision.objects.filter(case=case).exists():
            told.decided.add(case)
    finally:
        connections.close_all()


def _insist(
    ask: Callable[[], tuple[int, str, str]], told: Told, *, also: tuple[int, ...] = ()
) -> tuple[int, str]:
    """Press until an answer comes."""
    said = ""
    for _try in range(MOST_TRIES):
        try:
            status, location, said = ask()
        except OSError:
            told.broken_lines += 1
            time.sleep(0.2)
            continue
        if status in (302, 303, *also):
            return status, location
        if status != 503:
            raise RuntimeError(f"answered {status}: {said[:3000]}")
        time.sleep(0.2)
    raise RuntimeError(f"no answer after {MOST_TRIES} tries: {said[:500]}")


def wait_until(is_so: Callable[[], bool], *, seconds: float) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError(f"{is_so.__name__} did not come true in {seconds:.0f} s")
        time.sleep(0.2)


def _nothing_waits() -> bool:
    jobs = ProcrastinateJob.objects.filter(status__in=("todo", "doing"))
    waits = jobs.exclude(task_name__endswith="tidy").exists()
    return not waits and not Notice.objects.due(now()).exists()


def _look(told: Told, office: PostOffice) -> Left:
    """Everything promised is there once, and nothing is there by halves."""
    settle_abandoned(at=now() + timedelta(hours=1))
    flaws = [*_lost(told), *_halves(), *_wrongly_told(), *_wrongly_mailed(office)]
    flaws += [str(flaw) for flaw in find_flaws()]
    mails = Counter(OutgoingMail.objects.values_list("state", flat=True))
    return Left(flaws=flaws, mails=dict(mails), mails_taken=len(office.mails))


def _lost(told: Told) -> list[str]:
    """Acknowledged writes that are gone, and forms that were taken twice."""
    found = dict(Idea.objects.values_list("form_key", "pk"))
    flaws = [f"idea {idea} is lost" for key, idea in told.ideas.items() if found.get(key) != idea]
    if extra := set(found) - set(told.ideas):
        flaws.append(f"ideas nobody was told of: {len(extra)}")
    if Idea.objects.count() != len(found):
        flaws.append("a form was taken twice")
    decided = Counter(Decision.objects.values_list("case", flat=True))
    flaws += [f"the decision of case {case} is lost" for case in told.decided - set(decided)]
    flaws += [f"case {case} is decided {times} times" for case, times in decided.items()
              if times > 1]  # fmt: skip
    return flaws


def _halves() -> list[str]:
    """Things without what belongs to them."""
    flaws = []
    if half := Idea.objects.filter(case=None).exclude(state="draft").count():
        flaws.append(f"{half} ideas have no case")
    if half := Decision.objects.filter(outcome="go_on", activity=None).count():
        flaws.append(f"{half} decisions have no activity")
    if Activity.objects.count() != Decision.objects.count():
        flaws.append("activities and decisions do not match")
    if half := Idea.objects.filter(state="draft").count():
        flaws.append(f"{half} ideas stayed drafts")
    return flaws


def _wrongly_told() -> list[str]:
    """Givers without exactly one receipt, and one notice of each decision."""
    flaws = []
    for subject, wanted in (("receipt", Idea.objects), ("decided", Decision.objects)):
        told = Counter(
            Notice.objects.filter(subject=subject, person__email="per@example.test").values_list(
                "thing_id", flat=True
            )
        )
        if len(told) != wanted.count():
            flaws.append(f"{len(told)} of {wanted.count()} were told: {subject}")
        flaws += [f"idea {idea}: {times} times {subject}" for idea, times in told.items()
                  if times > 1]  # fmt: skip
    return flaws


def _wrongly_mailed(office: PostOffice) -> list[str]:
    """Mails that came twice, or that are neither sent nor named as uncertain."""
    came = {mail["id"].split("@")[0].rpartition("-")[2] for mail in office.mails}
    flaws = office.doubled()
    for mail in OutgoingMail.objects.all():
        if mail.state == "sent" and str(mail.pk) not in came:
            flaws.append(f"mail {mail.pk} counts as sent and did not come")
        if mail.state not in ("sent", "uncertain"):
            flaws.append(f"mail {mail.pk} is {mail.state}")
    soon = Notice.objects.filter(kind__in=("mine", "waits"), person__mail_wish="important")
    own_mail = ("meeting_called", "meeting_cancelled")  # goes with its calendar entry instead
    if soon.filter(mail=None, read_at=None).exclude(subject__in=own_mail).exists():
        flaws.append("not every notice that is wanted soon has its mail")
    return flaws
