from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "loype.ideas"
    label = "ideas"
    default_auto_field = "django.db.models.BigAutoField"
