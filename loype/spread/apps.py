from django.apps import AppConfig


class SpreadConfig(AppConfig):
    name = "loype.spread"
    label = "spread"
    default_auto_field = "django.db.models.BigAutoField"
