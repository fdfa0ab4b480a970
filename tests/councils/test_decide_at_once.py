"""Two people decide the same case in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client

from loype.bodies.actions import appoint_to_seat
from loype.councils.models import Decision
from loype.portfolio.models import Activity
from tests.cast import TODAY, World
from tests.councils.test_decide_case import meeting_of, on_agenda


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("ROR-13")
def test_one_wins_and_the_other_is_told(world: World, client_of: Callable[[str], Client]) -> None:
    assert world.council is not None
    appoint_to_seat(
        world.council.seats.get(is_leader=True), person=world.people["cai"], is_deputy=True,
        from_date=TODAY.date(), actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    case = on_agenda(world)
    address = f"/council/meetings/{meeting_of(world).pk}/decide/{case.pk}/"
    said = {"form": "experiment", "course": "own_pilot", "scale": "small", "outcome": "go_on",
            "responsible": world.people["cai"].pk, "version": case.version}  # fmt: skip
    start, answers = Barrier(2), []

    def press(client: Client, reasons: str) -> None:
        start.wait()
        try:
            answers.append(client.post(address, said | {"reasons": reasons}))
        finally:
            connections.close_all()

    threads = [
        Thread(target=press, args=(client_of(name), f"Fordi {name} mener det."))
        for name in ("bo", "cai")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    told = next(answer for answer in answers if answer.status_code == 409)
    assert "Somebody changed this case after you opened it" in told.content.decode()
    assert Decision.objects.count() == Activity.objects.count() == 1
