"""Registers the shared templates, tags and static files."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """What every page shares."""

    name = "loype.web.shared"
    label = "web_shared"
