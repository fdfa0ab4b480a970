"""Keeping a file, and clearing away those that nothing points at."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from loype.files.actions import store_file
from loype.files.models import StoredFile
from loype.files.tidying import tidy_files, unused_files
from loype.kernel.clock import now
from loype.kernel.errors import BadInput, Unavailable
from loype.organisations.actions import put_up_logo, set_logo
from tests.cast import World
from tests.trail_world import PICTURE, TrailWorld

LATER = timedelta(days=2)


def keep(world: World, **facts: Any) -> StoredFile:
    wanted = {"content": PICTURE, "name": "a.png", "alt_text": "A cupboard", **facts}
    content = wanted.pop("content")
    return store_file(content, actor=world.actor("ada"), at=now(), **wanted)


def test_it_keeps_the_name_apart_from_the_place(world: World) -> None:
    stored = keep(world, name="../../etc/\u202epasswd.png")
    assert stored.name == "passwd.png"
    assert "passwd" not in stored.content.name
    assert Path(stored.content.path).read_bytes() == PICTURE


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"content": b""}, "file"),
        ({"content": b"<script>", "name": "a.html"}, "file"),
        ({"alt_text": " "}, "alt_text"),
        ({"content": b"words", "name": "a.txt", "pictures_only": True}, "file"),
    ],
)
def test_it_says_what_is_wrong_beside_the_field(
    facts: dict[str, Any], field: str, world: World
) -> None:
    with pytest.raises(BadInput) as refused:
        keep(world, **facts)
    assert set(refused.value.fields) == {field}
    assert not StoredFile.objects.exists()


def test_it_refuses_what_is_too_large(world: World, settings: Any) -> None:
    settings.LARGEST_FILE_BYTES = len(PICTURE) - 1
    with pytest.raises(BadInput, match="larger"):
        keep(world)


def test_it_says_that_the_disk_is_away(world: World, settings: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    settings.MEDIA_ROOT = blocked
    with pytest.raises(Unavailable):
        keep(world)
    assert not StoredFile.objects.exists()


def test_it_clears_away_what_nothing_points_at(trail: TrailWorld) -> None:
    world = trail.world
    siv = world.actor("siv")
    first = put_up_logo(
        world.fjordvik, content=PICTURE, name="a.png", alt_text="x", actor=siv, at=now()
    ).logo
    put_up_logo(world.fjordvik, content=PICTURE, name="b.png", alt_text="y", actor=siv, at=now())
    assert first is not None
    assert set(unused_files()) == {first}
    assert tidy_files(at=now()) == 0
    assert tidy_files(at=now() + LATER) == 1
    assert not Path(first.content.path).exists()
    kept = set(StoredFile.objects.all())
    assert len(kept) == 2
    assert all(Path(one.content.path).exists() for one in kept)
    set_logo(world.fjordvik, logo=None, actor=siv, at=now())
    assert tidy_files(at=now() + LATER) == 1


def test_it_clears_away_files_whose_row_was_never_written(world: World) -> None:
    kept = keep(world)
    root = Path(kept.content.path).parents[1]
    stray = root / "ab" / "abcdef"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"left over")
    young = root / "ab" / "abcdee"
    young.write_bytes(b"just coming")
    old = (now() - LATER).timestamp()
    os.utime(stray, (old, old))
    os.utime(kept.content.path, (old, old))
    tidy_files(at=now())
    assert not stray.exists()
    assert young.exists()
    assert Path(kept.content.path).exists()
