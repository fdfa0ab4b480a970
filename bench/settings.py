"""The product's settings with one address more: the bare view to compare with."""

import os

os.environ.setdefault("LOYPE_EMBEDDED", "test")
os.environ.setdefault("LOYPE_LOG_LEVEL", "ERROR")

from loype.config.settings import *  # noqa: F403
from loype.config.settings import BASE, LOGGING, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE / "bench" / "templates"]
ALLOWED_HOSTS = ["*"]
LOGGING["root"]["level"] = "CRITICAL"
API_REQUESTS_A_MINUTE = 1_000_000
