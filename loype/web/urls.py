"""Every page's address, room by room."""

from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    "home",
    "search",
    "ideas",
    "notices",
    "bodies",
    "councils",
    "strategy",
    "federation",
    "needs",
    "portfolio",
    "evaluation",
    "spread",
    "trail",
    "news",
    "organisations",
    "accounts",
    "about",
    "shared",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"loype.web.{room}.urls")) for room in ROOMS
]
