"""Guard 2: every foreign key points down the same layers as the imports."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.db.models import Model

PROJECT = Path(__file__).resolve().parents[2]


def layers() -> list[str]:
    """The layers from top to bottom, as import-linter reads them."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    layered = next(one for one in contracts if one["type"] == "layers")
    return [str(layer) for layer in layered["layers"]]


def height(label: str) -> int:
    """How high an app stands; 0 is the top. Several apps may share a layer."""
    for number, layer in enumerate(layers()):
        if label in [name.strip() for name in layer.split("|")]:
            return number
    raise AssertionError(f"the app {label} has no layer")


def upward(models: Iterable[type[Model]]) -> list[str]:
    """Foreign keys that point up, or to a neighbour on the same layer."""
    wrong = []
    for model in models:
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            own = getattr(field, "concrete", False) and isinstance(target, type)
            if not own or not target.__module__.startswith("loype."):
                continue
            here, there = model._meta.app_label, target._meta.app_label
            if here != there and height(there) <= height(here):
                wrong.append(f"{model.__name__}.{field.name} points up to {there}")
    return wrong


def ours() -> list[type[Model]]:
    """The models of our own apps."""
    return [model for model in apps.get_models() if model.__module__.startswith("loype.")]


def test_it_lets_foreign_keys_only_look_back() -> None:
    assert len(ours()) > 25
    assert upward(ours()) == []


def test_it_finds_a_key_that_looks_ahead(monkeypatch: object) -> None:
    from loype.ideas.models import Idea
    from loype.spread.models import Solution

    field = Idea._meta.get_field("organisation")
    before = field.remote_field.model
    try:
        field.remote_field.model = Solution
        field.__dict__.pop("related_model", None)
        assert upward([Idea]) == ["Idea.organisation points up to spread"]
    finally:
        field.remote_field.model = before
        field.__dict__.pop("related_model", None)
