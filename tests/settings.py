"""The settings under test: those of the product, on the throw-away database server."""

import os

os.environ.setdefault("LOYPE_EMBEDDED", "test")
os.environ["LOYPE_STRICT_RENDERING"] = "yes"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from loype.config.settings import *
