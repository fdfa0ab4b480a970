"""A decision is in force until a later one replaces it, and minutes stay with their files."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from loype.councils.models import Minutes
from loype.files.models import StoredFile
from tests.cast import World
from tests.councils.test_decide_case import approved, decide, meeting_of, on_agenda
from tests.promises import settle_promises, write_past_verbs


@pytest.mark.requirement("ROR-13")
@pytest.mark.parametrize("is_locked", [False, True])
def test_it_stands_until_a_later_one_replaces_it(world: World, is_locked: bool) -> None:
    decision = decide(world, on_agenda(world))
    if is_locked:
        approved(world, meeting_of(world))
    settle_promises()
    out_of_force = "UPDATE councils_decision SET in_force = false WHERE id = %s"
    with pytest.raises(IntegrityError, match="stands until a later one"):
        write_past_verbs(out_of_force, decision.pk)


@pytest.mark.requirement("ROR-13")
def test_the_files_of_minutes_stay_as_they_were_approved(world: World) -> None:
    decide(world, on_agenda(world))
    approved(world, meeting_of(world))
    minutes = Minutes.objects.get()
    for file in (minutes.pdf_id, minutes.docx_id):
        with pytest.raises(IntegrityError, match="never changed"):
            write_past_verbs("UPDATE files_storedfile SET sha256 = 'x' WHERE id = %s", file)
    assert StoredFile.objects.filter(pk=minutes.pdf_id, sha256__regex="^[0-9a-f]{64}$").exists()
