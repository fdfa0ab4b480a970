from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "loype.jobs"
    label = "jobs"
