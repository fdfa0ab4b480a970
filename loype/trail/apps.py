from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "loype.trail"
    label = "trail"
