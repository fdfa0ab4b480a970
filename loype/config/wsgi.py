"""The door for WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loype.config.settings")

application = get_wsgi_application()

# All pages now, not with the first request: the first reader does not wait for them, and
# processes that a server forks later share their memory.
get_resolver().url_patterns  # noqa: B018
