"""Reading one's wishes and sending them back changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from loype.notices.models import NoticeRhythm
from tests.api.conftest import ApiClient
from tests.cast import World


def test_what_is_read_and_sent_back_stays_as_it_was(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    ada = program_of("ada")
    read = ada.get("/notices/wishes").json()
    assert read["time_zone"] == ""  # by the clock of her organisation, wherever that goes
    names = ("time_zone", "digest_time", "digest_weekday", "quiet_from", "quiet_to", "version")
    sent = {name: read[name] for name in names}
    assert ada.ask("put", "/notices/wishes", sent).status_code == 200
    assert NoticeRhythm.objects.get(person=world.people["ada"]).time_zone == ""
    chosen = {**sent, "version": 1, "time_zone": "America/Nuuk"}
    assert ada.ask("put", "/notices/wishes", chosen).json()["time_zone"] == "America/Nuuk"
