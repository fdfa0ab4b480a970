"""Whatever was acknowledged is there once, however often web process and worker are killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.killing import run_with_kills


@pytest.mark.django_db(transaction=True)
def test_it_loses_and_doubles_nothing_when_killed(tmp_path: Path) -> None:
    told, left = run_with_kills(acts=40, seed=1814, folder=tmp_path)

    assert left.flaws == []
    assert (len(told.ideas), len(told.decided)) == (20, 20)
    assert told.kills["serve"]
    assert told.kills["worker"]
    assert sum(left.mails.values()) >= 5  # forty pieces of news, gathered; none without its mail
    # A mail whose worker died with it in its hands may have gone: it is named, never sent again.
    assert set(left.mails) <= {"sent", "uncertain"}
