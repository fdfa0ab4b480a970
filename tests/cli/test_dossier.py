"""`loype dossier`: everything for the operator, an extract for everybody, or what a person sees."""

from __future__ import annotations

import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from loype.cli.dossier import command
from loype.councils.models import Case
from loype.history.models import Event
from tests.councils.openness.test_public_log import SECRET, locked, withheld
from tests.trail_world import TrailWorld, go_on, idea_of


def run(*words: str) -> Result:
    with patch("loype.cli.dossier.prepare"):
        return CliRunner().invoke(command, list(words))


def told(place: Path) -> str:
    archive = zipfile.ZipFile(place)
    return "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".json"))


@pytest.mark.requirement("NET-08")
def test_it_writes_what_the_operator_a_person_or_everybody_may_see(
    trail: TrailWorld, tmp_path: Path
) -> None:
    idea = idea_of(trail.world, text="Støy ved legevakten.", visibility="public")
    decision = locked(go_on(trail.world, idea, reasons=SECRET).decision)
    withheld(trail.world, decision)
    number = str(idea.case_number)
    for name, words, sees in (
        ("all", (), True),
        ("bo", ("--as", "bo@example.test"), True),
        ("olaf", ("--as", "olaf@example.test"), False),
        ("public", ("--public",), False),
    ):
        place = tmp_path / f"{name}.zip"
        result = run(number.lower(), *words, "--to", str(place))
        assert result.exit_code == 0, result.output
        assert (SECRET in told(place)) == sees, name
        assert decision.number in told(place)
    assert ('"row": "case"' in told(tmp_path / "all.zip")) is True
    assert ('"row": "case"' in told(tmp_path / "public.zip")) is False
    events = Event.objects.filter(verb="take_dossier", thing_id=Case.objects.get(idea=idea).pk)
    assert [one.change["for_public"] for one in events] == [False, False, False, True]


def test_it_says_what_it_cannot_do(trail: TrailWorld, tmp_path: Path) -> None:
    assert run("NO-2026-9999").exit_code == 2
    both = run(str(trail["idea"].case_number), "--public", "--as", "bo@example.test")
    assert "Choose one" in both.output
