"""Addresses that belong to no stage."""

from django.urls import path

from loype.web.shared.styleguide import styleguide
from loype.web.shared.views import own_theme, set_language, set_theme

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("theme/", set_theme, name="set_theme"),
    path("theme/<int:organisation_id>.css", own_theme, name="organisation_theme"),
    path("style/", styleguide, name="style_page"),
]
