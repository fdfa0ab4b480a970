"""A real proposal of another city, imported and walked to use at a second organisation."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from loype.cli import loype
from loype.ideas.models import Idea
from tests.cast import World
from tests.cli.conftest import PROJECT, shared_data
from tests.journeys.keyboard import Hands
from tests.journeys.walking import carry_out, decide, evaluate, meet_soon, publish, reuse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Its giver wrote a tag with a script in it; the pages must show it as words.
EXTERNAL_ID = "36197"


@pytest.mark.requirement("EP-36")
def test_it_goes_from_a_foreign_file_to_use_elsewhere(
    world: World, live_server: LiveServer, browser: Browser, tmp_path: Path
) -> None:
    file = shared_data("decide-madrid-2024", "proposals.csv")
    words = ["--map", str(PROJECT / "examples" / "decide-madrid.toml"), "--organisation", "FJO"]
    words += ["--report", str(tmp_path / "refused.csv")]
    CliRunner().invoke(loype, ["import", "ideas", str(file), *words], catch_exceptions=False)
    idea = Idea.objects.get(external_id=EXTERNAL_ID)
    meet_soon(world)

    bo = Hands(browser, person=world.people["bo"], at=live_server.url)
    bo.open(f"/ideas/{idea.pk}/")
    bo.sees("City of Madrid open data, reuse terms of the city")
    assert bo.page.locator("[onclick]").count() == 0
    decide(bo, idea, from_queue=False)  # thousands wait before it
    cai = Hands(browser, person=world.people["cai"], at=live_server.url)
    activity = carry_out(cai, idea)
    evaluate(cai, activity)
    solution = publish(cai, activity)
    # Imported proposals are public where the file says so; so is what became of this one.
    dee = Hands(browser, person=world.people["dee"], at=live_server.url)
    adoption = reuse(dee, solution)
    for person in (bo, cai, dee):
        person.done()
    assert (adoption.state, adoption.organisation) == (
        "in_use",
        world.organisations["elvestrand"],
    )
