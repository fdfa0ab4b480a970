"""The search room as an installed app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Who has had this before?"""

    name = "loype.search"
    default_auto_field = "django.db.models.BigAutoField"
